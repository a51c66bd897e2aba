// The first page: what the office looks for, and what it does most.
import { el, stage } from './dom.mjs';
import { findBox } from './find.mjs';
import { pageAt, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

const tiles = ['weigh', 'labels', 'readcheck', 'reports', 'enrol', 'members', 'plots', 'import', 'products', 'certificates', 'held', 'cards', 'reminders', 'rights', 'passkeys', 'outbox'];

/** @param {Device} device */
export async function showHome(device) {
  const shown = device.reader?.roles.includes('registrar') ? ['registrar', ...tiles] : tiles;
  const guide = shown === tiles ? 'clerk' : 'registrar';
  const tile = (/** @type {string} */ href, /** @type {string} */ name, /** @type {string} */ lead) =>
    el('li', {}, el('a', { href }, el('b', {}, name), el('span', {}, lead)));
  stage(findBox(device), el('ul.tiles', {}, ...shown.map((page) => tile(page === 'weigh' ? pageAt('members', 'weigh') : pageAt(page), t(`page.${page}`), t(`lead.${page}`))),
    tile(`/app/guide-${guide}`, t('home.guide'), t('home.guide.lead'))));
}
