// A map of nothing but outlines, north up: this plot, its neighbours in broken lines, and hatched what two claim.
import { overlaps } from './overlap.mjs';
import { crossesItself } from './ring.mjs';
import { t } from './words.mjs';

/** @typedef {import('./ring.mjs').Corner} Corner */
/** @typedef {import('./neighbours.mjs').Neighbour} Neighbour */
/** @typedef {{lat: number, lon: number, span: number}} View  its middle, and metres from side to side */

const space = 'http://www.w3.org/2000/svg';
const perUnit = (Math.PI / 180) * 6_371_008.8 / 1e7;
const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

/** @param {string} name @param {Record<string, string | number>} props @param {...(Node | string)} children */
function svg(name, props, ...children) {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(props)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Metres east and south of the middle. @param {View} view @param {Corner} corner @returns {[number, number]} */
function placed(view, { lat, lon }) {
  return [(lon - view.lon) * perUnit * Math.cos((view.lat / 1e7) * (Math.PI / 180)), (view.lat - lat) * perUnit];
}

/** The other way round. @param {View} view @param {number} x @param {number} y @returns {Corner} */
export const cornerAt = (view, x, y) => ({
  lat: Math.round(view.lat - y / perUnit), lon: Math.round(view.lon + x / perUnit / Math.cos((view.lat / 1e7) * (Math.PI / 180))),
});

/** All of these with room around, at least 40 m. @param {Corner[]} corners @returns {View} */
export function viewOf(corners) {
  const [lats, lons] = [corners.map(({ lat }) => lat), corners.map(({ lon }) => lon)];
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)];
  const middle = { lat: Math.round((south + north) / 2), lon: Math.round((west + east) / 2) };
  const wide = (east - west) * perUnit * Math.cos((middle.lat / 1e7) * (Math.PI / 180));
  return { ...middle, span: Math.max(40, 1.4 * Math.max(wide, (north - south) * perUnit)) };
}

/** @param {View} view @param {Corner} corner */
export const isShown = (view, corner) => placed(view, corner).every((metres) => Math.abs(metres) < view.span / 2);

/** Neighbours that claim some of this ground. @param {Corner[]} ring  closed @param {Neighbour[]} neighbours */
export const claimants = (ring, neighbours) => neighbours.filter((one) => !crossesItself(one.ring) && overlaps(ring, one.ring));

/**
 * @param {View} view @param {Corner[]} corners  in order, closed or still open @param {Neighbour[]} neighbours
 * @param {Neighbour[]} claiming  of these, whose ground is hatched @param {string} words  what a screen reader says
 */
export function drawMap(view, corners, neighbours, claiming, words) {
  const { span } = view;
  const line = (/** @type {Corner[]} */ ring) => ring.map((corner) => placed(view, corner).map((metres) => metres.toFixed(2)).join(',')).join(' ');
  const step = steps.find((one) => span / one <= 8) ?? 20000;
  const grid = svg('pattern', { id: 'map-grid', width: step, height: step, patternUnits: 'userSpaceOnUse' },
    svg('path', { d: `M0 0H${step}M0 0V${step}`, class: 'grid' }));
  const hatch = svg('pattern', { id: 'map-hatch', width: span / 40, height: span / 40, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('rect', { width: span / 90, height: span / 40, class: 'hatch' }));
  const own = svg('clipPath', { id: 'map-own' }, svg('polygon', { points: line(corners) }));
  const label = (/** @type {Neighbour} */ { name, ring }) => {
    // A neighbour that is seen in part has its name within the picture.
    const [x, y] = placed(view, viewOf(ring)).map((metres) => Math.min(span * 0.3, Math.max(span * -0.3, metres)));
    return svg('text', { x, y, class: 'name', 'font-size': span / 28 }, name.length > 20 ? `${name.slice(0, 19)}…` : name);
  };
  const half = span / 2;
  const low = half - span / 20;
  return svg('svg', { viewBox: `${-half} ${-half} ${span} ${span}`, role: 'img', 'aria-label': words }, svg('defs', {}, grid, hatch, own),
    svg('rect', { x: -half, y: -half, width: span, height: span, fill: 'url(#map-grid)' }),
    ...neighbours.map(({ ring }) => svg('polygon', { points: line(ring), class: 'near' })),
    svg(corners.length > 2 ? 'polygon' : 'polyline', { points: line(corners), class: 'own' }),
    ...claiming.map(({ ring }) => svg('polygon', { points: line(ring), class: 'claimed', 'clip-path': 'url(#map-own)' })),
    ...corners.map((corner) => {
      const [cx, cy] = placed(view, corner);
      return svg('circle', { cx, cy, r: span / 70, class: 'corner' });
    }), ...neighbours.map(label),
    svg('path', { d: `M${-half + span / 20} ${low}h${step}`, class: 'scale' }),
    svg('text', { x: -half + span / 20, y: low - span / 60, class: 'name start', 'font-size': span / 24 }, t('map.metres', { metres: step })));
}
