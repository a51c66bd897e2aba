// Lists in a form, such as pack sizes or codes: as many items as there are, each made from the server's template.
import { one, say } from './dom.mjs';
import { t } from './words.mjs';

/** @param {HTMLElement} form @returns {HTMLElement[]} */
export const listsOf = (form) => [...form.querySelectorAll('fieldset.list')].map((list) => /** @type {HTMLElement} */ (list));

/** @param {Element} list @returns {HTMLElement[]} */
export const itemsOf = (list) => [...one('.items', list).children];

/** Ids and headings after the place that each item has now. @param {HTMLElement} list */
function number(list) {
  const before = `${list.closest('form')?.id.slice('form-'.length)}-${list.dataset.name}`;
  itemsOf(list).forEach((item, at) => {
    one('.item-name', item).textContent = t('form.item', { one: list.dataset.one ?? '', at: at + 1 });
    for (const field of item.querySelectorAll('.field')) {
      const control = one('[name]', field);
      control.id = `${before}-${at}-${control.name}`;
      control.setAttribute('aria-describedby', `${control.id}-hint ${control.id}-wrong`);
      one('label', field).htmlFor = control.id;
      for (const word of ['hint', 'wrong']) one(`.${word}`, field).id = `${control.id}-${word}`;
    }
  });
}

/** @param {HTMLElement} list @returns {HTMLElement} the new item */
function addItem(list) {
  const made = /** @type {DocumentFragment} */ (one('template', list).content.cloneNode(true));
  const item = /** @type {HTMLElement} */ (made.firstElementChild);
  one('[data-act=drop]', item).addEventListener('click', () => {
    item.remove();
    number(list);
    say(t('form.list.dropped', { count: itemsOf(list).length }));
    one('[data-act=add]', list).focus();
    // A draft is kept of what is there now.
    list.dispatchEvent(new Event('input', { bubbles: true }));
  });
  one('.items', list).append(item);
  number(list);
  return item;
}

/** As many empty items as these, in place of what was there. @param {HTMLElement} list @param {number} count */
export function setItems(list, count) {
  one('.items', list).replaceChildren();
  return Array.from({ length: count }, () => addItem(list));
}

/** Once for each form. @param {HTMLElement} form */
export function helpLists(form) {
  for (const list of listsOf(form)) {
    const wrong = /** @type {HTMLElement} */ ([...list.children].find((child) => child.classList.contains('wrong')));
    list.addEventListener('input', () => {
      wrong.textContent = '';
    });
    one('[data-act=add]', list).addEventListener('click', () => {
      const most = Number(list.dataset.most);
      if (itemsOf(list).length < most) return void one('[name]', addItem(list)).focus();
      wrong.textContent = `⚠ ${t('form.list.full', { most })}`;
      say(t('form.list.full', { most }));
    });
  }
}
