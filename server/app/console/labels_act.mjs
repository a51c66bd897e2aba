// Signing what becomes of labels. The ledger judges every number again (ledger/apply/label_rules); here it is said before
// anything is signed, so that nobody spends paper or a signature on what would be refused.
import { tellStored } from './act.mjs';
import { el, notice, one, the } from './dom.mjs';
import { printPlace, showPrint } from './labels_print.mjs';
import { readForm, showWrong } from './fields.mjs';
import { bindForm, closeForm, openForm } from './form.mjs';
import { makeLabelForm } from './labels_forms.mjs';
import { explain, language, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {import('../capture/make_entry.mjs').Draft} Draft */
/**
 * @typedef {object} Act
 * @property {string} form  of labels_forms @property {string} place  subject whose draft it is @property {string} [head]  of what it goes on with
 * @property {import('./fields.mjs').Raw} raw @property {string} title  what it is about
 * @property {(read: Record<string, any>, head: string | undefined) => Draft} entry
 * @property {(read: Record<string, any>) => {text: string, wrong?: Record<string, string>}} [check]  a sentence while it is typed, and what will not do
 * @property {Record<string, [value: string, words: string][]>} [options]  of fields that are lists; a field whose list is empty is not asked
 * @property {HTMLElement} [above]  stands over the form @property {(id: string) => Promise<void>} done  after the log took it @property {() => Promise<void>} back
 */

/** What a form says of what stands in it now. @type {WeakMap<HTMLElement, () => void>} */
const sums = new WeakMap();

/** @param {HTMLElement} form @param {Act} act */
function dress(form, { title, options = {}, check }) {
  if (!sums.has(form)) {
    one('h2', form).after(el('p.about'));
    one('.acts', form).before(el('p.sum', { role: 'status' }));
    for (const event of ['input', 'change']) form.addEventListener(event, () => sums.get(form)?.());
  }
  one('.about', form).textContent = title;
  for (const field of form.querySelectorAll('.field[data-kind=listed]')) {
    const select = /** @type {HTMLSelectElement} */ (one('select', field));
    const listed = options[select.name] ?? [];
    select.replaceChildren(new Option(t('form.none'), ''), ...listed.map(([value, words]) => new Option(words, value)));
    /** @type {HTMLElement} */ (field).hidden = listed.length === 0;
  }
  sums.set(form, () => {
    one('.sum', form).textContent = check?.(readForm(form).read).text ?? '';
  });
}

/** @param {Device} device @param {Outbox} outbox @param {Act} act */
export async function openLabelAct(device, outbox, act) {
  const { form: name, place, raw, head, entry, check, done, back } = act;
  makeLabelForm(name);
  const form = the(`form-${name}`);
  dress(form, act);
  await openForm(device, name, place, raw, { head });
  sums.get(form)?.();
  if (act.above) the('stage').replaceChildren(act.above);
  bindForm(device, name, place, async (read, base) => {
    const { wrong } = check?.(read) ?? {};
    if (wrong) return showWrong(form, wrong);
    const { stored } = await outbox.save(entry(read, base.head));
    if (stored.state !== 'refused') await closeForm(device, name, place);
    if (stored.state === 'received') await done(stored.id);
    // Without a network there is nothing to go back to, and what was signed is on this device all the same.
    else if (stored.state !== 'refused') await back().catch(() => {});
    tellStored(stored);
  }, () => void back().catch((error) => notice('bad', explain(error))));
}

/** A signature without a form: what was on offer is taken, or taken back. @param {Outbox} outbox @param {Draft} draft @param {() => Promise<void>} done */
export async function signAtOnce(outbox, draft, done) {
  const { stored } = await outbox.save(draft);
  if (stored.state === 'received') await done();
  tellStored(stored);
}

/** Where a signed print goes on: its files. @param {Device} device @param {string} entry */
export function showForPrinting(device, entry) {
  history.pushState(null, '', `#${printPlace(entry)}`);
  return showPrint(device, entry);
}

/** Of a value said in both languages. @param {{vi: string, en: string} | undefined} said */
export const inWords = (said) => said?.[language()] ?? '';

/** Labels first to last that lie in what was offered. @param {{first: number, last: number}} run @returns {NonNullable<Act['check']>} */
export const withinRun = (run) => ({ first, last }) => {
  if (first === undefined || last === undefined) return { text: '' };
  if (first < run.first || last > run.last || first > last) {
    const words = t('label.wrong.span', { first: run.first, last: run.last });
    return { text: `⚠ ${words}`, wrong: { [first < run.first || first > run.last ? 'first' : 'last']: words } };
  }
  return { text: t('label.sum.count', { count: last - first + 1 }) };
};

/**
 * And no more than the goods allow, with the whole sum.
 * @param {{first: number, last: number, state: string, batch?: string}} run @param {Record<string, any>} batch @param {Device} device
 * @returns {NonNullable<Act['check']>}
 */
export const withinAllowance = (run, batch, device) => (read) => {
  const inside = withinRun(run)(read);
  if (inside.wrong || inside.text === '' || run.batch === batch.batch) return inside;
  const now = read.last - read.first + 1;
  const approved = batch.approvals?.find((/** @type {any} */ one) => one.entry === read.approval);
  const left = batch.allowed + (approved?.extra ?? 0) - batch.labels - batch.on_hand;
  if (now <= left) return { text: `${inside.text}. ${t('label.sum.left', { left: left - now })}` };
  const own = batch.approvals?.some((/** @type {any} */ one) => one.person !== device.reader?.person);
  const short = t('label.wrong.allowance', { over: now - left });
  const words = [short, inWords(batch.allowance),
    t('label.sum.used', { labels: batch.labels, waiting: batch.on_hand, now }), t(own && !approved ? 'label.wrong.choose' : 'label.wrong.ask')].join(' ');
  return { text: `⚠ ${words}`, wrong: { last: short } };
};
