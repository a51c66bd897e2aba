// The serial in a label's code, read by labels/FORMAT.md §1 to §3, and how people compare two.

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const serialLength = 14;
const mostTarget = 512;

/** Typed text as canonical symbols. @param {string} typed @returns {string | undefined} */
function canonical(typed) {
  let text = '';
  for (const symbol of typed.toUpperCase().replace(/[ -]/g, '')) {
    const meant = /[IL]/.test(symbol) ? '1' : symbol === 'O' ? '0' : symbol;
    if (!symbols.includes(meant)) return undefined;
    text += meant;
  }
  return text;
}

/** In GF(2⁵) with x⁵ = x² + 1, from the last symbol (Horner). @param {string} text */
function checkHolds(text) {
  let sum = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    sum <<= 1;
    sum = (sum & 32 ? sum ^ 0b100101 : sum) ^ symbols.indexOf(text[at]);
  }
  return sum === 0;
}

/** @param {string} typed @returns {string | undefined}  canonical; nothing where it is none */
export function readSerial(typed) {
  const text = canonical(typed);
  return text !== undefined && text.length === serialLength && checkHolds(text) ? text : undefined;
}

/** @param {string} digits */
const isGtin = (digits) => /^\d{14}$/.test(digits)
  && [...digits].reverse().reduce((sum, digit, at) => sum + Number(digit) * (at % 2 ? 3 : 1), 0) % 10 === 0;
const lot = /^[0-9A-Z][0-9A-Z-]{0,9}$/i;

/** Of a request target in origin form. @param {string} target @returns {string | undefined} */
export function serialOfTarget(target) {
  if (target.length > mostTarget || !/^\/(?!\/)/.test(target)) return undefined;
  /** @type {string[]} */
  let parts;
  try {
    parts = target.slice(1).split('?')[0].split('/').map(decodeURIComponent);
  } catch (error) {
    return undefined;
  }
  const [first, ...rest] = parts;
  if (/^q$/i.test(first)) return rest.length === 1 ? readSerial(rest[0]) : undefined;
  if (first !== '01' || !isGtin(rest[0] ?? '')) return undefined;
  const after = rest.slice(1);
  if (after[0] === '10' && !lot.test(after[1] ?? '')) return undefined;
  const tail = after[0] === '10' ? after.slice(2) : after;
  return tail.length === 2 && tail[0] === '21' ? readSerial(tail[1]) : undefined;
}

/** Of what a label's QR holds. @param {string} link @returns {string | undefined} */
export function serialOf(link) {
  const found = /^https?:\/\/[^/?#]+(\/[^#]*)/i.exec(link);
  return found ? serialOfTarget(found[1]) : undefined;
}

/** Four, three, four, three: as printed. @param {string} serial */
export const groupsOf = (serial) => [serial.slice(0, 4), serial.slice(4, 7), serial.slice(7, 11), serial.slice(11)];

/** Groups that differ, counted from 1. @param {string} one @param {string} other */
export function differing(one, other) {
  const [mine, theirs] = [groupsOf(one), groupsOf(other)];
  return mine.map((group, at) => (group === theirs[at] ? 0 : at + 1)).filter(Boolean);
}
