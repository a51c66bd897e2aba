// Photos to the service, after the records that name them: text before photos. A photo goes in pieces; the service tells
// where the next one begins, so a break on either side costs one piece at most.

/**
 * @typedef {object} Photo  as it lies on this device
 * @property {string} sha256  base64url
 * @property {string} type
 * @property {string} entry  id of the record that names it
 * @property {Uint8Array} octets
 */
/** @typedef {{status: number, offset: string, retryAfter: string, text: string}} Said  offset: Upload-Offset, '' without one */
/**
 * @typedef {{kind: 'held'}
 *   | {kind: 'refused', rule: string}
 *   | {kind: 'put off'}
 *   | {kind: 'again', why: string, after: number}} Fate
 *   refused: these octets will never be taken; put off: somebody has something better to send; after: seconds, 0 for none
 */
/**
 * @typedef {object} Line  how the uploader reaches the service
 * @property {(method: string, path: string, headers: Record<string, string>, body: BodyInit) => Promise<Said>} ask
 *   with the cookie of the read session; rejects when there was no whole answer
 * @property {(photo: Photo) => Promise<void>} signIn  opens a read session of whoever made that record, where there is none; rejects without
 * @property {() => Promise<boolean>} busy  whether a record waits to be sent: it goes first, before the next piece
 * @property {() => number} now  ms of a clock that never jumps
 */

const smallest = 4 * 1024;
const first = 16 * 1024;
/** A piece that takes longer holds up a record that is saved meanwhile. */
const pieceMs = 2_000;
const longestWait = 3_600;

/** @param {string} text @returns {any}  undefined unless it is an object of JSON */
function readObject(text) {
  try {
    const said = JSON.parse(text);
    return typeof said === 'object' && said !== null ? said : undefined;
  } catch (error) {
    return undefined;
  }
}

/** @param {Said} said @returns {Fate} */
function putBack({ status, retryAfter, text }) {
  const rule = readObject(text)?.rule;
  if (status === 422 && typeof rule === 'string') return { kind: 'refused', rule };
  return {
    kind: 'again', why: typeof rule === 'string' ? rule : `http.${status}`,
    after: /^[0-9]{1,6}$/.test(retryAfter) ? Math.min(Number(retryAfter), longestWait) : 0,
  };
}

/**
 * Where it stands; undefined unless the service itself says so: a captive portal's page looks like success too.
 * @param {Said} said @param {Photo} photo @returns {{offset: number, held: boolean, piece: number} | undefined}
 */
function standing({ status, text }, { octets }) {
  if (status !== 200 && status !== 201) return undefined;
  const { offset, held, piece } = readObject(text) ?? {};
  const sound = Number.isInteger(offset) && offset >= 0 && offset <= octets.length && typeof held === 'boolean' &&
    Number.isInteger(piece) && piece >= 1 && (!held || offset === octets.length);
  return sound ? { offset, held, piece } : undefined;
}

/**
 * Sends one photo as far as it comes. Whatever is thrown came from `line` and means: no network.
 * @param {Line} line @param {Photo} photo @returns {Promise<Fate>}
 */
export async function upload(line, photo) {
  const { sha256, type, entry, octets } = photo;
  let signed = false;
  const ask = async (/** @type {string} */ method, /** @type {string} */ path, /** @type {Record<string, string>} */ headers,
    /** @type {BodyInit} */ body) => {
    const said = await line.ask(method, path, headers, body);
    // On a shared phone the session may be another person's, who sees none of this.
    const hidden = said.status === 404 && readObject(said.text)?.rule === 'blob.not-named';
    if (signed || (said.status !== 401 && !hidden)) return said;
    signed = true;
    await line.signIn(photo);
    return line.ask(method, path, headers, body);
  };
  const claim = () => ask('POST', '/api/blobs', { 'Content-Type': 'application/json' },
    JSON.stringify({ entry, sha256, size: octets.length, type }));

  if (await line.busy()) return { kind: 'put off' };
  let said = await claim();
  let size = first;
  let lost = 0;
  for (;;) {
    const stands = standing(said, photo);
    if (stands === undefined) {
      // It was sent from elsewhere too, or a piece arrived whose answer did not. Once more after each: never in circles.
      const at = Number(said.offset);
      if (said.status !== 409 || said.offset === '' || !Number.isInteger(at) || (lost += 1) > 8) return putBack(said);
      said = await claim();
      continue;
    }
    if (stands.held) return { kind: 'held' };
    if (stands.offset === octets.length) return { kind: 'again', why: 'blob.arriving', after: 0 };
    if (await line.busy()) return { kind: 'put off' };
    const { offset } = stands;
    const end = Math.min(octets.length, offset + Math.min(size, stands.piece));
    const began = line.now();
    said = await ask('PUT', `/api/blobs/${sha256}`, {
      'Content-Type': 'application/octet-stream', 'Content-Range': `bytes ${offset}-${end - 1}/${octets.length}`,
    }, /** @type {BodyInit} */ (octets.slice(offset, end)));
    // As much as goes through in the time a record may have to wait.
    const took = Math.max(1, line.now() - began);
    size = Math.max(smallest, Math.min(size * 2, Math.floor(((end - offset) * pieceMs) / took)));
  }
}

/**
 * One round over the photos that wait, oldest first; one that is refused or put off never holds up another.
 * @param {Line} line
 * @param {{waiting: () => Promise<Photo[]>, settle: (sha256: string, fate: Fate) => Promise<void>}} shelf
 *   waiting: of records that were received; settle: only `held` and `refused` are told, and survive the browser's end
 * @returns {Promise<number>}  seconds until it is worth asking again; 0 when all is done, Infinity: when a record was sent
 */
export async function uploadAll(line, shelf) {
  let after = 0;
  for (const photo of await shelf.waiting()) {
    const fate = await upload(line, photo);
    if (fate.kind === 'put off') return Infinity;
    if (fate.kind === 'again') after = Math.max(after, fate.after, 5);
    else await shelf.settle(photo.sha256, fate);
  }
  return after;
}
