// Photos of this phone to the service, behind its records. No drawing here: the service worker has no page.
import { signJws } from '../capture/make_entry.mjs';
import { PhotoShelf } from '../sync/photo_shelf.mjs';
import { uploadAll } from '../sync/upload.mjs';

/** @typedef {import('./device.mjs').Device} Device */

const patienceMs = 60_000;
const mostOctets = 65_536;
/** How far back records are looked through for what names a photo. */
const lookedThrough = 600;

/** @type {Promise<PhotoShelf> | undefined} */
let opened;
export const photoShelf = () => (opened ??= PhotoShelf.open(indexedDB));

/** @param {string} method @param {string} path @param {Record<string, string>} headers @param {BodyInit} [body] @returns {Promise<import('../sync/upload.mjs').Said>} */
async function ask(method, path, headers, body) {
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), patienceMs);
  try {
    const response = await fetch(path, { method, headers, body, credentials: 'same-origin', redirect: 'error', cache: 'no-store', signal: gone.signal });
    const text = await response.text();
    if (text.length > mostOctets) throw new Error('too long an answer');
    const header = (/** @type {string} */ name) => response.headers.get(name) ?? '';
    return { status: response.status, offset: header('Upload-Offset'), retryAfter: header('Retry-After'), text };
  } finally {
    clearTimeout(timer);
  }
}

/** A read session of that person. @param {Device} device @param {string} person */
async function signIn(device, person) {
  const seat = device.people.find((one) => one.person === person);
  const key = seat && (await device.shelf.kept(`key ${person}`));
  if (!seat || !key) throw new Error('nobody is enrolled');
  const { nonce } = JSON.parse((await ask('POST', '/api/session/challenge', {})).text);
  const jws = await signJws(device.makerWith(key, seat.aud), 'nguon-session+jwt', { aud: seat.aud, nonce });
  const { status } = await ask('POST', '/api/session', { 'Content-Type': 'application/jwt' }, jws);
  if (status !== 201) throw new Error('no session');
}

/**
 * Sends what may go, a piece at a time, as long as no record does. Never throws: the next round finds what is left.
 * @param {Device} device @param {import('../sync/lock.mjs').Lock} lock @param {() => boolean} busy  records are on their way
 */
export async function sendPhotos(device, lock, busy) {
  try {
    const photos = await photoShelf();
    if ((await photos.all()).length === 0) return;
    await lock('nguon-photos', async () => {
      const ready = await photos.ready(await device.shelf.newest(lookedThrough), Date.now());
      const whose = new Map(ready.map(({ sha256, person }) => [sha256, person]));
      await uploadAll({
        ask, busy: async () => busy(), now: () => performance.now(),
        signIn: ({ sha256 }) => signIn(device, whose.get(sha256) ?? ''),
      }, { waiting: async () => ready, settle: (sha256, fate) => photos.settle(sha256, fate) });
    });
  } catch (error) {
    // No network, no room, no session: nothing was lost, and records do not depend on it.
  }
}
