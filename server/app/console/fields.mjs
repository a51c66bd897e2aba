// Fields of a form, by kind (server/console/form.hpp): what was typed, kept as it was typed, and what it means.
import { readAmount, showAmount } from '../capture/amount.mjs';
import { crossesItself, readPoint, readRing } from './ring.mjs';
import { one } from './dom.mjs';
import { checkDigit } from './gtin.mjs';
import { t } from './words.mjs';

/** As typed: what a draft keeps. A place also has its code behind a tab. @typedef {Record<string, string | string[]>} Raw */
/** @typedef {HTMLInputElement & HTMLSelectElement & HTMLTextAreaElement} Control */
/** @typedef {{read: Record<string, any>, wrong: Record<string, string>}} Reading  wrong: sentence by field */

const communes = '2026-09-25';

/** @param {HTMLElement} form @returns {{name: string, kind: string, control: Control}[]} */
const fieldsOf = (form) => [...form.querySelectorAll('.field')].map((field) => {
  const control = /** @type {Control} */ (one('[name]', field));
  return { name: control.name, kind: /** @type {HTMLElement} */ (field).dataset.kind ?? '', control };
});

/** @param {HTMLElement} form @returns {Raw} */
export const rawOf = (form) => Object.fromEntries(fieldsOf(form).map(({ name, kind, control }) => {
  if (kind === 'products') return [name, [...control.selectedOptions].map((option) => option.value)];
  if (kind === 'place') return [name, control.dataset.code ? `${control.value}\t${control.dataset.code}` : control.value];
  return [name, control.value];
}));

/** @param {HTMLElement} form @param {Raw} raw  a field without a value is emptied */
export function fill(form, raw) {
  for (const { name, kind, control } of fieldsOf(form)) {
    const value = raw[name] ?? '';
    if (Array.isArray(value)) {
      for (const option of control.options) option.selected = value.includes(option.value);
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
  showWrong(form, {});
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
  /** @type {Reading} */
  const found = { read: {}, wrong: {} };
  for (const { name, kind, control } of fieldsOf(form)) {
    if (kind === 'products') {
      const chosen = [...control.selectedOptions].map((option) => option.value);
      if (chosen.length > 0) found.read[name] = chosen;
      continue;
    }
    const text = control.value.normalize('NFC').trim().replace(kind === 'ring' ? /[ \t]+/g : /\s+/g, ' ');
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
  let first = true;
  for (const { name, control } of fieldsOf(form)) {
    one(`#${control.id}-wrong`).textContent = wrong[name] ? `⚠ ${wrong[name]}` : '';
    if (wrong[name]) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
    if (wrong[name] && first) {
      control.focus();
      first = false;
    }
  }
}
