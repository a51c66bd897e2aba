// Unsent records from screen to camera, without any network: a text in numbered pieces, shown round and round until the
// other phone has every one of them. Whoever carries them may send them, for the signature is the authority.
import { toBase64url, utf8 } from '../verifier/octets.mjs';
import { entryId } from '../verifier/jws.mjs';
import { capacity } from './qr.mjs';

/** @typedef {import('../verifier/crypto.mjs').Crypto} Crypto */

/**
 * `frame = "NG1." sum "." number "." count "." piece`; sum: the first 12 symbols of the text's SHA-256, number from 1.
 * The text is one record a line, as it would be sent.
 */
const shape = /^NG1\.([A-Za-z0-9_-]{12})\.([1-9][0-9]{0,3})\.([1-9][0-9]{0,3})\.([A-Za-z0-9_.~\n-]{1,425})$/;
const headLength = 'NG1.'.length + 12 + '.9999.9999.'.length;
const pieceLength = capacity - headLength;
export const mostFrames = 2_000;
const bodyShape = /^[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+~(?:[A-Za-z0-9_-]+~)*$/;

/** @param {Crypto} crypto @param {string} text */
const sumOf = async (crypto, text) => toBase64url(await crypto.sha256(utf8(text))).slice(0, 12);

/** As many records, the oldest first, as fit into mostFrames. @param {Crypto} crypto @param {{body: string}[]} records @returns {Promise<{frames: string[], count: number}>} */
export async function framesOf(crypto, records) {
  let text = '';
  let count = 0;
  for (const { body } of records) {
    if (text.length + body.length + 1 > mostFrames * pieceLength) break;
    text += `${body}\n`;
    count += 1;
  }
  const sum = await sumOf(crypto, text);
  const total = Math.ceil(text.length / pieceLength);
  return { frames: Array.from({ length: total }, (_, at) => `NG1.${sum}.${at + 1}.${total}.${text.slice(at * pieceLength, (at + 1) * pieceLength)}`), count };
}

/** Puts frames together, in whatever order and however often they come. */
export class Gathering {
  /** @type {Map<number, string>} */
  #pieces = new Map();
  #sum = '';
  total = 0;

  get have() {
    return this.#pieces.size;
  }

  /** @param {string} frame @returns {boolean}  whether it told anything new */
  take(frame) {
    const [, sum, number, total, piece] = shape.exec(frame) ?? [];
    if (!sum || Number(number) > Number(total) || Number(total) > mostFrames) return false;
    // Another phone, or the same after a further record: from the beginning.
    if (sum !== this.#sum || Number(total) !== this.total) {
      this.#pieces.clear();
      this.#sum = sum;
      this.total = Number(total);
    }
    if (this.#pieces.has(Number(number))) return false;
    this.#pieces.set(Number(number), piece);
    return true;
  }

  /**
   * Whole and as it was shown; undefined otherwise.
   * @param {Crypto} crypto @param {string} aud  of this phone's log: what is for another cannot be sent from here
   * @returns {Promise<{id: string, jws: string, body: string}[] | undefined>}
   */
  async records(crypto, aud) {
    if (this.total === 0 || this.have < this.total) return undefined;
    const text = Array.from({ length: this.total }, (_, at) => this.#pieces.get(at + 1)).join('');
    if ((await sumOf(crypto, text)) !== this.#sum) {
      this.#pieces.clear();
      return undefined;
    }
    const found = [];
    for (const body of text.split('\n')) {
      const [, payload] = bodyShape.exec(body) ?? [];
      if (!payload || audOf(payload) !== aud) continue;
      const jws = body.slice(0, body.indexOf('~'));
      found.push({ id: await entryId(crypto, jws.slice(0, jws.lastIndexOf('.'))), jws, body });
    }
    return found;
  }
}

/** @param {string} payload */
function audOf(payload) {
  try {
    return JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))).aud;
  } catch (error) {
    return undefined;
  }
}
