// May a run of labels go out? "Kiểm tra đọc": the limits lean on ISO/IEC 15415 at grade C (1.5 and better), but no grade is given:
// a phone has neither the light nor the aperture of a verifier. What spoils the photograph is said before what spoils the print.
import { serialOf } from './serial.mjs';

/** @typedef {import('./measure.mjs').Measured} Measured */
/** pass: good; fail: the print is at fault; again: the photograph is; wrong: another label than the one asked for.
 * @typedef {'pass' | 'fail' | 'again' | 'wrong'} Outcome */
/** code: a sentence of the catalogue (`readcheck.say.…`, `readcheck.do.…`). @typedef {{code: string, values?: Record<string, string | number>}} Finding */
/** note: said beside a pass. @typedef {{outcome: Outcome, findings: Finding[], notes: Finding[], serial?: string, measured?: Measured}} Verdict */
/**
 * What a photograph should show.
 * @typedef {object} Wanted
 * @property {string} [serial]  this one; where only the ends of a run are known, any other but `not`
 * @property {string[]} [not]  @property {import('./measure.mjs').Size} [label]  mm @property {number} [module]  mm that the layout has
 */

/** Of a module, in the picture. Below, nothing about its edges can be said. */
const leastPixels = 5;
/** Paper darker than this in the picture: what is black and what is noise is the camera's guess. */
const leastPaper = 90;
const mostSlant = 1.6;
/** Sigma as it is measured; where modules blur into each other that is less than the lens's, some 0.32 here. */
const mostBlur = 0.24;
/** Symbol contrast of grade C, and of the B that is aimed at. */
const leastContrast = 0.4;
const goodContrast = 0.55;
/** GS1's least module is 0.396 mm; a photograph is right to some four per cent. */
const leastModule = 0.38;
/** Printers are a few per cent off by themselves: "fit to page" is more. */
const mostScale = 0.06;
/** Modules of four that are asked for: the last half is within what blur and a skewed label hide. */
const leastFree = 3.5;
const mostGrowth = 0.3;
/** Wrong modules in one eye at grade C. */
const mostBroken = 2;
/** Unused error correction at grade C. */
const leastSpare = 0.37;

const percent = (/** @type {number} */ part) => Math.round(100 * part);
/** @param {number} value @param {number} digits */
const short = (value, digits) => Number(value.toFixed(digits));

/** @param {Measured} seen @returns {Finding[]} */
function faultsOfPhoto({ pixels, paper, slant, blur, whole }) {
  const faults = [];
  if (paper < leastPaper) faults.push({ code: 'dark' });
  if (pixels < leastPixels) faults.push({ code: 'far', values: { pixels: short(pixels, 1) } });
  if (slant > mostSlant) faults.push({ code: 'slant' });
  if (!whole) faults.push({ code: 'edge' });
  if (!(blur <= mostBlur) && pixels >= leastPixels) faults.push({ code: 'blur' });
  return faults;
}

/** @param {Measured} seen @param {Wanted} wanted @param {boolean} read @returns {Finding[]} */
function faultsOfPrint(seen, { module }, read) {
  const { contrast, growth, free, lines, eyes, mm, spare } = seen;
  const faults = [];
  const narrow = /** @type {(keyof typeof free)[]} */ (Object.keys(free)).filter((side) => free[side] < leastFree);
  if (lines.length > 0) faults.push({ code: 'line', values: { count: lines.length } });
  if (contrast < leastContrast) faults.push({ code: 'contrast', values: { contrast: percent(contrast) } });
  if (mm !== undefined && module !== undefined && Math.abs(mm / module - 1) > mostScale) {
    faults.push({ code: 'scale', values: { percent: percent(mm / module), mm: short(mm, 2), wanted: short(module, 2) } });
  } else if (mm !== undefined && mm < leastModule) faults.push({ code: 'small', values: { mm: short(mm, 2) } });
  if (narrow.length > 0) faults.push({ code: 'quiet', values: { free: short(Math.min(...narrow.map((side) => free[side])), 1), sides: narrow.join(' ') } });
  if (growth > mostGrowth) faults.push({ code: 'growth', values: { percent: percent(growth) } });
  if (growth < -mostGrowth) faults.push({ code: 'thin', values: { percent: percent(-growth) } });
  // A line through an eye is the line's fault.
  if (lines.length === 0 && Math.max(...eyes) > mostBroken) faults.push({ code: 'eye', values: { count: Math.max(...eyes) } });
  if (faults.length === 0 && !read) faults.push({ code: 'unreadable' });
  if (faults.length === 0 && spare !== undefined && spare < leastSpare) faults.push({ code: 'spare', values: { percent: percent(spare) } });
  return faults;
}

/** @param {Measured} seen @returns {Finding[]} */
function notesOf({ contrast, unmeasured, pixels }) {
  const notes = [];
  if (contrast < goodContrast) notes.push({ code: 'faint', values: { contrast: percent(contrast) } });
  if (unmeasured) notes.push({ code: `unmeasured.${unmeasured}`, values: { pixels: short(pixels, 1) } });
  return notes;
}

/**
 * @param {import('./measure.mjs').Found | undefined} found  by the reader @param {Measured | undefined} measured @param {Wanted} wanted
 * @returns {Verdict}
 */
export function judge(found, measured, wanted) {
  if (!found) return { outcome: 'again', findings: [{ code: 'nothing' }], notes: [] };
  const serial = found.read ? serialOf(found.text) : undefined;
  if (found.read) {
    const wrong = serial === undefined ? 'foreign' : wanted.serial !== undefined && serial !== wanted.serial ? 'serial' : wanted.not?.includes(serial) ? 'end' : '';
    if (wrong) return { outcome: 'wrong', findings: [{ code: wrong }], notes: [], ...(serial && { serial }), ...(measured && { measured }) };
  }
  if (!measured) return { outcome: 'again', findings: [{ code: 'nothing' }], notes: [], ...(serial && { serial }) };
  const photo = faultsOfPhoto(measured);
  const print = photo.length > 0 ? [] : faultsOfPrint(measured, wanted, found.read);
  const outcome = photo.length > 0 ? 'again' : print.length > 0 ? 'fail' : 'pass';
  return { outcome, findings: [...photo, ...print], notes: outcome === 'again' ? [] : notesOf(measured), ...(serial && { serial }), measured };
}
