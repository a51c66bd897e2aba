// Packs: what only some phones or screens need, fetched after the first install and kept beside it for offline use. A pack
// is whole or not there, and of this build: each file is held against its SHA-256, for a login page answers 200 as well.

/** @typedef {{version: string, files: {path: string, sha256: string}[]}} Pack */

/** Set by the build. @type {Record<string, Pack>} */
// @ts-ignore
const packs = NGUON_PACKS;

/** There is no network to bring it by, or what came is not ours. */
export class NoPack extends Error {}

/** @param {string} name */
export const packCache = (name) => `nguon-pack-${name}-${packs[name].version}`;
/** Caches of this build's packs. */
export const packCaches = Object.keys(packs).map(packCache);

/** The cache that a file would be kept in, if it is of a pack. @param {string} path */
export const packCacheOf = (path) => Object.keys(packs).filter((name) => packs[name].files.some((file) => file.path === path)).map(packCache)[0];

/** @param {string} name @param {string} ending @returns {string} path */
export const packFile = (name, ending) => packs[name].files.map(({ path }) => path).filter((path) => path.endsWith(ending))[0];

/** @param {string} name */
export async function hasPack(name) {
  if (typeof caches !== 'object') return false;
  const cache = await caches.open(packCache(name));
  const kept = await Promise.all(packs[name].files.map(({ path }) => cache.match(path)));
  return kept.every(Boolean);
}

/**
 * @param {string} name @param {() => boolean} [stop]  asked with every piece that comes: something else needs the line
 * @throws {NoPack}
 */
export function bringPack(name, stop = () => false) {
  // Who comes second waits for the first, and goes on only where that one was stopped.
  const bringing = (underway.get(name) ?? Promise.resolve()).catch(() => {}).then(async () => {
    if (!(await hasPack(name))) await bring(name, stop);
  });
  underway.set(name, bringing);
  return bringing;
}

/** @type {Map<string, Promise<void>>} */
const underway = new Map();

/** @param {string} name @param {() => boolean} stop */
async function bring(name, stop) {
  const came = [];
  for (const { path, sha256 } of packs[name].files) {
    const response = await fetch(path, { cache: 'no-cache', credentials: 'omit', redirect: 'error' }).catch(() => undefined);
    const octets = response?.ok ? await octetsOf(response, stop) : undefined;
    if (!response || !octets || (await hexOf(octets)) !== sha256) throw new NoPack(name);
    // A worker's policy is that of its answer. What speaks of the wire (gzip, length) is no longer true.
    const headers = ['content-type', 'content-security-policy'].map((header) => [header, response.headers.get(header) ?? '']);
    came.push({ path, answer: new Response(octets, { headers: Object.fromEntries(headers) }) });
  }
  if (typeof caches !== 'object') return;  // Then it is only in the browser's own cache, while that lasts.
  const cache = await caches.open(packCache(name));
  try {
    for (const { path, answer } of came) await cache.put(path, answer);
  } catch (error) {
    await caches.delete(packCache(name));  // No room: it serves now, and comes anew the next time.
  }
}

/** @param {Response} response @param {() => boolean} stop @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} */
async function octetsOf(response, stop) {
  const reader = response.body?.getReader();
  if (!reader) return undefined;
  const pieces = [];
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (stop()) {
        await reader.cancel();
        return undefined;
      }
      pieces.push(piece.value);
    }
  } catch (error) {
    return undefined;  // The network went away half way.
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** @param {Uint8Array<ArrayBuffer>} octets */
async function hexOf(octets) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', octets));
  return Array.from(digest, (octet) => octet.toString(16).padStart(2, '0')).join('');
}
