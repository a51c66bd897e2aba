// A PIN: what it lets in, how long it makes one wait, and that clocks cannot make it worse.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEasy, isPin, makePin, tryPin, waitOf } from '../../../server/app/phone/pin.mjs';

const { subtle } = globalThis.crypto;
const random = () => globalThis.crypto.getRandomValues(new Uint8Array(16));

test('four to six digits, and not the easiest', () => {
  for (const [pin, good] of [['1357', true], ['135791', true], ['135', false], ['1357911', false], ['13a7', false], ['', false]]) assert.equal(isPin(pin), good, pin);
  for (const [pin, easy] of [['0000', true], ['1234', true], ['4321', true], ['567890', true], ['1212', false], ['2580', false]]) assert.equal(isEasy(pin), easy, pin);
});

test('the right one enters; two people with one PIN have nothing alike on the disk', async () => {
  const [one, other] = [await makePin(subtle, '2580', random()), await makePin(subtle, '2580', random())];
  assert.notEqual(one.hash, other.hash);
  assert.ok(!JSON.stringify(one).includes('2580'));
  assert.equal((await tryPin(subtle, one, '2580', 0)).right, true);
  assert.equal((await tryPin(subtle, one, '2581', 0)).right, false);
});

test('wrong ones make wait, twice as long each time, an hour at most; the right one then starts afresh', async () => {
  let pin = await makePin(subtle, '2580', random());
  let now = 1_000_000;
  const waits = [];
  for (let at = 0; at < 12; at += 1) {
    ({ pin } = await tryPin(subtle, pin, '1111', now));
    waits.push(waitOf(pin, now));
    now += waits.at(-1);
  }
  assert.deepEqual(waits.slice(0, 6), [0, 0, 30_000, 60_000, 120_000, 240_000]);
  assert.equal(waits.at(-1), 3_600_000);
  // A try during the wait is none, be it right or wrong.
  const closed = { ...pin, at: now };
  assert.deepEqual(await tryPin(subtle, closed, '2580', now + 1), { right: false, pin: closed });
  const entered = await tryPin(subtle, pin, '2580', now);
  assert.deepEqual([entered.right, entered.pin.wrong], [true, 0]);
});

test('a clock that was set back by a year makes nobody wait for a year', async () => {
  const pin = { ...(await makePin(subtle, '2580', random())), wrong: 3, at: 365 * 86_400_000 };
  assert.equal(waitOf(pin, 0), 30_000);
});
