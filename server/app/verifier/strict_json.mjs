// JSON as ledger/FORMAT.md "Entry" allows it. JSON.parse lets the last of two equal keys win and takes
// 1.0 for 1, so two readers could see two documents: this reader sees one or refuses.
import { fromUtf8 } from './octets.mjs';
import { Refused } from './refused.mjs';

/** @typedef {{[name: string]: JsonValue}} JsonObject */
// An alias in JSDoc may not hold an array of itself: hence any[].
/** @typedef {null | boolean | number | string | any[] | JsonObject} JsonValue */

const blank = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const text = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const plain = /^[ -!#-[\]-\u007f]*$/;
const words = /** @type {const} */ ([['true', true], ['false', false], ['null', null]]);

class Reader {
  /** @param {string} source @param {number} depth */
  constructor(source, depth) {
    this.source = source;
    this.depth = depth;
    this.at = 0;
  }

  /** @param {string} rule @returns {never} */
  fail(rule) {
    throw new Refused(rule, '', `at character ${this.at}`);
  }

  /** The text of a sticky pattern here, undefined when it is not here. @param {RegExp} pattern */
  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at += found[0].length;
    return found;
  }

  blanks() {
    if (this.source.charCodeAt(this.at) <= 0x20) this.take(blank);
  }

  /** @param {string} symbol */
  skip(symbol) {
    this.blanks();
    if (this.source[this.at] !== symbol) return false;
    this.at += 1;
    return true;
  }

  /** @param {number} level @returns {JsonValue} */
  value(level) {
    this.blanks();
    const first = this.source[this.at];
    if (first === '{') return this.object(level + 1);
    if (first === '[') return this.array(level + 1);
    if (first === '"') return this.string();
    for (const [word, meant] of words) {
      if (!this.source.startsWith(word, this.at)) continue;
      this.at += word.length;
      return meant;
    }
    return this.integer();
  }

  integer() {
    const found = this.take(number);
    if (!found) return this.fail('json.syntax');
    const value = Number(found[0]);
    if (found[1] || found[2] || !Number.isSafeInteger(value)) this.fail('json.number');
    return value;
  }

  string() {
    // Most are plain: no escape, nothing to compose.
    const end = this.source.indexOf('"', this.at + 1);
    const inside = this.source.slice(this.at + 1, end);
    if (end > this.at && this.source[this.at] === '"' && plain.test(inside)) {
      this.at = end + 1;
      return inside;
    }
    const found = this.take(text);
    if (!found) return this.fail('json.syntax');
    const value = /** @type {string} */ (JSON.parse(found[0]));
    // A surrogate without its half is no character.
    if (/\p{Surrogate}/u.test(value)) this.fail('json.syntax');
    if (value.normalize('NFC') !== value) this.fail('json.nfc');
    return value;
  }

  /** @param {number} level */
  array(level) {
    if (level > this.depth) this.fail('json.depth');
    /** @type {JsonValue[]} */
    const items = [];
    this.skip('[');
    if (this.skip(']')) return items;
    do items.push(this.value(level));
    while (this.skip(','));
    return this.skip(']') ? items : this.fail('json.syntax');
  }

  /** @param {number} level */
  object(level) {
    if (level > this.depth) this.fail('json.depth');
    /** @type {JsonObject} */
    const members = Object.create(null);
    this.skip('{');
    if (this.skip('}')) return members;
    do {
      this.blanks();
      const name = this.string();
      if (name in members) this.fail('json.duplicate-key');
      if (!this.skip(':')) this.fail('json.syntax');
      members[name] = this.value(level);
    } while (this.skip(','));
    return this.skip('}') ? members : this.fail('json.syntax');
  }
}

/**
 * Integers within ±(2^53−1), no key twice, NFC, at most `depth` levels, UTF-8. Objects have no prototype,
 * so that no name of a member can mean anything else.
 * @param {Uint8Array | string} octets
 * @param {number} [depth]
 * @returns {JsonValue}
 * @throws {Refused} json.syntax, json.number, json.nfc, json.depth, json.duplicate-key
 */
export function parseJson(octets, depth = 8) {
  const source = typeof octets === 'string' ? octets : fromUtf8(octets);
  if (source === undefined) throw new Refused('json.syntax', '', 'not UTF-8');
  const reader = new Reader(source, depth);
  const value = reader.value(0);
  reader.blanks();
  return reader.at === source.length ? value : reader.fail('json.syntax');
}

/** @param {JsonValue | undefined} value @returns {value is JsonObject} */
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of exactly these members. @param {JsonValue | undefined} value @param {string[]} names */
export const hasExactly = (value, names) =>
  isObject(value) && Object.keys(value).length === names.length && names.every((name) => name in value);
