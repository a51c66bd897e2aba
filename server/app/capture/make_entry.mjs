// Makes what a person signs (ledger/FORMAT.md "Entry"). Once made it is kept and sent again as it is: signing anew
// would be another signature for the same entry.
import { entryTyp, subjectId } from '../verifier/entry.mjs';
import { entryId } from '../verifier/jws.mjs';
import { toBase64url, utf8 } from '../verifier/octets.mjs';
import { uuid7 } from './uuid7.mjs';

/** @typedef {import('../verifier/crypto.mjs').Crypto} Crypto */
/** @typedef {import('../verifier/strict_json.mjs').JsonObject} JsonObject */
/**
 * A key of this device. Its private half never leaves WebCrypto.
 * @typedef {{alg: 'ES256', kid: string, sign: (octets: Uint8Array) => Promise<Uint8Array>}} Signer  sign: r‖s, 64 octets
 */
/**
 * @typedef {object} Draft
 * @property {string} type  with its major, `batch.harvest/1`
 * @property {string} sub  a subject's id; or a kind alone, for a new subject
 * @property {JsonObject} data  private members given plain, absent where there is nothing to say
 * @property {string[]} slots  every private member of the type, by its schema
 * @property {string} [jti]  where it was fixed before
 * @property {string} [prev]
 * @property {import('../verifier/entry.mjs').Input[]} [from]
 * @property {JsonObject} [seen]
 * @property {string} [for]
 */
/** @typedef {{id: string, sub: string, jti: string, iat: number, jws: string, body: string}} MadeEntry  body: what is sent */
/**
 * Where an entry comes from besides its draft.
 * @typedef {object} Maker
 * @property {Crypto} crypto
 * @property {Signer} signer
 * @property {string} aud
 * @property {() => number} now  Unix ms by this device, right or wrong
 * @property {(count: number) => Uint8Array} random
 */

/** @param {Maker} maker @param {string} typ @param {JsonObject} payload */
export async function signJws({ signer }, typ, payload) {
  const header = `{"alg":"${signer.alg}","typ":"${typ}","kid":"${signer.kid}"}`;
  const input = `${toBase64url(utf8(header))}.${toBase64url(utf8(JSON.stringify(payload)))}`;
  return `${input}.${toBase64url(await signer.sign(utf8(input)))}`;
}

/** @param {Maker} maker @param {Draft} draft @returns {Promise<MadeEntry>} */
export async function makeEntry(maker, draft) {
  const { crypto, signer, aud, random } = maker;
  const now = maker.now();
  const jti = draft.jti ?? uuid7(now, random(10));
  const iat = Math.floor(now / 1000);
  const sub = draft.sub.includes(':') ? draft.sub : await subjectId(crypto, draft.sub, aud, signer.kid, jti);
  const data = { ...draft.data };
  let disclosures = '';
  for (const name of draft.slots) {
    // An empty slot is signed over too, or its absence would say that there is nothing.
    let digest = random(32);
    if (data[name] !== undefined) {
      const disclosure = toBase64url(utf8(JSON.stringify([toBase64url(random(16)), 'v', data[name]])));
      disclosures += `${disclosure}~`;
      digest = await crypto.sha256(utf8(disclosure));
    }
    data[name] = { _sd: [toBase64url(digest)] };
  }
  /** @type {JsonObject} */
  const payload = { type: draft.type, aud, jti, sub };
  if (draft.prev !== undefined) payload.prev = draft.prev;
  if (draft.from !== undefined) payload.from = draft.from;
  payload.iat = iat;
  if (draft.seen !== undefined) payload.seen = draft.seen;
  if (draft.for !== undefined) payload.for = draft.for;
  payload.data = data;
  const jws = await signJws(maker, entryTyp, payload);
  const id = await entryId(crypto, jws.slice(0, jws.lastIndexOf('.')));
  return { id, sub, jti, iat, jws, body: `${jws}~${disclosures}` };
}
