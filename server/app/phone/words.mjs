// The language of the screen, and times, days and amounts in it.
import { showAmount } from '../capture/amount.mjs';
import { en } from './words/en.mjs';
import { vi } from './words/vi.mjs';

/** @typedef {keyof typeof vi} Word */

/** @type {Record<Word, string>} */
let catalogue = vi;

export const language = () => (catalogue === vi ? 'vi' : 'en');

/** @param {string} to  `vi` or `en` */
export function speak(to) {
  catalogue = to === 'en' ? en : vi;
  document.documentElement.lang = language();
}

/** @param {Word} word @param {Record<string, string | number>} [places] */
export const t = (word, places = {}) => catalogue[word].replace(/\{(\w+)\}/g, (_, name) => String(places[name]));

/** @param {string} word  which may be none of ours @param {string} otherwise */
export const known = (word, otherwise) => (word in catalogue ? t(/** @type {Word} */ (word)) : otherwise);

const two = (/** @type {number} */ number) => String(number).padStart(2, '0');

/** @param {number} at  Unix ms @returns {string} `14:05` */
export function timeOfDay(at) {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** @param {number} at  Unix ms @returns {string} `14:05 22/11` */
export function timeAndDay(at) {
  const date = new Date(at);
  return `${timeOfDay(at)} ${two(date.getDate())}/${two(date.getMonth() + 1)}`;
}

/** Legal dates are Việt Nam's (UTC+7, no summer time), wherever a phone believes to be. @param {number} at  Unix ms @returns {string} YYYY-MM-DD */
export const legalDay = (at) => new Date(at + 7 * 3600_000).toISOString().slice(0, 10);

/** @param {string} day  YYYY-MM-DD @returns {string} `22/11/2026` */
export const showDay = (day) => day.split('-').reverse().join('/');

/** @param {string} day @param {number} days @returns {string} */
export const dayAfter = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** @param {number} ms  since then */
export function ageOf(ms) {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t('age.now');
  if (minutes < 60) return t('age.minutes', { n: minutes });
  return minutes < 2880 ? t('age.hours', { n: Math.floor(minutes / 60) }) : t('age.days', { n: Math.floor(minutes / 1440) });
}

/** @param {number} ms  either way */
export function spanOf(ms) {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 120) return t('span.minutes', { n: minutes });
  return minutes < 2880 ? t('span.hours', { n: Math.round(minutes / 60) }) : t('span.days', { n: Math.round(minutes / 1440) });
}

/** @param {{amount: string, unit: string}} quantity */
export const showQuantity = ({ amount, unit }) => `${language() === 'vi' ? showAmount(amount) : amount} ${known(`unit.${unit}`, unit)}`;

/** @param {bigint} dong @returns {string} `1.250.000 đồng` */
export function showMoney(dong) {
  const grouped = String(dong).replace(/\B(?=(?:[0-9]{3})+$)/g, language() === 'vi' ? '.' : ',');
  return t('money', { n: grouped });
}
