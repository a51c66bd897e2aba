// Backups of a running service, and what becomes of them: whole, damaged, too old, for reading only.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment, nguon } from '../e2e/lib/deployment.mjs';
import { backupWords, beside, elsewhere, filesIn, flip, passphrase, refusal, restoreWords } from './support.mjs';

const log = Deployment.init();
const backups = join(log.home, 'backups');
const place = (name) => join(log.home, name);
let cast;
/** Receipts handed out before the first backup began, while it ran, and after it. */
const receipts = { before: [], after: [] };

before(async () => {
  await log.start();
  cast = await Cast.settle(log);
});
after(() => log.remove());

test('a backup is taken while entries come in, and holds everything acknowledged before it began', async () => {
  for (let i = 0; i < 30; i += 1) receipts.before.push(await log.add(cast.harvest()));
  const running = beside(...backupWords(log, backups, ['--config', join(log.home, 'nguon.toml')]));
  let over = false;
  running.done.then(() => { over = true; });
  while (!over) receipts.after.push(await log.add(cast.harvest()));
  const { code, out, err } = await running.done;
  assert.equal(code, 0, err);
  const size = Number(/^1 {2}\S+ {2}(\d+) entries/.exec(out)[1]);
  assert.ok(size > receipts.before.at(-1).index, out);
  assert.match(out, /^new: \d+ files/m);
});

test('the socket belongs to the owner alone', () => {
  const status = statSync(join(log.data, 'control'));
  assert.ok(status.isSocket());
  assert.equal(status.mode & 0o777, 0o600);
});

test('the next backup copies only what is new, and both are whole', async () => {
  receipts.after.push(await log.add(cast.harvest()));
  const { code, out, err } = nguon(...backupWords(log, backups));
  assert.equal(code, 0, err);
  const files = Number(/(\d+) files/.exec(out)[1]);
  const fresh = Number(/^new: (\d+) files/m.exec(out)[1]);
  assert.ok(fresh < files, out);
  const listed = nguon('backup', '--to', backups, '--list');
  assert.deepEqual(listed.out.split('\n').filter(Boolean).map((line) => line.split(' ')[0]), ['1', '2']);
  const checked = nguon('backup', '--to', backups, '--check');
  assert.equal(checked.code, 0, checked.err);
  assert.equal(checked.out, 'whole: backup 1\nwhole: backup 2\n');
});

test('restored, it audits, starts, and proves every entry it was trusted with', async () => {
  const to = place('restored');
  const made = nguon(...restoreWords(log, backups, to, ['--backup', '1', '--no-witnesses']));
  assert.equal(made.code, 0, made.err);
  assert.match(made.err, /whether more was signed after this backup, nobody knows here/);
  const audited = nguon('audit', '--data', to);
  assert.equal(audited.code, 0, audited.err);
  assert.match(audited.out, /^whole:/);
  const copy = elsewhere(log, to);
  await copy.start();
  const head = await copy.head();
  const leaves = await copy.leaves(head);
  for (const receipt of receipts.before) {
    assert.equal(leaves[receipt.index].recorded, receipt.recorded);
  }
  await copy.stop();
  assert.ok(existsSync(join(to, 'config/nguon.toml')));
  assert.equal(nguon(...restoreWords(log, backups, to)).code, 1, 'never over something');
  assert.match(nguon(...restoreWords(log, backups, to)).err, /restore\.exists/);
});

test('another passphrase opens nothing and leaves nothing', () => {
  const other = place('other-passphrase');
  copyFileSync(passphrase(log.home), other);
  const to = place('never');
  const words = restoreWords(log, backups, to);
  words[words.indexOf('--passphrase-file') + 1] = join(log.home, 'registrar.pem');
  const refused = nguon(...words);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /passphrase\.box/);
  assert.ok(!existsSync(to));
});

test('a backup older than the anchor that outlived the database does not start until it is refilled', async () => {
  const mirrored = place('mirror');
  await log.head(receipts.after.at(-1).index + 1);
  await log.mirror(mirrored);
  const anchor = place('old-anchor');
  copyFileSync(join(log.data, 'anchor'), anchor);
  const to = place('behind');
  const made = nguon(...restoreWords(log, backups, to, ['--backup', '1', '--anchor', anchor, '--no-witnesses']));
  assert.equal(made.code, 3, made.err);
  assert.match(made.err, /start\.restored-behind: this copy \d+ \S+, signed \d+ \S+; refill it: nguon recover --data/);
  const copy = elsewhere(log, to);
  const { code, said } = await refusal(copy);
  assert.equal(code, 3);
  assert.match(said, /start\.behind-anchor/);
  const refilled = nguon('recover', '--data', to, '--from', mirrored);
  assert.equal(refilled.code, 0, refilled.err);
  await copy.start();
  assert.ok((await copy.head()).size > receipts.after.at(-1).index);
  await copy.stop();
});

test('an anchor of another history forbids the copy', async () => {
  const other = Deployment.init();
  try {
    await other.start();
    await other.stop();
    const to = place('apart');
    const made = nguon(...restoreWords(log, backups, to, ['--anchor', join(other.data, 'anchor'), '--no-witnesses']));
    assert.equal(made.code, 4, made.err);
    assert.match(made.err, /restore\.apart/);
    assert.match((await refusal(elsewhere(log, to))).said, /start\.incomplete-restore/);
  } finally {
    other.remove();
  }
});

test('for reading only: no key is written, it audits, and it never serves', async () => {
  const to = place('forensics');
  const made = nguon('restore', '--from', backups, '--to', to, '--read-only');
  assert.equal(made.code, 0, made.err);
  assert.ok(!existsSync(join(to, 'keys')));
  assert.equal(nguon('audit', '--data', to).code, 0);
  const { code, said } = await refusal(elsewhere(log, to));
  assert.equal(code, 3);
  assert.match(said, /start\.read-only/);
});

test('a flipped bit is found by the check, stops a restore, and what it left does not start', async () => {
  const damaged = place('damaged');
  assert.equal(nguon(...backupWords(log, damaged)).code, 0);
  const largest = filesIn(join(damaged, 'files')).sort((a, b) => statSync(b).size - statSync(a).size)[0];
  flip(largest);
  const checked = nguon('backup', '--to', damaged, '--check');
  assert.equal(checked.code, 4, checked.err);
  assert.match(checked.err, /backup\.file/);
  const to = place('half');
  const made = nguon(...restoreWords(log, damaged, to));
  assert.equal(made.code, 4);
  assert.match(made.err, /backup\.file: database\//);
  const { code, said } = await refusal(elsewhere(log, to));
  assert.equal(code, 3);
  assert.match(said, /start\.incomplete-restore/);
  // Put right, it is done again in the same place.
  flip(largest);
  assert.equal(nguon(...restoreWords(log, damaged, to)).code, 0);
});

test('old backups age out by the stated policy, and their files with them', async () => {
  const aged = place('aged');
  assert.equal(nguon(...backupWords(log, aged)).code, 0);
  for (let round = 0; round < 2; round += 1) {
    await log.add(cast.harvest());
    assert.equal(nguon(...backupWords(log, aged)).code, 0);
  }
  const before_ = filesIn(join(aged, 'files')).length;
  await log.add(cast.harvest());
  const last = nguon(...backupWords(log, aged, ['--keep', '1', '--keep-days', '30']));
  assert.equal(last.code, 0, last.err);
  assert.match(last.out, /aged out: backup 1\naged out: backup 2\naged out: backup 3\ndeleted: \d+ files/);
  const held = Number(/(\d+) files/.exec(last.out)[1]);
  assert.ok(filesIn(join(aged, 'files')).length <= held && held < before_ + held);
  assert.equal(nguon('backup', '--to', aged, '--check').out, 'whole: backup 4\n');
});

test('killed at any moment, the next run completes and nothing is listed that is not whole', async () => {
  const folder = place('killed');
  const began = Date.now();
  assert.equal(nguon(...backupWords(log, folder)).code, 0);
  const usual = Date.now() - began;
  for (let round = 0; round < 6; round += 1) {
    await log.add(cast.harvest());
    const running = beside(...backupWords(log, folder));
    await sleep((usual * (round + 1)) / 7);
    running.child.kill('SIGKILL');
    await running.done;
    assert.equal(nguon('backup', '--to', folder, '--check').code, 0);
  }
  const done = nguon(...backupWords(log, folder, ['--keep', '1']));
  assert.equal(done.code, 0, done.err);
  assert.equal(readdirSync(folder).filter((name) => name.endsWith('.new')).length, 0);
  assert.equal((await log.get('/readyz')).status, 200);
  for (let round = 0; round < 4; round += 1) {
    const to = place('killed-restore');
    const running = beside(...restoreWords(log, folder, to));
    await sleep((usual * (round + 1)) / 6);
    running.child.kill('SIGKILL');
    const { code } = await running.done;
    if (code === 0) break;
    if (existsSync(to)) assert.match((await refusal(elsewhere(log, to))).said, /start\./);
  }
  const to = place('killed-restore');
  const again = nguon(...restoreWords(log, folder, to));
  assert.ok(again.code === 0 || /restore\.exists/.test(again.err), again.err);
  const copy = elsewhere(log, to);
  await copy.start();
  await copy.stop();
});

test('a stopped deployment is backed up as well, one behind its anchor is not', async () => {
  await log.stop();
  const stopped = place('stopped');
  const made = nguon(...backupWords(log, stopped));
  assert.equal(made.code, 0, made.err);
  const to = place('rolled-back');
  assert.equal(nguon(...restoreWords(log, backups, to, ['--backup', '1', '--no-witnesses'])).code, 0);
  copyFileSync(join(log.data, 'anchor'), join(to, 'anchor'));
  const refused = nguon(...backupWords(elsewhere(log, to), place('refused')));
  assert.equal(refused.code, 4);
  assert.match(refused.err, /backup\.behind-anchor: database \d+ \S+, anchor \d+/);
});
