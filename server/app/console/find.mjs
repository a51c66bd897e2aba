// One box for any code or name: what is found in all lists, those with the very code first.
import { el, notice, say } from './dom.mjs';
import { kinds } from './kinds.mjs';
import { line } from './rows.mjs';
import { explain, pageAt, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

const pause = 250;
const asked = 'nguon-asked';

/** What was typed here and is wanted whole there: a name has no place in an address. @param {string} typed */
const carry = (typed) => sessionStorage.setItem(asked, typed);

/** What another page asks this list for, once. */
export function carried() {
  const typed = sessionStorage.getItem(asked) ?? '';
  sessionStorage.removeItem(asked);
  return typed;
}

/** @param {Device} device */
export function findBox(device) {
  const input = /** @type {HTMLInputElement} */ (el('input', {
    id: 'find', type: 'search', autocomplete: 'off', maxlength: '100', 'aria-describedby': 'find-hint',
  }));
  const found = el('div', { id: 'found' });
  let turn = 0;
  const look = async () => {
    const typed = input.value.trim();
    const mine = ++turn;
    if (typed === '') return found.replaceChildren();
    const { lists } = await device.get(`/api/office/search?${new URLSearchParams({ q: typed, limit: '5' })}`);
    if (mine !== turn) return;  // Somebody typed on meanwhile.
    found.replaceChildren(...lists.map((/** @type {any} */ list) => section(list, typed)));
    const total = lists.reduce((/** @type {number} */ sum, /** @type {any} */ list) => sum + list.total, 0);
    if (total === 0) found.append(el('p.soft', {}, t('list.nothing')));
    say(total === 0 ? t('list.nothing') : t('find.count', { count: total }));
  };
  const soon = () => void look().catch((error) => notice('bad', explain(error)));
  let timer = 0;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(soon, pause);
  });
  return el('form.find', {
    role: 'search',
    submit: (event) => {
      event.preventDefault();
      clearTimeout(timer);
      soon();
    },
  }, el('label', { for: 'find' }, t('find.label')), input, el('p.soft.hint', { id: 'find-hint' }, t('find.hint')), found);
}

/** @param {{kind: string, total: number, rows: any[]}} list @param {string} typed */
function section({ kind: name, total, rows }, typed) {
  const kind = Object.values(kinds).find(({ list }) => list === name);
  if (!kind) return el('div');
  const all = total > rows.length
    ? el('a.btn.small', { href: pageAt(kind.page), click: () => carry(typed) }, t('find.all', { count: total })) : undefined;
  return el('section', {}, el('h2', {}, t(`page.${kind.page}`)), el('ul.rows', {}, ...rows.map((row) => line(kind, row, pageAt(kind.page, row.sub)))), all);
}
