// What helps to fill a field: communes found while typing, this device's position.
import { el, one, say } from './dom.mjs';
import { helpLists } from './lists.mjs';
import { helpPaper } from './papers.mjs';
import { helpPlot } from './plot_map.mjs';
import { showPoint } from './ring.mjs';
import { explain, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {{code: string, name: string, province_name: string, was?: {name: string, district: string, part: boolean}}} Place */

const pause = 250;

/** Once for each field of the form. @param {Device} device @param {HTMLElement} form */
export function helpField(device, form) {
  if (form.dataset.helped) return;
  form.dataset.helped = 'yes';
  helpLists(form);
  for (const field of form.querySelectorAll('.field[data-kind=place]')) helpPlace(device, field);
  for (const field of form.querySelectorAll('.field[data-kind=file]')) helpPaper(device, field);
  for (const field of form.querySelectorAll('.field[data-kind=point], .field[data-kind=ring]')) helpPosition(field);
  for (const field of form.querySelectorAll('.field[data-kind=ring]')) helpPlot(device, form, field);
}

/** Commune codes are re-used: only one chosen from the list counts. @param {Device} device @param {Element} field */
function helpPlace(device, field) {
  const input = /** @type {HTMLInputElement} */ (one('input', field));
  const list = /** @type {HTMLElement} */ (one('.found', field));
  let timer = 0;
  const choose = (/** @type {Place} */ place) => {
    input.value = `${place.name}, ${place.province_name}`;
    input.dataset.code = place.code;
    list.hidden = true;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    input.focus();
  };
  const search = async () => {
    if (input.value.trim().length < 2) return void (list.hidden = true);
    /** @type {Place[]} */
    const places = (await device.get(`/api/places?q=${encodeURIComponent(input.value.trim())}`)).places;
    list.replaceChildren(...places.slice(0, 8).map((place) => el('li', {}, el('button', { type: 'button', click: () => choose(place) },
      `${place.name}, ${place.province_name}`,
      place.was ? el('span.soft', {}, t(place.was.part ? 'place.part' : 'place.was', { name: place.was.name, district: place.was.district })) : undefined))));
    list.hidden = places.length === 0;
    say(t('place.found', { count: places.length }));
  };
  input.addEventListener('input', () => {
    input.dataset.code = '';
    clearTimeout(timer);
    timer = window.setTimeout(() => void search().catch((error) => say(explain(error))), pause);
  });
  input.addEventListener('filled', () => {
    list.hidden = true;
  });
}

/** @param {Element} field */
function helpPosition(field) {
  const control = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (one('input, textarea', field));
  const wrong = one('.wrong', field);
  one('button', field).addEventListener('click', () => {
    wrong.textContent = t('place.locating');
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const point = showPoint({ lat: Math.round(coords.latitude * 1e7), lon: Math.round(coords.longitude * 1e7) });
      control.value = control instanceof HTMLTextAreaElement && control.value.trim() ? `${control.value.trim()}\n${point}` : point;
      wrong.textContent = t('place.accuracy', { metres: Math.round(coords.accuracy) });
      control.dispatchEvent(new Event('input', { bubbles: true }));
    }, () => {
      wrong.textContent = t('place.no_position');
    }, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 });
  });
}
