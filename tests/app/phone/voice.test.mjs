// The voice pack: every prompt has its clip, of today's words; amounts are read from parts; nothing is said that does not
// stand on the screen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { prompts } from '../../../server/app/build/voice/prompts.mjs';
import { sayingOf } from '../../../server/app/build/voice/saying.mjs';
import { showAmount } from '../../../server/app/capture/amount.mjs';
import { inWords } from '../../../server/app/capture/words.mjs';
import { clipsOf, keyOf, mostWords, readingOf } from '../../../server/app/phone/voice/split.mjs';
import { vi } from '../../../server/app/phone/words/vi.mjs';
import { chance } from '../../phone/lens.mjs';

const folder = new URL('../../../server/app/phone/voice/', import.meta.url);
const { saying, clips } = JSON.parse(readFileSync(new URL('clips.json', folder), 'utf8'));
const sound = readFileSync(new URL('clips.mp3', folder));
const mostOctets = 450_000;
const has = (key) => key in clips;
const read = (text) => readingOf(text, has).map((sentence) => sentence.join(' '));

test('every prompt has its clip and every clip its prompt, of the words of today (else: build/voice/make_clips.mjs)', () => {
  assert.deepEqual(Object.keys(clips), [...prompts.keys()]);
  assert.equal(saying, sayingOf(prompts));
  for (const key of prompts.keys()) assert.ok(key.split(' ').length <= mostWords, key);
});

/** Octets of each frame from `at` on, by its own head: MPEG-2 layer III, 16 kHz. */
function framesOf(octets) {
  const rates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
  const frames = [];
  for (let at = 0; at < octets.length; at += frames.at(-1)) {
    const head = octets.readUInt32BE(at);
    assert.equal(head >>> 17, 0xfff3 >>> 1, 'MPEG-2, layer III');
    assert.equal((head >>> 10) & 3, 2, '16 kHz');
    assert.equal((head >>> 6) & 3, 3, 'one channel');
    frames.push(Math.floor(72 * rates[(head >>> 12) & 15] * 1000 / 16_000) + ((head >>> 9) & 1));
  }
  return frames;
}

test('clips lie one behind the other, each of whole frames and as long as its words take', () => {
  let end = 0;
  for (const [key, [at, length]] of Object.entries(clips)) {
    assert.equal(at, end, key);
    end += length;
    const frames = framesOf(sound.subarray(at, end));
    assert.equal(frames.reduce((sum, one) => sum + one, 0), length, key);
    const seconds = frames.length * 576 / 16_000;
    const syllables = prompts.get(key).split(/[\s-]+/).length;
    assert.ok(seconds > 0.12 + 0.12 * syllables && seconds < 0.6 + 0.6 * syllables, `${key}: ${seconds} s`);
  }
  assert.equal(end, sound.length);
  console.log(`voice pack: ${Object.keys(clips).length} clips, ${sound.length} octets`);
  assert.ok(sound.length <= mostOctets);
  // What the screen says before it is fetched.
  assert.match(vi['voice.offer'], new RegExp(`\\(${(sound.length / 1e6).toFixed(1).replace('.', ',')} MB`));
});

test('any amount in any unit is read from parts, whole', () => {
  const random = chance(Number(process.env.NGUON_SEED ?? 1));
  const units = Object.entries(vi).filter(([name]) => name.startsWith('unit.')).map(([, word]) => word);
  const amounts = ['0', '0.5', '4', '10', '12.5', '15', '21', '24', '25', '101', '110', '1005', '1200', '1000000', '2000000015', '999999999999.999999'];
  while (amounts.length < 300) {
    const whole = String(Math.floor(random() * 10 ** Math.ceil(random() * 12)));
    amounts.push(random() < 0.5 ? whole : `${whole}.${Math.ceil(random() * 999_999)}`);
  }
  for (const amount of amounts) {
    for (const unit of units) {
      const words = inWords(amount);
      assert.equal(clipsOf(`${words} ${unit}`, has)?.join(' '), `${words} ${unit}`, `${amount} ${unit}`);
    }
    // As it stands on the screen: figures, below them words. Said once.
    const words = `${inWords(amount)} kg`;
    assert.deepEqual(read(`${showAmount(amount)} kg\n${words}`), [words], amount);
  }
});

test('numbers within prompts are read, with what stands around them', () => {
  const places = { count: 3, age: '5 phút trước', n: 2 };
  const filled = (word) => vi[word].replace(/\{(\w+)\}/g, (_, name) => places[name]);
  assert.deepEqual(read(`${filled('home.unsent')}\n${filled('home.oldest')}`), ['ba phiếu chưa gửi', 'cũ nhất năm phút trước']);
  assert.deepEqual(read(`${filled('home.late')}\n${filled('home.late.text')}`),
    ['lâu rồi chưa gửi', 'ba phiếu', 'cũ nhất năm phút trước', 'hãy đến chỗ có mạng và mở ứng dụng']);
  assert.deepEqual(read(filled('home.carried')), ['đang mang hộ ba phiếu của người khác', 'có mạng máy tự gửi']);
  assert.deepEqual(read('25 phiếu cần sửa'), ['hai mươi lăm phiếu cần sửa']);
});

test('a sentence is said whole or not at all', () => {
  // A name that was typed, a day, a code: silent; the fixed sentence behind it is heard.
  assert.deepEqual(read('Vườn này phun Thuốc mẫu ngày 20/11/2026, cách ly đến hết ngày 27/11/2026. Hái bây giờ là trong thời gian cách ly.'),
    ['hái bây giờ là trong thời gian cách ly']);
  assert.deepEqual(read('Đã nhận\nlúc 14:05, mã AbCd EfGh'), ['đã nhận']);
  assert.deepEqual(read('CHƯA LƯU: máy không ghi được (QuotaExceededError). Số đã gõ còn nguyên, bấm Lưu lại.'),
    ['chưa lưu máy không ghi được', 'số đã gõ còn nguyên bấm lưu lại']);
  assert.deepEqual(read('Đã nhận một nửa'), []);
  assert.deepEqual(read('Mẫu Lưu'), []);
  assert.deepEqual(read('704 0000 1234 5678 9012 345'), []);
  assert.deepEqual(read(''), []);
  // Foreign text as long as any: no time is lost over it.
  assert.deepEqual(read(`${'phiếu '.repeat(1_000)}mẫu`), []);
});

test('the same words are found however they are written', () => {
  assert.equal(keyOf('Hôm nay ghi gì?'.normalize('NFD')), 'hôm nay ghi gì');
  assert.deepEqual(read('  “LƯU”  '), ['lưu']);
  assert.equal(clipsOf('Đã lưu', has), undefined, 'no clip, though it begins like one');
});
