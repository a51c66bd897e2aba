// Hostile input over HTTP against the real binary (DESIGN §10): each gets the right 4xx with its rule and
// field in both languages, the log does not move, the process lives and does not grow.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from './lib/cast.mjs';
import { Deployment } from './lib/deployment.mjs';
import { Dice } from './lib/dice.mjs';
import { hostileEntries } from './lib/hostile_entries.mjs';
import { head, malformed, smuggled } from './lib/hostile_wire.mjs';
import { openJws } from './lib/jose.mjs';
import { answersIn, converse } from './lib/wire.mjs';

const dice = new Dice('hostile');
const log = Deployment.init({ limits: { head_seconds: 1, body_seconds: 1, idle_seconds: 2, connections_per_peer: 200 } });
let cast;
let before_;

before(async () => {
  await log.start();
  cast = await Cast.settle(log, ['member', 'neighbour']);
  await log.add(cast.harvest());
  await sleep(1100); // what is published may be a second old
  before_ = await log.head();
});
after(() => log.remove());

/** The log as everybody sees it is the one from before. */
async function unmoved() {
  await sleep(1100);
  const now = await log.head();
  assert.deepEqual([now.size, now.root], [before_.size, before_.root]);
  assert.ok(log.alive());
  assert.equal((await log.get('/readyz')).status, 200);
}

function checkProblem(problem, { status, rule, field }) {
  assert.equal(problem.status, status, JSON.stringify(problem));
  if (rule) assert.equal(problem.rule, rule, JSON.stringify(problem));
  assert.match(problem.rule, /^[a-z0-9.-]+$/);
  assert.equal(problem.type, `/problems/${problem.rule}`);
  assert.ok(problem.vi?.length > 5 && problem.en?.length > 5, `no sentences for ${problem.rule}`);
  if (field) assert.equal(problem.field, field, JSON.stringify(problem));
}

describe('entries', () => {
  test('each is turned away by its rule, in both languages', async () => {
    const wrong = [];
    const cases = hostileEntries(log, cast);
    for (const one of cases) {
      try {
        const { status, problem } = await log.put(one.entry);
        assert.equal(status, one.status, JSON.stringify(problem));
        checkProblem(problem, one);
        if (status === 422) {
          const claims = openJws(problem.statement, 'nguon-refusal+jwt', log.service);
          assert.equal(claims.rule, problem.rule);
          assert.equal(claims.entry, one.entry.id);
          assert.equal(claims.size, before_.size);
        }
      } catch (error) {
        wrong.push(`${one.name}: ${error.message}`);
      }
    }
    assert.deepEqual(wrong, []);
    console.log(`${cases.length} kinds of hostile entry`);
    await unmoved();
  });

  test('a replay is answered with the same place, another entry under its jti with a conflict', async () => {
    const entry = cast.harvest();
    const receipt = await log.add(entry);
    const again = await log.put(entry);
    assert.equal(again.status, 200);
    assert.equal(log.openReceipt(again.statement, entry).index, receipt.index);
    const rival = cast.harvest('member', {}, (payload) => { payload.jti = entry.payload.jti; payload.sub = entry.sub; });
    const { status, problem } = await log.put(rival);
    assert.equal(status, 409);
    checkProblem(problem, { status: 409, rule: 'entry.jti-reused' });
    assert.equal(openJws(problem.statement, 'nguon-conflict+jwt', log.service).head, entry.id);
    await sleep(1100);
    before_ = await log.head(receipt.index + 1);
    assert.equal(before_.size, receipt.index + 1);
  });

  test('a body that does not say what it is', async () => {
    const entry = cast.harvest();
    const answer = await log.send('PUT', `/api/entries/${entry.id}`, entry.body, { 'content-type': 'text/plain; charset=utf-16' });
    assert.equal(answer.status, 415);
    checkProblem(JSON.parse(answer.body), { status: 415, rule: 'http.content-type' });
    await unmoved();
  });
});

describe('requests', () => {
  test('ambiguous framing is refused, closed, and nothing behind it is answered', async () => {
    const wrong = [];
    for (const { name, octets } of smuggled) {
      const { text, closed } = await converse(log.port, [octets], { patience: 6000 });
      const answers = answersIn(text);
      if (answers.length > 1) wrong.push(`${name}: ${answers.length} answers`);
      if (answers.length === 1 && (answers[0].status < 400 || answers[0].status > 505)) wrong.push(`${name}: ${answers[0].status}`);
      if (answers.length === 1 && !answers[0].problem?.vi) wrong.push(`${name}: no problem in Vietnamese: ${text.slice(0, 200)}`);
      if (!closed) wrong.push(`${name}: left open`);
    }
    assert.deepEqual(wrong, []);
    await unmoved();
  });

  test('malformed paths and methods', async () => {
    const wrong = [];
    for (const [method, path, statuses] of malformed) {
      const { text } = await converse(log.port, [Buffer.from(head(method, path, 'Connection: close\r\nContent-Length: 0\r\n'), 'latin1')]);
      const [answer] = answersIn(text);
      if (!answer || !statuses.includes(answer.status)) wrong.push(`${method} ${path.slice(0, 80)}: ${answer?.status}`);
      else if (!answer.problem?.vi || !answer.problem?.en) wrong.push(`${method} ${path.slice(0, 80)}: no sentences: ${text.slice(-200)}`);
    }
    assert.deepEqual(wrong, []);
    await unmoved();
  });

  test('a head and a body that never end are cut off in time', async () => {
    const entry = cast.harvest();
    const opening = head('PUT', `/api/entries/${entry.id}`, `Content-Type: application/sd-jwt\r\nContent-Length: ${entry.body.length}\r\n`);
    const drip = (text) => [...text].slice(0, 60);
    const [slowHead, slowBody, halfBody, silent] = await Promise.all([
      converse(log.port, drip(opening), { pause: 100 }),
      converse(log.port, [opening, ...drip(entry.body)], { pause: 100 }),
      converse(log.port, [opening + entry.body.slice(0, 300)], { half: true }),
      converse(log.port, []),
    ]);
    for (const slow of [slowHead, slowBody]) {
      const [answer] = answersIn(slow.text);
      assert.equal(answer?.status, 408, slow.text.slice(0, 200));
      checkProblem(answer.problem, { status: 408, rule: 'http.timeout' });
      assert.ok(slow.closed);
    }
    assert.ok(answersIn(halfBody.text).every(({ status }) => status >= 400));
    assert.ok(silent.closed, 'an idle connection stays open');
    await unmoved();
  });

  test('a head beyond its limit', async () => {
    const { text } = await converse(log.port, [head('GET', '/healthz', `X-A: ${'a'.repeat(20_000)}\r\n`)]);
    const [answer] = answersIn(text);
    assert.equal(answer?.status, 431, text.slice(0, 200));
    checkProblem(answer.problem, { status: 431, rule: 'http.head-limit' });
  });
});

test('10,000 hostile requests do not make the process grow', async () => {
  const entries = hostileEntries(log, cast).map(({ entry }) => entry);
  const wire = [...smuggled.map(({ octets }) => octets),
    ...malformed.map(([method, path]) => Buffer.from(head(method, path, 'Connection: close\r\nContent-Length: 0\r\n'), 'latin1'))];
  const round = async (count) => {
    let left = count;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        if (dice.next() < 0.15) {
          await converse(log.port, [dice.of(wire)], { patience: 3000 });
          continue;
        }
        const answer = await log.put(dice.of(entries)).catch(() => ({ status: 400 })); // cut off while it still sent
        assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
      }
    };
    await Promise.all(Array.from({ length: 16 }, worker));
  };
  await round(2000); // arenas, caches and buffers of a service at work
  const first = log.residentKb();
  await round(10_000);
  const grown = log.residentKb() - first;
  console.log(`resident ${first} kB, ${grown} kB more after 10,000`);
  assert.ok(grown <= 8 * 1024, `${grown} kB more`);
  await unmoved();
  const entry = cast.harvest();
  assert.equal((await log.put(entry)).status, 201);
});
