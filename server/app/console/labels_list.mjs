// A list of the label account: searched and paged by the service, each row a link to what it is about.
import { button, el, notice, once, one, say } from './dom.mjs';
import { explain, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {Record<string, any>} Row */

const pageRows = 20;
const pause = 250;

/**
 * @param {Device} device @param {'ranges' | 'batches' | 'reports'} list @param {(row: Row) => HTMLElement} line
 * @param {(page: Row) => void} [told]  what each answer says besides
 */
export async function labelList(device, list, line, told) {
  const search = /** @type {HTMLInputElement} */ (el('input', { id: `search-${list}`, type: 'search', autocomplete: 'off', maxlength: '100' }));
  const rows = el('ul.rows');
  const more = el('div.acts');
  const count = el('p.soft.counted');
  let asked = 0;
  const load = async (/** @type {number} */ from) => {
    const mine = ++asked;
    const page = await device.get(`/api/office/labels?${new URLSearchParams({ list, q: search.value.trim(), from: String(from), limit: String(pageRows) })}`);
    if (mine !== asked) return;  // Somebody typed on meanwhile.
    told?.(page);
    if (from === 0) rows.replaceChildren();
    const first = rows.childElementCount;
    rows.append(...page.rows.map(line));
    count.textContent = page.total === 0 ? t(search.value.trim() ? 'list.nothing' : `label.none.${list}`) : t('list.count', { shown: rows.childElementCount, total: page.total });
    more.replaceChildren(...(page.next ? [button(t('list.more'), (event) => void once(event, () => load(page.next)).catch((error) => notice('bad', explain(error))))] : []));
    if (from > 0) one('a', /** @type {Element} */ (rows.children[first]))?.focus();
  };
  let timer = 0;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void load(0).then(() => say(count.textContent ?? '')).catch((error) => notice('bad', explain(error))), pause);
  });
  await load(0);
  // Few rows are read faster than searched.
  const find = rows.childElementCount > 5 || more.childElementCount > 0
    ? el('div.find', { role: 'search' }, el('label', { for: search.id }, t(`label.find.${list}`)), search) : undefined;
  return el('section', { 'data-list': list }, el('h2', {}, t(`label.list.${list}`)), find, count, rows, more);
}
