// Where dark turns to light: how far each border between modules lies from where it should. What all borders of a place have
// in common is our idea of the plane; what goes outward on both sides of every dark module is ink that spread.
import { isDark, median } from './levels.mjs';
import { planeOf, solve } from './plane.mjs';

/** @typedef {import('./levels.mjs').Levels} Levels */
/** @typedef {import('./plane.mjs').Plane} Plane */
/** In modules. side: 1 where the dark module comes first; alone: two of one colour on both sides, so that nothing else blurs in.
 * @typedef {{u: number, v: number, along: 'u' | 'v', off: number, side: 1 | -1, width: number, alone: boolean}} Edge */
/**
 * @typedef {object} Fit
 * @property {Plane} plane  nearer to the truth @property {number} growth  of a dark module's width, both ways of the symbol, in modules
 * @property {number} blur  sigma in modules @property {number} across @property {number} down  growth each way
 */

const step = 1 / 16;
const reach = 0.6;
/** A step blurred by a Gaussian goes from a fifth to four fifths within 1.683 sigma. */
const fifths = 1.683;

/** @param {number} from @param {number} to @param {number} level  between them */
const between = (from, to, level) => (level - from) / (to - from);

/** @param {(at: number) => number} share  of light, along the border's normal, 0 at where it should be @param {boolean} rises */
function crossing(share, rises) {
  const line = (/** @type {number} */ at) => (rises ? share(at) : 1 - share(at));
  let off = NaN;
  let [low, high] = [NaN, NaN];
  let before = line(-reach);
  for (let at = -reach + step; at <= reach + 1e-9; at += step) {
    const here = line(at);
    const point = (/** @type {number} */ level) => at - step + step * between(before, here, level);
    if (before < 0.2 && here >= 0.2) low = point(0.2);
    if (before < 0.5 && here >= 0.5 && !(Math.abs(off) < Math.abs(at))) off = point(0.5);
    if (before < 0.8 && here >= 0.8 && Number.isNaN(high)) high = point(0.8);
    before = here;
  }
  return { off, width: high - low };
}

/** @param {Levels} levels @returns {Edge[]} */
function edgesOf(levels) {
  const { size, share } = levels;
  /** @type {Edge[]} */
  const edges = [];
  for (let line = 0; line < size; line += 1) {
    for (let at = 0; at <= size; at += 1) {
      for (const along of /** @type {('u' | 'v')[]} */ (['u', 'v'])) {
        const dark = (/** @type {number} */ place) => (along === 'u' ? isDark(levels, place, line) : isDark(levels, line, place));
        if (dark(at - 1) === dark(at)) continue;
        const lines = [line + 0.35, line + 0.5, line + 0.65];
        const mean = (/** @type {number} */ off) => lines.reduce((sum, beside) => sum + (along === 'u' ? share(at + off, beside) : share(beside, at + off)), 0) / lines.length;
        const side = dark(at - 1) ? 1 : -1;
        const { off, width } = crossing(mean, side === 1);
        if (Number.isNaN(off)) continue;
        edges.push({ u: along === 'u' ? at : line + 0.5, v: along === 'v' ? at : line + 0.5, along, off, side, width, alone: dark(at - 2) === dark(at - 1) && dark(at + 1) === dark(at) });
      }
    }
  }
  return edges;
}

/** Eight numbers of a plane that is a little off, and the growth each way. @param {Edge[]} edges @param {number} size */
function leastSquares(edges, size) {
  const count = 10;
  const rows = Array.from({ length: count }, () => new Array(count + 1).fill(0));
  const termsOf = (/** @type {Edge} */ { u, v, along, side }) => {
    const [s, t] = [u / size - 0.5, v / size - 0.5];
    const terms = new Array(count).fill(0);
    const [first, here] = along === 'u' ? [0, s] : [3, t];
    terms[first] = 1;
    terms[first + 1] = s;
    terms[first + 2] = t;
    terms[6] = -here * s;
    terms[7] = -here * t;
    terms[along === 'u' ? 8 : 9] = side / 2;
    return terms;
  };
  for (const edge of edges) {
    const terms = termsOf(edge);
    for (let row = 0; row < count; row += 1) {
      if (terms[row] === 0) continue;
      for (let column = 0; column < count; column += 1) rows[row][column] += terms[row] * terms[column];
      rows[row][count] += terms[row] * edge.off;
    }
  }
  const found = solve(rows);
  const rest = (/** @type {Edge} */ edge) => edge.off - termsOf(edge).reduce((sum, term, at) => sum + term * (found?.[at] ?? 0), 0);
  return found && { found, rest };
}

/** @param {Levels} levels @param {Plane} plane @returns {Fit | undefined} */
export function fit(levels, plane) {
  const { size } = levels;
  const edges = edgesOf(levels);
  // Dirt and damage have borders, too: those that lie far from all others are left out.
  const first = leastSquares(edges, size);
  if (!first) return undefined;
  const usual = 3 * 1.4826 * median(edges.map((edge) => Math.abs(first.rest(edge)))) + 0.02;
  const kept = edges.filter((edge) => Math.abs(first.rest(edge)) <= usual);
  const { found } = leastSquares(kept, size) ?? first;
  const corners = [[0, 0], [size, 0], [size, size], [0, size]].map(([u, v]) => {
    const [s, t] = [u / size - 0.5, v / size - 0.5];
    const bent = found[6] * s + found[7] * t;
    return plane(u + found[0] + found[1] * s + found[2] * t - s * bent, v + found[3] + found[4] * s + found[5] * t - t * bent);
  });
  const better = planeOf(size, corners);
  if (!better) return undefined;
  const widths = kept.filter(({ alone, width }) => alone && width > 0).map(({ width }) => width);
  return { plane: better, across: found[8], down: found[9], growth: (found[8] + found[9]) / 2, blur: median(widths) / fifths };
}
