// The page's language: the sentences that the server's pages take theirs from, too.
import { Problem } from '../enrol/ask.mjs';

/** @type {Record<string, string>} */
let texts = {};
export const language = () => (document.documentElement.lang === 'en' ? 'en' : 'vi');

export async function loadWords() {
  const answer = await fetch(`/office/files/words.${language()}.json`);
  texts = await answer.json();
}

/** Ten thousand and more in groups, as people here write them. @param {string | number} value */
const grouped = (value) => (typeof value === 'number' && value >= 10_000 ? value.toLocaleString(language() === 'en' ? 'en-GB' : 'vi-VN') : String(value));

/** @param {string} key @param {Record<string, string | number>} [values]  for each `{name}` */
export const t = (key, values = {}) =>
  (texts[key] ?? key).replace(/\{([a-z]+)\}/g, (whole, name) => grouped(values[name] ?? whole));

/** The sentence of a key made of a value; the value itself where there is none. @param {string} prefix @param {string} value */
export const named = (prefix, value) => texts[`${prefix}.${value}`] ?? value;

/** In words a person can act on. @param {unknown} error */
export function explain(error) {
  if (error instanceof Problem) {
    if (error.status === 0) return t('trouble.no_answer');
    const sentence = error.sentence[language()];
    if (sentence) return sentence;
    return t('trouble.rule', { rule: error.rule });
  }
  if (error instanceof Error) return t('trouble.rule', { rule: error.message });
  return t('trouble.rule', { rule: String(error) });
}

const zone = 'Asia/Ho_Chi_Minh';

/** @param {number} ms  Unix */
export const showTime = (ms) =>
  new Date(ms).toLocaleString(language() === 'en' ? 'en-GB' : 'vi-VN', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });

/** @param {string} date  YYYY-MM-DD */
export const showDate = (date) => date.split('-').reverse().join('/');

/** Of today, here. */
export const today = () => new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 10);

/** An address of the console in the page's language. @param {string} page @param {string} [sub] */
export const pageAt = (page, sub = '') =>
  `/office${page === 'home' ? '' : `/${page}`}${language() === 'en' ? '?lang=en' : ''}${sub && `#${sub}`}`;
