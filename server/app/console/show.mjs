// A record's data in words, for reading and for comparing two versions.
import { showAmount } from '../capture/amount.mjs';
import { el } from './dom.mjs';
import { areaOf, showPoint } from './ring.mjs';
import { named, showDate, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

/** @type {Map<string, string>} */
const known = new Map();

/** Names of the communes that the data mentions. @param {Device} device @param {Record<string, any>} data @returns {Promise<Record<string, string>>} */
export async function communeNames(device, { commune, place }) {
  const codes = [commune?.code, place?.commune?.code].filter(Boolean);
  for (const code of codes) {
    if (known.has(code)) continue;
    const { places } = await device.get(`/api/places?q=${code}`);
    const found = places.find((/** @type {any} */ one) => one.code === code);
    if (found) known.set(code, `${found.name}, ${found.province_name}`);
  }
  return Object.fromEntries(known);
}

/** What a subject is called, where the log says it. @param {Device} device @param {string} sub @returns {Promise<string>} */
async function subjectName(device, sub) {
  if (!known.has(sub)) {
    // A person's name is private, and in no record of the log's.
    const ask = sub.startsWith('person:')
      ? device.get(`/api/office/members?${new URLSearchParams({ q: sub, limit: '1' })}`).then(({ rows }) => rows[0])
      : device.get(`/api/subjects/${sub}`).then(({ record }) => record);
    const record = await ask.catch(() => undefined);
    known.set(sub, record?.name ?? sub);
  }
  return /** @type {string} */ (known.get(sub));
}

/** An option of a form that the server wrote, in words. @param {string} form @param {string} field @param {string} value */
export function option(form, field, value) {
  const found = document.querySelector(`#form-${form} [name=${field}] option[value="${CSS.escape(value)}"]`);
  return found?.textContent ?? value;
}

/** As the plot's form calls it or, on pages without one, the heading above the product's stages. @param {string} crop */
function cropName(crop) {
  const stage = document.querySelector(`#form-product [name=stage] option[value^="${CSS.escape(`${crop}/`)}"]`);
  return stage?.closest('optgroup')?.label ?? option('plot', 'crop', crop);
}

/** `500 g`. @param {{size: {amount: string, unit: string}}} pack */
export const packSize = ({ size }) => `${showAmount(size.amount)} ${named('choice.unit', size.unit)}`;

/** @param {string} name @param {any} value @param {Record<string, string>} names @param {Record<string, any>} data @returns {string | undefined} */
function inWords(name, value, names, data) {
  if (name === 'kind') return named('choice.kind', value);
  if (name === 'commune') return names[value.code] ?? value.code;
  if (name === 'place') return [value.hamlet, names[value.commune.code] ?? value.commune.code].filter(Boolean).join(', ');
  if (name === 'area') return `${showAmount(value.amount)} ${named('choice.unit', value.unit)}`;
  if (name === 'reprint') return named('choice.reason', value.reason);
  if (name === 'crop') return cropName(value);
  if (name === 'stage') return option('product', 'stage', `${data.crop}/${value}`);
  if (name === 'variety') return option(data.stage ? 'product' : 'plot', 'variety', `${data.crop}/${value}`);
  if (name === 'codes') {
    return value.map((/** @type {any} */ one) => [named('choice.scheme', one.scheme), one.code, one.issuer, named('choice.status', one.status),
      one.from && t('show.from', { date: showDate(one.from) }), one.until && t('show.until', { date: showDate(one.until) })].filter(Boolean).join(' · ')).join('\n');
  }
  if (name === 'packs') {
    return value.map((/** @type {any} */ one) => [packSize(one), one.gtin && t('show.gtin', { gtin: one.gtin })].filter(Boolean).join(' · ')).join('\n');
  }
  if (name === 'ocop') {
    return [t('show.ocop', { group: named('choice.ocop_group', value.group) }), value.set && t('show.ocop_set', { set: value.set }), value.decision]
      .filter(Boolean).join(' · ');
  }
  if (name === 'registration') return [value.code, value.issuer, value.issued && showDate(value.issued)].filter(Boolean).join(' · ');
  if (name === 'point') return showPoint(value);
  if (name === 'boundary') return t('show.boundary', { corners: value.length - 1, area: showAmount(String(Math.max(1, Math.round(areaOf(value))))) });
  if (name === 'products' || name === 'sites') return t('show.chosen', { count: value.length });
  if (['joined', 'from', 'until', 'on'].includes(name)) return showDate(value);
  if (value?.amount && value?.unit) return `${showAmount(value.amount)} ${named('choice.unit', value.unit)}`;
  if (['org', 'holder', 'replaces', 'document', 'parent', 'entry', 'photo'].includes(name)) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Member by member: what it is called and what it says. @param {Device} device @param {Record<string, any>} data @returns {Promise<Map<string, string>>} */
export async function worded(device, data) {
  const names = await communeNames(device, data);
  const said = new Map();
  for (const [name, value] of Object.entries(data)) {
    const one = ['product', 'site', 'household', 'batch'].includes(name) && typeof value === 'string' && value.includes(':');
    const words = one ? await subjectName(device, value) : inWords(name, value, names, data);
    if (words !== undefined) said.set(name, words);
  }
  return said;
}

/** @param {Device} device @param {Record<string, any>} data */
export async function facts(device, data) {
  const list = el('dl.facts');
  for (const [name, words] of await worded(device, data)) list.append(el('dt', {}, named('member', name)), el('dd', {}, words));
  return list;
}
