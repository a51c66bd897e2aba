// One round of photos and documents to the service, behind the records that name them. No page here: a service worker has none.
import { uploadAll } from './upload.mjs';

const patienceMs = 60_000;
const mostOctets = 65_536;
/** How far back records are looked through for what names a photo. */
const lookedThrough = 600;

/** @param {string} method @param {string} path @param {Record<string, string>} headers @param {BodyInit} [body] @returns {Promise<import('./upload.mjs').Said>} */
export async function askOctets(method, path, headers, body) {
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

/**
 * Sends what may go, a piece at a time, as long as no record does. Never throws: the next round finds what is left.
 * @param {() => Promise<import('./photo_shelf.mjs').PhotoShelf>} open @param {import('./shelf.mjs').IndexedDbShelf} records
 * @param {import('./lock.mjs').Lock} lock  of one name for all tabs @param {string} name  the lock's
 * @param {{signIn: (person: string) => Promise<void>, busy: () => boolean}} how  signIn: a read session of that person; busy: records are on their way
 */
export async function carryPhotos(open, records, lock, name, { signIn, busy }) {
  try {
    const photos = await open();
    if ((await photos.all()).length === 0) return;
    await lock(name, async () => {
      const ready = await photos.ready(await records.newest(lookedThrough), Date.now());
      const whose = new Map(ready.map(({ sha256, person }) => [sha256, person]));
      await uploadAll({
        ask: askOctets, busy: async () => busy(), now: () => performance.now(), signIn: ({ sha256 }) => signIn(whose.get(sha256) ?? ''),
      }, { waiting: async () => ready, settle: (sha256, fate) => photos.settle(sha256, fate) });
    });
  } catch (error) {
    // No network, no room, no session: nothing was lost, and records do not depend on it.
  }
}
