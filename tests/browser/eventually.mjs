// What a page comes to show. A screen is drawn in steps, and a slow machine lets a test look
// between them: whoever reads a page reads again until it says what is expected, or time is up.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

const patience = 15_000;
const between = 50;

/** Reads until the answer is `wanted`: a RegExp that fits its text, or an equal value. Milliseconds. */
export async function eventually(read, wanted, message, limit = patience) {
  const holds = (got) => wanted instanceof RegExp ? wanted.test(got) : isDeepStrictEqual(got, wanted);
  const end = performance.now() + limit;
  let got = await read();
  while (!holds(got) && performance.now() < end) {
    await pause(between);
    got = await read();
  }
  if (wanted instanceof RegExp) assert.match(got, wanted, message);
  else assert.deepEqual(got, wanted, message);
}
