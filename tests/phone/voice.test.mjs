// The voice pack on a phone without a Vietnamese voice: offered, fetched once, heard without a network; what is played is told
// by the octets that the browser decoded.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { Handset, Stage } from './stage.mjs';

const folder = new URL('../../server/app/phone/voice/', import.meta.url);
const { clips } = JSON.parse(readFileSync(new URL('clips.json', folder), 'utf8'));
const sound = readFileSync(new URL('clips.mp3', folder));
const mostOctets = 450_000;
/** What a clip says, by the SHA-256 of its octets. */
const sayings = Object.fromEntries(Object.entries(clips).map(([key, [at, length]]) => [createHash('sha256').update(sound.subarray(at, at + length)).digest('hex'), key]));

let stage;
let phone;
/** Files of the pack that the network was asked for. @type {string[]} */
let asked = [];
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  await phone.start({ slow: 1 });
  await phone.context.addInitScript(listen, sayings);
  stage.weather.server.on('request', ({ url }) => url.startsWith('/app/voice-') && asked.push(url));
  await phone.enrol();
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

/** Writes down each clip as it begins, how loud it is and how long until its first sound. */
function listen(keys) {
  globalThis.played = [];
  const names = new WeakMap();
  const { decodeAudioData } = BaseAudioContext.prototype;
  BaseAudioContext.prototype.decodeAudioData = async function(octets) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', octets.slice(0)));
    const buffer = await decodeAudioData.call(this, octets);
    names.set(buffer, keys[Array.from(digest, (one) => one.toString(16).padStart(2, '0')).join('')] ?? 'none of ours');
    return buffer;
  };
  const { start, stop } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function(at) {
    const samples = this.buffer.getChannelData(0);
    const loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    this.row = { key: names.get(this.buffer), loudest, at, lasts: this.buffer.duration, running: this.context.state === 'running',
      lead: samples.findIndex((one) => Math.abs(one) > 0.02) / this.buffer.sampleRate,
      tail: (samples.length - samples.findLastIndex((one) => Math.abs(one) > 0.02)) / this.buffer.sampleRate };
    globalThis.played.push(this.row);
    start.call(this, at);
  };
  AudioBufferSourceNode.prototype.stop = function() {
    this.row.stopped = true;
    stop.call(this);
  };
}

const speaker = () => phone.page.getByRole('button', { name: 'Đọc to' });
/** Until these clips began, one behind the other. @param {...string} keys */
const heard = (...keys) => phone.page.waitForFunction((wanted) => `|${globalThis.played.map(({ key }) => key).join('|')}|`.includes(`|${wanted.join('|')}|`), keys)
  .catch(async () => assert.fail(`${keys.join(' ')} is not in ${JSON.stringify(await phone.page.evaluate(() => globalThis.played.map(({ key }) => key)))}`));
const forget = () => phone.page.evaluate(() => { globalThis.played.length = 0; });
const reachNetwork = (there) => { stage.weather.away = !there; };

test('no voice, no pack: it is offered with its size, and said when there is no network', async (t) => {
  const { page } = phone;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await page.reload();
  await page.getByRole('button', { name: 'Thu hoạch' }).waitFor();
  await phone.reader();  // It came by itself; the voice does not.
  assert.deepEqual(asked, []);
  await speaker().click();
  await page.getByText('Có thể lấy một giọng máy đơn giản về (0,4 MB, chỉ một lần)').waitFor();
  await phone.check('92-voice-offer');
  await eventually(() => speaker().getAttribute('aria-pressed'), 'false');
  reachNetwork(false);
  t.after(() => reachNetwork(true));
  await page.getByRole('button', { name: 'Lấy giọng đọc' }).click();
  await page.getByText('Chưa lấy được giọng đọc: không có mạng').waitFor();
  await phone.check('93-voice-absent');
  await eventually(() => speaker().getAttribute('aria-pressed'), 'false');
  await eventually(() => page.evaluate(() => globalThis.played), []);
  asked = [];
});

test('in English no pack is spoken of', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Read aloud' }).click();
  await page.getByText('This phone has no English voice yet').waitFor();
  await eventually(() => page.getByRole('button', { name: 'Fetch the voice' }).count(), 0);
  await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  await page.getByRole('heading', { name: 'Hôm nay ghi gì?' }).waitFor();
});

test('where room is short it is not fetched: records come first', async () => {
  const { page } = phone;
  await page.evaluate(() => { navigator.storage.estimate = async () => ({ quota: 100_000_000, usage: 90_000_000 }); });
  await speaker().click();
  await page.locator('main').getByText('Máy sắp hết chỗ chứa').first().waitFor();
  await eventually(() => page.getByRole('button', { name: 'Lấy giọng đọc' }).count(), 0);
  assert.deepEqual(asked, []);
  await page.reload();
  await page.getByRole('button', { name: 'Thu hoạch' }).waitFor();
});

test('it is fetched once, small, and from then on heard without a network: questions, and a number from parts', async (t) => {
  const { page } = phone;
  await speaker().click();
  await page.getByRole('button', { name: 'Lấy giọng đọc' }).click();
  await heard('hôm nay ghi gì');
  await heard('đã gửi hết', 'không còn phiếu chờ');
  await eventually(() => speaker().getAttribute('aria-pressed'), 'true');
  await eventually(() => page.getByText('giọng đọc').count(), 0, 'nothing more to say about it');
  let octets = 0;
  assert.equal(asked.length, 2, `${asked}`);
  for (const path of asked) {
    const answer = await stage.log.send('GET', path, undefined, { 'accept-encoding': 'gzip' });
    assert.equal(answer.headers['content-type'], path.endsWith('.mp3') ? 'audio/mpeg' : 'application/json');
    octets += answer.body.length;
  }
  console.log(`voice pack: ${octets} octets compressed`);
  assert.ok(octets <= mostOctets);
  reachNetwork(false);
  t.after(() => reachNetwork(true));
  await page.getByRole('button', { name: 'Thu hoạch' }).click();
  await heard('thu hoạch gì');
  await page.getByRole('button', { name: 'Chanh leo mẫu' }).click();
  await heard('ở vườn nào');
  await page.getByRole('button', { name: 'Vườn mẫu' }).click();
  await heard('được bao nhiêu', 'số lượng');
  await page.getByLabel('Số lượng').fill('12,5');
  await heard('mười', 'hai', 'phẩy', 'năm', 'kg');
  await forget();
  await page.getByLabel('Số lượng').fill('1.200');
  await heard('ý bà con là số nào');
  await page.getByRole('button', { name: /^1\.200 kg/ }).click();
  await heard('một', 'nghìn', 'hai', 'trăm', 'kg');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await heard('đã lưu trên máy');
  await page.getByRole('button', { name: 'Về nhà' }).click();
  await heard('một', 'phiếu chưa gửi');
  reachNetwork(true);
  await forget();
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await heard('đã gửi hết');
  const rows = await page.evaluate(() => globalThis.played);
  for (const { key, loudest, running } of rows) assert.ok(key !== 'none of ours' && loudest > 0.1 && running, JSON.stringify(rows));
  assert.deepEqual(phone.errors, []);
});

test('words of one amount follow each other closely and in order; a newer number cuts the older short', async () => {
  const { page } = phone;
  await phone.pick();
  await heard('được bao nhiêu');
  // While the screen is being read: it is heard to its end, then the newest alone.
  await page.getByLabel('Số lượng').fill('3');
  await page.getByLabel('Số lượng').fill('35');
  await heard('ba', 'mươi', 'lăm', 'kg');
  const rows = await page.evaluate(() => globalThis.played);
  const from = rows.findLastIndex(({ key }) => key === 'ba');
  const amount = rows.slice(from);
  assert.deepEqual([amount.length, rows[from - 1].stopped], [4, undefined], JSON.stringify(rows));
  assert.equal(rows[from - 1].key, 'lưu', 'the screen, not the three alone');
  // Between the last sound of a word and the first of the next; a machine that is busy may be late with one of them.
  const gaps = amount.slice(1).map((row, at) => row.at + row.lead - (amount[at].at + amount[at].lasts - amount[at].tail));
  assert.ok(gaps.every((gap) => gap > 0) && Math.min(...gaps) < 0.35, `${gaps}`);
  await forget();
  await page.getByLabel('Số lượng').fill('999999');
  await heard('chín', 'trăm');
  await page.getByLabel('Số lượng').fill('8');
  await heard('tám', 'kg');
  const both = await page.evaluate(() => globalThis.played);
  const last = both[both.findIndex(({ key }) => key === 'tám') - 1];
  assert.equal(last.stopped, true, JSON.stringify(both));
  await page.getByRole('button', { name: 'Quay lại' }).click();
});

test('a phone that was put away and opened is silent until it is touched', async (t) => {
  const page = await phone.open('/app');
  t.after(() => page.close());
  await page.getByRole('button', { name: 'Bỏ phiếu này' }).waitFor();
  await eventually(() => page.getByRole('button', { name: 'Đọc to' }).getAttribute('aria-pressed'), 'true');
  // Not "Phiếu này chưa lưu" of the screen it began with: the first that is heard is of the one that a touch brought.
  await page.getByRole('button', { name: 'Bỏ phiếu này' }).click();
  await page.waitForFunction(() => globalThis.played.length > 0);
  await eventually(() => page.evaluate(() => globalThis.played[0].key), 'hôm nay ghi gì');
  assert.equal(asked.length, 2, 'once for all');
  // What is off is silent.
  await page.getByRole('button', { name: 'Đọc to' }).click();
  await page.evaluate(() => { globalThis.played.length = 0; });
  await page.getByRole('button', { name: 'Thu hoạch' }).click();
  await page.getByRole('button', { name: 'Chanh leo mẫu' }).waitFor();
  await eventually(() => page.evaluate(() => globalThis.played), []);
  assert.deepEqual(phone.errors, []);
});

test('a phone that lost it gets it back behind the records, not where data is saved', async (t) => {
  const lose = (page) => page.evaluate(async () => {
    for (const name of await caches.keys()) if (name.startsWith('nguon-pack-voice-')) await caches.delete(name);
  });
  const kept = () => phone.page.evaluate(async () => {
    const name = (await caches.keys()).find((one) => one.startsWith('nguon-pack-voice-'));
    return name !== undefined && (await (await caches.open(name)).keys()).length === 2;
  });
  const saving = await phone.open();
  t.after(() => saving.close());
  await saving.addInitScript(() => {
    globalThis.askedWhetherSaving = 0;
    Object.defineProperty(navigator, 'connection', { value: { get saveData() {
      globalThis.askedWhetherSaving += 1;
      return true;
    } } });
  });
  // Of the other page nothing runs meanwhile.
  await phone.page.goto(`${stage.weather.origin}/app/guide-member`);
  await saving.goto(`${stage.weather.origin}/app`);
  await saving.getByRole('button', { name: 'Đọc to' }).click();  // It was turned off: on again.
  await saving.waitForFunction(() => globalThis.played.length > 0);
  await lose(saving);
  asked = [];
  await saving.reload();
  await saving.waitForFunction(() => globalThis.askedWhetherSaving > 0);
  await saving.getByRole('button', { name: 'Bỏ phiếu này' }).or(saving.getByRole('button', { name: 'Thu hoạch' })).first().waitFor();
  assert.deepEqual([asked, await kept()], [[], false]);
  await phone.page.goto(`${stage.weather.origin}/app`);
  await stage.until(kept);
  assert.equal(asked.length, 2);
});
