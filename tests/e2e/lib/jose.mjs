// Keys and compact JWS as ledger/FORMAT.md gives them, by Node's crypto alone: what a phone does, in a
// second hand that shares no line with the service.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
export const base64url = (octets) => Buffer.from(octets).toString('base64url');

/** The members of RFC 7638 in their order: what a kid is the hash of. */
function thumbprintJwk(jwk) {
  return jwk.kty === 'EC' ? { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y } : { crv: jwk.crv, kty: jwk.kty, x: jwk.x };
}

export class Key {
  constructor(privateKey) {
    this.private = privateKey;
    this.jwk = thumbprintJwk(createPublicKey(privateKey).export({ format: 'jwk' }));
    this.alg = this.jwk.kty === 'EC' ? 'ES256' : 'EdDSA';
    this.kid = base64url(sha256(JSON.stringify(this.jwk)));
  }
  static p256() {
    return Key.generate('ec', { namedCurve: 'P-256' });
  }
  static ed25519() {
    return Key.generate('ed25519', {});
  }
  /** By way of DER: in Node 20 a generated KeyObject, exported as a JWK while its generator is collected, hangs. */
  static generate(kind, options) {
    const der = generateKeyPairSync(kind, {
      ...options, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    }).privateKey;
    return new Key(createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }));
  }
  static fromFile(path) {
    return new Key(createPrivateKey(readFileSync(path)));
  }
  /** 64 octets over ASCII text. */
  sign(input) {
    return this.alg === 'ES256'
      ? sign('sha256', Buffer.from(input), { key: this.private, dsaEncoding: 'ieee-p1363' })
      : sign(null, Buffer.from(input), this.private);
  }
}

/** `header` and `payload` may be any text, so that wrong ones can be signed too. */
export function signText(key, header, payload) {
  const input = `${base64url(header)}.${base64url(payload)}`;
  return `${input}.${base64url(key.sign(input))}`;
}

export const headerOf = (key, typ) => `{"alg":"${key.alg}","typ":"${typ}","kid":"${key.kid}"}`;

export function signJws(key, typ, payload) {
  return signText(key, headerOf(key, typ), JSON.stringify(payload));
}

/** The payload of a statement after checking who signed it and what it says it is; throws. */
export function openJws(jws, typ, publicJwk) {
  const [header, payload, signature, more] = jws.split('.');
  const head = JSON.parse(Buffer.from(header, 'base64url'));
  if (more !== undefined || head.typ !== typ) throw new Error(`not a ${typ}: ${head.typ}`);
  const key = createPublicKey({ key: publicJwk, format: 'jwk' });
  const octets = Buffer.from(signature, 'base64url');
  const input = Buffer.from(`${header}.${payload}`);
  const good =
    publicJwk.kty === 'EC'
      ? verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, octets)
      : verify(null, input, key, octets);
  if (!good) throw new Error(`a ${typ} with a signature that does not verify`);
  return JSON.parse(Buffer.from(payload, 'base64url'));
}

/** Verifies an Ed25519 signature by the 32 octets of the key. */
export function verifyEd25519(raw, message, signature) {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: base64url(raw) }, format: 'jwk' });
  return verify(null, message, key, signature);
}
