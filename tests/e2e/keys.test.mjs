// The keys of a log change under a real service: with the root key at hand, from elsewhere, after a loss.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Deployment, nguon } from './lib/deployment.mjs';
import { makeEntry, subjectId, uuid7 } from './lib/entry.mjs';
import { Key } from './lib/jose.mjs';
import { openCheckpoint } from './lib/tree.mjs';

const log = Deployment.init();
after(() => log.remove());
const { data, home, vkey: first } = log;
const keys = join(data, 'keys');
const file = (name) => join(home, name);

function run(...words) {
  const done = nguon(...words);
  assert.equal(done.code, 0, done.err);
  return done;
}
const listed = () => run('keys', 'show', '--data', data).out.trim().split('\n').map((line) => line.split(' '));
const inForce = (use) => listed().filter(([one, , , , until]) => one === use && until === undefined).map(([, name]) => name);
const note = async () => (await log.get('/log/0/checkpoint')).body.toString();
const lines = async () => (await note()).split('\n\n')[1].trim().split('\n').length;

let org;
async function newOrg() {
  const jti = uuid7();
  org = subjectId('org', log.aud, log.registrar.kid, jti);
  const entry = makeEntry(log.aud, log.registrar, {
    type: 'org.create/1', jti, sub: org, iat: 1_790_000_000, data: { name: 'HTX mẫu', kind: 'cooperative' },
  });
  const { status, statement, problem } = await log.put(entry);
  assert.equal(status, 201, JSON.stringify(problem));
  return JSON.parse(Buffer.from(statement.split('.')[0], 'base64url')).kid;
}
/** Whoever began to mirror and to watch with the first vkey goes on with it. */
function follow() {
  const source = ['--url', `http://127.0.0.1:${log.port}/log/0`, '--vkey', first];
  run('mirror', ...source, '--to', file('copy'));
  run('watch', ...source, '--org', log.operator, '--state', file('watched'), '--once');
}
/** What nguon verify says of today's bundle to whoever knows that vkey. */
async function verify(vkey) {
  writeFileSync(file('bundle.json'), (await log.get(`/api/batches/${org}/bundle`)).body);
  return nguon('verify', file('bundle.json'), '--vkey', vkey);
}

test('a new log key overlaps the old one', async () => {
  await log.start();
  await newOrg();
  follow();
  await log.stop();
  run('keys', 'draft', '--data', data, '--new', 'log'); // interrupted here: its key file stays
  run('keys', 'rotate', '--data', data, '--new', 'log', '--key', file('root.pem'));
  assert.deepEqual(readdirSync(keys).filter((name) => name.startsWith('log')).sort(), ['log-2.pem', 'log.pem']);
  await log.start();
  const [old, next] = inForce('log');
  assert.equal(old, first);
  assert.equal(await lines(), 2);
  follow();
  for (const vkey of [old, next]) {
    openCheckpoint(await note(), vkey);
    assert.equal((await verify(vkey)).code, 0);
  }
  assert.equal((await log.get('/log/0/keys')).body.toString(), run('keys', 'show', '--data', data).out);
});

test('a new service key, signed elsewhere while the service runs', async () => {
  const [old] = inForce('service');
  const draft = run('keys', 'draft', '--data', data, '--new', 'service', '--retire', old);
  writeFileSync(file('change.json'), draft.out);
  const signed = run('entry', 'sign', file('change.json'), '--key', file('recovery.pem'), '--deployment', log.aud);
  writeFileSync(file('change.sdjwt'), signed.out);
  run('entry', 'submit', file('change.sdjwt'), '--to', `http://127.0.0.1:${log.port}`);
  const [next] = inForce('service');
  assert.notEqual(next, old);
  assert.equal(await newOrg(), next, 'receipts are signed by it at once');
  const head = (await log.get(`/api/subjects/${org}/head`)).body.toString();
  writeFileSync(file('head.jwt'), head);
  await verify(first);
  run('verify', file('bundle.json'), '--vkey', first, '--head', file('head.jwt'));
});

test('the old log key ends, and whoever knows only that is led on', async () => {
  await log.stop();
  run('keys', 'rotate', '--data', data, '--retire', first, '--key', file('root.pem'));
  assert.equal(nguon('keys', 'rotate', '--data', data, '--retire', inForce('log')[0], '--key', file('root.pem')).code, 1);
  rmSync(join(keys, 'log.pem'));
  await log.start();
  assert.equal(await lines(), 1);
  const one = await note();
  assert.throws(() => openCheckpoint(one, first));
  assert.equal((await verify(first)).code, 0);
  [log.vkey] = inForce('log');
  await log.mirror(file('mirror'));
  run('audit', '--folder', file('mirror'), '--vkey', first);
  follow();
  run('audit', '--folder', file('copy'), '--vkey', first);
});

test('a lost log key: refused at start, replaced by the recovery key', async () => {
  const kept = await note();
  writeFileSync(file('kept'), kept);
  await log.stop();
  rmSync(join(keys, 'log-2.pem'));
  writeFileSync(join(keys, 'log.pem'), readFileSync(file('root.pem')), { mode: 0o600 }); // some other key
  await assert.rejects(log.start(), ({ code, said }) => code === 3 && said.includes('start.keys'));
  rmSync(join(keys, 'log.pem'));
  const [lost] = inForce('log');
  run('keys', 'rotate', '--data', data, '--new', 'log', '--retire', lost, '--before', file('kept'), '--key', file('recovery.pem'));
  await log.start();
  await newOrg();
  for (const vkey of [first, lost, ...inForce('log')]) assert.equal((await verify(vkey)).code, 0, vkey);
  await log.stop();
  run('audit', '--data', data);
});

test('a stolen root key: the recovery key names the next, which alone changes keys from then on', async () => {
  const [stolen] = inForce('root');
  writeFileSync(file('root-2.pem'), Key.ed25519().private.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const proof = run('keys', 'prove', '--key', file('root-2.pem'), '--deployment', log.aud, '--org', log.operator);
  writeFileSync(file('root-2.json'), proof.out);
  run('keys', 'rotate', '--data', data, '--root-public', file('root-2.json'), '--retire', stolen, '--key', file('recovery.pem'));
  const change = (key, ...more) => nguon('keys', 'rotate', '--data', data, '--new', 'log', '--key', file(key), ...more);
  assert.equal(change('root.pem').code, 3, 'the stolen one signs nothing more');
  const before = inForce('log').length;
  assert.equal(change('root-2.pem', '--activate-rules').code, 0);
  assert.equal(inForce('log').length, before + 1);
  run('audit', '--data', data);
  await log.start();
  await newOrg();
  assert.equal((await verify(first)).code, 0);
});

test('a folder that is not there is said to be none', () => {
  for (const words of [['show'], ['rotate', '--new', 'log', '--key', file('root-2.pem')]]) {
    const { code, err } = nguon('keys', ...words, '--data', file('nowhere'));
    assert.equal(code, 2);
    assert.match(err, /nowhere/);
  }
});
