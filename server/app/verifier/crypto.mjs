// Hashing and signatures: by WebCrypto where a page has it, else by plain JavaScript. WebCrypto exists
// only in a secure context, and many phones' WebCrypto has no Ed25519 yet.
import { toBase64url } from './octets.mjs';

/**
 * What the verifier needs. `verify` is false for anything that is not a good signature of 64 octets:
 * ES256 as r‖s with 1 ≤ r,s < n, either s; EdDSA as RFC 8032 without the cofactor, S < L.
 * @typedef {object} Crypto
 * @property {string} name  for people and tests: which path this is
 * @property {(octets: Uint8Array) => Promise<Uint8Array>} sha256
 * @property {(key: RawKey, message: Uint8Array, signature: Uint8Array) => Promise<boolean>} verify
 */
/** @typedef {{alg: 'ES256' | 'EdDSA', raw: Uint8Array}} RawKey  raw: 04‖x‖y of P-256, 32 octets of Ed25519 */

const algorithms = {
  ES256: { import: { name: 'ECDSA', namedCurve: 'P-256' }, verify: { name: 'ECDSA', hash: 'SHA-256' } },
  EdDSA: { import: { name: 'Ed25519' }, verify: { name: 'Ed25519' } },
};

/** @param {Uint8Array} octets @returns {BufferSource} */
const source = (octets) => /** @type {Uint8Array<ArrayBuffer>} */ (octets);

/** A bundle has tens of signers; a phone's app lives for days. */
const mostKeys = 256;

/** @param {SubtleCrypto} subtle @returns {Crypto} */
export function webCrypto(subtle) {
  /** @type {Map<string, Promise<CryptoKey | undefined>>} undefined: no key at all */
  const keys = new Map();
  /** @param {RawKey} key */
  const imported = ({ alg, raw }) => {
    const name = alg + toBase64url(raw);
    let key = keys.get(name);
    if (key) return key;
    if (keys.size === mostKeys) keys.clear();
    key = subtle.importKey('raw', source(raw), algorithms[alg].import, false, ['verify']).catch((error) => {
      // A point that is not on its curve; anything else is no verdict about the signature.
      if (error instanceof Error && error.name === 'DataError') return undefined;
      keys.delete(name);
      throw error;
    });
    keys.set(name, key);
    return key;
  };
  return {
    name: 'WebCrypto',
    sha256: async (octets) => new Uint8Array(await subtle.digest('SHA-256', source(octets))),
    async verify(signer, message, signature) {
      if (signature.length !== 64) return false;
      const key = await imported(signer);
      return key ? subtle.verify(algorithms[signer.alg].verify, key, source(signature), source(message)) : false;
    },
  };
}

/** Plain JavaScript, loaded only when it is asked for. @returns {Promise<Crypto>} */
export const fallbackCrypto = async () => (await import('./fallback.mjs')).fallback;

/**
 * WebCrypto, but signatures of the kinds it lacks by plain JavaScript.
 * @param {SubtleCrypto} subtle @param {Set<string>} lacking
 * @returns {Crypto}
 */
function mixed(subtle, lacking) {
  const web = webCrypto(subtle);
  return {
    name: `WebCrypto without ${[...lacking].join(', ')}`,
    sha256: web.sha256,
    verify: async (key, message, signature) =>
      (lacking.has(key.alg) ? await fallbackCrypto() : web).verify(key, message, signature),
  };
}

// A good key of each kind: their base points, encoded.
const probes = /** @type {const} */ ({
  ES256: Uint8Array.from(('046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296'
    + '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5').match(/../g) ?? [], (hex) => parseInt(hex, 16)),
  EdDSA: Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 0x58 : 0x66)),
});

/**
 * The best that this page has.
 * @param {SubtleCrypto | undefined} [subtle]
 * @returns {Promise<Crypto>}
 */
export async function chooseCrypto(subtle = globalThis.crypto?.subtle) {
  if (!subtle) return fallbackCrypto();
  /** @type {Set<string>} */
  const lacking = new Set();
  await Promise.all(/** @type {const} */ (['ES256', 'EdDSA']).map(async (alg) => {
    try {
      await subtle.importKey('raw', source(probes[alg]), algorithms[alg].import, false, ['verify']);
    } catch {
      lacking.add(alg);
    }
  }));
  return lacking.size === 0 ? webCrypto(subtle) : mixed(subtle, lacking);
}
