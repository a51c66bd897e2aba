// This device's key: P-256, made by WebCrypto so that no script can read it, usable only to sign.
import { keyOf } from '../verifier/key.mjs';

/** @typedef {import('../verifier/crypto.mjs').Crypto} Crypto */
/** @typedef {{pair: CryptoKeyPair, jwk: {crv: string, kty: string, x: string, y: string}, kid: string}} DeviceKey  for IndexedDB */

const curve = { name: 'ECDSA', namedCurve: 'P-256' };

/** @param {Crypto} crypto @param {SubtleCrypto} subtle @returns {Promise<DeviceKey>} */
export async function makeDeviceKey(crypto, subtle) {
  const pair = await subtle.generateKey(curve, false, ['sign', 'verify']);
  const { crv, kty, x, y } = /** @type {any} */ (await subtle.exportKey('jwk', pair.publicKey));
  const jwk = { crv, kty, x, y };
  return { pair, jwk, kid: (await keyOf(crypto, jwk)).kid };
}

/** @param {DeviceKey} key @param {SubtleCrypto} subtle @returns {import('./make_entry.mjs').Signer} */
export function signerOf({ pair, kid }, subtle) {
  const how = { name: 'ECDSA', hash: 'SHA-256' };
  const sign = async (/** @type {Uint8Array} */ octets) =>
    new Uint8Array(await subtle.sign(how, pair.privateKey, /** @type {BufferSource} */ (octets)));
  return { alg: 'ES256', kid, sign };
}
