// Labels as a press leaves them, good and bad (dữ liệu mẫu): drawn by `nguon label`, spoiled in known ways, and photographed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { load, locate } from '../../../server/app/phone/reader/decode.mjs';
import { measure } from '../../../server/app/readcheck/measure.mjs';
import { octetOf } from '../../../server/app/readcheck/picture.mjs';
import { judge } from '../../../server/app/readcheck/verdict.mjs';
import { photograph } from '../../phone/lens.mjs';
import { drawn } from '../../phone/printed.mjs';

/** @typedef {import('../../phone/png.mjs').Sheet} Sheet */

export const serial = '0PDNST6BT16Y0S';
/** What `nguon label` draws. */
export const label = { width: 50, height: 30 };
let loaded = false;
export const size = { width: 1120, height: 840 };
const dotsAnInch = 203;

/** @param {string} [of]  serial */
export const good = (of = serial) => drawn('--host', 'tem.example', '--serial', of, '--gtin', '09521234543213', '--product', 'Chanh leo tím', '--coop', 'HTX Mẫu', '--lot', 'CL-2601', '--sample');
/** Where the symbol lies on it, in dots: as its left upper eye begins, and its modules. @param {Sheet} sheet */
export function symbolOn({ width, height, grey }) {
  const dark = (x, y) => grey[y * width + x] < 0.5;
  let [x, y] = [0, 0];
  for (let sum = 0; !dark(x, y); sum += dark(x, y) ? 0 : 1) {
    x = 0;
    y = sum;
    while (x < sum && !dark(x, y)) { x += 1; y -= 1; }
    if (sum > width + height) throw new Error('an empty sheet');
  }
  let eye = 0;
  while (dark(x + eye, y)) eye += 1;
  const dots = eye / 7;
  // The third eye ends the symbol's first column; below it comes nothing for four modules.
  let end = y;
  for (let at = y; at < height && at - end <= 4 * dots; at += 1) if (dark(x, at)) end = at;
  return { x, y, dots, modules: Math.round((end + 1 - y) / dots), mm: dots * 25.4 / dotsAnInch };
}

/** @param {Sheet} sheet @param {(x: number, y: number) => number} grey @returns {Sheet} */
const redrawn = ({ width, height }, grey) => ({ width, height, grey: Float32Array.from({ length: width * height }, (_, at) => grey(at % width, Math.floor(at / width))) });

/** A dot of the print head is dead. @param {Sheet} sheet @param {number} from  dot across @param {number} [dots] */
export const deadDot = (sheet, from, dots = 1) => redrawn(sheet, (x, y) => (x >= from && x < from + dots ? 1 : sheet.grey[y * sheet.width + x]));

/** Ink runs out of every dark dot, so far. @param {Sheet} sheet @param {number} dots */
export const overprinted = (sheet, dots) => redrawn(sheet, (x, y) => {
  let darkest = 1;
  for (let dy = -dots; dy <= dots; dy += 1) {
    for (let dx = -dots; dx <= dots; dx += 1) {
      if (x + dx >= 0 && y + dy >= 0 && x + dx < sheet.width && y + dy < sheet.height) darkest = Math.min(darkest, sheet.grey[(y + dy) * sheet.width + x + dx]);
    }
  }
  return darkest;
});

/** Every dark dot burns away at its edges. @param {Sheet} sheet @param {number} dots */
export function thin(sheet, dots) {
  const inverse = (/** @type {Sheet} */ { grey }) => redrawn(sheet, (x, y) => 1 - grey[y * sheet.width + x]);
  return inverse(overprinted(inverse(sheet), dots));
}

/** "Fit to page": what is printed shrinks, the label stays. @param {Sheet} sheet @param {number} scale */
export const scaled = (sheet, scale) => redrawn(sheet, (x, y) => {
  const parts = 3;
  let sum = 0;
  for (let part = 0; part < parts * parts; part += 1) {
    const u = Math.floor((x + (part % parts + 0.5) / parts) / scale);
    const v = Math.floor((y + (Math.floor(part / parts) + 0.5) / parts) / scale);
    sum += u < sheet.width && v < sheet.height ? sheet.grey[v * sheet.width + u] : 1;
  }
  return sum / (parts * parts);
});

/** A line of text, so many modules beside the symbol's right edge. @param {Sheet} sheet @param {number} away */
export function crowded(sheet, away) {
  const { x, y, dots, modules } = symbolOn(sheet);
  const from = x + (modules + away) * dots;
  return redrawn(sheet, (px, py) => (px >= from && px < from + 20 && py > y + 10 && py < y + 100 && (py + px) % 7 < 3 ? 0 : sheet.grey[py * sheet.width + px]));
}

/** Dirt on the label. @param {Sheet} sheet @param {number} column @param {number} row  modules @param {number} side */
export function blotted(sheet, column, row, side) {
  const { x, y, dots } = symbolOn(sheet);
  const [left, top] = [x + column * dots, y + row * dots];
  return redrawn(sheet, (px, py) => (px >= left && py >= top && px < left + side * dots && py < top + side * dots ? 0 : sheet.grey[py * sheet.width + px]));
}

/** What a camera writes down, by a table: it is asked for every pixel. */
const developed = Float32Array.from({ length: 4097 }, (_, at) => octetOf(at / 4096) / 255);
const develop = (/** @type {number} */ light) => developed[Math.max(0, Math.min(4096, Math.round(light * 4096)))];
const grains = 8191;

/** The photograph, as a page would have it. @param {Sheet} sheet @param {import('../../phone/lens.mjs').Shot} shot @param {() => number} random */
export function imageOf(sheet, { noise = 0.01, ...shot }, random) {
  const grey = photograph(sheet, { size, fill: 0.75, ink: 0.04, paper: 0.7, desk: 0.1, blur: 1, noise: 0, develop, ...shot }, random);
  const grain = Float32Array.from({ length: grains }, () => (random() + random() + random() - 1.5) * 2 * noise * 255);
  const data = new Uint8ClampedArray(4 * grey.length);
  for (let at = 0; at < grey.length; at += 1) {
    const value = grey[at] + grain[at % grains];
    data[4 * at] = value;
    data[4 * at + 1] = value;
    data[4 * at + 2] = value;
    data[4 * at + 3] = 255;
  }
  return { data, ...size, colorSpace: /** @type {'srgb'} */ ('srgb') };
}

/** @param {Sheet} sheet @param {import('../../phone/lens.mjs').Shot} shot @param {() => number} random @param {import('../../../server/app/readcheck/verdict.mjs').Wanted} [wanted] */
export async function check(sheet, shot, random, wanted = { serial, label, module: symbolOn(sheet).mm }) {
  if (!loaded) {
    const wasm = readFileSync(createRequire(new URL('../../../server/app/phone/reader/', import.meta.url)).resolve('zxing-wasm/reader/zxing_reader.wasm'));
    await load(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length));
    loaded = true;
  }
  const image = imageOf(sheet, shot, random);
  const found = (await locate(image))[0];
  const measured = found && measure(image, found, wanted.label);
  return { found, measured, verdict: judge(found, measured, wanted) };
}
