import { concat, hashOf, toBase64url, utf8 } from './octets.mjs';
import { need } from './refused.mjs';
import { hasExactly, isObject } from './strict_json.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/** @typedef {import('./strict_json.mjs').JsonValue} JsonValue */
/** @typedef {import('./crypto.mjs').RawKey & {kid: string}} Key  kid: RFC 7638 thumbprint, base64url */

const p = 2n ** 255n - 19n;

/**
 * Whether 32 octets name a point whose y is written canonically and whose order is not 1, 2, 4 or 8: under
 * such a key one signature fits many messages. That it lies on the curve is seen when a signature is checked.
 * @param {Uint8Array} raw
 */
function isSound(raw) {
  const octets = raw.slice();
  octets[31] &= 0x7f; // the sign of x
  const y = octets.reduceRight((value, octet) => (value << 8n) | BigInt(octet), 0n);
  if (y >= p || y === 0n || y === 1n || y === p - 1n) return false;
  // Order 8: the double has y = 0, so x² = −y², put into the curve's equation.
  return (121666n * (2n * y * y - 1n) - 121665n * y ** 4n) % p !== 0n;
}

/**
 * A key from a JWK of exactly the members of RFC 7638.
 * @param {Crypto} crypto @param {JsonValue | undefined} jwk @param {string} [field]
 * @returns {Promise<Key>}
 * @throws {Refused} key.jwk
 */
export async function keyOf(crypto, jwk, field = '') {
  need(isObject(jwk), 'key.jwk', field);
  const names = jwk.kty === 'EC' ? ['crv', 'kty', 'x', 'y'] : ['crv', 'kty', 'x'];
  const x = hashOf(jwk.x);
  need(hasExactly(jwk, names) && x, 'key.jwk', field);
  const canonical = JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]])));
  const kid = toBase64url(await crypto.sha256(utf8(canonical)));
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') {
    need(isSound(x), 'key.jwk', field, 'a point of small order or spelled another way');
    return { alg: 'EdDSA', raw: x, kid };
  }
  const y = hashOf(jwk.y);
  need(jwk.kty === 'EC' && jwk.crv === 'P-256' && y, 'key.jwk', field);
  return { alg: 'ES256', raw: concat(Uint8Array.of(4), x, y), kid };
}

/** The key of 32 octets of Ed25519. @param {Crypto} crypto @param {Uint8Array} raw */
export const ed25519Key = (crypto, raw) => keyOf(crypto, { crv: 'Ed25519', kty: 'OKP', x: toBase64url(raw) });
