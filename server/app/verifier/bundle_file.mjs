// The proof bundle as a file (ledger/FORMAT.md "Proof bundle"), nothing of it believed yet.
import { fromUtf8, hashOf, utf8 } from './octets.mjs';
import { need, Refused } from './refused.mjs';
import { hasExactly, isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./strict_json.mjs').JsonValue} JsonValue */
/** @typedef {{index: number, leaf: string, path: Uint8Array[]}} Logged  a leaf and its way to the root */
/** @typedef {{entry: string}} Named  an entry that a later one here names */
/**
 * @typedef {object} BundleFile
 * @property {string} origin
 * @property {string} sub
 * @property {string} checkpoint
 * @property {(Logged | Named)[]} entries
 * @property {string[]} missing
 */

const format = 'nguon-bundle/2';
const members = ['format', 'origin', 'sub', 'checkpoint', 'entries', 'missing'];
const maxOctets = 16 * 1024 * 1024;
const maxEntries = 4096;

/** @param {JsonValue} value @param {number} place @returns {Logged | Named} */
function entryOf(value, place) {
  const field = `/entries/${place}`;
  if (isObject(value) && hasExactly(value, ['entry'])) {
    need(typeof value.entry === 'string' && value.entry !== '', 'verify.syntax', `${field}/entry`);
    return { entry: value.entry };
  }
  need(isObject(value) && hasExactly(value, ['index', 'leaf', 'path']), 'verify.syntax', field);
  const { index, leaf, path } = value;
  need(typeof index === 'number' && index >= 0, 'verify.syntax', `${field}/index`);
  need(typeof leaf === 'string', 'verify.syntax', `${field}/leaf`);
  need(Array.isArray(path) && path.length <= 63, 'verify.syntax', `${field}/path`);
  const hashes = path.map((one) => {
    const hash = hashOf(one);
    need(hash, 'verify.syntax', `${field}/path`);
    return hash;
  });
  return { index, leaf, path: hashes };
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
  /** @type {JsonValue} */
  let value;
  try {
    value = parseJson(text, 8);
  } catch (error) {
    if (error instanceof Refused) throw new Refused('verify.syntax', '', error.message);
    throw error;
  }
  need(isObject(value) && hasExactly(value, members) && value.format === format, 'verify.syntax');
  const { origin, sub, checkpoint, entries, missing } = value;
  need(typeof origin === 'string' && typeof sub === 'string' && typeof checkpoint === 'string', 'verify.syntax');
  need(Array.isArray(entries) && entries.length <= maxEntries, 'verify.syntax', '/entries');
  need(Array.isArray(missing) && missing.every(hashOf), 'verify.syntax', '/missing');
  const read = entries.map(entryOf);
  const again = JSON.stringify({
    format, origin, sub, checkpoint, entries: entries.map((one) => {
      const { entry, index, leaf, path } = /** @type {any} */ (one);
      return entry === undefined ? { index, leaf, path } : { entry };
    }), missing,
  });
  need(again === text, 'verify.canonical');
  return { origin, sub, checkpoint, entries: read, missing: missing.map(String) };
}
