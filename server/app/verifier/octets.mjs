// Octets and their texts, canonical both ways: one set of octets has one spelling (ledger/FORMAT.md).

const url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const plain = `${url.slice(0, 62)}+/`;

/** What each ASCII character stands for, 255 for nothing. @param {string} symbols */
function valuesOf(symbols) {
  const values = new Uint8Array(128).fill(255);
  for (let at = 0; at < 64; at += 1) values[symbols.charCodeAt(at)] = at;
  return values;
}
const urlValues = valuesOf(url);
const plainValues = valuesOf(plain);

/** No more arguments than every browser takes in one call. */
const atOnce = 4096;

/** @param {string} text @param {Uint8Array} values @returns {Uint8Array | undefined} */
function decode(text, values) {
  if (text.length % 4 === 1) return undefined;
  const octets = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let size = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const value = code < 128 ? values[code] : 255;
    if (value === 255) return undefined;
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    octets[size] = (bits >> held) & 255;
    size += 1;
  }
  // Slack bits must be zero, or two texts would name the same octets.
  return (bits & ((1 << held) - 1)) === 0 ? octets : undefined;
}

/** RFC 4648 §4 with padding. @param {Uint8Array} octets */
export function toBase64(octets) {
  let text = '';
  for (let at = 0; at < octets.length; at += atOnce) {
    // Spread, it would be walked octet by octet.
    text += String.fromCharCode.apply(null, /** @type {any} */ (octets.subarray(at, at + atOnce)));
  }
  return btoa(text);
}

/** RFC 4648 §5 without padding. @param {Uint8Array} octets */
export const toBase64url = (octets) => toBase64(octets).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** @param {string} text @returns {Uint8Array | undefined} undefined when it is not canonical */
export const fromBase64url = (text) => decode(text, urlValues);

/** @param {string} text @returns {Uint8Array | undefined} undefined when it is not canonical */
export function fromBase64(text) {
  if (text.length % 4 !== 0) return undefined;
  return decode(text.replace(/={1,2}$/, ''), plainValues);
}

/** Whether `hashOf` of it is a hash. @param {unknown} text @returns {text is string} */
export const isHash = (text) => typeof text === 'string' && /^[\w-]{42}[AEIMQUYcgkosw048]$/.test(text);

/** 32 octets from 43 symbols. @param {unknown} text @returns {Uint8Array | undefined} */
export function hashOf(text) {
  return typeof text === 'string' && text.length === 43 ? fromBase64url(text) : undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param {string} text */
export const utf8 = (text) => encoder.encode(text);

/** @param {Uint8Array} octets @returns {string | undefined} undefined when they are not UTF-8 */
export function fromUtf8(octets) {
  try {
    return decoder.decode(octets);
  } catch {
    return undefined;
  }
}

/** @param {Uint8Array[]} parts */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {Uint8Array} a @param {Uint8Array} b */
export const same = (a, b) => a.length === b.length && a.every((octet, at) => octet === b[at]);

/** @param {Uint8Array} octets */
export const toHex = (octets) => [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');
