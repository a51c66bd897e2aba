// Private slots (ledger/FORMAT.md "Private slots"). Public SD-JWT libraries take two digests in a slot, one
// digest in two slots, and disclosures twice; here a slot holds one digest and a digest stands once.
import { fromBase64url, isHash, toBase64url, utf8 } from './octets.mjs';
import { need, Refused } from './refused.mjs';
import { isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/** @typedef {import('./strict_json.mjs').JsonValue} JsonValue */
/** @typedef {{pointer: string, digest: string}} Slot  pointer: JSON Pointer into `data` */
/** @typedef {{pointer: string, value: JsonValue, text: string}} Disclosed */

const reserved = new Set(['_sd', '_sd_alg', '...']);

/** @param {string} name */
const escaped = (name) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** @param {JsonValue} value @returns {[string, JsonValue][]} */
const inside = (value) => (typeof value === 'object' && value !== null ? Object.entries(value) : []);

/** @param {JsonValue} value @returns {boolean} */
const holdsReserved = (value) =>
  inside(value).some(([name, item]) => (isObject(value) && reserved.has(name)) || holdsReserved(item));

/**
 * @param {JsonValue} data  an entry's `data`
 * @returns {Slot[]}
 * @throws {Refused} entry.slot, entry.slot-digest-twice
 */
export function findSlots(data) {
  /** @type {Map<string, string>} */
  const found = new Map();
  /** @type {string[]} names on the way to the value that is looked at */
  const way = [];
  const pointer = () => way.map((name) => `/${escaped(name)}`).join('');
  /** @param {JsonValue} value */
  const walk = (value) => {
    if (typeof value !== 'object' || value === null) return;
    const named = isObject(value);
    if (named && '_sd' in value) {
      const digests = value._sd;
      const one = Array.isArray(digests) && digests.length === 1 && isHash(digests[0]) && digests[0];
      // `data` itself is no field: a slot there would hide the whole body.
      const here = pointer();
      need(way.length > 0 && Object.keys(value).length === 1 && one, 'entry.slot', `/data${here}`);
      need(!found.has(one), 'entry.slot-digest-twice', `/data${here}`);
      found.set(one, here);
      return;
    }
    for (const name of Object.keys(value)) {
      if (named && reserved.has(name)) throw new Refused('entry.slot', `/data${pointer()}`);
      way.push(name);
      walk(/** @type {any} */ (value)[name]);
      way.pop();
    }
  };
  walk(data);
  return [...found].map(([digest, pointer]) => ({ pointer, digest }));
}

/**
 * A submission, `JWS~disclosure~…~`.
 * @param {string} text
 * @throws {Refused} sd-jwt.shape, entry.too-large, entry.disclosures-too-large
 */
export function splitSubmission(text) {
  need(text.endsWith('~'), 'sd-jwt.shape');
  const [jws, ...disclosures] = text.slice(0, -1).split('~');
  need(jws.length <= 40_960, 'entry.too-large');
  need(!disclosures.includes(''), 'sd-jwt.shape');
  need(text.length - jws.length - 1 <= 16_384, 'entry.disclosures-too-large');
  return { jws, disclosures };
}

/** The value a disclosure's text shows. @param {string} text @param {string} field @returns {JsonValue} */
function valueOf(text, field) {
  const octets = fromBase64url(text);
  need(octets, 'disclosure.shape', field);
  const parts = parseJson(octets, 9);
  need(Array.isArray(parts) && parts.length === 3, 'disclosure.shape', field);
  const [salt, name, value] = parts;
  need(typeof salt === 'string' && typeof name === 'string', 'disclosure.shape', field);
  const random = fromBase64url(salt);
  need(random && random.length >= 16 && random.length <= 64, 'disclosure.salt', field);
  need(name === 'v', 'disclosure.name', field);
  need(!holdsReserved(value), 'disclosure.reserved', field);
  return value;
}

/**
 * What disclosures open of an entry's slots; which of them a type demands is its schema's to say.
 * @param {Crypto} crypto @param {Slot[]} slots @param {string[]} texts
 * @returns {Promise<Disclosed[]>}
 * @throws {Refused} disclosure.duplicate, disclosure.unmatched, disclosure.shape, disclosure.salt,
 *   disclosure.name, disclosure.reserved, json.*
 */
export async function openDisclosures(crypto, slots, texts) {
  /** @type {Disclosed[]} */
  const opened = [];
  for (const [place, text] of texts.entries()) {
    const field = `/disclosures/${place}`;
    need(texts.indexOf(text) === place, 'disclosure.duplicate', field);
    const digest = toBase64url(await crypto.sha256(utf8(text)));
    const slot = slots.find((one) => one.digest === digest);
    need(slot, 'disclosure.unmatched', field);
    opened.push({ pointer: slot.pointer, text, value: null });
  }
  for (const one of opened) one.value = valueOf(one.text, `/data${one.pointer}`);
  return opened;
}
