// One of a few, as tiles with pictures; where there are many, a search that is blind to tone marks.
import { fill, h } from '../dom.mjs';
import { t } from '../words.mjs';

const mostTiles = 6;
const mostFound = 30;

/** Without marks, for comparing: `Vườn Hòa` and `vuon hoa` are the same. @param {string} text */
export const folded = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();

/**
 * @template {{sub: string, name: string}} Row
 * @param {{title: string, rows: Row[], back: string, image: (row: Row) => Node, choose: (row: Row) => void}} wanted  rows: the likelier first
 * @returns {import('../nav.mjs').View}
 */
export function picker({ title, rows, back, image, choose }) {
  const list = h('div', { class: 'tiles' });
  const tile = (/** @type {Row} */ row) => h('button', { class: 'tile', type: 'button', onclick: () => choose(row) }, image(row), h('span', {}, row.name));
  const draw = (/** @type {Row[]} */ found) => fill(list, ...(found.length > 0 ? found.map(tile) : [h('p', {}, t('pick.none'))]));
  const many = rows.length > mostTiles;
  draw(many ? rows.slice(0, mostTiles) : rows);
  const search = h('input', { id: 'search', type: 'search', autocomplete: 'off', oninput: (/** @type {any} */ event) => {
    const wanted = folded(event.target.value);
    draw(wanted === '' ? rows.slice(0, mostTiles) : rows.filter(({ name }) => folded(name).includes(wanted)).slice(0, mostFound));
  } });
  return { title, back, body: [many && h('label', { for: 'search' }, t('pick.search')), many && search, list] };
}
