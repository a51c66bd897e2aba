// Where a plot is: a position, or corners one a line, closed; their area, and whether the sides cross.

/** @typedef {{lat: number, lon: number}} Corner  1e-7 degree, WGS-84 */

/** `21,123456 103,98` or with points, degrees. @param {string} typed @returns {{lat: number, lon: number} | undefined} 1e-7 degree */
export function readPoint(typed) {
  const found = /^\s*(-?\d{1,2}[.,]\d{1,12})\s*[,;\s]\s*(-?\d{1,3}[.,]\d{1,12})\s*$/.exec(typed);
  if (!found) return undefined;
  const [lat, lon] = found.slice(1).map((text) => Math.round(Number(text.replace(',', '.')) * 1e7));
  return Math.abs(lat) <= 900000000 && Math.abs(lon) <= 1800000000 ? { lat, lon } : undefined;
}

/** @param {{lat: number, lon: number}} point */
export const showPoint = ({ lat, lon }) => `${(lat / 1e7).toFixed(6)}, ${(lon / 1e7).toFixed(6)}`;

/**
 * At least three corners; closed by us where the last one is not the first.
 * @param {string} text @returns {Corner[] | undefined}
 */
export function readRing(text) {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const corners = lines.map(readPoint);
  if (corners.some((corner) => !corner)) return undefined;
  const ring = /** @type {Corner[]} */ (corners).filter((corner, at, all) => at === 0 || corner.lat !== all[at - 1].lat || corner.lon !== all[at - 1].lon);
  const [first] = ring;
  if (ring.length > 1 && (ring[ring.length - 1].lat !== first.lat || ring[ring.length - 1].lon !== first.lon)) ring.push({ ...first });
  return ring.length >= 4 && ring.length <= 400 ? ring : undefined;
}

const radius = 6_371_008.8;

/** Flat around the first corner: within 0.1 % for a plot of some kilometres. @param {Corner[]} ring @returns {[number, number][]} metres */
function flat(ring) {
  const [{ lat: lat0, lon: lon0 }] = ring;
  const degree = (Math.PI / 180) * radius / 1e7;
  const narrow = Math.cos((lat0 / 1e7) * (Math.PI / 180));
  return ring.map(({ lat, lon }) => [(lon - lon0) * degree * narrow, (lat - lat0) * degree]);
}

/** Square metres, by the shoelace formula. @param {Corner[]} ring  closed */
export function areaOf(ring) {
  const points = flat(ring);
  let twice = 0;
  for (let at = 0; at + 1 < points.length; at += 1) {
    twice += points[at][0] * points[at + 1][1] - points[at + 1][0] * points[at][1];
  }
  return Math.abs(twice) / 2;
}

/** @param {[number, number]} a @param {[number, number]} b @param {[number, number]} c */
const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

/** Whether two sides that are not neighbours meet. @param {Corner[]} ring  closed */
export function crossesItself(ring) {
  const points = flat(ring);
  const sides = points.length - 1;
  for (let one = 0; one < sides; one += 1) {
    for (let two = one + 2; two < sides; two += 1) {
      if (one === 0 && two === sides - 1) continue;
      const [a, b, c, d] = [points[one], points[one + 1], points[two], points[two + 1]];
      if (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) return true;
    }
  }
  return false;
}
