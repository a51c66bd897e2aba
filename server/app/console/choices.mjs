// Choices that depend on the organisation: its members, its products.
import { Problem } from '../enrol/ask.mjs';
import { cardCode } from './cards.mjs';
import { one, the } from './dom.mjs';
import { t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

const pageRows = 200;
/** More is nothing to choose from. */
const most = 2_000;

/** By the code of the member card where the name is not this reader's to see. @param {{sub: string, name?: string}} row */
const called = ({ sub, name }) => name ?? `${t('list.nameless')} ${cardCode(sub)}`;

/** @param {HTMLSelectElement} select @param {{sub: string, name?: string, left?: string, retired?: string}[]} rows */
function fill(select, rows) {
  const keep = [...select.options].filter((option) => option.value === '');
  select.replaceChildren(...keep, ...rows.filter((row) => !row.left && !row.retired).map((row) => new Option(called(row), row.sub)));
}

/** Before a form of this kind is shown. @param {Device} device @param {{form: string}} kind @param {string} [org]  '' for all that are seen */
export async function fillChoices(device, kind, org = '') {
  const form = the(`form-${kind.form}`);
  const lists = { person: 'members', product: 'products', products: 'products' };
  for (const [field, list] of Object.entries(lists)) {
    const select = one(`.field[data-kind=${field}] select`, form);
    if (!select) continue;
    try {
      const rows = [];
      let after = '';
      do {
        const page = await device.get(`/api/office/${list}?${new URLSearchParams({ limit: String(pageRows), ...(org && { org }), ...(after && { after }) })}`);
        rows.push(...page.rows);
        after = page.next ?? '';
      } while (after && rows.length < most);
      fill(select, rows);
    } catch (error) {
      // Without the list the rest of the form can be filled all the same.
      if (!(error instanceof Problem)) throw error;
    }
  }
}
