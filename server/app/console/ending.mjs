// What ends with its day and reason: a member leaves, a plot is sold, a product is no longer made, a certificate is withdrawn.
import { signAct } from './act.mjs';
import { el } from './dom.mjs';
import { states } from './kinds.mjs';
import { named, showDate, t, today } from './words.mjs';

/** @typedef {import('./kinds.mjs').Kind} Kind */
/** @typedef {import('./subject.mjs').Said} Said */

/**
 * The entry that ended it, unless a later one states it anew.
 * @param {Kind} kind @param {Said[]} said  oldest first @param {string} org  the reader's: a person may belong to several
 */
export function endOf(kind, said, org) {
  const own = said.filter(({ data }) => data.org === undefined || data.org === org);
  const last = own.reverse().find(({ type }) => states(kind, type) || type === kind.undo?.type);
  return last && last.type === kind.undo?.type ? last : undefined;
}

/** @param {Kind} kind @param {Said} end */
export const endedNote = ({ page }, { data }) =>
  el('p.note.plain', {}, `⚠ ${t(`record.ended.${page}`, { date: showDate(data.on), reason: named('choice.reason', data.reason) })}`);

/**
 * @param {import('./device.mjs').Device} device @param {import('./outbox.mjs').Outbox} outbox @param {Kind} kind  one that ends
 * @param {import('./subject.mjs').Subject} subject @param {() => Promise<void>} again
 */
export const showEnding = (device, outbox, kind, subject, again) => signAct(device, outbox, {
  form: `${kind.form}_end`, subject, raw: { on: today() },
  entry: ({ on, reason }) => {
    const { type, data } = /** @type {NonNullable<Kind['undo']>} */ (kind.undo);
    return { type, slots: [], data: { ...data(device.reader?.org ?? '', on), reason } };
  },
}, again);
