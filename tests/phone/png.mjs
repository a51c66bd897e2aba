// A PNG as a sheet of brightness: what our label code and the independent generator draw, for the camera of these tests.
import { inflateSync } from 'node:zlib';

/** @typedef {{width: number, height: number, grey: Float32Array}} Sheet  0 black … 1 white, row by row */

const channels = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** @param {Buffer} png  not interlaced, not of a palette @returns {Sheet} */
export function readPng(png) {
  const [width, height, bits, colour] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]];
  const parts = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const count = channels[colour];
  if (!count || png[28] !== 0 || bits > 8) throw new Error(`a PNG of another kind: ${colour}, ${bits} bits`);
  const packed = inflateSync(Buffer.concat(parts));
  const stride = Math.ceil(width * count * bits / 8);
  const step = Math.max(1, count * bits >> 3);
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x >= step ? rows[y * stride + x - step] : 0;
      const above = y > 0 ? rows[(y - 1) * stride + x] : 0;
      const corner = x >= step && y > 0 ? rows[(y - 1) * stride + x - step] : 0;
      const foreseen = [0, left, above, left + above >> 1, paeth(left, above, corner)][filter];
      rows[y * stride + x] = packed[y * (stride + 1) + 1 + x] + foreseen;
    }
  }
  const most = 2 ** bits - 1;
  const value = (/** @type {number} */ y, /** @type {number} */ at) => {
    const bit = at * bits;
    return (rows[y * stride + (bit >> 3)] >> (8 - bits - (bit & 7)) & most) / most;
  };
  const grey = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = x * count;
      const bright = count < 3 ? value(y, at) : 0.299 * value(y, at) + 0.587 * value(y, at + 1) + 0.114 * value(y, at + 2);
      const solid = count % 2 === 0 ? value(y, at + count - 1) : 1;
      grey[y * width + x] = bright * solid + 1 - solid;
    }
  }
  return { width, height, grey };
}

/** @param {number} left @param {number} above @param {number} corner */
function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((one) => Math.abs(guess - one));
  return a <= b && a <= c ? left : b <= c ? above : corner;
}
