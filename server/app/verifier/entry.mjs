// Entries (ledger/FORMAT.md "Entry"): their grammar, their id, the name of a subject they start.
import { entryId, parseJws, verifyJws } from './jws.mjs';
import { isHash, utf8 } from './octets.mjs';
import { need } from './refused.mjs';
import { findSlots, openDisclosures, splitSubmission } from './sd_jwt.mjs';
import { hasExactly, isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/** @typedef {import('./strict_json.mjs').JsonValue} JsonValue */
/** @typedef {import('./strict_json.mjs').JsonObject} JsonObject */
/** @typedef {{sub: string, head: string, qty: {amount: string, unit: string}}} Input */
/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {import('./jws.mjs').Jws} jws
 * @property {string} text  the JWS
 * @property {string} type
 * @property {string} aud  '' in a genesis
 * @property {string} jti
 * @property {string} sub
 * @property {string | undefined} prev
 * @property {Input[]} from
 * @property {number} iat
 * @property {JsonObject} data
 * @property {import('./sd_jwt.mjs').Slot[]} slots
 */

export const entryTyp = 'nguon-entry+jwt';
export const genesisType = 'genesis/1';

/** @param {RegExp} form @returns {(value: JsonValue) => boolean} */
const of = (form) => (value) => typeof value === 'string' && form.test(value);
/** @param {JsonValue} value */
const natural = (value) => typeof value === 'number' && value >= 0;
const isSubject = of(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?:[0-9A-HJKMNP-TV-Z]{26}$/);
const isAmount = of(/^(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$/);
const isUnit = of(/^[a-zA-Z0-9]{1,16}$/);

/** @param {JsonValue} value */
const isInput = (value) =>
  isObject(value) && hasExactly(value, ['sub', 'head', 'qty']) && isSubject(value.sub) && isHash(value.head)
  && isObject(value.qty) && hasExactly(value.qty, ['amount', 'unit'])
  && isAmount(value.qty.amount) && isUnit(value.qty.unit);

/** @type {{[claim: string]: (value: JsonValue) => boolean}} */
const claims = {
  type: of(/^(?=[^/]{1,48}\/)[a-z]+([.-][a-z]+)*\/[1-9][0-9]{0,2}$/),
  aud: isHash,
  jti: of(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  sub: isSubject,
  prev: isHash,
  from: (value) => Array.isArray(value) && value.length >= 1 && value.length <= 64 && value.every(isInput),
  iat: natural,
  seen: (value) => isObject(value) && hasExactly(value, ['origin', 'size', 'root'])
    && of(/^[!-*,-~]{1,255}$/)(value.origin) && natural(value.size) && isHash(value.root),
  for: isSubject,
  data: isObject,
};
const required = ['type', 'jti', 'sub', 'iat', 'data'];

/** @param {string} type */
export const isAdoption = (type) => type.startsWith('entry.adopt/');

/**
 * Grammar alone; no signature is checked.
 * @param {Crypto} crypto @param {string} text  a JWS @param {Uint8Array} [octets]  its octets, where they are known
 * @returns {Promise<Entry>}
 * @throws {Refused} jws.*, json.*, entry.payload, entry.claim, entry.<claim>, entry.too-large, entry.slot,
 *   entry.slot-digest-twice
 */
export async function parseEntry(crypto, text, octets) {
  const jws = parseJws(text, entryTyp, octets);
  const payload = parseJson(jws.payload, 9);
  need(isObject(payload), 'entry.payload');
  for (const name of Object.keys(payload)) need(Object.keys(claims).includes(name), 'entry.claim', '', name);
  const genesis = payload.type === genesisType;
  for (const [name, holds] of Object.entries(claims)) {
    const wanted = required.includes(name) || (name === 'aud' && !genesis);
    const here = name in payload;
    need(here ? holds(payload[name]) && !(name === 'aud' && genesis) : !wanted, `entry.${name}`, `/${name}`);
  }
  const said = /** @type {any} */ (payload);
  need(text.length <= (isAdoption(said.type) ? 40_960 : 16_384), 'entry.too-large');
  const { type, aud = '', jti, sub, prev, from = [], iat, data } = said;
  const slots = findSlots(data);
  return { id: await entryId(crypto, jws.input), jws, text, type, aud, jti, sub, prev, from, iat, data, slots };
}

/**
 * Grammar and signature.
 * @param {Crypto} crypto @param {string} text @param {import('./key.mjs').Key} key
 * @throws {Refused} those of parseEntry and verifyJws, jws.kid where another key is named
 */
export async function verifyEntry(crypto, text, key) {
  const entry = await parseEntry(crypto, text);
  need(entry.jws.kid === key.kid, 'jws.kid', '/kid', 'another key');
  await verifyJws(crypto, entry.jws, key);
  return entry;
}

/**
 * A whole submission: entry, signature, and what its disclosures open.
 * @param {Crypto} crypto @param {string} text  `JWS~disclosure~…~` @param {import('./key.mjs').Key} key
 */
export async function verifySubmission(crypto, text, key) {
  const { jws, disclosures } = splitSubmission(text);
  const entry = await verifyEntry(crypto, jws, key);
  return { entry, disclosed: await openDisclosures(crypto, entry.slots, disclosures) };
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The name of a new subject: kind, and the first 130 bits of SHA-256 over `aud.kid.jti`.
 * @param {Crypto} crypto @param {string} kind @param {string} aud  '' in a genesis @param {string} kid @param {string} jti
 */
export async function subjectId(crypto, kind, aud, kid, jti) {
  const hash = await crypto.sha256(utf8(`${aud}.${kid}.${jti}`));
  let symbols = '';
  let bits = 0;
  let held = 0;
  for (let at = 0; symbols.length < 26; at += 1) {
    bits = ((bits << 8) | hash[at]) & 0xfff;
    for (held += 8; held >= 5 && symbols.length < 26; held -= 5) symbols += crockford[(bits >> (held - 5)) & 31];
  }
  return `${kind}:${symbols}`;
}

/** The name of the subject that this entry would start. @param {Crypto} crypto @param {Entry} entry */
export const firstSubject = (crypto, { sub, aud, jws, jti }) => subjectId(crypto, sub.split(':')[0], aud, jws.kid, jti);
