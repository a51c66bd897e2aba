// What was said of void and lost labels to the office alone: read when it is opened, and kept nowhere.
import { el } from './dom.mjs';
import { paperSheet } from './papers.mjs';
import { explain, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

/** @param {Device} device @param {string} entry  of a label.void or label.lose */
export function officeWords(device, entry) {
  const said = el('div', { role: 'status' });
  let asked = false;
  const read = async () => {
    const { values } = await device.get(`/api/private/${entry}`);
    const { '/photo': photo, '/note': note } = values;
    said.replaceChildren(note ? el('p', {}, note) : '', photo ? paperSheet(photo, t('label.photo_alt')) : '', note || photo ? '' : el('p.soft', {}, t('label.private_none')));
  };
  return el('details', { toggle: () => {
    if (asked) return;
    asked = true;
    void read().catch((error) => {
      asked = false;
      said.replaceChildren(el('p.wrong', {}, `⚠ ${explain(error)}`));
    });
  } }, el('summary', {}, t('label.private')), said);
}
