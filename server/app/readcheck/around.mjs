// What lies around a symbol: four modules that must be free, and the label's own edge, whose size is known.

/** @typedef {import('./levels.mjs').Levels} Levels */
/** Modules that are free on each side; Infinity: nothing seen as far as was looked. @typedef {{left: number, top: number, right: number, bottom: number}} Free */

/** How far is looked for what comes too near. */
const farthest = 6;
const cell = 0.25;
/** Nearer than this the symbol's own edge blurs out. */
const bleed = 0.75;
/** Darker than this is a mark on the paper. */
const mark = 0.6;

/** @param {Levels} levels @returns {{free: Free, seen: boolean}}  seen: the picture holds four modules on every side */
export function quietZone({ size, share }) {
  const cells = Math.round((size + 2 * farthest) / cell);
  const marked = new Uint8Array(cells * cells);
  const distance = (/** @type {number} */ u, /** @type {number} */ v) => Math.max(-u, -v, u - size, v - size);
  let seen = true;
  for (let row = 0; row < cells; row += 1) {
    for (let column = 0; column < cells; column += 1) {
      const [u, v] = [(column + 0.5) * cell - farthest, (row + 0.5) * cell - farthest];
      const away = distance(u, v);
      if (away < bleed) continue;
      const value = share(u, v);
      if (Number.isNaN(value) && away <= 4) seen = false;
      if (value < mark) marked[row * cells + column] = 1;
    }
  }
  /** @type {Free} */
  const free = { left: Infinity, top: Infinity, right: Infinity, bottom: Infinity };
  for (let row = 0; row + 1 < cells; row += 1) {
    for (let column = 0; column + 1 < cells; column += 1) {
      const at = row * cells + column;
      // One grain of noise is no mark.
      if (marked[at] + marked[at + 1] + marked[at + cells] + marked[at + cells + 1] < 3) continue;
      const [u, v] = [(column + 1) * cell - farthest, (row + 1) * cell - farthest];
      const away = distance(u, v);
      const side = away === -u ? 'left' : away === u - size ? 'right' : away === -v ? 'top' : 'bottom';
      free[side] = Math.min(free[side], Math.max(0, away - cell));
    }
  }
  return { free, seen };
}

/** Of a label, in modules; or why not: `cut` it, or what it lies on and is as light, runs out of the picture, `edge`
 * its sides are not straight.
 * @typedef {{width: number, height: number} | {missing: 'cut' | 'edge'}} Outline */

/** Modules around the symbol that are looked at, as multiples of its size: a carton's label is six times its code. */
const widest = 4;
/** Light of what lies beside paper, of the paper's. */
const paperEnds = 0.6;
/** A side counts where so many of its points lie in one line. */
const leastStraight = 0.7;

/** @param {Levels} levels @returns {Outline} */
export function outlineOf({ size, light, paper }) {
  const step = size > 40 ? 0.5 : 0.25;
  const margin = widest * size;
  const cells = Math.round((size + 2 * margin) / step);
  const place = (/** @type {number} */ at) => (at + 0.5) * step - margin;
  // The paper's light is known in the symbol; beyond, each cell hands on what it found, so that shade may come slowly.
  const white = new Float32Array(cells * cells);
  const lines = new Int32Array(4 * cells);
  const [left, right, top, bottom] = [0, 1, 2, 3].map((at) => lines.subarray(at * cells, (at + 1) * cells));
  left.fill(cells);
  top.fill(cells);
  right.fill(-1);
  bottom.fill(-1);
  const start = Math.round((margin - 2) / step);
  const queue = [start * cells + start];
  white[queue[0]] = paper(-2, -2);
  let cut = false;
  for (let next = 0; next < queue.length; next += 1) {
    const at = queue[next];
    const [row, column] = [Math.floor(at / cells), at % cells];
    left[row] = Math.min(left[row], column);
    right[row] = Math.max(right[row], column);
    top[column] = Math.min(top[column], row);
    bottom[column] = Math.max(bottom[column], row);
    for (const [r, c] of [[row, column - 1], [row, column + 1], [row - 1, column], [row + 1, column]]) {
      const to = r * cells + c;
      if (r < 0 || c < 0 || r >= cells || c >= cells) {
        cut = true;
        continue;
      }
      if (white[to] !== 0) continue;
      const here = light(place(c), place(r));
      if (Number.isNaN(here)) cut = true;
      if (!(here > paperEnds * white[at])) continue;
      white[to] = 0.95 * white[at] + 0.05 * here;
      queue.push(to);
    }
  }
  // Else the picture's own frame would be taken for the label's edge.
  if (cut) return { missing: 'cut' };
  const [wide, high] = [between(left, right, step), between(top, bottom, step)];
  return wide && high ? { width: wide, height: high } : { missing: 'edge' };
}

/** How far two opposite sides are apart, where both are straight. @param {Int32Array} from @param {Int32Array} to @param {number} step */
function between(from, to, step) {
  const used = [];
  for (let at = 0; at < from.length; at += 1) if (to[at] >= from[at]) used.push(at);
  // Corners are round, and a label lies a bit askew to what is printed on it.
  const inner = used.slice(Math.round(0.1 * used.length), Math.round(0.9 * used.length));
  if (inner.length < 8) return undefined;
  const side = (/** @type {Int32Array} */ line) => {
    const sorted = inner.map((at) => line[at]).sort((a, b) => a - b);
    const middle = sorted[sorted.length >> 1];
    const near = 1.5 / step + 0.02 * inner.length;
    const straight = sorted.filter((at) => Math.abs(at - middle) <= near);
    return straight.length >= leastStraight * sorted.length ? straight.reduce((sum, at) => sum + at, 0) / straight.length : undefined;
  };
  const [begin, end] = [side(from), side(to)];
  return begin === undefined || end === undefined ? undefined : (end - begin + 1) * step;
}
