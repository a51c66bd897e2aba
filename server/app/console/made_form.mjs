// A form, or a field of one, that is made in the page; its parts are those that server/console/form.cpp writes, so that what
// reads and keeps forms knows no difference.
import { el, the } from './dom.mjs';
import { named, t } from './words.mjs';

/**
 * @typedef {object} Wanted
 * @property {string} name @property {string} kind  as fields.mjs reads it @property {boolean} [required] @property {string[]} [choices]
 * @property {Record<string, string>} [attributes]  of its control @property {string} [words]  form whose words it takes, if not its own
 */

/** @param {string} form @param {Wanted} wanted */
export function makeField(form, { name, kind, required = false, choices, attributes = {}, words = form }) {
  const id = `${form}-${name}`;
  const key = `form.${words}.${name}`;
  const hint = named(key, 'hint');
  const common = { id, name, 'aria-describedby': `${id}-hint ${id}-wrong`, required, ...attributes };
  const listed = choices || ['person', 'product', 'listed'].includes(kind);
  const control = !listed ? el('input', { autocomplete: 'off', ...common }) : el('select', common,
    ...(choices ?? ['']).map((value) => el('option', { value }, choices ? t(`choice.${name}.${value}`) : t(required ? 'form.choose' : 'form.none'))));
  return el('div.field', { 'data-kind': kind },
    el('label', { for: id }, t(key), !required && !choices ? el('span.soft', {}, ` ${t('form.optional')}`) : undefined), control,
    el('p.soft.hint', { id: `${id}-hint` }, hint === 'hint' ? '' : hint), el('p.wrong', { id: `${id}-wrong` }));
}

/** Once a page. @param {string} name @param {Wanted[]} fields */
export function makeForm(name, fields) {
  if (document.getElementById(`form-${name}`)) return;
  the('stage').after(el('form.sheet', { id: `form-${name}`, novalidate: true, hidden: true }, el('h2', {}, t(`form.${name}`)), el('p.soft', {}, t('form.privacy')),
    ...fields.map((field) => makeField(name, field)),
    el('div.acts', {}, el('button.btn.go', { type: 'submit' }, t(`form.${name}.save`)), el('button.btn', { type: 'button', 'data-act': 'cancel' }, t('form.cancel')))));
}
