// The first page: what the office does most.
import { el, stage } from './dom.mjs';
import { pageAt, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

const tiles = ['enrol', 'members', 'plots', 'products', 'certificates', 'outbox'];

/** @param {Device} device */
export async function showHome(device) {
  const shown = device.reader?.roles.includes('registrar') ? ['registrar', ...tiles] : tiles;
  stage(el('ul.tiles', {}, ...shown.map((page) => el('li', {}, el('a', { href: pageAt(page) }, el('b', {}, t(`page.${page}`)), el('span', {}, t(`lead.${page}`)))))));
}
