import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { makeEntry } from '../../../server/app/capture/make_entry.mjs';
import { Engine } from '../../../server/app/sync/engine.mjs';
import { Cast } from '../../e2e/lib/cast.mjs';
import { Deployment } from '../../e2e/lib/deployment.mjs';
import { Phone } from './phone.mjs';

const log = Deployment.init();
let cast;
let phone;
let clock;
let doubts;
let told;
before(async () => {
  await log.start();
  cast = await Cast.settle(log);
});
after(() => log.remove());
beforeEach(async () => {
  phone = await Phone.enrolled(log, cast, 'member');
  clock = 0;
  doubts = [];
  told = [];
});

/** What the service really says. */
async function service(id, body) {
  const answer = await log.send('PUT', `/api/entries/${id}`, body, { 'content-type': 'application/sd-jwt' });
  const { 'content-type': type, 'retry-after': retryAfter = '' } = answer.headers;
  return { status: answer.status, type: type.split(';')[0], retryAfter, text: answer.body.toString() };
}
function engine(send = service, parts = {}) {
  return new Engine({
    shelf: phone.shelf, send, trust: () => phone.trust, now: () => clock, random: () => 0.5,
    lock: async (name, work) => { await work(); return true; },
    tell: (id, phase) => told.push([id, phase, phone.shelf.records.get(id).state]), doubt: (why) => doubts.push(why), ...parts,
  });
}
const states = () => [...phone.shelf.records.values()].map(({ state }) => state);
const offline = async () => { throw new TypeError('Failed to fetch'); };

test('a record is received once its receipt is on the device, and told only then', async () => {
  const { id } = await phone.save();
  await engine().run();
  const [record] = phone.shelf.of('received');
  assert.equal(record.id, id);
  assert.equal(log.openReceipt(record.answer, record).index, record.index);
  assert.deepEqual(told, [[id, 'sending', 'waiting'], [id, 'settled', 'received']]);
  assert.deepEqual(doubts, []);
});

test('without a network nothing changes, and three silences in a row end the round', async () => {
  for (let i = 0; i < 5; i += 1) await phone.save(String(i + 1));
  let asked = 0;
  await engine(async () => { asked += 1; return offline(); }).run();
  assert.equal(asked, 3);
  assert.deepEqual(states(), Array(5).fill('waiting'));
});

test('it asks again after a while, later each time, and at once when somebody presses the button', async () => {
  await phone.save();
  let asked = 0;
  const sync = engine(async () => { asked += 1; return offline(); });
  await sync.run();
  await sync.run();
  assert.equal(asked, 1);
  assert.equal(sync.idle, 5_000);
  clock = 5_000;
  await sync.run();
  assert.equal(asked, 2);
  assert.equal(sync.idle, 10_000);
  await sync.run({ all: true });
  assert.equal(asked, 3);
  for (let i = 0; i < 20; i += 1) await sync.run({ all: true });
  assert.equal(sync.idle, 15 * 60_000);
});

test('what is not signed by the service proves nothing', async () => {
  const [mine, other] = [await phone.save('1'), await phone.save('2')];
  const receipt = await service(other.id, other.body);
  const answers = [
    { status: 200, type: 'text/html', retryAfter: '', text: '<html>Đăng nhập Wi-Fi</html>' },
    { status: 201, type: receipt.type, retryAfter: '', text: '' },
    receipt,
    { ...receipt, text: receipt.text.slice(0, -8) },
    { status: 202, type: 'application/jwt', retryAfter: '', text: receipt.text.split('~')[0] },
    { status: 422, type: 'application/problem+json', retryAfter: '', text: JSON.stringify({ rule: 'role.none', statement: receipt.text.split('~')[0] }) },
    { status: 422, type: 'application/problem+json', retryAfter: '', text: '{' },
    { status: 500, type: 'application/problem+json', retryAfter: '', text: '{}' },
  ];
  for (const answer of answers) {
    await engine(async (id) => (id === mine.id ? answer : offline())).run();
    assert.equal(phone.shelf.records.get(mine.id).state, 'waiting', JSON.stringify(answer));
  }
  assert.ok(doubts.includes('receipt.entry'), doubts.join());
  assert.ok(!told.some(([, phase]) => phase === 'settled'));
});

test('another deployment\'s service key is not believed', async () => {
  await phone.save();
  phone.trust = { ...phone.trust, service: { ...phone.trust.service, kid: phone.kid } };
  await engine().run();
  assert.deepEqual(states(), ['waiting']);
  assert.deepEqual(doubts, ['receipt.key']);
});

test('one bad record never holds up the others', async () => {
  await phone.save('1');
  const bad = await phone.save('2', { grade: 'best' });
  await phone.save('3');
  await engine().run();
  assert.deepEqual(states(), ['received', 'refused', 'received']);
  const { trouble, answer } = phone.shelf.records.get(bad.id);
  assert.equal(trouble.field, '/data/grade');
  assert.ok(trouble.rule);
  assert.match(answer, /^[\w-]+\.[\w-]+\.[\w-]+$/, 'signed');
});

test('what the service cannot read is kept and asked again much later', async () => {
  const { id } = await phone.save();
  const answer = { status: 400, type: 'application/problem+json', retryAfter: '', text: '{"rule":"jws.shape","field":"/x"}' };
  const sync = engine(async () => answer);
  await sync.run();
  const { state, trouble } = phone.shelf.records.get(id);
  assert.deepEqual([state, trouble], ['waiting', { rule: 'jws.shape', field: '/x', statement: '' }]);
  assert.equal(sync.idle, 6 * 3_600_000);
  await engine().run({ all: true });
  assert.deepEqual(states(), ['received']);
  assert.equal(phone.shelf.records.get(id).trouble, undefined);
});

test('what the service does not know yet waits', async () => {
  await phone.save('1', { site: `site:${'0'.repeat(26)}` });
  await engine().run();
  assert.deepEqual(states(), ['waiting']);
  assert.deepEqual(doubts, []);
});

test('after its key has ended a record is held, and the note says so', async () => {
  await cast.add(cast.keys.clerk, { type: 'key.revoke/1', sub: phone.person, prev: cast.newest[phone.person], data: { kid: phone.kid, reason: 'lost' } });
  const late = await phone.save();
  await engine().run();
  const record = phone.shelf.records.get(late.id);
  assert.equal(record.state, 'held');
  assert.match(record.answer, /^[\w-]+\.[\w-]+\.[\w-]+$/);
});

test('a conflict keeps the record, and is not asked again soon', async () => {
  const { id } = await phone.save();
  const statement = 'nothing signed';
  const answer = { status: 409, type: 'application/problem+json', retryAfter: '', text: JSON.stringify({ rule: 'jti.taken', statement }) };
  await engine(async () => answer).run();
  assert.equal(phone.shelf.records.get(id).state, 'waiting');
  assert.equal(phone.shelf.records.get(id).trouble, undefined, 'an unsigned one says nothing');
});

test('Retry-After is kept to, within an hour', async () => {
  await phone.save();
  const busy = (retryAfter) => async () => ({ status: 503, type: 'application/problem+json', retryAfter, text: '{"rule":"store.stalled"}' });
  const sync = engine(busy('120'));
  await sync.run();
  assert.equal(sync.idle, 120_000);
  const long = engine(busy('999999'));
  await long.run();
  assert.equal(long.idle, 3_600_000);
  const odd = engine(busy('soon'));
  await odd.run();
  assert.equal(odd.idle, 5_000);
});

test('whoever comes second leaves it to the first', async () => {
  await phone.save();
  let busy = false;
  const lock = async (name, work) => {
    if (busy) return false;
    busy = true;
    await work();
    busy = false;
    return true;
  };
  let asked = 0;
  const send = async (id, body) => { asked += 1; return service(id, body); };
  const ran = await Promise.all([engine(send, { lock }).run(), engine(send, { lock }).run()]);
  assert.deepEqual(ran.sort(), [false, true]);
  assert.equal(asked, 1);
});

/** Sends for real, and says when each began and ended. */
function watched(events, send = service) {
  return async (id, body) => {
    events.push(`+${id}`);
    try {
      return await send(id, body);
    } finally {
      events.push(`-${id}`);
    }
  };
}

test('where the line is good several go together, oldest first, and no more than were allowed', async () => {
  const ids = [];
  for (let i = 0; i < 7; i += 1) ids.push((await phone.save(String(i + 1))).id);
  const events = [];
  await engine(watched(events), { together: 3 }).run();
  assert.deepEqual(states(), Array(7).fill('received'));
  assert.deepEqual(events.filter((one) => one[0] === '+'), ids.map((id) => `+${id}`));
  let under = 0;
  const most = events.map((one) => (under += one[0] === '+' ? 1 : -1));
  assert.equal(Math.max(...most), 3);
});

test('what names an earlier record goes behind it, and holds up nothing older', async () => {
  const first = await phone.save('1');
  const between = await phone.save('2');
  const edit = await makeEntry(phone.maker, { type: 'batch.close/1', sub: first.sub, prev: first.id, slots: [], data: {} });
  await phone.shelf.add({ id: edit.id, jws: edit.jws, body: edit.body, made: Date.now(), state: 'waiting' });
  const last = await phone.save('3');
  const events = [];
  await engine(watched(events), { together: 5 }).run();
  const at = (one) => events.indexOf(one);
  assert.ok(at(`+${between.id}`) < at(`-${first.id}`), 'side by side');
  assert.ok(at(`+${edit.id}`) > at(`-${first.id}`), 'behind');
  assert.notEqual(at(`-${last.id}`), -1);
});

test('three silences end a round of several too; what is under way is waited for', async () => {
  for (let i = 0; i < 12; i += 1) await phone.save(String(i + 1));
  let asked = 0;
  await engine(async () => { asked += 1; return offline(); }, { together: 4 }).run();
  assert.ok(asked >= 3 && asked <= 3 + 3, `${asked}`);
  assert.deepEqual(states(), Array(12).fill('waiting'));
});

test('a shelf that fails ends the round once nothing is under way', async () => {
  const ids = [];
  for (let i = 0; i < 4; i += 1) ids.push((await phone.save(String(i + 1))).id);
  const events = [];
  const { settle } = phone.shelf;
  phone.shelf.settle = async (id, change) => {
    if (id === ids[0]) throw new Error('full');
    return settle.call(phone.shelf, id, change);
  };
  await assert.rejects(engine(watched(events), { together: 2 }).run(), /full/);
  assert.equal(events.filter((one) => one[0] === '+').length, events.filter((one) => one[0] === '-').length);
  assert.equal(phone.shelf.records.get(ids[0]).state, 'waiting');
});
