// The disk fills up: below the reserve appends wait and reading goes on; without a reserve the service ends rather than
// guess. Whatever was acknowledged is there once there is room again.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment } from '../e2e/lib/deployment.mjs';
import { run, within } from './world.mjs';

const megabyte = 1 << 20;
const log = Deployment.init({ ledger: { free_space_reserve: '"16M"', memory: '"32M"' } });
const disk = join(log.home, 'disk');
const ballast = join(disk, 'ballast');
const receipts = [];
let mounted = false;
let cast;

const free = () => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};
/** Fills the disk until `left` octets are free. */
function fill(left) {
  const file = openSync(ballast, 'a');
  const page = Buffer.alloc(4096, 0x5a);
  try {
    while (free() - left >= page.length) writeSync(file, page);
  } catch (error) {
    assert.equal(error.code, 'ENOSPC');
  } finally {
    closeSync(file);
  }
}
const clear = () => rmSync(ballast, { force: true });
const submit = (entry) => log.send('PUT', `/api/entries/${entry.id}`, entry.body, { 'content-type': 'application/sd-jwt' });
async function add(entry = cast.harvest()) {
  receipts.push({ entry, receipt: await log.add(entry) });
}
async function allThere() {
  const size = Math.max(...receipts.map(({ receipt }) => receipt.index)) + 1;
  const leaves = await log.leaves(await log.head(size));
  for (const { entry, receipt } of receipts) {
    assert.equal(leaves[receipt.index].entry, entry.jws);
    assert.equal(leaves[receipt.index].recorded, receipt.recorded);
  }
  assert.equal(new Set(leaves.map(({ entry }) => entry)).size, leaves.length);
}

before(async () => {
  mkdirSync(disk);
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'nguon-full-disk', disk]).status === 0;
  if (!mounted) return console.log('note: full disk not tried: only root may mount a small one');
  cpSync(log.data, join(disk, 'data'), { recursive: true });
  log.data = join(disk, 'data');
  log.configure({ ledger: { free_space_reserve: '"16M"', memory: '"32M"' } });
  await log.start();
  cast = await Cast.settle(log);
  await add();
});
after(() => {
  if (log.child && log.alive()) log.child.kill('SIGKILL');
  if (mounted) spawnSync('umount', ['--lazy', disk]);
  log.remove();
});
const on_small_disk = (name, how) => test(name, async (t) => (mounted ? how() : t.skip('no disk of its own')));

on_small_disk('below the reserve appends are told to come again, and everything can be read', async () => {
  fill(12 * megabyte);
  const late = cast.harvest();
  for (let i = 0; i < 3; i += 1) {
    const answer = await submit(late);
    assert.equal(answer.status, 503);
    assert.equal(JSON.parse(answer.body).rule, 'store.space');
    assert.ok(Number(answer.headers['retry-after']) > 0);
  }
  const { index } = receipts.at(-1).receipt;
  assert.equal((await log.head()).size, index + 1);
  assert.equal((await log.get(`/log/0/proof/${index}`)).status, 200);
  assert.equal((await log.get('/readyz')).status, 200);
  assert.equal((await log.get(`/api/entries/${receipts[0].entry.id}`)).status, 200);
  clear();
  await add(late);
  await allThere();
});

on_small_disk('without a reserve it ends at the write that finds no room, and nothing acknowledged is lost', async () => {
  await log.stop();
  log.configure({ ledger: { free_space_reserve: '"0"', memory: '"32M"' } });
  await log.start();
  fill(64 * 1024);
  let refused;
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let i = 0; i < 1000 && refused === undefined; i += 1) {
      const entry = cast.harvest('member', { note: 'hái sớm '.repeat(20) });
      const answer = await submit(entry).catch(() => ({ status: 0 }));
      if (answer.status === 201) {
        receipts.push({ entry, receipt: log.openReceipt(answer.body.toString(), entry) });
      } else {
        assert.ok(answer.status === 503 || answer.status === 0, `${answer.status} ${answer.body}`);
        refused = entry;
      }
    }
  }));
  assert.ok(refused, 'the disk never filled up');
  const { code } = await within(20_000, 'the service', log.ended);
  log.hangUp();
  assert.equal(code, 4, log.said);
  clear();
  await log.start();
  await allThere();
  const { status, statement } = await log.put(refused);
  assert.ok(status === 201 || status === 200, `${status}`);
  receipts.push({ entry: refused, receipt: log.openReceipt(statement, refused) });
});

on_small_disk('a start without any room is refused, says why, and leaves all as it was', async () => {
  await log.kill();
  fill(0);
  await assert.rejects(log.start(), ({ code, said }) => code === 4 && /store\.space/.test(said));
  clear();
  await log.start();
  await allThere();
  await add();
  assert.equal(await log.stop(), 0);
  const audit = await run(['audit', '--data', log.data]);
  assert.equal(audit.code, 0, audit.err);
});
