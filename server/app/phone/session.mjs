// The read session of whoever holds the phone now: private values are read in it, nothing is ever entered by it.
import { signJws } from '../capture/make_entry.mjs';
import { askService, Problem } from '../enrol/ask.mjs';

const ask = askService((...words) => fetch(...words), '', 30_000);

/** Begins one, unless the browser's is this very key's: on a shared phone it may be another person's. @param {import('./device.mjs').Device} device */
async function signIn(device) {
  const { key, person } = device;
  if (!key || !person) throw new Error('nobody is enrolled');
  try {
    if (JSON.parse((await ask('GET', '/api/session')).text).kid === key.kid) return;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
  }
  const { nonce } = JSON.parse((await ask('POST', '/api/session/challenge')).text);
  const jws = await signJws(device.makerWith(key, person.aud), 'nguon-session+jwt', { aud: person.aud, nonce });
  await ask('POST', '/api/session', { type: 'application/jwt', text: jws });
}

const pictureMs = 30_000;

/**
 * The service's small copy of a photo; undefined where it has none for this person, or none yet.
 * @param {import('./device.mjs').Device} device @param {string} sha256 @returns {Promise<Blob | undefined>} @throws {Error} without an answer
 */
export async function readThumbnail(device, sha256) {
  await signIn(device);
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), pictureMs);
  try {
    const response = await fetch(`/api/blobs/${sha256}/thumbnail`, { credentials: 'same-origin', redirect: 'error', cache: 'no-store', signal: gone.signal });
    return response.ok ? await response.blob() : undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Pages of one's own entries, newest first (GET /api/mine). The session is this person's before the first is asked.
 * @param {import('./device.mjs').Device} device
 * @param {(page: {rows: OwnRow[], next?: number, since?: number}) => Promise<boolean>} take  false: no further page
 * @throws {Problem}
 *
 * @typedef {{id: string, index: number, recorded: number, entry: string, receipt: string, values: Record<string, any>}} OwnRow
 */
export async function readOwn(device, take) {
  await signIn(device);
  let query = '';
  for (;;) {
    const page = JSON.parse((await ask('GET', `/api/mine${query}`)).text);
    if (!(await take(page)) || page.next === undefined) return;
    query = `?before=${page.next}`;
  }
}
