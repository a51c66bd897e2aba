// One form, one entry that goes on with a subject: asked for, signed, told.
import { el, notice } from './dom.mjs';
import { bindForm, closeForm, openForm } from './form.mjs';
import { explain, language, pageAt, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {import('../sync/record.mjs').Stored} Stored */

/** How a record stands that was just signed: a refusal in the rule's own sentence, with its sum where it has one. @param {Stored} stored */
export function tellStored({ id, state, recorded, trouble }) {
  if (state === 'received') return notice('good', t('saved.received', { time: showTime(recorded ?? 0), id: id.slice(0, 8) }));
  const rule = trouble?.rule;
  const why = trouble?.sentence?.[language()];
  const stale = rule === 'subject.stale' ? 'stale' : 'trouble';
  notice(state === 'waiting' && !rule ? 'plain' : 'bad', t(state === 'waiting' && rule ? `saved.${stale}` : `saved.${state}`), ' ',
    why ? `${why} ` : '', rule ? el('a', { href: `/problems/${rule}` }, rule) : '',
    el('div.acts', {}, el('a.btn', { href: pageAt('outbox') }, t('page.outbox'))));
}

/**
 * @param {Device} device @param {Outbox} outbox
 * @param {{form: string, subject: import('./subject.mjs').Subject, raw: import('./fields.mjs').Raw,
 *   entry: (read: Record<string, any>) => {type: string, slots: string[], data: Record<string, any>}}} wanted
 * @param {() => Promise<void>} again  shows the subject, with what was signed or without
 */
export async function signAct(device, outbox, { form, subject: { sub, head }, raw, entry }, again) {
  await openForm(device, form, sub, raw, { head });
  bindForm(device, form, sub, async (read, base) => {
    const { stored } = await outbox.save({ ...entry(read), sub, prev: base.head });
    if (stored.state !== 'refused') await closeForm(device, form, sub);
    tellStored(stored);
    if (stored.state === 'received') await again();
  }, () => void again().catch((error) => notice('bad', explain(error))));
}
