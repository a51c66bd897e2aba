// QR frames, read by a reader of others (zbar), and put together in any order, with losses, repeats and rubbish.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { framesOf, Gathering, mostFrames } from '../../../server/app/phone/frames.mjs';
import { capacity, qrOf, side } from '../../../server/app/phone/qr.mjs';
import { chooseCrypto } from '../../../server/app/verifier/verifier.mjs';
import { Dice } from '../../e2e/lib/dice.mjs';

const crypto = await chooseCrypto();
const dice = new Dice('frames');
const base64url = (text) => Buffer.from(text).toString('base64url');
const record = (at, length = 900) => {
  const jws = `${base64url('{"alg":"ES256"}')}.${base64url(JSON.stringify({ aud: 'mau', at, fill: 'x'.repeat(length) }))}.${'s'.repeat(86)}`;
  return { body: `${jws}~${base64url('["muối","v","ghi chú"]')}~` };
};

test('every frame is read back by zbar, from an empty one to a full one', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-frames-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const texts = ['a', 'NG1.thử ễ ặ Đ', ...[capacity - 1, capacity].map((length) => Array.from({ length }, () => 'ABCDEFghij0123._~-'[dice.between(0, 17)]).join(''))];
  for (const [at, text] of texts.entries()) {
    const modules = qrOf(new TextEncoder().encode(text));
    const [quiet, scale] = [4, 3];
    const size = (side + 2 * quiet) * scale;
    const pixels = Buffer.alloc(size * size, 255);
    for (let y = 0; y < side * scale; y += 1) for (let x = 0; x < side * scale; x += 1) {
      if (modules[Math.floor(y / scale) * side + Math.floor(x / scale)]) pixels[(y + quiet * scale) * size + x + quiet * scale] = 0;
    }
    const file = join(folder, `${at}.pgm`);
    writeFileSync(file, Buffer.concat([Buffer.from(`P5 ${size} ${size} 255\n`), pixels]));
    const read = spawnSync('zbarimg', ['--raw', '-q', file], { encoding: 'utf8' });
    assert.equal(read.status, 0, `frame ${at} is read`);
    assert.equal(read.stdout, `${text}\n`);
  }
  assert.throws(() => qrOf(new Uint8Array(capacity + 1)), RangeError);
});

test('gathered in any order, with repeats, and whole only when every piece is there', async () => {
  const records = Array.from({ length: 50 }, (_, at) => record(at));
  const { frames, count } = await framesOf(crypto, records);
  assert.equal(count, 50);
  assert.ok(frames.every((frame) => new TextEncoder().encode(frame).length <= capacity));
  const gathering = new Gathering();
  const left = [...frames];
  while (left.length > 0) {
    const [frame] = left.splice(dice.between(0, left.length - 1), 1);
    assert.equal(await gathering.records(crypto, 'mau'), undefined);
    assert.equal(gathering.take(frame), true);
    assert.equal(gathering.take(frame), false);
  }
  const found = await gathering.records(crypto, 'mau');
  assert.deepEqual(found.map(({ body }) => body), records.map(({ body }) => body));
  assert.deepEqual(await gathering.records(crypto, 'khác'), []);
});

test('another text begins anew, and a frame that was spoilt is found out', async () => {
  const [first, second] = [await framesOf(crypto, [record(1), record(2)]), await framesOf(crypto, [record(3)])];
  const gathering = new Gathering();
  gathering.take(first.frames[0]);
  for (const frame of second.frames) gathering.take(frame);
  assert.equal((await gathering.records(crypto, 'mau')).length, 1);
  const spoilt = new Gathering();
  for (const [at, frame] of first.frames.entries()) spoilt.take(at === 1 ? `${frame.slice(0, -1)}${frame.endsWith('A') ? 'B' : 'A'}` : frame);
  assert.equal(await spoilt.records(crypto, 'mau'), undefined);
  assert.equal(spoilt.have, 0, 'it starts over');
});

test('rubbish in front of the camera is nothing, and a flood has its bound', async () => {
  const { frames } = await framesOf(crypto, [record(1)]);
  for (let at = 0; at < 3_000; at += 1) {
    const gathering = new Gathering();
    const letters = [...frames[dice.between(0, frames.length - 1)]];
    for (let times = dice.between(1, 6); times > 0; times -= 1) {
      const place = dice.between(0, Math.min(40, letters.length - 1));
      letters.splice(place, dice.between(0, 2), String.fromCharCode(dice.between(1, 300)));
    }
    gathering.take(letters.join(''));
    const found = await gathering.records(crypto, 'mau');
    assert.ok(found === undefined || Array.isArray(found));
  }
  assert.equal(new Gathering().take(`NG1.${'a'.repeat(12)}.1.${mostFrames + 1}.x`), false);
  const many = Array.from({ length: 1_000 }, (_, at) => record(at, 2_000));
  const { frames: bounded, count } = await framesOf(crypto, many);
  assert.ok(bounded.length <= mostFrames && count < 1_000 && count > 100, `${count} records in ${bounded.length} frames`);
});
