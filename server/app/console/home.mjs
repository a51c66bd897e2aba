// The first page: what the office looks for, and what it does most.
import { el, stage } from './dom.mjs';
import { findBox } from './find.mjs';
import { pageAt, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

const tiles = ['enrol', 'members', 'plots', 'products', 'certificates', 'held', 'cards', 'reminders', 'rights', 'outbox'];

/** @param {Device} device */
export async function showHome(device) {
  const shown = device.reader?.roles.includes('registrar') ? ['registrar', ...tiles] : tiles;
  stage(findBox(device),
    el('ul.tiles', {}, ...shown.map((page) => el('li', {}, el('a', { href: pageAt(page) }, el('b', {}, t(`page.${page}`)), el('span', {}, t(`lead.${page}`)))))));
}
