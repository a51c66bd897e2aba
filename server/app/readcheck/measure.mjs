// What can be said of a printed symbol from one photograph of it. No grade: that takes an instrument with its own light.
import { outlineOf, quietZone } from './around.mjs';
import { fit } from './edges.mjs';
import { levelsOf } from './levels.mjs';
import { brokenEyes, whiteLines } from './marks.mjs';
import { octetOf, pictureOf } from './picture.mjs';
import { pixelsAModule, planeOf } from './plane.mjs';

/** As the reader found it (phone/reader/decode.mjs). corners: top left, top right, bottom right, bottom left.
 * @typedef {{text: string, read: boolean, modules: number, corners: import('./plane.mjs').Point[], spare?: number}} Found */
/** Of the paper, in mm. @typedef {{width: number, height: number}} Size */
/**
 * @typedef {object} Measured
 * @property {number} modules  a side @property {number} pixels  a module, the way that has fewer
 * @property {number} slant  how much longer a module looks one way than the other
 * @property {number} [mm]  a module, where the label's edge was seen and its size is known
 * @property {'cut' | 'edge' | 'ratio' | 'size'} [unmeasured]  why not: the label runs out of the picture; its edge is not to be seen; it
 *   has another shape than it should; nobody said how large it is
 * @property {number} paper  how bright the picture shows the paper: 0…255 @property {number} contrast  part of the paper's light that ink takes away
 * @property {number} growth  of a dark module's width @property {number} blur  both in modules
 * @property {import('./around.mjs').Free} free  modules around the symbol @property {boolean} whole  all of that zone is in the picture
 * @property {import('./marks.mjs').Line[]} lines  white ones @property {number[]} eyes  wrong modules of each
 * @property {number} [spare]  0…1: error correction that reading left over
 */

const rounds = 3;
/** Sides of another proportion than the label's, by more than this, are not the label's. */
const sameShape = 0.05;

/** @param {import('./around.mjs').Outline} outline @param {Size} [label] @returns {Pick<Measured, 'mm' | 'unmeasured'>} */
function moduleSize(outline, label) {
  if (!label) return { unmeasured: 'size' };
  if ('missing' in outline) return { unmeasured: outline.missing };
  // A symbol may be printed upright or along the roll.
  for (const { width, height } of [label, { width: label.height, height: label.width }]) {
    const [across, down] = [width / outline.width, height / outline.height];
    if (Math.abs(across / down - 1) <= sameShape) return { mm: (across + down) / 2 };
  }
  return { unmeasured: 'ratio' };
}

/**
 * @param {{data: ArrayLike<number>, width: number, height: number}} image  RGBA @param {Found} found @param {Size} [label]
 * @returns {Measured | undefined}  nothing where the corners do not hold a symbol
 */
export function measure(image, { modules, corners, spare }, label) {
  const picture = pictureOf(image);
  let plane = planeOf(modules, corners);
  let levels = plane && levelsOf(picture, plane, modules);
  /** @type {import('./edges.mjs').Fit | undefined} */
  let last;
  for (let round = 0; plane && levels && round < rounds; round += 1) {
    last = fit(levels, plane);
    plane = last?.plane;
    levels = plane && levelsOf(picture, plane, modules);
  }
  if (!plane || !levels || !last) return undefined;
  const middle = modules / 2;
  const { across, down } = pixelsAModule(plane, modules);
  const paper = levels.paper(middle, middle);
  const { free, seen } = quietZone(levels);
  return {
    modules, pixels: Math.min(across, down), slant: Math.max(across, down) / Math.min(across, down), ...moduleSize(outlineOf(levels), label),
    paper: octetOf(Math.min(1, paper)), contrast: 1 - Math.max(0, levels.ink(middle, middle)) / paper, growth: last.growth, blur: last.blur,
    free, whole: seen, lines: whiteLines(levels, last.blur), eyes: brokenEyes(levels), ...(spare !== undefined && { spare }),
  };
}
