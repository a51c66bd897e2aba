// A log and a witness as two processes: cosignatures that Node's own crypto verifies, either side away for
// a while, and an old copy of the log put back.
import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from './lib/cast.mjs';
import { Deployment, nguon } from './lib/deployment.mjs';
import { sha256, verifyEd25519 } from './lib/jose.mjs';
import { Witness } from './lib/witness.mjs';

const log = Deployment.init();
const witnessesPolicy = join(log.home, 'witnesses.policy');
let cast;
const witness = Witness.init(log.home, 'w.example', log.vkey);

/** Unix seconds of the cosignature on the served checkpoint; absent while there is none, throws when bad. */
async function cosignedAt() {
  const note = (await log.get('/log/0/checkpoint')).body.toString();
  const line = note.split('\n').find((one) => one.startsWith('— w.example '));
  if (!line) return undefined;
  const typed = Buffer.from(witness.vkey.split('+').slice(2).join('+'), 'base64');
  const octets = Buffer.from(line.split(' ')[2], 'base64');
  const id = sha256('w.example\n', typed).subarray(0, 4);
  assert.deepEqual(octets.subarray(0, 4), id);
  const time = octets.readBigUInt64BE(4);
  const text = note.slice(0, note.indexOf('\n\n') + 1);
  assert.ok(verifyEd25519(typed.subarray(1), Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), octets.subarray(12)));
  return Number(time);
}
async function soon(holds) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return true;
    await sleep(50);
  }
  return false;
}
const standing = async () => JSON.parse((await log.get('/log/0/witnesses')).body);

before(async () => {
  await witness.start();
  // Nobody is at the second one's address.
  const other = nguon('witness', 'init', '--state', join(log.home, 'other'), '--name', 'other.example').out.trim();
  writeFileSync(witnessesPolicy, `witness truong ${witness.vkey} ${witness.url}\n`
    + `witness hoi ${other} http://127.0.0.1:1\ngroup hai-ben any truong hoi\nquorum hai-ben\n`);
  log.configure({ witnesses: { policy: `"${witnessesPolicy}"` } });
  await log.start();
  cast = await Cast.settle(log);
});
after(async () => {
  witness.child.kill('SIGKILL');
  log.remove();
});

test('every checkpoint is soon cosigned, and the log says by how many of how many', async () => {
  await log.add(cast.harvest());
  assert.ok(await soon(async () => (await cosignedAt()) !== undefined));
  assert.ok(Math.abs((await cosignedAt()) - Date.now() / 1000) < 60);
  const told = await standing();
  assert.equal(told.of, 2);
  assert.equal(told.quorum, told.cosigned === 1);
  assert.equal(told.witnesses[1].fault, 'client.connect');
  const page = await (await fetch(`http://127.0.0.1:${witness.port}/`)).text();
  assert.match(page, /nguon\.example\/log\/0/);
  assert.match(page, /Theo dõi từ/);
});

test('what is known of an entry\'s time: its maker\'s and operator\'s word, and since when a witness has it', async () => {
  const entry = cast.harvest();
  const { index } = await log.add(entry);
  const told = async () => JSON.parse((await log.get(`/api/entries/${entry.id}`)).body).time;
  assert.ok(await soon(async () => (await told()).cosigned !== undefined));
  const { recorded, iat, cosigned } = await told();
  assert.equal(iat, entry.payload.iat);
  assert.equal(cosigned.by[0].name, 'w.example');
  assert.ok(cosigned.size > index);
  assert.ok(cosigned.by[0].at >= Math.floor(recorded / 1000) - 1 && cosigned.by[0].at < Date.now() / 1000 + 1);
  assert.match(cosigned.checkpoint, /^nguon\.example\/log\/0\n\d+\n/);
});

test('a witness away for a while does not stop the log, and catches up', async () => {
  await witness.stop('SIGKILL');
  const { index } = await log.add(cast.harvest());
  await log.head(index + 1);
  assert.equal(await cosignedAt(), undefined, 'a checkpoint that nobody has cosigned says so');
  assert.equal((await standing()).cosigned, 0);
  await witness.start();
  assert.ok(await soon(async () => (await cosignedAt()) !== undefined));
});

test('a log restarts against the same witness', async () => {
  assert.equal(await log.stop(), 0);
  await log.start();
  assert.match(log.said, /cosigned by 1 of 2 witnesses/);
});

test('an old copy of the whole data folder, anchor and all, is refused because a witness knows better', async () => {
  await log.stop();
  const copy = join(log.home, 'copy');
  cpSync(log.data, copy, { recursive: true });
  await log.start();
  const { index } = await log.add(cast.harvest());
  await log.head(index + 1);
  assert.ok(await soon(async () => (await cosignedAt()) !== undefined));
  await log.stop();
  rmSync(log.data, { recursive: true });
  cpSync(copy, log.data, { recursive: true });
  await assert.rejects(log.start(), (error) => error.code === 3 && /start\.witness-ahead/.test(error.said));
  await witness.stop();
  await log.start();
  assert.match(log.said, /cosigned by 0 of 2 witnesses/, 'with every witness away nobody can tell');
});
