// Drafts of forms. Each change is on the disk before the next screen, so that a phone that dies loses one letter at most.
import { t, known, showDay } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./device.mjs').Draft} Draft */

/** The one draft, or a new one of this form where there is none. @param {Device} device @param {string} form @param {number} version @returns {Promise<Draft>} */
export async function draftOf(device, form, version) {
  const kept = await device.draft();
  return kept && kept.form === form ? kept : { form, version, at: Date.now(), step: '', fields: {} };
}

/** What was filled in so far, a line each. @param {Draft} draft @param {Device} device @returns {string[]} */
export function summaryOf({ form, fields }, device) {
  const { act, tag, product, site, name, number, unit, on, ticket } = fields;
  return [
    form === 'correct' ? t('correct.title') : known(`home.${form}`, form),
    act && known(`act.${act}`, ''),
    tag,
    name,
    product && (device.nameOf(product) ?? t('record.unknown')),
    site && (device.nameOf(site) ?? t('record.unknown')),
    number && `${number} ${known(`unit.${unit}`, '')}`,
    ticket,
    on && showDay(on),
  ].filter((line) => line !== undefined && line !== '');
}
