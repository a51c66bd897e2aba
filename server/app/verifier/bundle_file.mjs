// The proof bundle as a file (ledger/FORMAT.md "Proof bundle"), nothing of it believed yet.
import { fromUtf8, hashOf, isHash, toBase64url, utf8 } from './octets.mjs';
import { need, Refused } from './refused.mjs';
import { hasExactly, isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./strict_json.mjs').JsonValue} JsonValue */
/** @typedef {{index: number, recorded: number}} Place  what a leaf says besides the entry */
/** @typedef {{place: Place | undefined, payload: string, jws: string}} BundledEntry  without a place where a later one names it */
/**
 * @typedef {object} BundleFile
 * @property {string} origin
 * @property {string} sub
 * @property {string} checkpoint
 * @property {BundledEntry[]} entries
 * @property {Uint8Array[]} proof  joint path of those with a place
 * @property {string[]} missing
 */

const format = 'nguon-bundle/2';
const members = ['format', 'origin', 'sub', 'checkpoint', 'entries', 'proof', 'missing'];
const texts = ['header', 'payload', 'signature'];
const maxOctets = 16 * 1024 * 1024;
const maxEntries = 4096;

/** @param {JsonValue} value @param {number} at @param {Map<string, string>} headers  as base64url: they are few @returns {BundledEntry} */
function entryOf(value, at, headers) {
  const field = `/entries/${at}`;
  const named = isObject(value) && !('index' in value);
  need(isObject(value) && hasExactly(value, named ? texts : ['index', 'recorded', ...texts]), 'verify.syntax', field);
  for (const name of texts) need(typeof value[name] === 'string', 'verify.syntax', `${field}/${name}`);
  const { header, payload, signature, index, recorded } = /** @type {Record<string, any>} */ (value);
  const known = headers.get(header) ?? toBase64url(utf8(header));
  headers.set(header, known);
  const jws = `${known}.${toBase64url(utf8(payload))}.${signature}`;
  if (named) return { place: undefined, payload, jws };
  for (const one of [index, recorded]) need(Number.isSafeInteger(one) && one >= 0, 'verify.syntax', field);
  return { place: { index, recorded }, payload, jws };
}

/**
 * By the strict reader, unless the browser's own, many times as fast, cannot have misread: where the text is again what
 * it made of it, no member came twice and no number was rounded; what is left to ask is asked.
 * @param {string} text
 * @returns {JsonValue}
 */
function readJson(text) {
  try {
    // An escape beginning like half a pair, or what normal form C would change.
    const plain = !text.includes('\\ud') && text.normalize('NFC') === text;
    const quick = plain ? JSON.parse(text) : undefined;
    return quick !== undefined && JSON.stringify(quick) === text ? quick : parseJson(text, 8);
  } catch (error) {
    if (error instanceof Refused || error instanceof SyntaxError) throw new Refused('verify.syntax', '', error.message);
    throw error;
  }
}

/**
 * Only the one spelling of a bundle, so that every changed octet is seen.
 * @param {string | Uint8Array} file
 * @returns {BundleFile}
 * @throws {Refused} verify.too-large, verify.syntax, verify.canonical
 */
export function parseBundle(file) {
  const octets = typeof file === 'string' ? utf8(file) : file;
  need(octets.length <= maxOctets, 'verify.too-large');
  const text = fromUtf8(octets);
  need(text !== undefined, 'verify.syntax', '', 'not UTF-8');
  const value = readJson(text);
  need(isObject(value) && hasExactly(value, members) && value.format === format, 'verify.syntax');
  const { origin, sub, checkpoint, entries, proof, missing } = value;
  need(typeof origin === 'string' && typeof sub === 'string' && typeof checkpoint === 'string', 'verify.syntax');
  need(Array.isArray(entries) && entries.length <= maxEntries, 'verify.syntax', '/entries');
  need(Array.isArray(missing) && missing.every(isHash), 'verify.syntax', '/missing');
  need(Array.isArray(proof) && proof.length <= 63 * maxEntries, 'verify.syntax', '/proof');
  const hashes = proof.map((one) => {
    const hash = hashOf(one);
    need(hash, 'verify.syntax', '/proof');
    return hash;
  });
  /** @type {Map<string, string>} */
  const headers = new Map();
  const read = entries.map((one, place) => entryOf(one, place, headers));
  const spelled = entries.map((one) => {
    const { index, recorded, header, payload, signature } = /** @type {any} */ (one);
    return { index, recorded, header, payload, signature };
  });
  const again = JSON.stringify({ format, origin, sub, checkpoint, entries: spelled, proof, missing });
  need(again === text, 'verify.canonical');
  return { origin, sub, checkpoint, entries: read, proof: hashes, missing: missing.map(String) };
}
