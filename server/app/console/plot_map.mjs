// A boundary drawn: tapped on a blank map, walked along, typed or taken from a file. The text field holds the corners, so
// that whatever a finger can do, a keyboard can do too.
import { showAmount } from '../capture/amount.mjs';
import { button, el, one, say } from './dom.mjs';
import { claimants, cornerAt, drawMap, isShown, viewOf } from './map_drawing.mjs';
import { fileBox } from './map_file.mjs';
import { neighboursOf } from './neighbours.mjs';
import { areaOf, crossesItself, readPoint, readRing, showPoint } from './ring.mjs';
import { walker } from './walk.mjs';
import { explain, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./ring.mjs').Corner} Corner */
/** @typedef {import('./neighbours.mjs').Neighbour} Neighbour */

/** @param {string} text @returns {Corner[]} as far as the lines can be read */
const cornersIn = (text) => /** @type {Corner[]} */ (text.split('\n').map(readPoint).filter(Boolean));

/** Where neighbours meet it. @param {Corner[]} ring @param {Neighbour[]} neighbours */
function verdict(ring, neighbours) {
  const claiming = claimants(ring, neighbours);
  const words = claiming.length === 0 ? t(neighbours.length === 0 ? 'map.alone' : 'map.clear', { count: neighbours.length })
    : `⚠ ${t('map.overlaps', { names: claiming.map(({ name }) => `“${name}”`).join(', ') })}`;
  return { claiming, words };
}

/** A plot as it stands, for looking at. @param {Device} device @param {Record<string, any>} data @param {string} sub @param {string} commune */
export async function showPlot(device, data, sub, commune) {
  if (!data.boundary) return undefined;
  const neighbours = await neighboursOf(device, { code: data.commune.code, name: commune.split(',')[0] }, sub);
  const { claiming, words } = verdict(data.boundary, neighbours);
  const area = t('place.area', { area: showAmount(String(Math.max(1, Math.round(areaOf(data.boundary))))) });
  return el('section.sheet', {}, el('h2', {}, t('map.title')),
    el('div.map', {}, drawMap(viewOf(data.boundary), data.boundary.slice(0, -1), neighbours, claiming, `${area} ${words}`)),
    el('p', {}, area), el(claiming.length > 0 ? 'p.wrong' : 'p.soft', {}, words), el('p.soft', {}, t('map.key')));
}

/** @param {Device} device @param {HTMLElement} form @param {Element} field */
export function helpPlot(device, form, field) {
  const text = /** @type {HTMLTextAreaElement} */ (one('textarea', field));
  const place = /** @type {HTMLInputElement | null} */ (one('[data-kind=place] input', form));
  const point = /** @type {HTMLInputElement | null} */ (one('[data-kind=point] input', form));
  const map = /** @type {HTMLElement} */ (one('.map', field));
  const picture = el('div.paper');
  const below = el('p', { role: 'status' });
  /** @type {Neighbour[]} */
  let neighbours = [];
  /** @type {import('./map_drawing.mjs').View | undefined} */
  let view;

  const change = (/** @type {Corner[]} */ corners) => {
    text.value = corners.map(showPoint).join('\n');
    text.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const fit = () => {
    const corners = cornersIn(text.value);
    const at = readPoint(point?.value ?? '');
    const around = corners.length > 0 ? corners : at ? [at] : neighbours.flatMap(({ ring }) => ring);
    view = around.length > 0 ? viewOf(around) : undefined;
    if (view && around.length === 1) view.span = 200;
    draw();
  };
  const zoom = (/** @type {number} */ by) => {
    if (view) view = { ...view, span: Math.min(20_000, Math.max(20, view.span * by)) };
    draw();
  };
  const draw = () => {
    const corners = cornersIn(text.value);
    if (!view && (corners.length > 0 || point?.value)) return fit();
    if (!view) return picture.replaceChildren(el('p.soft', {}, t('map.where')));
    if (corners.some((corner) => view && !isShown(view, corner))) view = viewOf(corners);
    const ring = readRing(text.value);
    const crossing = ring !== undefined && crossesItself(ring);
    const { claiming, words } = ring && !crossing ? verdict(ring, neighbours) : { claiming: [], words: '' };
    const said = crossing ? `⚠ ${t('wrong.ring_crosses')}` : words;
    // In whole square metres, for 1,234 of a hectare could be read two ways.
    const metres = String(Math.max(1, Math.round(ring && !crossing ? areaOf(ring) : 0)));
    const area = ring && !crossing ? t('place.area', { area: showAmount(metres) }) : t('map.corners', { count: corners.length });
    picture.replaceChildren(drawMap(view, corners, neighbours, claiming, `${area} ${said}`));
    one('svg', picture).addEventListener('click', tap);
    below.replaceChildren(el(crossing || claiming.length > 0 ? 'span.wrong' : 'span.soft', {}, said), ' ', el('span', {}, area), ' ',
      ring && !crossing ? button(t('place.use_area'), () => {
        one('[name=area]', form).value = metres;
        one('[name=unit]', form).value = 'm2';
        one('[name=area]', form).dispatchEvent(new Event('input', { bubbles: true }));
      }, '.small') : '');
  };
  const tap = (/** @type {MouseEvent} */ event) => {
    const paper = /** @type {SVGSVGElement} */ (event.currentTarget);
    const matrix = paper.getScreenCTM();
    if (!view || !matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    change([...cornersIn(text.value), cornerAt(view, x, y)]);
  };
  const look = async () => {
    neighbours = [];
    const code = place?.dataset.code;
    if (code) neighbours = await neighboursOf(device, { code, name: place.value.split(',')[0] }, form.dataset.sub);
    draw();
    if (!view && neighbours.length > 0) fit();
  };
  const soon = () => void look().catch((error) => say(explain(error)));
  const walk = walker((corner) => change([...cornersIn(text.value), corner]));
  map.replaceChildren(picture, below, el('div.acts', {},
    button(t('map.closer'), () => zoom(0.6), '.small'), button(t('map.farther'), () => zoom(1.7), '.small'), button(t('map.fit'), fit, '.small'),
    button(t('map.back'), () => change(cornersIn(text.value).slice(0, -1)), '.small'), walk), fileBox(device, (ring) => change(ring.slice(0, -1))));
  map.hidden = false;
  text.addEventListener('input', draw);
  point?.addEventListener('input', draw);
  place?.addEventListener('change', soon);
  text.addEventListener('filled', () => {
    view = undefined;
    fit();
    soon();
  });
}
