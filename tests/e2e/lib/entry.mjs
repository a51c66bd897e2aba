// Makes signed entries (ledger/FORMAT.md "Entry"), and broken ones.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { base64url, headerOf, sha256, signText } from './jose.mjs';

export const entryTyp = 'nguon-entry+jwt';
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const schemas = new URL('../../../schemas/types/', import.meta.url);

export function uuid7(now = Date.now(), random = randomBytes(10)) {
  const octets = Buffer.concat([Buffer.alloc(6), random]);
  octets.writeUIntBE(now, 0, 6);
  octets[6] = (octets[6] & 0x0f) | 0x70;
  octets[8] = (octets[8] & 0x3f) | 0x80;
  return octets.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** A new subject's name: kind, and 130 bits of SHA-256 over `aud.kid.jti`. */
export function subjectId(kind, aud, kid, jti) {
  const bits = [...sha256(`${aud}.${kid}.${jti}`)].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  let symbols = '';
  for (let at = 0; at < 130; at += 5) symbols += crockford[parseInt(bits.slice(at, at + 5), 2)];
  return `${kind}:${symbols}`;
}

const slotNames = new Map();
/** Members of `data` that the type's schema marks private. */
function slotsOf(type) {
  if (!slotNames.has(type)) {
    const schema = JSON.parse(readFileSync(new URL(`${type.replace('/', '.')}.json`, schemas)));
    slotNames.set(type, Object.keys(schema.properties).filter((name) => schema.properties[name]['x-private']));
  }
  return slotNames.get(type);
}

/** base64url of `["SALT","v",value]`. */
export const disclosureOf = (value) => base64url(JSON.stringify([base64url(randomBytes(16)), 'v', value]));

/**
 * An entry by `key`. `claims` are those of the payload but aud, jti and iat, which are filled in;
 * `claims.sub` may be a kind, for a new subject. Private members of `claims.data` are given plain.
 * `alter(payload)` may spoil it before it is signed.
 */
export function makeEntry(aud, key, claims, alter = () => {}) {
  const jti = claims.jti ?? uuid7();
  const data = { ...claims.data };
  const disclosures = [];
  for (const name of slotsOf(claims.type)) {
    let digest = base64url(randomBytes(32));
    if (data[name] !== undefined) {
      const disclosure = disclosureOf(data[name]);
      disclosures.push(disclosure);
      digest = base64url(sha256(disclosure));
    }
    data[name] = { _sd: [digest] };
  }
  const sub = claims.sub.includes(':') ? claims.sub : subjectId(claims.sub, aud, key.kid, jti);
  const payload = { aud, jti, iat: Math.floor(Date.now() / 1000), ...claims, sub, data };
  alter(payload, disclosures);
  return bundleUp(signText(key, headerOf(key, entryTyp), JSON.stringify(payload)), disclosures, payload);
}

/** A JWS with its disclosures and what follows from them. */
export function bundleUp(jws, disclosures, payload = {}) {
  const id = base64url(sha256(jws.slice(0, jws.lastIndexOf('.'))));
  const body = `${jws}~${disclosures.map((one) => `${one}~`).join('')}`;
  return { id, sub: payload.sub, jws, body, disclosures, payload };
}
