// Damage of the kinds that a printer makes: a dot of its head that no longer burns leaves a white line through all that
// passes it; and a damaged eye, without which no phone finds the symbol.
import { isDark, median } from './levels.mjs';

/** @typedef {import('./levels.mjs').Levels} Levels */
/** at: modules from the symbol's left (`u`) or upper edge (`v`). @typedef {{along: 'u' | 'v', at: number}} Line */

/** A module's samples across a line. */
const parts = 8;
/** So much lighter than ink should be there. */
const leastLight = 0.2;
const leastSeen = 4;

/** The normal distribution's integral, by Abramowitz and Stegun 7.1.26 (error below 1.5e-7). @param {number} z */
function below(z) {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const rest = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x);
  return z < 0 ? rest / 2 : 1 - rest / 2;
}

/** Lines of light through the symbol. @param {Levels} levels @param {number} blur  sigma in modules @returns {Line[]} */
export function whiteLines(levels, blur) {
  return /** @type {('u' | 'v')[]} */ (['u', 'v']).flatMap((along) => linesAlong(levels, Math.max(blur, 0.02), along));
}

/** @param {Levels} levels @param {number} sigma @param {'u' | 'v'} along @returns {Line[]} */
function linesAlong(levels, sigma, along) {
  const { size, share } = levels;
  const dark = (/** @type {number} */ place, /** @type {number} */ line) => (along === 'u' ? isDark(levels, place, line) : isDark(levels, line, place));
  const seen = (/** @type {number} */ place, /** @type {number} */ line) => (along === 'u' ? share(place, line) : share(line, place));
  // Beside the eyes nearly all is light by right.
  const silent = (/** @type {number} */ place) => [7, size - 8].some((column) => place > column - 0.3 && place < column + 1.3);
  const found = [];
  for (let column = 0; column < size; column += 1) {
    let burnt = 0;
    for (let line = 0; line < size; line += 1) burnt += dark(column, line) ? 1 : 0;
    if (burnt === 0 && !silent(column + 0.5)) found.push({ along, at: column + 0.5 });
  }
  /** @type {number[][]} */
  const excess = Array.from({ length: parts }, () => []);
  for (let part = 0; part < parts; part += 1) {
    for (let column = 0; column < size; column += 1) {
      const place = column + (part + 0.5) / parts;
      const light = [];
      for (let line = 0; line < size; line += 1) {
        let should = 0;
        for (let near = column - 2; near <= column + 2; near += 1) {
          if (!dark(near, line)) should += below((near + 1 - place) / sigma) - below((near - place) / sigma);
        }
        if (should < 0.2) light.push(seen(place, line + 0.5) - should);
      }
      excess[part].push(light.length >= leastSeen ? median(light) : NaN);
    }
  }
  for (let part = 0; part < parts; part += 1) {
    const usual = median(excess[part].filter((value) => !Number.isNaN(value)));
    for (let column = 0; column < size; column += 1) {
      const place = column + (part + 0.5) / parts;
      if (excess[part][column] - usual > leastLight && !silent(place)) found.push({ along, at: place });
    }
  }
  return together(found.sort((a, b) => a.at - b.at));
}

/** What lies within a module of the last is the same line. @param {Line[]} lines @returns {Line[]} */
function together(lines) {
  /** @type {Line[][]} */
  const groups = [];
  for (const line of lines) {
    const last = groups[groups.length - 1];
    if (last && line.at - last[last.length - 1].at <= 1) last.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => ({ along: group[0].along, at: (group[0].at + group[group.length - 1].at) / 2 }));
}

/** An eye of seven modules and the light row around it (ISO/IEC 18004 §6.3.3), counted from its outer corner. @param {number} x @param {number} y */
const eyeDark = (x, y) => {
  const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
  return ring === 3 || ring <= 1;
};

/** Modules of each eye that are not as they should be: top left, top right, bottom left. @param {Levels} levels @returns {number[]} */
export function brokenEyes(levels) {
  const last = levels.size - 1;
  return [[0, 0], [last, 0], [0, last]].map(([right, bottom]) => {
    let wrong = 0;
    for (let y = 0; y < 8; y += 1) {
      for (let x = 0; x < 8; x += 1) {
        const wanted = x < 7 && y < 7 && eyeDark(x, y);
        if (isDark(levels, right ? last - x : x, bottom ? last - y : y) !== wanted) wrong += 1;
      }
    }
    return wrong;
  });
}
