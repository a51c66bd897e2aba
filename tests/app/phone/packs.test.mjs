// A pack is whole and of this build, or not there.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, test } from 'node:test';

const texts = { '/app/reader-1.js': 'script', '/app/reader-2.wasm': 'octets' };
const files = Object.entries(texts).map(([path, text]) => ({ path, sha256: createHash('sha256').update(text).digest('hex') }));
// What the build puts in its place.
globalThis.NGUON_PACKS = { reader: { version: 'one', files } };
const { bringPack, hasPack, NoPack, packCacheOf, packFile } = await import('../../../server/app/phone/packs.mjs');

/** Cache Storage, as far as it is used. @type {Map<string, Map<string, Response>>} */
const shelves = new Map();
globalThis.caches = { open: async (name) => {
  if (!shelves.has(name)) shelves.set(name, new Map());
  const shelf = shelves.get(name);
  return { match: async (path) => shelf.get(path), put: async (path, answer) => {
    if (full && shelf.size > 0) throw new DOMException('no room', 'QuotaExceededError');
    shelf.set(path, answer);
  } };
}, delete: async (name) => shelves.delete(name) };
let full = false;
let asked;
let answer;
beforeEach(() => {
  shelves.clear();
  asked = [];
  answer = (path) => new Response(texts[path], { headers: { 'content-security-policy': 'its own', 'content-type': 'text/plain', 'content-encoding': 'gzip' } });
  globalThis.fetch = async (path) => {
    asked.push(path);
    return answer(path);
  };
});
const kept = () => [...shelves.values()].reduce((sum, shelf) => sum + shelf.size, 0);

test('it is fetched once, by whoever wants it first, and kept with its policy', async () => {
  assert.equal(await hasPack('reader'), false);
  await Promise.all([bringPack('reader'), bringPack('reader')]);
  await bringPack('reader');
  assert.deepEqual(asked, Object.keys(texts));
  assert.equal(await hasPack('reader'), true);
  const shelf = shelves.get(packCacheOf(packFile('reader', '.wasm')));
  const script = shelf.get('/app/reader-1.js');
  assert.deepEqual([await script.text(), script.headers.get('content-security-policy'), script.headers.get('content-encoding')], ['script', 'its own', null]);
  assert.equal(packCacheOf('/app/app-3.js'), undefined);
});

test('a login page, another release, no network, half an answer: nothing is kept', async () => {
  const half = () => new Response(new ReadableStream({ start(stream) {
    stream.enqueue(new TextEncoder().encode('oct'));
    stream.error(new Error('gone'));
  } }));
  for (const bad of [
    () => new Response('<html>sign in</html>'), () => new Response('octets of another release'), () => Promise.reject(new TypeError('no network')),
    () => new Response('', { status: 404 }), half,
  ]) {
    const good = answer;
    answer = (path) => (path.endsWith('.wasm') ? bad() : good(path));
    await assert.rejects(bringPack('reader'), NoPack);
    assert.equal(kept(), 0);
    answer = good;
  }
});

test('no room for all of it: it serves from the line, and no half is kept', async (t) => {
  full = true;
  t.after(() => { full = false; });
  await bringPack('reader');
  assert.equal(await hasPack('reader'), false);
  assert.equal(kept(), 0);
});

test('whoever needs the line stops it; a screen that waits for it goes on by itself', async () => {
  let stops = 0;
  const given = bringPack('reader', () => {
    stops += 1;
    return true;
  });
  const wanted = bringPack('reader');
  await assert.rejects(given, NoPack);
  await wanted;
  assert.equal(stops, 1);
  assert.equal(kept(), 2);
});
