// The labels of one packed batch: how many its kilograms allow, where each is, and the sum that must come out before it closes.
import { showAmount } from '../capture/amount.mjs';
import { button, el, notice, once, stage, turn } from './dom.mjs';
import { inWords, openLabelAct, showForPrinting, withinAllowance } from './labels_act.mjs';
import { printerSheet } from './labels_printer.mjs';
import { explain, named, showDate, t, today } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {Record<string, any>} Row */

const places = ['applied', 'void', 'lost', 'returned', 'on_hand'];

/** @param {{amount: string, unit: string}} quantity */
const amount = ({ amount: digits, unit }) => `${showAmount(digits)} ${named('choice.unit', unit)}`;

/** The newest entry of a subject. @param {Device} device @param {string} sub @returns {Promise<string>} */
const headOf = async (device, sub) => (await device.get(`/api/subjects/${sub}`)).head.head;

/** @param {Device} device @param {Outbox} outbox @param {string} sub */
export async function showBatchLabels(device, outbox, sub) {
  const current = turn();
  const { rows: [batch] } = await device.get(`/api/office/labels?${new URLSearchParams({ list: 'batches', q: sub, limit: '1' })}`);
  const { rows: ranges } = await device.get('/api/office/labels?list=ranges&limit=200');
  if (!current()) return;
  const back = el('div.acts', {}, el('a.btn', { href: '#' }, t('label.back')));
  if (!batch) return stage(el('p.sheet', {}, t('label.no_batch')), back);
  const again = () => showBatchLabels(device, outbox, sub);
  /** @param {string} words @param {() => Promise<void>} work @param {string} [look] */
  const act = (words, work, look) => button(words, (event) => void once(event, work).catch((error) => notice('bad', explain(error))), look);
  const open = !batch.closed && batch.own && device.signs;
  const director = device.reader?.roles.includes('director');
  const clerk = director || device.reader?.roles.includes('clerk');
  const waiting = batch.approvals ?? [];
  stage(el('section.sheet', {}, el('h2', {}, [batch.product, batch.lot].filter(Boolean).join(' · ')), batch.closed && el('p', {}, el('span.tag.good', {}, `✓ ${t('label.closed')}`)),
    facts(batch), el('p', { id: 'allowance' }, inWords(batch.allowance)), el('p', { id: 'balance' }, inWords(batch.balance)), batch.reprinted > 0 && el('p.soft', {}, t('label.reprinted', { count: batch.reprinted })),
    ...waiting.map((/** @type {Row} */ one) => el('p.note.plain', {}, t(one.person === device.reader?.person ? 'label.approved_self' : 'label.approved', { count: one.extra, reason: named('choice.reason', one.reason) }))),
    el('div.acts', {}, open && director && batch.pack && act(t('label.act.more'), () => more(device, outbox, batch, again)),
      open && clerk && act(t('label.act.close'), () => close(device, outbox, batch, again)),
      batch.closed && clerk && device.signs && act(t('label.act.reopen'), () => reopen(device, outbox, batch, again)))),
  open && batch.pack ? usable(device, outbox, batch, ranges, again) : undefined, back);
}

/** @param {Row} batch */
function facts(batch) {
  const list = el('dl.facts.counts');
  const add = (/** @type {string} */ name, /** @type {string} */ words) => list.append(el('dt', {}, t(`label.fact.${name}`)), el('dd', {}, words));
  add('on', showDate(batch.on));
  add('net', amount(batch.net));
  if (batch.pack) add('pack', `${amount(batch.pack)}${batch.count === undefined ? '' : ` × ${t('label.number', { count: batch.count })}`}`);
  if (batch.allowed !== undefined) add('allowed', t('label.number', { count: batch.allowed }));
  add('printed', t('label.number', { count: batch.printed }));
  for (const place of places) add(place, t('label.number', { count: batch[place] }));
  return list;
}

/** Runs that may go on this batch: not printed, printed blank, or printed for it. @param {Device} device @param {Outbox} outbox @param {Row} batch @param {Row[]} ranges @param {() => Promise<void>} again */
function usable(device, outbox, batch, ranges, again) {
  const rows = ranges.flatMap((range) => range.open.filter((/** @type {Row} */ run) => !run.batch || run.batch === batch.batch).map((/** @type {Row} */ run) => ({ range, run })));
  /** @param {'print' | 'apply'} what @param {Row} range @param {Row} run */
  const act = (what, range, run) => button(t(`label.act.${what}`), (event) => void once(event, () =>
    openBatchAct(device, outbox, { batch, range, run, what }, again)).catch((error) => notice('bad', explain(error))), what === 'print' || run.state === 'printed' ? '.go.small' : '.small');
  return el('section', { id: 'usable' }, el('h2', {}, t('label.usable')), rows.length === 0 ? el('p', {}, t('label.usable_none')) : el('ul.rows', {}, ...rows.map(({ range, run }) => el('li', {},
    el('a', { href: `#${range.range}/${run.first}-${run.last}` }, el('b', {}, t('label.range', { number: range.number, first: run.first, last: run.last })),
      el('span.soft', {}, `${t(run.batch ? 'label.state.printed_here' : `label.state.${run.state}`)} · ${t('label.sum.count', { count: run.last - run.first + 1 })}`)),
    el('div.pair', {}, run.state === 'allocated' && act('print', range, run), act('apply', range, run))))));
}

/** @param {Device} device @param {Outbox} outbox @param {{batch: Row, range: Row, run: any, what: 'print' | 'apply'}} of @param {() => Promise<void>} again */
async function openBatchAct(device, outbox, { batch: shown, range, run, what }, again) {
  // Others work at the same batch while this page stands open.
  const { rows: [batch = shown] } = await device.get(`/api/office/labels?${new URLSearchParams({ list: 'batches', q: shown.batch, limit: '1' })}`);
  const left = run.batch ? run.last - run.first + 1 : batch.allowed - batch.labels - batch.on_hand;
  const approvals = (batch.approvals ?? []).filter((/** @type {Row} */ one) => one.person !== device.reader?.person);
  await openLabelAct(device, outbox, {
    form: `label_${what}`, place: range.range, head: await headOf(device, range.range),
    raw: { first: String(run.first), last: String(Math.max(run.first, Math.min(run.last, run.first + left - 1))), on: today() },
    title: `${[batch.product, batch.lot].filter(Boolean).join(' · ')}. ${inWords(batch.allowance)}`, check: withinAllowance(run, batch, device),
    options: { approval: run.batch ? [] : approvals.map((/** @type {Row} */ one) => [one.entry, t('label.approval', { count: one.extra, reason: named('choice.reason', one.reason) })]) },
    entry: ({ first, last, on, approval }, head) => ({
      type: `label.${what}/1`, sub: range.range, prev: head, slots: [],
      data: { first, last, ...(what === 'print' && { on }), batch: batch.batch, pack: batch.pack, ...(approval && { approval }) },
    }),
    above: what === 'print' ? await printerSheet(device, batch.batch) : undefined,
    done: what === 'print' ? (entry) => showForPrinting(device, entry) : again, back: again,
  });
}

/** @param {Device} device @param {Outbox} outbox @param {Row} batch @param {() => Promise<void>} again */
const more = (device, outbox, batch, again) => openLabelAct(device, outbox, {
  form: 'label_more', place: batch.batch, raw: {}, title: `${t('label.more_how')} ${inWords(batch.allowance)}`,
  entry: ({ extra, reason }) => ({ type: 'label.request/1', sub: 'request', slots: [], data: { batch: batch.batch, extra, reason } }),
  check: ({ extra }) => (extra === 0 || extra > 1_048_576 ? { text: '', wrong: { extra: t('label.wrong.count') } } : { text: '' }),
  done: again, back: again,
});

/** @param {Device} device @param {Outbox} outbox @param {Row} batch @param {() => Promise<void>} again */
const close = async (device, outbox, batch, again) => openLabelAct(device, outbox, {
  form: 'batch_close', place: batch.batch, head: await headOf(device, batch.batch), raw: { on: today() }, title: `${t('label.close_how')} ${inWords(batch.balance)}`,
  check: ({ on_hand: counted }) => {
    if (counted === undefined) return { text: '' };
    const off = counted - batch.on_hand;
    if (off === 0) return { text: `✓ ${t('label.sum.balanced')}` };
    const words = t(off < 0 ? 'label.wrong.missing' : 'label.wrong.beyond', { counted, count: Math.abs(off) });
    return { text: `⚠ ${inWords(batch.balance)} ${words}`, wrong: { on_hand: words } };
  },
  entry: ({ on, on_hand }, head) => ({ type: 'batch.close/1', sub: batch.batch, prev: head, slots: [], data: { on, on_hand } }),
  done: again, back: again,
});

/** @param {Device} device @param {Outbox} outbox @param {Row} batch @param {() => Promise<void>} again */
const reopen = async (device, outbox, batch, again) => openLabelAct(device, outbox, {
  form: 'batch_reopen', place: batch.batch, head: await headOf(device, batch.batch), raw: { on: today() }, title: t('label.reopen_how'),
  entry: ({ on, reason }, head) => ({ type: 'batch.close/1', sub: batch.batch, prev: head, slots: [], data: { on, reopens: batch.closed, reason } }),
  done: again, back: again,
});
