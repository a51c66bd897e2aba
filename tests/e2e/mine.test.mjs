// One's own entries over a read session: whose they are, in which order, with which values; and nobody else's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cast } from './lib/cast.mjs';
import { Deployment } from './lib/deployment.mjs';
import { signJws } from './lib/jose.mjs';

const log = Deployment.init();
let cast;
const cookies = {};
before(async () => {
  await log.start();
  cast = await Cast.settle(log, ['member', 'neighbour']);
});
after(() => log.remove());

async function session(name) {
  if (cookies[name]) return cookies[name];
  const { nonce } = JSON.parse((await log.send('POST', '/api/session/challenge')).body);
  const jws = signJws(cast.keys[name], 'nguon-session+jwt', { aud: log.aud, nonce });
  const answer = await log.send('POST', '/api/session', jws, { 'content-type': 'application/jwt' });
  assert.equal(answer.status, 201);
  return (cookies[name] = answer.headers['set-cookie'][0].split(';')[0]);
}
async function mine(name, query = '') {
  const answer = await log.send('GET', `/api/mine${query}`, undefined, { cookie: await session(name) });
  return { status: answer.status, kept: answer.headers['cache-control'], ...JSON.parse(answer.body) };
}
const ids = (page) => page.rows.map(({ id }) => id);

let picked;
let ticket;
let corrected;
test('what one signed, what the office entered on one\'s behalf, and corrections of that: newest first', async () => {
  const { keys, persons, product } = cast;
  picked = cast.harvest();
  await log.add(picked);
  ticket = await cast.add(keys.clerk, { type: 'batch.receive/1', sub: 'batch', for: persons.member, data: {
    product, on: '2026-09-11', qty: { amount: '20', unit: 'kg' }, price: { vnd: 30_000, per: 'kg' }, supplier: persons.member,
  } });
  await log.add(cast.harvest('neighbour'));
  // In nobody's name: it is found by what it corrects.
  corrected = await cast.add(keys.clerk, { type: 'batch.correct/1', sub: ticket.sub, prev: ticket.id, data: {
    target: ticket.id, pointer: '/qty', value: { amount: '21', unit: 'kg' }, reason: 'weighing',
  } });
  const page = await mine('member');
  assert.deepEqual(ids(page).slice(0, 3), [corrected.id, ticket.id, picked.id]);
  assert.equal(page.kept, 'no-store');
  assert.equal(page.since, undefined);
  const [, received, harvest] = page.rows;
  assert.deepEqual(received.values, { '/price': { vnd: 30_000, per: 'kg' }, '/supplier': persons.member });
  assert.deepEqual(harvest.values, { '/note': 'hái buổi sáng' });
  assert.equal(harvest.entry, picked.jws);
  log.openReceipt(harvest.receipt, picked);
});

test('nobody else\'s, not even the office\'s that entered them', async () => {
  const neighbour = ids(await mine('neighbour'));
  for (const { id } of [picked, ticket, corrected]) assert.ok(!neighbour.includes(id));
  const clerk = ids(await mine('clerk'));
  assert.ok(clerk.includes(ticket.id), 'the clerk signed it');
  assert.ok(!clerk.includes(picked.id));
  assert.equal((await log.get('/api/mine')).status, 401);
});

test('page by page it is the same list; nonsense is refused', async () => {
  const whole = ids(await mine('clerk'));
  const found = [];
  for (let query = '?limit=2'; query;) {
    const page = await mine('clerk', query);
    assert.ok(page.rows.length <= 2);
    found.push(...ids(page));
    query = page.next === undefined ? '' : `?limit=2&before=${page.next}`;
  }
  assert.deepEqual(found, whole);
  assert.ok(whole.length > 4);
  for (const query of ['?limit=0', '?limit=51', '?limit=x']) assert.equal((await mine('member', query)).rule, 'mine.limit', query);
  assert.equal((await mine('member', '?before=-1')).rule, 'http.query');
});

test('an erased value is gone from them, and all is there again after a restart', async () => {
  const { keys, persons } = cast;
  await cast.add(keys.clerk, { type: 'erase/1', sub: ticket.sub, prev: corrected.id, data: { scope: 'value', entry: ticket.id, slot: '/price', reason: 'request' } });
  const page = await mine('member');
  const before = ids(page);
  assert.deepEqual(page.rows.find(({ id }) => id === ticket.id).values, { '/supplier': persons.member });
  await log.stop();
  await log.start();
  delete cookies.member;
  assert.deepEqual(ids(await mine('member')), before);
});
