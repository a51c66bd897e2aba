import test from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { decode, ended, scratch, startDemo } from './run.mjs';

const status = { valid: 200, recalled: 200, void: 200, lapsed: 200, withdrawn: 200, other_product: 200,
  never_issued: 404, mistyped: 400 };

/** The printed URL with its host replaced by where the demo listens. */
const here = (ready, url) => ready.base + new URL(url).pathname;

/** Visible text of a page, tags dropped. */
const visible = (html) => html.replace(/<(style|script|title)[^>]*>.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** Leaves of an entry bundle (C2SP tlog-tiles: 16-bit length before each). */
function leaves(bundle) {
  const found = [];
  for (let at = 0; at < bundle.length;) {
    const length = bundle.readUInt16BE(at);
    found.push(JSON.parse(bundle.subarray(at + 2, at + 2 + length).toString()));
    at += 2 + length;
  }
  return found;
}

const entryId = ({ entry }) => createHash('sha256').update(entry.slice(0, entry.lastIndexOf('.'))).digest('base64url');

async function entryIds(base) {
  const checkpoint = await (await fetch(`${base}/log/0/checkpoint`)).text();
  const size = Number(checkpoint.split('\n')[1]);
  assert.ok(size > 2500, `only ${size} entries`);
  const ids = [];
  for (let tile = 0; tile * 256 < size; ++tile) {
    const width = Math.min(256, size - tile * 256);
    const name = String(tile).padStart(3, '0') + (width < 256 ? `.p/${width}` : '');
    const answer = await fetch(`${base}/log/0/tile/entries/${name}`);
    assert.equal(answer.status, 200, name);
    ids.push(...leaves(Buffer.from(await answer.arrayBuffer())).map(entryId));
  }
  assert.equal(ids.length, size);
  return ids;
}

test('the demo is ready within 15 s, with exactly one line and a label of every kind', async (t) => {
  const { ready, lines, seconds } = await startDemo(t);
  assert.ok(seconds < 15, `${seconds} s`);
  assert.equal(ready.ready, true);
  assert.match(ready.base, /^http:\/\/127\.0\.0\.1:\d+$/);
  const kinds = new Set(ready.labels.map((label) => label.what));
  assert.deepEqual([...kinds].sort(), Object.keys(status).sort());
  assert.ok(ready.labels.filter((label) => label.what === 'valid').length >= 4);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(lines.length, 1);
});

test('every label decodes from its image to its own URL', async (t) => {
  const { ready } = await startDemo(t);
  for (const { what, url, png } of ready.labels) assert.deepEqual(await decode(png), [url], what);
});

test('every label answers with its status and a full Vietnamese page', async (t) => {
  const { ready } = await startDemo(t);
  for (const { what, url } of ready.labels) {
    const answer = await fetch(here(ready, url), { redirect: 'manual' });
    const html = await answer.text();
    assert.equal(answer.status, status[what], `${what} ${url}`);
    assert.match(answer.headers.get('content-type'), /^text\/html; ?charset=utf-8$/i);
    assert.equal(answer.headers.get('set-cookie'), null);
    assert.match(html, /<html lang="vi"/);
    assert.match(html, /dữ liệu mẫu/i, what);
    // As sent, packed where that is worth it, within one congestion window; for who unpacks nothing two.
    const sent = Number(answer.headers.get('content-length'));
    assert.ok(sent > 1_000 && sent <= 12_300, `${what}: ${sent} octets sent`);
    assert.ok(Buffer.byteLength(html) <= 26_000, `${what}: ${Buffer.byteLength(html)} octets`);
    if (answer.status !== 200 || url.includes('/T/')) continue;
    const [, linkset] = /^<([^>]*)>; rel="linkset"; type="application\/linkset\+json"$/.exec(answer.headers.get('link'));
    const links = await fetch(ready.base + new URL(linkset).pathname + new URL(linkset).search, { redirect: 'manual' });
    assert.equal(links.headers.get('content-type'), 'application/linkset+json', what);
    const [own] = (await links.json()).linkset;
    assert.equal(new URL(own.anchor).pathname, new URL(url).pathname, what);
    assert.equal(own['https://gs1.org/voc/defaultLink'][0].href, own.anchor, what);
  }
});

test('a valid label names product, co-op, commune, province, dates and stars', async (t) => {
  const { ready } = await startDemo(t);
  const goods = ready.labels.filter((label) => label.what === 'valid' && !label.url.includes('/T/'));
  assert.equal(goods.length, 3);
  for (const { url } of goods) {
    const text = visible(await (await fetch(here(ready, url))).text());
    for (const expected of [/HTX /, /(Xã|Phường) /, /Sơn La/, /QĐ-MẪU/, /sao/, /\d{2}\/\d{2}\/202[56]|\d{1,2}\/\d{1,2}\/202[56]/]) {
      assert.match(text, expected, url);
    }
  }
});

test('a page draws its province, with a dot where the office entered plots', async (t) => {
  const { ready } = await startDemo(t);
  const drawn = /<svg class="map" role="img"[^>]*><title>Bản đồ: Tỉnh Sơn La\.( Chấm: Xã [^<]+\.)?<\/title><path d="M[^"]+"\/>(<circle [^>]*\/>)?<\/svg>/;
  const whats = [];
  for (const { what, url } of ready.labels.filter((label) => label.what === 'valid')) {
    const found = drawn.exec(await (await fetch(here(ready, url))).text());
    assert.ok(found, url);
    assert.equal(Boolean(found[1]), Boolean(found[2]), what);
    whats.push(found[1] ? 'dot' : 'alone');
  }
  // Coffee comes from an intake lot: no plot of its households is known.
  assert.deepEqual(whats.sort(), ['alone', 'dot', 'dot', 'dot']);
});

test('stars are shown only where a decision holds', async (t) => {
  const { ready } = await startDemo(t);
  for (const what of ['lapsed', 'withdrawn', 'other_product']) {
    const { url } = ready.labels.find((label) => label.what === what);
    const text = visible(await (await fetch(here(ready, url))).text());
    assert.doesNotMatch(text, /★|[345] sao/, `${what}: ${text}`);
  }
});

test('a recalled lot says so first, with what to do', async (t) => {
  const { ready } = await startDemo(t);
  const { url } = ready.labels.find((label) => label.what === 'recalled');
  const text = visible(await (await fetch(here(ready, url))).text());
  assert.match(text, /thu hồi/i);
  assert.match(text, /trả lại nơi mua/);
});

test('every animal of the herd has a page', async (t) => {
  const { ready } = await startDemo(t);
  for (const number of [1, 137, 500]) {
    const tag = `7040952${String(number).padStart(8, '0')}`;
    const answer = await fetch(`${ready.base}/T/${tag}`);
    assert.equal(answer.status, 200, tag);
    assert.match(await answer.text(), /Chiềng Mung/);
  }
  assert.equal((await fetch(`${ready.base}/T/704095200000501`)).status, 404);
});

test('--lan serves HTTPS that the certificate on its teaching page makes trusted', async (t) => {
  const { ready, told } = await startDemo(t, ['--lan']);
  assert.match(ready.base, /^https:\/\/127\.0\.0\.1:\d+$/);
  const teach = /http:\/\/127\.0\.0\.1:\d+\//.exec(told())[0];
  assert.match(await (await fetch(teach)).text(), /Tải chứng chỉ/);
  const ca = await (await fetch(`${teach}ca.crt`)).text();
  const { get } = await import('node:https');
  const answered = (options) => new Promise((resolve, reject) => {
    get(ready.labels.find((label) => label.what === 'valid').url, options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
  assert.equal(await answered({ ca }), 200);
  await assert.rejects(answered({}), 'nobody trusts it unasked');
});

test('SIGTERM ends the demo with 0', async (t) => {
  const { child } = await startDemo(t);
  child.kill('SIGTERM');
  assert.equal(await ended(child), 0);
});

test('the same folder goes on where it was, also after kill -9', async (t) => {
  const data = await scratch(t);
  const first = await startDemo(t, ['--data', data]);
  const ids = await entryIds(first.ready.base);
  first.child.kill('SIGKILL');
  await ended(first.child);
  const second = await startDemo(t, ['--data', data]);
  assert.deepEqual(await entryIds(second.ready.base), ids);
  const paths = (demo) => demo.ready.labels.map((label) => new URL(label.url).pathname);
  assert.deepEqual(paths(second), paths(first));
});

test('the same seed gives the same entries, another seed others', async (t) => {
  const one = await startDemo(t, ['--seed', '42']);
  const two = await startDemo(t, ['--seed', '42']);
  const other = await startDemo(t, ['--seed', '43']);
  const ids = await entryIds(one.ready.base);
  assert.deepEqual(await entryIds(two.ready.base), ids);
  const others = new Set(await entryIds(other.ready.base));
  assert.equal(ids.filter((id) => others.has(id)).length, 0);
});
