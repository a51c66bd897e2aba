// Fields of a form, by kind (server/console/form.hpp): what was typed, kept as it was typed, and what it means.
import { readAmount, showAmount } from '../capture/amount.mjs';
import { crossesItself, readPoint, readRing } from './ring.mjs';
import { formChecks, listChecks } from './checks.mjs';
import { one } from './dom.mjs';
import { checkDigit } from './gtin.mjs';
import { itemsOf, listsOf, setItems } from './lists.mjs';
import { t } from './words.mjs';

/** @typedef {Record<string, string>} RawItem */
/** As typed: what a draft keeps. A place also has its code behind a tab. @typedef {Record<string, string | string[] | RawItem[]>} Raw */
/** @typedef {HTMLInputElement & HTMLSelectElement & HTMLTextAreaElement} Control */
/** @typedef {{read: Record<string, any>, wrong: Record<string, string>}} Reading  wrong: sentence by field, `codes/0/until` in a list */
/** @typedef {{name: string, kind: string, control: Control}} Field */

const communes = '2026-09-25';

/** The fields of a form or of an item: not those of items within. @param {HTMLElement} scope @returns {Field[]} */
const fieldsOf = (scope) => [...scope.querySelectorAll('.field')].filter((field) => field.parentElement?.closest('.item, form') === scope)
  .map((field) => {
    const control = /** @type {Control} */ (one('[name]', field));
    return { name: control.name, kind: /** @type {HTMLElement} */ (field).dataset.kind ?? '', control };
  });

/** @param {HTMLElement} scope @returns {Raw} */
const plainRaw = (scope) => Object.fromEntries(fieldsOf(scope).map(({ name, kind, control }) => {
  if (kind === 'products') return [name, [...control.selectedOptions].map((option) => option.value)];
  if (kind === 'file') return [name, control.dataset.blob ?? ''];
  if (kind === 'place') return [name, control.dataset.code ? `${control.value}\t${control.dataset.code}` : control.value];
  return [name, control.value];
}));

/** @param {HTMLElement} form @returns {Raw} */
export const rawOf = (form) => ({
  ...plainRaw(form),
  ...Object.fromEntries(listsOf(form).map((list) => [list.dataset.name, itemsOf(list).map((item) => /** @type {RawItem} */ (plainRaw(item)))])),
});

/** @param {HTMLElement} form @param {Raw} raw  a field without a value is emptied */
export function fill(form, raw) {
  fillFields(form, raw);
  for (const list of listsOf(form)) {
    const items = /** @type {RawItem[]} */ (raw[list.dataset.name ?? ''] ?? []);
    setItems(list, items.length).forEach((item, at) => fillFields(item, items[at]));
  }
  showWrong(form, {});
}

/** @param {HTMLElement} scope @param {Raw} raw */
function fillFields(scope, raw) {
  for (const { name, kind, control } of fieldsOf(scope)) {
    const value = /** @type {string | string[]} */ (raw[name] ?? '');
    if (kind === 'products' || Array.isArray(value)) {
      for (const option of control.options) option.selected = value.includes(option.value);
    } else if (kind === 'file') {
      [control.value, control.dataset.blob] = ['', String(value)];
    } else if (kind === 'place') {
      [control.value, control.dataset.code = ''] = value.split('\t');
    } else if (kind === 'choice' && value === '') {
      control.selectedIndex = 0;
    } else {
      // What an older list knew, or another co-op's own, is kept as it is.
      if (control instanceof HTMLSelectElement && ![...control.options].some((option) => option.value === value)) control.append(new Option(value, value));
      control.value = value;
    }
    control.dispatchEvent(new Event('filled'));
  }
}

/** One reader a kind: the value, or a sentence why not. @type {Record<string, (text: string, control: Control) => {value: any} | {wrong: string}>} */
const readers = {
  phone(text) {
    const digits = text.replace(/[ .-]/g, '');
    return /^\+?[0-9]{8,15}$/.test(digits) ? { value: digits } : { wrong: t('wrong.phone') };
  },
  gtin(text) {
    const digits = text.replace(/[ -]/g, '');
    if (!/^([0-9]{8}|[0-9]{12,14})$/.test(digits)) return { wrong: t('wrong.gtin') };
    const digit = checkDigit(digits.slice(0, -1));
    return Number(digits.slice(-1)) === digit ? { value: digits } : { wrong: t('wrong.gtin_check', { digit }) };
  },
  number(text) {
    return /^[0-9]{1,4}$/.test(text) ? { value: Number(text) } : { wrong: t('wrong.number') };
  },
  count(text) {
    if (!/^([0-9]{1,9}|[0-9]{1,3}([. ][0-9]{3}){1,2})$/.test(text)) return { wrong: t('wrong.number') };
    return { value: Number(text.replace(/[. ]/g, '')) };
  },
  money(text) {
    // Whole đồng: a mark between groups of three can be nothing else.
    if (!/^([0-9]{1,12}|[0-9]{1,3}([. ][0-9]{3}){1,3})$/.test(text)) return { wrong: t('wrong.money') };
    return { value: Number(text.replace(/[. ]/g, '')) };
  },
  amount(text) {
    const reading = readAmount(text);
    if (reading.kind === 'amount') return { value: reading.amount };
    if (reading.kind === 'bad') return { wrong: t(`wrong.amount.${reading.why}`) };
    const [likely, other] = reading.choices;
    return { wrong: t('wrong.amount.ask', { likely: showAmount(likely), other: showAmount(other), typed: text }) };
  },
  place(text, control) {
    const { code } = control.dataset;
    return code ? { value: { code, vintage: communes } } : { wrong: t('wrong.place') };
  },
  file(text) {
    return { value: JSON.parse(text) };
  },
  point(text) {
    const value = readPoint(text);
    return value ? { value } : { wrong: t('wrong.point') };
  },
  ring(text) {
    const ring = readRing(text);
    if (!ring) return { wrong: t('wrong.ring') };
    return crossesItself(ring) ? { wrong: t('wrong.ring_crosses') } : { value: ring };
  },
};

/** @param {HTMLElement} form @returns {Reading} fields left empty are missing in `read` */
export function readForm(form) {
  const found = readFields(form);
  for (const list of listsOf(form)) readList(list, found);
  const checks = formChecks[form.id.slice('form-'.length)]?.(found.read) ?? {};
  for (const [name, key] of Object.entries(checks)) found.wrong[name] ??= t(key);
  return found;
}

/** Nothing was typed: an item that was added and forgotten. @param {HTMLElement} item */
const isBlank = (item) => fieldsOf(item).every(({ control }) => control.tagName === 'SELECT' || control.value.trim() === '');

/** @param {HTMLElement} list @param {Reading} found  gets what the items say */
function readList(list, found) {
  const name = list.dataset.name ?? '';
  /** @type {import('./checks.mjs').Item[]} */
  const good = [];
  itemsOf(list).forEach((item, at) => {
    if (isBlank(item)) return;
    const { read, wrong } = readFields(item);
    for (const [part, sentence] of Object.entries(wrong)) found.wrong[`${name}/${at}/${part}`] = sentence;
    if (Object.keys(wrong).length === 0) good.push({ at, read });
  });
  if (good.length > 0) found.read[name] = good.map(({ read }) => read);
  for (const [at, part, key] of listChecks[name]?.(good) ?? []) found.wrong[`${name}/${at}/${part}`] ??= t(key);
}

/** @param {HTMLElement} scope @returns {Reading} */
function readFields(scope) {
  /** @type {Reading} */
  const found = { read: {}, wrong: {} };
  for (const { name, kind, control } of fieldsOf(scope)) {
    if (kind === 'products') {
      const chosen = [...control.selectedOptions].map((option) => option.value);
      if (chosen.length > 0) found.read[name] = chosen;
      continue;
    }
    if (kind === 'file' && control.dataset.reading) {
      found.wrong[name] = t('wrong.file.reading');
      continue;
    }
    const text = (kind === 'file' ? control.dataset.blob ?? '' : control.value).normalize('NFC').trim().replace(kind === 'ring' ? /[ \t]+/g : /\s+/g, ' ');
    if (text === '') {
      if (control.required) found.wrong[name] = t('wrong.empty');
      continue;
    }
    const reading = readers[kind]?.(text, control) ?? { value: text };
    if ('wrong' in reading) found.wrong[name] = reading.wrong;
    else found.read[name] = reading.value;
  }
  return found;
}

/** Says beside each field what is wrong with it; the first one gets the focus. @param {HTMLElement} form @param {Record<string, string>} wrong */
export function showWrong(form, wrong) {
  const inLists = listsOf(form).flatMap((list) => itemsOf(list).flatMap((item, at) =>
    fieldsOf(item).map(({ name, control }) => ({ path: `${list.dataset.name}/${at}/${name}`, control }))));
  const all = [...fieldsOf(form).map(({ name, control }) => ({ path: name, control })), ...inLists];
  for (const { path, control } of all) {
    one(`#${control.id}-wrong`).textContent = wrong[path] ? `⚠ ${wrong[path]}` : '';
    if (wrong[path]) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  }
  /** @type {HTMLElement | null} */ (one('[aria-invalid]', form))?.focus();
}
