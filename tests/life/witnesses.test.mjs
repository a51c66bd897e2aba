// A restored copy asks the witnesses before it may sign: in step, ahead of it, away, or of another history.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment, nguon } from '../e2e/lib/deployment.mjs';
import { Witness } from '../e2e/lib/witness.mjs';
import { backupWords, beside, elsewhere, refusal, restoreWords } from './support.mjs';

const log = Deployment.init();
const backups = join(log.home, 'backups');
const place = (name) => join(log.home, name);
const policy = place('witnesses.policy');
let witness;
let cast;

async function cosigned(size) {
  for (let tries = 0; tries < 200; tries += 1) {
    const told = JSON.parse((await log.get('/log/0/witnesses')).body);
    if (told.witnesses[0].size >= size) return;
    await sleep(50);
  }
  throw new Error(`never cosigned at ${size}`);
}
/** The witness answers on this machine, so this process must not wait for the command. */
const restore = (to, more = ['--policy', policy]) => beside(...restoreWords(log, backups, to, more)).done;

before(async () => {
  witness = Witness.init(log.home, 'w.example', log.vkey);
  await witness.start();
  writeFileSync(policy, `witness truong ${witness.vkey} ${witness.url}\ngroup mot any truong\nquorum mot\n`);
  log.configure({ witnesses: { policy: `"${policy}"` } });
  await log.start();
  cast = await Cast.settle(log);
  const { index } = await log.add(cast.harvest());
  await log.head(index + 1);
  await cosigned(index + 1);
  assert.equal(nguon(...backupWords(log, backups)).code, 0);
});
after(async () => {
  await witness.stop('SIGKILL');
  log.remove();
});

test('a copy that the witness has seen all of starts', async () => {
  const made = await restore(place('in-step'));
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /witnesses: 1 of 1 answered/);
  const copy = elsewhere(log, place('in-step'));
  await copy.start();
  await copy.stop();
});

test('a copy behind the witness does not sign, also when nobody asks again, until it is refilled', async () => {
  const { index } = await log.add(cast.harvest());
  await log.head(index + 1);
  await cosigned(index + 1);
  const to = place('behind');
  const made = await restore(to);
  assert.equal(made.code, 3, made.err);
  assert.match(made.err, new RegExp(`start\\.restored-behind: this copy ${index} \\S+, signed ${index + 1} entries; refill it`));
  const copy = elsewhere(log, to);
  const { code, said } = await refusal(copy);
  assert.equal(code, 3);
  assert.match(said, /start\.restored-behind/);
  await log.mirror(place('mirror'));
  assert.equal(nguon('recover', '--data', to, '--from', place('mirror')).code, 0);
  await copy.start();
  assert.equal((await copy.head()).size, index + 1);
  await copy.stop();
});

test('when no witness answers, nothing is finished unless one does without', async () => {
  await witness.stop();
  const to = place('nobody');
  const made = await restore(to);
  assert.equal(made.code, 5, made.err);
  assert.match(made.err, /restore\.witnesses/);
  assert.match((await refusal(elsewhere(log, to))).said, /start\.incomplete-restore/);
  const without = await restore(to, ['--no-witnesses']);
  assert.equal(without.code, 0, without.err);
  assert.equal(nguon(...restoreWords(log, backups, place('unsaid'), [])).code, 2, 'one of the two must be said');
});
