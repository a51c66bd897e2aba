// The shelf in the real IndexedDB of Chromium: what "Lưu" promised survives the browser's end.
import assert from 'node:assert/strict';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChromium } from '../chromium.mjs';

const app = fileURLToPath(new URL('../../../server/app/', import.meta.url));
const profile = mkdtempSync(join(tmpdir(), 'nguon-profile-'));
let server;
let base;
let browser;
before(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    if (pathname === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>x</title>');
    response.writeHead(200, { 'content-type': 'text/javascript' });
    return createReadStream(join(app, pathname)).on('error', () => response.destroy()).pipe(response);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${server.address().port}/`;
});
after(async () => {
  await browser?.kill();
  server.close();
  rmSync(profile, { recursive: true, force: true });
});

/** A page of the browser with this profile, started anew after `kill`. */
async function page() {
  browser ??= await startChromium(profile);
  const opened = await browser.context.newPage();
  await opened.goto(base);
  await opened.evaluate(async () => {
    const { IndexedDbShelf } = await import('/sync/shelf.mjs');
    globalThis.shelf = await IndexedDbShelf.open(indexedDB);
    globalThis.recordOf = (id) => ({ id, jws: `jws ${id}`, body: `body ${id} — hái sớm`, made: 1, state: 'waiting' });
  });
  return opened;
}

/** The whole browser, as when a phone's battery dies. */
async function kill() {
  await browser.kill();
  browser = undefined;
}

test('fifty records are there after the browser was killed, in their order', async () => {
  let opened = await page();
  await opened.evaluate(async () => {
    for (let i = 0; i < 50; i += 1) await shelf.add(recordOf(`id ${i}`));
  });
  await kill();
  opened = await page();
  const waiting = await opened.evaluate(async () => (await shelf.waiting()).map(({ id, body }) => [id, body]));
  assert.equal(await opened.evaluate(() => shelf.countWaiting()), 50);
  assert.deepEqual(waiting, Array.from({ length: 50 }, (_, i) => [`id ${i}`, `body id ${i} — hái sớm`]));
});

test('saving takes less than a tenth of a second', async () => {
  const opened = await page();
  const took = await opened.evaluate(async () => {
    const began = performance.now();
    await shelf.add(recordOf('timed'));
    return performance.now() - began;
  });
  assert.ok(took < 100, `${took} ms`);
});

test('the same record again changes nothing, and what is settled stays so', async () => {
  const opened = await page();
  const seen = await opened.evaluate(async () => {
    await shelf.add(recordOf('twice'));
    await shelf.settle('twice', { state: 'waiting', trouble: { rule: 'x', field: '', statement: '' } });
    await shelf.add(recordOf('twice'));
    const troubled = (await shelf.newest(1))[0];
    await shelf.settle('twice', { state: 'received', answer: 'receipt', index: 7, recorded: 8 });
    await shelf.settle('twice', { state: 'refused', answer: 'later' });
    await shelf.settle('nobody', { state: 'received' });
    const [last] = await shelf.newest(1);
    return { troubled, last, waiting: (await shelf.waiting()).some(({ id }) => id === 'twice'), counted: await shelf.countWaiting() - (await shelf.waiting()).length };
  });
  assert.deepEqual(seen.troubled.trouble, { rule: 'x', field: '', statement: '' });
  const { turn, settled, ...last } = seen.last;
  assert.equal(typeof settled, 'number');
  assert.deepEqual(last, {
    id: 'twice', jws: 'jws twice', body: 'body twice — hái sớm', made: 1, state: 'received', answer: 'receipt', index: 7, recorded: 8,
  });
  assert.equal(seen.waiting, false);
  assert.equal(seen.counted, 0);
});

test('a lease is one holder\'s until it is over or given back', async () => {
  const opened = await page();
  const taken = await opened.evaluate(async () => [
    await shelf.lease('sync', 'a', 0, 30), await shelf.lease('sync', 'b', 10, 40), await shelf.lease('sync', 'a', 20, 50),
    await shelf.lease('sync', 'b', 40, 70), await shelf.lease('sync', 'b', 51, 81), await shelf.lease('sync', 'a', 60, 90),
    await shelf.lease('sync', 'b', 61, 0), await shelf.lease('sync', 'a', 62, 92),
  ]);
  assert.deepEqual(taken, [true, false, true, false, true, false, true, true]);
});

test('a key lives in the shelf and signs after a restart, and cannot be taken out', async () => {
  let opened = await page();
  const kid = await opened.evaluate(async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    await shelf.keep('key', { pair, kid: 'kid' });
    return (await shelf.kept('key')).kid;
  });
  assert.equal(kid, 'kid');
  await kill();
  opened = await page();
  const { size, out } = await opened.evaluate(async () => {
    const { pair } = await shelf.kept('key');
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(how, pair.privateKey, new Uint8Array(3));
    const taken = await crypto.subtle.exportKey('jwk', pair.privateKey).then(() => 'out', (error) => error.name);
    return { size: signature.byteLength, out: taken };
  });
  assert.deepEqual([size, out], [64, 'InvalidAccessError']);
});

test('a photo is ready once its record was received, and goes a day after a refused record or after two months without one', async () => {
  const opened = await page();
  const said = await opened.evaluate(async () => {
    const { PhotoShelf, photosIn } = await import('/sync/photo_shelf.mjs');
    const photos = await PhotoShelf.open(indexedDB, 'photos of a test');
    const day = 24 * 3_600_000;
    const keep = (sha256, taken) => photos.keep({ sha256, type: 'image/jpeg', octets: new Uint8Array([1, 2]), person: 'person:x', taken });
    const naming = (sha256, state) => {
      const disclosure = btoa(JSON.stringify(['salt', 'v', { sha256, size: 2, type: 'image/jpeg' }])).replace(/=/g, '').replace(/\+/g, '-').replace(/\//g, '_');
      return { id: `entry of ${sha256}`, jws: '', body: `a.b.c~${btoa('["salt","v","note"]')}~${disclosure}~`, made: 1, state };
    };
    await keep('received', 3 * day);
    await keep('waiting', day);
    await keep('refused', day);
    await keep('refused lately', 61.5 * day);
    await keep('mended', 4 * day);
    await keep('forgotten', day);
    await keep('in a form', 30 * day);
    await keep('older', 2 * day);
    const records = [naming('received', 'received'), naming('waiting', 'waiting'), naming('refused', 'refused'), naming('older', 'received'),
      naming('refused lately', 'refused'), { ...naming('mended', 'refused'), id: 'sent before' }, naming('mended', 'received'), { ...naming('mended', 'refused'), id: 'sent before that' }];
    const now = 62 * day;
    const names = (rows) => rows.map(({ sha256 }) => sha256);
    const ready = await photos.ready(records, now);
    const left = names(await photos.all()).sort();
    await photos.settle('received', { kind: 'held' });
    await photos.settle('mended', { kind: 'held' });
    await photos.settle('older', { kind: 'refused', rule: 'blob.metadata' });
    const after = (await photos.all()).map(({ sha256, octets, refused }) => [sha256, octets.length, refused ?? '']).sort();
    return { named: photosIn(records[0].body), ready: names(ready), entries: ready.map(({ entry }) => entry), left, after, again: names(await photos.ready(records, now)) };
  });
  assert.deepEqual(said, {
    named: ['received'], ready: ['older', 'received', 'mended'], entries: ['entry of older', 'entry of received', 'entry of mended'],
    left: ['in a form', 'mended', 'older', 'received', 'refused lately', 'waiting'],
    after: [['in a form', 2, ''], ['older', 0, 'blob.metadata'], ['refused lately', 2, ''], ['waiting', 2, '']], again: [],
  });
});
