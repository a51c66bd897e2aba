// A flipped byte, a cut write-ahead log, an older copy put back: found, named, and recovered from as
// deploy/README.md says.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { nguon } from '../e2e/lib/deployment.mjs';
import { Battered } from '../support/battered.mjs';

const tamper = process.env.NGUON_TAMPER ?? new URL('../../build/release/tests/crash/tamper', import.meta.url).pathname;
const battered = new Battered('damage');
const { dice, log, receipts, whole } = battered;
const database = join(log.data, 'database');
const mirrored = join(log.home, 'mirror');
const bySize = (files) => [...files].sort((a, b) => statSync(b).size - statSync(a).size);
const refusal = () => battered.refusal();

before(() => battered.grow(40, 20));
beforeEach(() => battered.mend());
after(() => log.remove());

describe('the write-ahead log', () => {
  test('a flipped bit anywhere is refused at open, and named', async () => {
    const newest = battered.files(/\.log$/).at(-1);
    const { size } = statSync(newest);
    for (let round = 0; round < 4; round += 1) {
      // The last octets of a 32 KiB block may be filling, which nothing covers.
      let offset;
      do offset = dice.between(0, size - 1); while (offset % 32768 > 32760);
      console.log(battered.flip(newest, offset, offset));
      const { code, said } = await refusal();
      assert.ok(code === 3 || code === 4, `exit ${code}: ${said}`);
      assert.match(said, /store\.corrupt|start\.behind-anchor/);
      battered.mend();
    }
  });

  test('an acknowledged record cut off its end is missed by the anchor', async () => {
    const newest = battered.files(/\.log$/).at(-1);
    truncateSync(newest, statSync(newest).size - dice.between(1, 200));
    const { code, said } = await refusal();
    assert.equal(code, 3, said);
    assert.match(said, /start\.behind-anchor/);
    const size = receipts.at(-1).receipt.index + 1;
    assert.match(said, new RegExp(`anchor ${size} [A-Za-z0-9+/]{43}=`));
    assert.match(said, new RegExp(`database ${size - 1} [A-Za-z0-9+/]{43}=`));
    assert.match(said, /nguon recover/);
  });

  test('a missing log file is refused', async () => {
    for (const file of battered.files(/\.log$/)) rmSync(file);
    const { code, said } = await refusal();
    assert.ok(code === 3 || code === 4, `exit ${code}: ${said}`);
  });
});

describe('the tables', () => {
  test('audit passes where nothing is wrong', () => {
    const audit = nguon('audit', '--data', log.data);
    assert.equal(audit.code, 0, audit.err + audit.out);
  });

  test('audit names the table with a flipped bit', () => {
    const [biggest] = bySize(battered.files(/\.sst$/));
    console.log(battered.flip(biggest, 0, Math.floor(statSync(biggest).size / 2)));
    const audit = nguon('audit', '--data', log.data);
    assert.notEqual(audit.code, 0);
    assert.match(audit.err + audit.out, new RegExp(biggest.split('/').pop()));
  });

  test('audit names the leaf that was changed beneath every checksum', () => {
    const { index } = dice.of(receipts).receipt;
    const done = spawnSync(tamper, [database, 'leaf', String(index)], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    const audit = nguon('audit', '--data', log.data);
    assert.equal(audit.code, 1, audit.err + audit.out);
    assert.match(audit.err + audit.out, new RegExp(`\\b${index}\\b`));
  });

  test('audit names the state row that was changed beneath every checksum', () => {
    const { entry } = dice.of(receipts);
    const key = entry.sub.replace(':', '/');
    const done = spawnSync(tamper, [database, 'state', key], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    const audit = nguon('audit', '--data', log.data);
    assert.equal(audit.code, 1, audit.err + audit.out);
    assert.match(audit.err + audit.out, new RegExp(key));
  });
});

describe('an older copy of the database put back', () => {
  let head;
  let late;
  beforeEach(async () => {
    await log.start();
    late = await battered.add(7);
    head = await log.head(late.at(-1).receipt.index + 1);
    rmSync(mirrored, { recursive: true, force: true });
    await log.mirror(mirrored);
    await log.stop();
    rmSync(database, { recursive: true });
    cpSync(join(whole, 'database'), database, { recursive: true });
  });

  const older = () => receipts.at(-1).receipt.index + 1;

  test('is refused with both heads, as often as it is tried', async () => {
    for (let round = 0; round < 2; round += 1) {
      const { code, said } = await refusal();
      assert.equal(code, 3, said);
      assert.match(said, new RegExp(`database ${older()} [A-Za-z0-9+/]{43}=`));
      assert.ok(said.includes(`anchor ${head.size} ${head.root.toString('base64')}`), said);
      assert.match(said, /nguon recover/);
    }
  });

  test('is refilled from a copy of the log, to the same root, with old receipts good', async () => {
    const recovered = nguon('recover', '--data', log.data, '--from', mirrored);
    assert.equal(recovered.code, 0, recovered.err);
    // A harvest has three private slots, and an empty one cannot be told from a filled one.
    assert.match(recovered.err + recovered.out, new RegExp(`look the same\\): ${3 * late.length}\\b`));
    await log.start();
    const now = await log.head(head.size);
    assert.equal(now.size, head.size);
    assert.deepEqual(now.root, head.root);
    await log.leaves(now);
    for (const { entry, receipt } of [...receipts, ...late]) {
      await log.checkConsistency(receipt.head, now);
      const { status, statement } = await log.put(entry);
      assert.equal(status, 200);
      const again = log.openReceipt(statement, entry);
      assert.equal(again.index, receipt.index);
      assert.equal(again.recorded, receipt.recorded);
    }
    // Values entered before the copy was made are still held; those after it are gone, and said so.
    const slots = async ({ entry }) => log.openReceipt((await log.put(entry)).statement, entry).slots;
    assert.deepEqual(await slots(receipts[0]), ['/note']);
    assert.deepEqual(await slots(late[0]), []);
    await log.add(battered.cast.harvest());
    await log.stop();
    const audit = nguon('audit', '--data', log.data);
    assert.equal(audit.code, 0, audit.err + audit.out);
  });

  test('a mirror with a flipped bit is refused, and the database left as it was', async () => {
    const bundle = readdirSync(join(mirrored, 'tile/entries'), { recursive: true })
      .map((name) => join(mirrored, 'tile/entries', name)).filter((name) => statSync(name).isFile());
    const audit = () => nguon('audit', '--folder', mirrored, '--vkey', log.vkey);
    assert.equal(audit().code, 0);
    console.log(battered.flip(dice.of(bundle), 2, 1000));
    assert.equal(audit().code, 1);
    const recovered = nguon('recover', '--data', log.data, '--from', mirrored);
    assert.equal(recovered.code, 1, recovered.err);
    const { code, said } = await refusal();
    assert.equal(code, 3);
    assert.match(said, new RegExp(`database ${older()} `));
  });

  test('a lost database is rebuilt from nothing but the copy and the keys', async () => {
    rmSync(database, { recursive: true });
    const recovered = nguon('recover', '--data', log.data, '--from', mirrored);
    assert.equal(recovered.code, 0, recovered.err);
    await log.start();
    const now = await log.head(head.size);
    assert.deepEqual([now.size, now.root], [head.size, head.root]);
    await log.stop();
  });

  test('with the anchor thrown away too it still does not start', async () => {
    renameSync(join(log.data, 'anchor'), join(log.home, 'anchor.gone'));
    const { code, said } = await refusal();
    assert.equal(code, 3, said);
    assert.match(said, /start\.no-anchor/);
  });
});
