// QR codes of one size for the hand-over between two screens (ISO/IEC 18004): version 13, level L, bytes. One size is all
// that is needed: 69 modules are 4 px each on the narrowest phone, and every frame is filled but the last.

const version = 13;
export const side = 17 + 4 * version;
const alignment = [6, 34, 62];
const blocks = 4;
const dataOfBlock = 107;
const checkOfBlock = 26;
/** 4 bits say "bytes", 16 how many. */
export const capacity = blocks * dataOfBlock - 3;

// GF(256) over x⁸+x⁴+x³+x²+1.
const exp = new Uint8Array(510);
const log = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  exp[power] = exp[power + 255] = value;
  log[value] = power;
  value = value << 1 ^ (value & 0x80 ? 0x11d : 0);
}
/** @param {number} a @param {number} b */
const times = (a, b) => (a && b ? exp[log[a] + log[b]] : 0);

/** Π (x − αⁱ), highest power first, without its leading 1. */
const generator = (() => {
  let poly = [1];
  for (let at = 0; at < checkOfBlock; at += 1) {
    const next = [...poly, 0];
    poly.forEach((value, place) => { next[place + 1] ^= times(value, exp[at]); });
    poly = next;
  }
  return poly.slice(1);
})();

/** The remainder that makes a block divisible. @param {Uint8Array} data */
function checkOf(data) {
  const rest = new Uint8Array(checkOfBlock);
  for (const octet of data) {
    const factor = octet ^ rest[0];
    rest.copyWithin(0, 1);
    rest[checkOfBlock - 1] = 0;
    generator.forEach((value, at) => { rest[at] ^= times(value, factor); });
  }
  return rest;
}

/** @param {Uint8Array} octets @returns {Uint8Array} codewords in the order in which they are drawn */
function codewords(octets) {
  const data = new Uint8Array(blocks * dataOfBlock);
  const bits = [4, octets.length >> 12, octets.length >> 8 & 15, octets.length >> 4 & 15, octets.length & 15];
  for (const octet of octets) bits.push(octet >> 4, octet & 15);
  bits.push(0);
  bits.forEach((nibble, at) => { if (at < 2 * data.length) data[at >> 1] |= at % 2 ? nibble : nibble << 4; });
  for (let at = octets.length + 3, pad = 0xec; at < data.length; at += 1, pad ^= 0xfd) data[at] = pad;
  const parts = Array.from({ length: blocks }, (_, at) => data.subarray(at * dataOfBlock, (at + 1) * dataOfBlock));
  const checks = parts.map(checkOf);
  const woven = new Uint8Array(blocks * (dataOfBlock + checkOfBlock));
  let at = 0;
  for (let place = 0; place < dataOfBlock; place += 1) for (const part of parts) woven[at++] = part[place];
  for (let place = 0; place < checkOfBlock; place += 1) for (const check of checks) woven[at++] = check[place];
  return woven;
}

/** BCH remainder of `value` appended to it. @param {number} value @param {number} poly @param {number} length  bits of the remainder */
function withRemainder(value, poly, length) {
  let rest = value << length;
  for (let bit = 31 - Math.clz32(rest || 1); bit >= length; bit = 31 - Math.clz32(rest || 1)) rest ^= poly << (bit - length);
  return value << length | rest;
}

/**
 * @param {Uint8Array} octets  ≤ capacity
 * @returns {Uint8Array}  side × side modules row by row, 1 for dark
 */
export function qrOf(octets) {
  if (octets.length > capacity) throw new RangeError('too long for one frame');
  const modules = new Uint8Array(side * side);
  const fixed = new Uint8Array(side * side);
  const put = (/** @type {number} */ x, /** @type {number} */ y, /** @type {boolean | number} */ dark) => {
    if (x < 0 || y < 0 || x >= side || y >= side) return;
    modules[y * side + x] = dark ? 1 : 0;
    fixed[y * side + x] = 1;
  };
  for (let at = 0; at < side; at += 1) {
    put(6, at, at % 2 === 0);
    put(at, 6, at % 2 === 0);
  }
  for (const [cx, cy] of [[3, 3], [side - 4, 3], [3, side - 4]]) {
    for (let dy = -4; dy <= 4; dy += 1) for (let dx = -4; dx <= 4; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      put(cx + dx, cy + dy, ring !== 2 && ring !== 4);
    }
  }
  const last = alignment.length - 1;
  alignment.forEach((cx, column) => alignment.forEach((cy, row) => {
    if ((column === 0 && row === 0) || (column === 0 && row === last) || (column === last && row === 0)) return;
    for (let dy = -2; dy <= 2; dy += 1) for (let dx = -2; dx <= 2; dx += 1) put(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }));
  // Level L is 01, mask 0 is 000: what is drawn is all but random, so no other mask would be better.
  const format = withRemainder(0b01000, 0b10100110111, 10) ^ 0b101010000010010;
  for (let at = 0; at < 15; at += 1) {
    const bit = format >> at & 1;
    put(8, at < 6 ? at : at < 8 ? at + 1 : side - 15 + at, bit);
    put(at < 8 ? side - 1 - at : at < 9 ? 7 : 14 - at, 8, bit);
  }
  put(8, side - 8, 1);
  const about = withRemainder(version, 0b1111100100101, 12);
  for (let at = 0; at < 18; at += 1) {
    const [far, near] = [side - 11 + at % 3, Math.floor(at / 3)];
    put(far, near, about >> at & 1);
    put(near, far, about >> at & 1);
  }
  drawData(codewords(octets), modules, fixed);
  return modules;
}

/** Two columns at a time from the right, up and down by turns. @param {Uint8Array} words @param {Uint8Array} modules @param {Uint8Array} fixed */
function drawData(words, modules, fixed) {
  let bit = 0;
  for (let right = side - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let step = 0; step < side; step += 1) {
      const y = up ? side - 1 - step : step;
      for (const x of [right, right - 1]) {
        const at = y * side + x;
        if (fixed[at]) continue;
        const dark = bit < words.length * 8 ? words[bit >> 3] >> (7 - (bit & 7)) & 1 : 0;
        modules[at] = dark ^ ((x + y) % 2 === 0 ? 1 : 0);
        bit += 1;
      }
    }
  }
}
