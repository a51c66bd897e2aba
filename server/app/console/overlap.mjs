// Whether two plots lie on the same ground. In whole units of 1e-7 degree from a corner of the first, which doubles hold
// exactly for plots within some hundred kilometres; only places along an edge between two corners are fractions.

/** @typedef {import('./ring.mjs').Corner} Corner */
/** @typedef {[number, number]} Point */

/** > 0 where c lies to the left of a → b. @param {Point} a @param {Point} b @param {Point} c */
const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** @param {Point} a @param {Point} b @param {Point} c  on the line of a and b */
const between = (a, b, c) => Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0])
  && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1]);

/** @param {Point[]} ring  closed @param {(a: Point, b: Point) => boolean} test */
const someEdge = (ring, test) => ring.slice(1).some((b, at) => test(ring[at], b));

/** Whether each crosses the other within. @param {Point} a @param {Point} b @param {Point} c @param {Point} d */
const cross = (a, b, c, d) => turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

/** Inside and not on the border. @param {Point[]} ring @param {Point} point */
function holds(ring, point) {
  if (someEdge(ring, (a, b) => turn(a, b, point) === 0 && between(a, b, point))) return false;
  let inside = false;
  for (let at = 1; at < ring.length; at += 1) {
    const [low, high] = ring[at - 1][1] < ring[at][1] ? [ring[at - 1], ring[at]] : [ring[at], ring[at - 1]];
    if (low[1] <= point[1] && point[1] < high[1] && turn(low, high, point) > 0) inside = !inside;
  }
  return inside;
}

/** Whether a piece of `of`'s border runs inside `ring`. No edges cross. @param {Point[]} of @param {Point[]} ring */
const runsInside = (of, ring) => someEdge(of, (a, b) => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const share = (/** @type {Point} */ c) => (dx === 0 ? (c[1] - a[1]) / dy : (c[0] - a[0]) / dx);
  const stops = [0, ...ring.filter((c) => turn(a, b, c) === 0 && between(a, b, c)).map(share), 1].sort((one, two) => one - two);
  return stops.slice(1).some((to, at) => to > stops[at] && holds(ring, [a[0] + (dx * (to + stops[at])) / 2, a[1] + (dy * (to + stops[at])) / 2]));
});

/** Whether every corner and middle of an edge lies on the other's border. @param {Point[]} of @param {Point[]} ring */
const traces = (of, ring) => !someEdge(of, (a, b) => [a, /** @type {Point} */ ([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])]
  .some((point) => !someEdge(ring, (c, d) => turn(c, d, point) === 0 && between(c, d, point))));

/** More than a border in common. @param {Corner[]} a  closed, not crossing itself @param {Corner[]} b  likewise */
export function overlaps(a, b) {
  const [{ lat, lon }] = a;
  const [one, two] = [a, b].map((ring) => ring.map((corner) => /** @type {Point} */ ([corner.lon - lon, corner.lat - lat])));
  if (someEdge(one, (p, q) => someEdge(two, (r, s) => cross(p, q, r, s)))) return true;
  return runsInside(one, two) || runsInside(two, one) || (traces(one, two) && traces(two, one));
}
