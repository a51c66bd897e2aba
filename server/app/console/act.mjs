// One form, one entry that goes on with a subject: asked for, signed, told.
import { el, notice } from './dom.mjs';
import { bindForm, closeForm, openForm } from './form.mjs';
import { explain, pageAt, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */

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
    if (stored.state === 'received') {
      await closeForm(device, form, sub);
      notice('good', t('saved.received', { time: showTime(stored.recorded ?? 0), id: stored.id.slice(0, 8) }));
      return again();
    }
    if (stored.state !== 'refused') await closeForm(device, form, sub);
    const rule = stored.trouble?.rule;
    notice('bad', t(stored.state === 'waiting' && rule ? 'saved.trouble' : `saved.${stored.state}`), ' ',
      rule ? el('a', { href: `/problems/${rule}` }, rule) : '', el('div.acts', {}, el('a.btn', { href: pageAt('outbox') }, t('page.outbox'))));
  }, () => void again().catch((error) => notice('bad', explain(error))));
}
