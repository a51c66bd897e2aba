// The tail of a log is lost and nobody has a copy: refused at start, gone on with under the next name.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Deployment, nguon } from './lib/deployment.mjs';
import { makeEntry, subjectId, uuid7 } from './lib/entry.mjs';
import { openCheckpoint } from './lib/tree.mjs';

const log = Deployment.init();
after(() => log.remove());
const { data, home, vkey: first } = log;
const file = (name) => join(home, name);
const text = async (path) => (await log.get(path)).body.toString();

function run(...words) {
  const done = nguon(...words);
  assert.equal(done.code, 0, done.err);
  return done;
}
function organisation(claims = {}) {
  const jti = uuid7();
  const sub = subjectId('org', log.aud, log.registrar.kid, jti);
  return makeEntry(log.aud, log.registrar, {
    type: 'org.create/1', jti, sub, iat: 1_790_000_000, data: { name: 'HTX mẫu', kind: 'cooperative' }, ...claims,
  });
}
async function put(entry) {
  const { status, statement, problem } = await log.put(entry);
  assert.ok(status === 200 || status === 201, JSON.stringify(problem));
  const claims = JSON.parse(Buffer.from(statement.split('~')[1], 'base64url'));
  return { status, index: claims.index };
}
const successor = (key = 'root.pem', kept = 'kept') => nguon('successor', '--data', data, '--key', file(key), '--checkpoint', file(kept));
/** What a device remembers of a checkpoint. */
function seenIn(note) {
  const [origin, size, root] = note.split('\n');
  return { origin, size: Number(size), root: Buffer.from(root, 'base64').toString('base64url') };
}
/** What the log says of the tree that a new entry's device had seen. */
async function judged(note) {
  const entry = organisation({ seen: seenIn(note) });
  await put(entry);
  return JSON.parse(await text(`/api/entries/${entry.id}`)).time.seen;
}
const kept = organisation();
const lost = [organisation(), organisation(), organisation()];

test('what was lost is refused at start, and the message names both ways on', async () => {
  await log.start();
  await put(kept);
  await log.head(3);
  writeFileSync(file('remained'), await text('/log/0/checkpoint'));
  await log.stop();
  cpSync(join(data, 'database'), file('older'), { recursive: true });
  await log.start();
  for (const entry of lost) await put(entry);
  await log.head(6);
  writeFileSync(file('kept'), await text('/log/0/checkpoint'));
  assert.match(await text('/log/0/checkpoint'), /\n6\n/);
  await log.stop();
  assert.equal(successor().code, 1, 'nothing is lost yet');
  rmSync(join(data, 'database'), { recursive: true });
  cpSync(file('older'), join(data, 'database'), { recursive: true });
  await assert.rejects(log.start(), ({ code, said }) => code === 3 && /nguon recover/.test(said) && /nguon successor/.test(said));
});

test('only the root key opens a successor, with a checkpoint of this log', async () => {
  assert.equal(successor('registrar.pem').code, 1);
  writeFileSync(file('other'), 'nguon.example/log/0\n9\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— x AAAAAAA=\n');
  assert.equal(successor('root.pem', 'other').code, 1);
  await assert.rejects(log.start(), ({ code }) => code === 3);
});

test('the same leaves go on under the next name', async () => {
  cpSync(join(data, 'anchor'), file('anchor'));
  const done = successor('recovery.pem');
  assert.equal(done.code, 0, done.err);
  assert.match(done.err, /nguon\.example\/log\/1 goes on with the first 3 entries; 3 that were signed are lost/);
  // Killed between its commit and the anchor: run again, it finishes and logs nothing more.
  cpSync(file('anchor'), join(data, 'anchor'));
  await assert.rejects(log.start(), ({ code }) => code === 3);
  assert.equal(successor().code, 0);
  run('audit', '--data', data);
  await log.start();
  const [, second] = (await text('/log/1/keys')).split('\n').filter((line) => line.startsWith('log ')).map((line) => line.split(' ')[1]);
  const head = openCheckpoint(await text('/log/1/checkpoint'), second);
  assert.equal(head.size, 4);
  assert.equal(await text('/log/0/checkpoint'), readFileSync(file('kept'), 'utf8'));
  assert.deepEqual((await log.get('/log/0/tile/entries/000.p/3')).body, (await log.get('/log/1/tile/entries/000.p/3')).body);
  assert.equal((await log.get('/log/0/tile/entries/000.p/4')).status, 404, 'that belongs to the successor');
  assert.equal((await log.get('/log/2/checkpoint')).status, 404);

  assert.deepEqual(await put(kept), { status: 200, index: 2 }, 'what remained has its index still');
  for (const [at, entry] of lost.entries()) assert.deepEqual(await put(entry), { status: 201, index: 4 + at });
  const bundle = async (entry) => writeFileSync(file('bundle.json'), (await log.get(`/api/batches/${entry.payload.sub}/bundle`)).body);
  for (const entry of [kept, ...lost]) {
    await bundle(entry);
    for (const vkey of [first, second]) run('verify', file('bundle.json'), '--vkey', vkey);
  }
  writeFileSync(file('head.jwt'), await text(`/api/subjects/${kept.payload.sub}/head`));
  await bundle(kept);
  run('verify', file('bundle.json'), '--vkey', first, '--head', file('head.jwt'));
  assert.equal((await judged(readFileSync(file('remained'), 'utf8'))).ours, true, 'seen under the former name');
  assert.equal((await judged(readFileSync(file('kept'), 'utf8'))).ours, false, 'a tree that was lost');
  await log.stop();
});

test('a second loss is a third log, never the same one again', async () => {
  cpSync(join(data, 'database'), file('newer'), { recursive: true });
  await log.start();
  await put(organisation());
  writeFileSync(file('kept'), await text('/log/1/checkpoint'));
  await log.stop();
  rmSync(join(data, 'database'), { recursive: true });
  cpSync(file('newer'), join(data, 'database'), { recursive: true });
  const done = successor();
  assert.equal(done.code, 0, done.err);
  assert.match(done.err, /log\/2 goes on with the first 9/);
  await log.start();
  assert.match(await text('/log/2/checkpoint'), /^nguon\.example\/log\/2\n10\n/);
  assert.match(await text('/log/0/checkpoint'), /^nguon\.example\/log\/0\n6\n/);
  run('audit', '--data', data);
});
