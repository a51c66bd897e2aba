// No file descriptor left: a crowd of connections may keep newcomers waiting, never the store.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment } from '../e2e/lib/deployment.mjs';
import { run } from './world.mjs';

const descriptors = 160;
const log = Deployment.init({ limits: { idle_seconds: 60 } });
const receipts = [];
let cast;
let crowd = [];

before(async () => {
  await log.start(['prlimit', `--nofile=${descriptors}:${descriptors}`]);
  cast = await Cast.settle(log);
});
after(() => {
  for (const socket of crowd) socket.destroy();
  log.remove();
});

async function add(entry) {
  receipts.push({ entry, receipt: await log.add(entry) });
}

test('who is connected goes on: appends, an erasure that rewrites files, reads', async () => {
  await add(cast.harvest());
  crowd = Array.from({ length: 2 * descriptors }, () => {
    const socket = connect(log.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('data', () => {});
    return socket;
  });
  await sleep(500);
  // All over the one connection that the client has kept since before the crowd came.
  for (let round = 0; round < 4; round += 1) {
    for (let i = 0; i < 10; i += 1) await add(cast.harvest());
    const { entry: { id, sub } } = receipts[round];
    await add(cast.make(cast.keys.clerk, { type: 'erase/1', sub, prev: id, data: { scope: 'value', reason: 'request', entry: id, slot: '/note' } }));
    await sleep(200);
    assert.ok(log.alive(), log.said);
  }
  const head = await log.head(receipts.at(-1).receipt.index + 1);
  await log.leaves(head);
});

test('newcomers are served once the crowd has left, and all that was acknowledged is there after kill -9', async () => {
  for (const socket of crowd) socket.destroy();
  log.hangUp();
  for (const began = Date.now(); ;) {
    if ((await log.get('/readyz').catch(() => undefined))?.status === 200) break;
    assert.ok(Date.now() - began < 10_000, 'not serving ten seconds after the crowd had left');
    await sleep(50);
  }
  await add(cast.harvest());
  await log.kill();
  await log.start();
  const leaves = await log.leaves(await log.head(receipts.at(-1).receipt.index + 1));
  for (const { entry, receipt } of receipts) assert.equal(leaves[receipt.index].entry, entry.jws);
  assert.equal(await log.stop(), 0);
  const audit = await run(['audit', '--data', log.data]);
  assert.equal(audit.code, 0, audit.err);
});
