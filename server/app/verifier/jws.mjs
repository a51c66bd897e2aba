import { fromBase64url, fromUtf8, isHash, toBase64url, utf8 } from './octets.mjs';
import { need } from './refused.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/**
 * @typedef {object} Jws
 * @property {Uint8Array} input  `header.payload`, ASCII: what is signed
 * @property {'ES256' | 'EdDSA'} alg
 * @property {string} kid
 * @property {Uint8Array} payload
 * @property {Uint8Array} signature  64 octets
 */

/**
 * Grammar alone: header octets exactly {"alg":…,"typ":…,"kid":…}, all parts canonical.
 * @param {string} text @param {string} typ @param {Uint8Array} [octets]  the text's, where they are known
 * @returns {Jws}
 * @throws {Refused} jws.shape, jws.base64url, jws.header, jws.alg, jws.typ, jws.kid, jws.signature
 */
export function parseJws(text, typ, octets) {
  const parts = text.split('.');
  need(parts.length === 3, 'jws.shape');
  const [header, payload, signature] = parts.map(fromBase64url);
  need(header && payload && signature, 'jws.base64url');
  const found = /^\{"alg":"([^"\\]*)","typ":"([^"\\]*)","kid":"([^"\\]*)"\}$/.exec(fromUtf8(header) ?? '');
  need(found, 'jws.header');
  const [, alg, said, kid] = found;
  need(alg === 'ES256' || alg === 'EdDSA', 'jws.alg', '/alg');
  need(said === typ, 'jws.typ', '/typ', `expected ${typ}`);
  need(isHash(kid), 'jws.kid', '/kid');
  need(signature.length === 64, 'jws.signature');
  const input = (octets ?? utf8(text)).subarray(0, parts[0].length + 1 + parts[1].length);
  return { input, alg, kid, payload, signature };
}

/**
 * @param {Crypto} crypto @param {Jws} jws @param {import('./key.mjs').Key} key
 * @throws {Refused} jws.alg where the key is enrolled for the other algorithm, jws.signature
 */
export async function verifyJws(crypto, jws, key) {
  need(jws.alg === key.alg, 'jws.alg', '/alg', `the key is enrolled for ${key.alg}`);
  need(await crypto.verify(key, jws.input, jws.signature), 'jws.signature');
}

/** The entry id: SHA-256 of the signing input, base64url. @param {Crypto} crypto @param {string | Uint8Array} input */
export const entryId = async (crypto, input) => toBase64url(await crypto.sha256(typeof input === 'string' ? utf8(input) : input));
