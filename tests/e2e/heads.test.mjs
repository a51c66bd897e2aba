// A subject's head, pages and proofs over HTTP, checked by code that shares nothing with the service.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Cast } from './lib/cast.mjs';
import { Deployment, nguon } from './lib/deployment.mjs';
import { openJws } from './lib/jose.mjs';
import { includes, leafHash, rootOf } from './lib/tree.mjs';

const log = Deployment.init();
let cast;
let sub;
/** Ids of the lot's tickets, in log order. */
const tickets = [];

async function deliver(count) {
  for (let i = 0; i < count; i += 1) {
    const entry = cast.make(cast.keys.clerk, {
      type: 'batch.receive/1', sub: sub ?? 'batch', ...(sub && { prev: tickets.at(-1) }),
      data: { product: cast.product, on: '2026-09-11', qty: { amount: '20', unit: 'kg' } },
    });
    await log.add(entry);
    ({ sub } = entry);
    tickets.push(entry.id);
  }
}
const hash = (id) => leafHash(Buffer.from(id, 'base64url'));
const open = (jws) => openJws(jws, 'nguon-head+jwt', log.service);
const ask = (what, headers = {}) => log.send('GET', `/api/subjects/${sub}/${what}`, undefined, headers);
const json = async (what) => JSON.parse((await ask(what)).body);
const newest = async () => open((await ask('head')).body.toString());

async function listed() {
  const entries = [];
  for (let page = 0; page * 256 < tickets.length; page += 1) entries.push(...(await json(`entries/${page}`)).entries);
  return entries;
}

before(async () => {
  await log.start();
  cast = await Cast.settle(log);
  await deliver(300);
});
after(() => log.remove());

test('the listed entries are all there are, and stand in the log where the list says', async () => {
  const claims = await newest();
  const entries = await listed();
  assert.deepEqual(entries.map(({ id }) => id), tickets);
  assert.equal(claims.count, tickets.length);
  assert.equal(claims.root, rootOf(tickets.map(hash)).toString('base64url'));
  const { size, root } = await log.head(claims.size);
  assert.ok(claims.size <= size);
  if (claims.size === size) assert.equal(claims.log_root, root.toString('base64url'));
  const leaves = await log.leaves({ size, root });
  const mine = leaves.slice(0, claims.size).filter(({ entry }) => JSON.parse(Buffer.from(entry.split('.')[1], 'base64url')).sub === sub);
  assert.deepEqual(mine.map(({ index }) => index), entries.map(({ index }) => index));
});

test('each entry is proved by its path under the head that comes with it', async () => {
  for (const position of [0, 1, 127, 255, 256, 299]) {
    const proof = await json(`proofs/${tickets[position]}`);
    const claims = open(proof.head);
    assert.equal(proof.position, position);
    const path = proof.path.map((one) => Buffer.from(one, 'base64url'));
    const root = Buffer.from(claims.root, 'base64url');
    assert.ok(includes(position, claims.count, hash(tickets[position]), path, root), `position ${position}`);
    assert.ok(!includes(position ^ 1, claims.count, hash(tickets[position]), path, root), `beside ${position}`);
  }
});

test('a newer entry moves the head at once, whatever minute it is', async () => {
  const { headers } = await ask('head');
  assert.match(headers['cache-control'], /max-age=2$/);
  await deliver(1);
  const again = await ask('head', { 'if-none-match': headers.etag });
  assert.equal(again.status, 200);
  assert.equal(open(again.body.toString()).count, tickets.length);
  const unchanged = await ask('entries/0', { 'if-none-match': (await ask('entries/0')).headers.etag });
  assert.equal(unchanged.status, 304);
  assert.equal(unchanged.body.length, 0);
});

test('heads and pages are the same after a kill', async () => {
  const before = [(await newest()).root, await listed()];
  await log.kill();
  await log.start();
  assert.deepEqual([(await newest()).root, await listed()], before);
});

test('the command line holds a head against a bundle: complete, or one was kept back', async () => {
  const picked = cast.harvest();
  await log.add(picked);
  const file = join(log.home, 'bundle.json');
  const save = async () => writeFileSync(file, (await log.get(`/api/batches/${picked.sub}/bundle`)).body);
  const head = join(log.home, 'head.jwt');
  await save();
  writeFileSync(head, (await log.get(`/api/subjects/${picked.sub}/head`)).body);
  const whole = nguon('verify', file, '--vkey', log.vkey, '--head', head);
  assert.equal(whole.code, 0, whole.err);
  assert.match(whole.out, /complete: /);
  await log.add(cast.make(cast.keys.director, { type: 'batch.recall/1', sub: picked.sub, prev: picked.id, data: {
    on: '2026-09-21', reason: 'residue', action: 'do_not_eat', notice: { vi: 'Thu hồi mẫu', en: 'Sample recall' },
  } }));
  writeFileSync(head, (await log.get(`/api/subjects/${picked.sub}/head`)).body);
  const old = nguon('verify', file, '--vkey', log.vkey, '--head', head);
  assert.equal(old.code, 1);
  assert.match(old.err, /the file lacks some/);
  await save();
  assert.equal(nguon('verify', file, '--vkey', log.vkey, '--head', head).code, 0);
});
