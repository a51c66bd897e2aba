// What is dark and what is light in a symbol, on paper that the lamp does not light evenly.
import { lightAt } from './picture.mjs';
import { solve } from './plane.mjs';

/** @typedef {import('./picture.mjs').Picture} Picture */
/** @typedef {import('./plane.mjs').Plane} Plane */
/** Light at a module, as a plane over the symbol. @typedef {(u: number, v: number) => number} Shade */
/**
 * @typedef {object} Levels
 * @property {number} size  modules a side @property {Uint8Array} dark  row by row, 1 = dark
 * @property {Shade} paper @property {Shade} ink @property {Shade} light  as it was seen; NaN outside the picture
 * @property {(u: number, v: number) => number} share  of the light: 0 as dark as the ink there, 1 as light as the paper
 */

/** Within the middle half of a module, where neighbours blur in least. */
const spots = [[0, 0], [-0.2, -0.2], [0.2, -0.2], [-0.2, 0.2], [0.2, 0.2]];
/** Paper that gives this part of the light of the paper near it would be another paper. */
const leastPaper = 0.02;

/** @param {number[]} values @param {number} part */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}
/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5);

/** Least squares over modules. @param {{u: number, v: number, light: number}[]} seen @returns {Shade} */
function shadeOf(seen) {
  const rows = [0, 1, 2].map(() => [0, 0, 0, 0]);
  for (const { u, v, light } of seen) {
    const terms = [1, u, v];
    for (let row = 0; row < 3; row += 1) {
      for (let column = 0; column < 3; column += 1) rows[row][column] += terms[row] * terms[column];
      rows[row][3] += terms[row] * light;
    }
  }
  const [base, across, down] = solve(rows) ?? [median(seen.map(({ light }) => light)), 0, 0];
  return (u, v) => base + across * u + down * v;
}

/** @param {Picture} picture @param {Plane} plane @param {number} size @returns {Levels | undefined}  nothing where nothing differs */
export function levelsOf(picture, plane, size) {
  const light = (/** @type {number} */ u, /** @type {number} */ v) => {
    const { x, y } = plane(u, v);
    return lightAt(picture, x, y);
  };
  const seen = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const [u, v] = [column + 0.5, row + 0.5];
      seen.push({ u, v, light: spots.reduce((sum, [du, dv]) => sum + light(u + du, v + dv), 0) / spots.length });
    }
  }
  const all = seen.map(({ light }) => light);
  if (all.some(Number.isNaN)) return undefined;
  const middle = (quantile(all, 0.05) + quantile(all, 0.95)) / 2;
  /** @type {Shade} */
  let limit = () => middle;
  /** @type {Shade} */
  let paper = limit;
  /** @type {Shade} */
  let ink = limit;
  for (let round = 0; round < 3; round += 1) {
    const bright = seen.filter(({ u, v, light }) => light > limit(u, v));
    const black = seen.filter(({ u, v, light }) => light <= limit(u, v));
    if (bright.length < size || black.length < size) return undefined;
    const [high, low] = [shadeOf(bright), shadeOf(black)];
    paper = (u, v) => Math.max(leastPaper * middle, high(u, v));
    ink = (u, v) => Math.min(low(u, v), 0.98 * paper(u, v));
    limit = (u, v) => (high(u, v) + low(u, v)) / 2;
  }
  const dark = Uint8Array.from(seen, ({ u, v, light }) => (light <= limit(u, v) ? 1 : 0));
  const share = (/** @type {number} */ u, /** @type {number} */ v) => {
    const low = ink(u, v);
    return (light(u, v) - low) / (paper(u, v) - low);
  };
  return { size, dark, paper, ink, light, share };
}

/** Outside the symbol all is light. @param {Levels} levels @param {number} column @param {number} row */
export const isDark = ({ size, dark }, column, row) => column >= 0 && row >= 0 && column < size && row < size && dark[row * size + column] === 1;
