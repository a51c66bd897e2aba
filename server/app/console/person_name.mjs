// Whose word or deed something was, as far as the viewer may read it.
import { t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

/** @param {Device} device @param {string} person */
export async function personName(device, person) {
  if (!person) return t('list.nameless');
  const { rows } = await device.get(`/api/office/members?${new URLSearchParams({ q: person, limit: '1' })}`);
  return rows[0]?.name ?? t('list.nameless');
}
