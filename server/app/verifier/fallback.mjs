// The pure-JavaScript path, on @noble/curves and @noble/hashes.
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { concat, same, toBase64url } from './octets.mjs';

/** @typedef {typeof p256.Point.BASE} Point */

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

/**
 * Points of P-256 by their octets, and how often each was asked for. An office signs most of what a bundle holds: from its
 * `worthwhile`-th signature on, a table of the point's multiples saves two thirds of each.
 * @type {Map<string, {point: Point, uses: number}>}
 */
const points = new Map();
const mostPoints = 256;
const worthwhile = 4;
const tableBits = 3;

/** @param {Uint8Array} raw @throws {Error} where it is no point of the curve */
function pointOf(raw) {
  const name = toBase64url(raw);
  let known = points.get(name);
  if (!known) {
    if (points.size === mostPoints) points.clear();
    known = { point: p256.Point.fromBytes(raw), uses: 0 };
    points.set(name, known);
  }
  known.uses += 1;
  if (known.uses === worthwhile) known.point.precompute(tableBits);
  return known;
}

/**
 * ECDSA by SEC 1 §4.1.4, either s: half of all honest signatures have a high one. noble's own verify() has no place for a
 * key that is met again.
 * @param {Uint8Array} raw @param {Uint8Array} message @param {Uint8Array} signature  r‖s
 */
function verifyP256(raw, message, signature) {
  try {
    const { r, s } = p256.Signature.fromBytes(signature, 'compact'); // 1 ≤ r,s < n, else it throws
    const { point, uses } = pointOf(raw);
    const { Fn, BASE } = p256.Point;
    const inverse = Fn.inv(s);
    const u1 = Fn.create(Fn.fromBytes(sha256(message), true) * inverse);
    const u2 = Fn.create(r * inverse);
    const sum = uses < worthwhile ? BASE.mulAddUnsafe(u1, point, u2) : BASE.multiplyUnsafe(u1).add(point.multiplyUnsafe(u2));
    return !sum.is0() && Fn.create(sum.toAffine().x) === r;
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
    return verifyP256(raw, message, signature);
  },
};
