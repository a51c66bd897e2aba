// The pure-JavaScript path, on @noble/curves and @noble/hashes.
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { concat, same } from './octets.mjs';

const order = ed25519.Point.Fn.ORDER;

/** @param {Uint8Array} octets little-endian */
const integer = (octets) => octets.reduceRight((value, octet) => (value << 8n) | BigInt(octet), 0n);

/**
 * The equation of OpenSSL, BoringSSL and the service: R is the encoding of S·B − k·A. noble's own verify()
 * multiplies by the cofactor, also with zip215:false, and would take signatures that these refuse.
 * @param {Uint8Array} raw @param {Uint8Array} message @param {Uint8Array} signature
 */
function verifyEd25519(raw, message, signature) {
  const r = signature.slice(0, 32);
  const s = integer(signature.subarray(32));
  if (s >= order) return false;
  try {
    const key = ed25519.Point.fromBytes(raw, false); // zip215:false: canonical encodings only
    if (key.isSmallOrder()) return false;
    const k = integer(sha512(concat(r, raw, message))) % order;
    const found = ed25519.Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k));
    return same(found.toBytes(), r);
  } catch {
    return false;
  }
}

/** @type {import('./crypto.mjs').Crypto} */
export const fallback = {
  name: 'JavaScript',
  sha256: async (octets) => sha256(octets),
  async verify({ alg, raw }, message, signature) {
    if (signature.length !== 64) return false;
    if (alg === 'EdDSA') return verifyEd25519(raw, message, signature);
    // Half of all honest ECDSA signatures have a high s: lowS is a rule of others.
    return p256.verify(signature, message, raw, { prehash: true, lowS: false, format: 'compact' });
  },
};
