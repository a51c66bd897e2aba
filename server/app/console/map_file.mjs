// An outline from a map file (GeoJSON or KML): the service reads it, a person chooses which one, with every doubt beside it.
import { showAmount } from '../capture/amount.mjs';
import { button, el, one } from './dom.mjs';
import { explain, named, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./ring.mjs').Corner} Corner */
/** @typedef {{name: string, ring: Corner[], area_m2?: number, doubts: string[]}} Outline */

const mostOctets = 2 << 20;
const shown = 50;

/** @param {Device} device @param {(ring: Corner[]) => void} take */
export function fileBox(device, take) {
  const found = el('div', { role: 'status' });
  const line = (/** @type {Outline} */ outline, /** @type {number} */ at) => el('li', {}, el('div', {}, el('b', {}, outline.name || t('file.unnamed', { number: at + 1 })),
    el('span.soft', {}, [t('map.corners', { count: outline.ring.length - 1 }), outline.area_m2 ? `${showAmount(String(outline.area_m2))} m²` : ''].filter(Boolean).join(' · ')),
    ...outline.doubts.map((doubt) => el('span.wrong', {}, `⚠ ${named('file.doubt', doubt)}`))),
  outline.area_m2 ? button(t('file.take'), () => {
    found.replaceChildren();
    take(outline.ring);
  }, '.small') : undefined);
  const read = async (/** @type {File} */ file) => {
    if (file.size > mostOctets) return found.replaceChildren(el('p.wrong', {}, t('file.large')));
    const type = /\.kml$/i.test(file.name) ? 'application/vnd.google-earth.kml+xml' : 'application/geo+json';
    /** @type {Outline[]} */
    const outlines = JSON.parse((await device.ask('POST', '/api/office/geo', { type, text: await file.text() })).text).outlines;
    found.replaceChildren(el('p', {}, t('file.found', { count: outlines.length })), el('ul.rows', {}, ...outlines.slice(0, shown).map(line)));
  };
  const input = /** @type {HTMLInputElement} */ (el('input', { type: 'file', id: 'map-file', accept: '.geojson,.json,.kml', 'aria-describedby': 'map-file-hint' }));
  // A file is not a field of the form: what is chosen from it becomes the corners.
  const box = el('details.file', {}, el('summary', {}, t('file.title')), el('label', { for: 'map-file' }, t('file.label')), input,
    el('p.soft.hint', { id: 'map-file-hint' }, t('file.hint')), found);
  input.addEventListener('change', (event) => {
    event.stopPropagation();
    const file = input.files?.[0];
    if (!file) return;
    void read(file).catch((error) => found.replaceChildren(el('p.wrong', {}, explain(error)))).finally(() => {
      input.value = '';
      one('button', found)?.focus();
    });
  });
  return box;
}
