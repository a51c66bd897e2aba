// Many at once: the same strict edit twice, one entry a thousand times, more connections than file
// descriptors.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from './lib/cast.mjs';
import { Deployment } from './lib/deployment.mjs';
import { openJws } from './lib/jose.mjs';

const descriptors = 192;
const log = Deployment.init({ limits: { idle_seconds: 60 } });
let cast;

before(async () => {
  // The service may raise its soft limit up to the hard one, so both are lowered.
  await log.start(['/bin/sh', '-c', `ulimit -Hn ${descriptors}; ulimit -Sn ${descriptors}; exec "$@"`, 'sh']);
  cast = await Cast.settle(log, ['member', 'neighbour']);
});
after(() => log.remove());

test('of two edits of one version one is logged and the other told so, with a signed conflict', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { clerk, director } = cast.keys;
    const prev = cast.newest[cast.product];
    const edits = [clerk, director].map((key, i) =>
      cast.make(key, { type: 'product.update/1', sub: cast.product, prev, data: cast.productData(`Chanh leo mẫu ${round}-${i}`) }));
    const answers = await Promise.all(edits.map((edit) => log.put(edit)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
    const won = edits[answers.findIndex(({ status }) => status === 201)];
    const { problem } = answers.find(({ status }) => status === 409);
    const conflict = openJws(problem.statement, 'nguon-conflict+jwt', log.service);
    assert.equal(conflict.head, won.id);
    assert.equal(conflict.rule, problem.rule);
    const lost = edits.find((edit) => edit !== won);
    assert.equal(conflict.entry, lost.id);
    assert.equal((await log.get(`/api/entries/${lost.id}`)).status, 404);
    cast.newest[cast.product] = won.id;
  }
});

test('one entry sent a thousand times at once has one place', async () => {
  const before_ = (await log.head()).size;
  const entry = cast.harvest();
  const answers = await Promise.all(Array.from({ length: 1000 }, async () => {
    for (;;) {
      const answer = await log.put(entry).catch(() => undefined);
      if (answer && answer.status !== 503) return answer;
      await sleep(20);
    }
  }));
  const count = (status) => answers.filter((answer) => answer.status === status).length;
  assert.equal(count(201), 1);
  assert.equal(count(200), 999);
  const places = new Set(answers.map(({ statement }) => {
    const { index, recorded, entry: id } = log.openReceipt(statement, entry);
    return `${index} ${recorded} ${id}`;
  }));
  assert.equal(places.size, 1);
  const [index] = [...places][0].split(' ').map(Number);
  const head = await log.head(index + 1);
  assert.equal(head.size, index + 1);
  assert.ok(before_ <= index);
});

test('a crowd beyond its descriptors is turned away, and it serves again when connections end', async () => {
  const crowd = Array.from({ length: descriptors + 150 }, () => {
    const socket = connect(log.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('data', () => {});
    return socket;
  });
  await sleep(1500);
  assert.ok(log.alive());
  for (const socket of crowd) socket.destroy();
  const began = Date.now();
  for (;;) {
    const answer = await log.get('/healthz').catch(() => undefined);
    if (answer?.status === 200) break;
    assert.ok(Date.now() - began < 10_000, 'not serving ten seconds after the crowd had left');
    await sleep(50);
  }
  // The store was not starved either: entries are logged and read back.
  const entry = cast.harvest();
  const receipt = await log.add(entry);
  assert.equal(JSON.parse((await log.get(`/api/entries/${entry.id}`)).body).index, receipt.index);
  assert.equal(await log.stop(), 0);
});
