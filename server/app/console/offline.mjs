// Without a network: what lies on this device all the same. Forms begun, and records signed and not sent.
import { button, el, notice, once, stage } from './dom.mjs';
import { labelForms } from './labels_forms.mjs';
import { line } from './outbox_view.mjs';
import { explain, pageAt, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

/** Page of each form that keeps drafts. @type {Record<string, string>} */
const pageOf = { member: 'members', plot: 'plots', product: 'products', certificate: 'certificates', org: 'registrar', ticket: 'members',
  ...Object.fromEntries(labelForms.map((form) => [form, 'labels'])) };

/** @param {Device} device */
async function drafts(device) {
  const rows = [];
  for (const [key, draft] of await device.shelf.keptFrom('draft:')) {
    const [, form, sub] = key.split(/:(.*?):/s);
    if (!draft || !pageOf[form]) continue;
    const first = Object.values(draft.raw).find((value) => value !== '' && !Array.isArray(value)) ?? '';
    rows.push(el('li', {}, el('a', { href: pageAt(pageOf[form], form === 'ticket' ? 'weigh' : sub) }, el('b', {}, t(pageOf[form] === 'labels' ? `form.${form}` : `offline.form.${form}`)),
      el('span.soft', {}, `${String(first).split('\t')[0]} · ${showTime(draft.at)}`))));
  }
  return rows;
}

/** @param {Device} device @param {() => Promise<void>} again */
export async function showOffline(device, again) {
  const begun = await drafts(device);
  const unsent = await Promise.all((await device.shelf.waiting()).map((record) => line(device, record)));
  stage(el('section.sheet', {}, el('h2', {}, t('session.no_answer')), el('p', {}, t('session.no_answer_how')),
    el('div.acts', {}, button(t('session.again'), (event) => void once(event, again).catch((error) => notice('bad', explain(error))), '.go'))),
  el('section.sheet', {}, el('h2', {}, t('offline.drafts')), el('p', {}, t(begun.length > 0 ? 'offline.drafts_how' : 'offline.no_drafts')), el('ul.rows', {}, ...begun)),
  el('section.sheet', {}, el('h2', {}, t('page.outbox')), el('p', {}, unsent.length > 0 ? t('outbox.count', { count: unsent.length }) : t('outbox.none')), el('ul.rows', {}, ...unsent)));
}
