// A PIN of four to six digits for each person of a shared phone. It keeps neighbours and children from recording in somebody
// else's name by mistake; it is no safe: whoever can take the phone apart is stopped by the office revoking the key. Wrong
// ones make that person wait, longer each time, and nobody else; nothing is ever deleted for a PIN.
import { fromBase64url, toBase64url, utf8 } from '../verifier/octets.mjs';

/** @typedef {{salt: string, rounds: number, hash: string, wrong: number, at: number}} Pin  wrong: in a row, the last one at Unix ms `at` */

/** About a third of a second on a cheap phone: ten thousand PINs take an hour of such phones, which is all that is asked of it. */
const rounds = 60_000;
const freeTries = 3;
const firstWaitMs = 30_000;
const longestWaitMs = 3600_000;

/** @param {string} text */
export const isPin = (text) => /^[0-9]{4,6}$/.test(text);

/** The easiest ones to guess: all digits alike, or one after another. @param {string} pin */
export const isEasy = (pin) => /^(.)\1+$/.test(pin) || '01234567890'.includes(pin) || '09876543210'.includes(pin);

/** @param {SubtleCrypto} subtle @param {string} pin @param {string} salt @param {number} times */
async function hashOf(subtle, pin, salt, times) {
  const key = await subtle.importKey('raw', /** @type {BufferSource} */ (utf8(pin)), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: /** @type {BufferSource} */ (fromBase64url(salt)), iterations: times };
  return toBase64url(new Uint8Array(await subtle.deriveBits(how, key, 256)));
}

/** @param {SubtleCrypto} subtle @param {string} pin @param {Uint8Array} random  16 octets @returns {Promise<Pin>} */
export async function makePin(subtle, pin, random) {
  const salt = toBase64url(random);
  return { salt, rounds, hash: await hashOf(subtle, pin, salt, rounds), wrong: 0, at: 0 };
}

/** ms until another try counts. A clock that was set back starts the wait anew rather than stretching it. @param {Pin} pin @param {number} now  Unix ms */
export function waitOf({ wrong, at }, now) {
  if (wrong < freeTries) return 0;
  const wait = Math.min(firstWaitMs * 2 ** (wrong - freeTries), longestWaitMs);
  return Math.min(wait, Math.max(0, at + wait - now));
}

/**
 * One try. What it gives is to be kept, also when it was wrong, before anybody is told.
 * @param {SubtleCrypto} subtle @param {Pin} pin @param {string} typed @param {number} now
 * @returns {Promise<{right: boolean, pin: Pin}>}
 */
export async function tryPin(subtle, pin, typed, now) {
  if (waitOf(pin, now) > 0) return { right: false, pin };
  const right = (await hashOf(subtle, typed, pin.salt, pin.rounds)) === pin.hash;
  return { right, pin: right ? { ...pin, wrong: 0, at: 0 } : { ...pin, wrong: pin.wrong + 1, at: now } };
}
