// The office's account of its labels: what was granted, what it went on, what became of the rest.
import { el, button, notice, once, stage, turn, unnotice } from './dom.mjs';
import { openLabelAct, signAtOnce } from './labels_act.mjs';
import { showBatchLabels } from './labels_batch.mjs';
import { labelList } from './labels_list.mjs';
import { showPrint } from './labels_print.mjs';
import { officeWords } from './labels_private.mjs';
import { countsOf, runName, showRange } from './labels_range.mjs';
import { explain, named, showDate, t, today } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {Record<string, any>} Row */

/** The service grants at once, in a thread of its own. */
const grantedWithin = 20;
const between = 250;

/** @param {Device} device @param {Outbox} outbox */
export async function showLabels(device, outbox) {
  const show = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    const shown = place.startsWith('batch:') ? showBatchLabels(device, outbox, place)
      : place.startsWith('range:') ? showRange(device, outbox, place)
        : place.startsWith('print:') ? showPrint(device, place.slice('print:'.length)) : showAccount(device, outbox);
    return shown.catch((error) => notice('bad', explain(error)));
  };
  addEventListener('hashchange', () => {
    unnotice();
    void show();
  });
  await show();
}

/** @param {Row} row */
const batchLine = (row) => {
  const said = [showDate(row.on), row.allowed !== undefined && t('label.row.allowed', { count: row.allowed }), t('label.row.applied', { count: row.applied }),
    row.on_hand > 0 && t('label.row.on_hand', { count: row.on_hand })];
  const free = row.allowed - row.labels - row.on_hand;
  return el('li', {}, el('a', { href: `#${row.batch}` }, el('b', {}, [row.product, row.lot].filter(Boolean).join(' · ')), el('span.soft', {}, said.filter(Boolean).join(' · '))),
    row.closed ? el('span.tag.good', {}, `✓ ${t('label.closed')}`) : free > 0 ? el('span.tag', {}, t('label.row.free', { count: free })) : undefined);
};

/** @param {Row} row */
const rangeLine = (row) => el('li', {}, el('a', { href: `#${row.range}` }, el('b', {}, t('label.range', { number: row.number, first: row.first, last: row.last })),
  el('span.soft', {}, countsOf(row))), row.offered > 0 ? el('span.tag.held', {}, t('label.row.offered', { count: row.offered })) : undefined);

/** @param {Device} device @param {Row} row */
const reportLine = (device, row) => el('li.tall', {}, el('a', { href: `#${row.range}` }, el('b', {}, t(`label.said.${row.what}`, { count: row.count })),
  el('span.soft', {}, [runName({ first: row.first, last: row.last }), named('choice.reason', row.reason), row.on && showDate(row.on)].filter(Boolean).join(' · '))),
  ['void', 'lost'].includes(row.what) && officeWords(device, row.entry));

/** @param {Device} device @param {Outbox} outbox */
async function showAccount(device, outbox) {
  const current = turn();
  const again = () => showAccount(device, outbox);
  /** @type {Row} */
  let account = {};
  const batches = await labelList(device, 'batches', batchLine, (page) => {
    account = page;
  });
  const ranges = await labelList(device, 'ranges', rangeLine);
  const reports = await labelList(device, 'reports', (row) => reportLine(device, row));
  if (!current()) return;
  const files = ['batches', 'ranges', 'reports'].map((list) => el('a.btn.small', { href: `/api/office/labels/${list}.csv`, download: true }, t(`label.csv.${list}`)));
  stage(device.signs && el('div.acts', {}, button(t('label.ask'), (event) => void once(event, () => ask(device, outbox, again)).catch((error) => notice('bad', explain(error))), '.go')),
    account.asked > 0 && el('p.note.plain', {}, t('label.asked', { count: account.asked })), account.cut && el('p.note.plain', {}, `⚠ ${t('label.cut')}`),
    offers(device, outbox, account.offers, again), batches, ranges, reports, el('div.acts.files', { role: 'group', 'aria-label': t('list.take') }, ...files));
}

/** Rolls that others hand over. @param {Device} device @param {Outbox} outbox @param {Row[]} waiting @param {() => Promise<void>} again */
function offers(device, outbox, waiting, again) {
  if (waiting.length === 0) return undefined;
  const take = (/** @type {Row} */ offer) => signAtOnce(outbox, {
    type: 'label.take/1', sub: 'range', slots: [], data: { org: device.reader?.org ?? '', give: offer.give, on: today() },
  }, again);
  return el('section.sheet', { id: 'offers' }, el('h2', {}, t('label.offers')), el('p', {}, t('label.offers_how')), el('ul.rows', {}, ...waiting.map((offer) => el('li', {},
    el('div', {}, el('b', {}, t('label.sum.count', { count: offer.last - offer.first + 1 })),
      el('span.soft', {}, `${offer.from_name ?? offer.from} · ${t('label.range', { number: offer.number, first: offer.first, last: offer.last })}`)),
    button(t('label.take'), (event) => void once(event, () => take(offer)).catch((error) => notice('bad', explain(error))), '.go')))));
}

/** @param {Device} device @param {Outbox} outbox @param {() => Promise<void>} again */
const ask = (device, outbox, again) => openLabelAct(device, outbox, {
  form: 'label_request', place: '', raw: { count: '1000' }, title: t('label.ask_how'),
  entry: ({ count }) => ({ type: 'label.request/1', sub: 'request', slots: [], data: { count } }),
  check: ({ count }) => (count > 1_048_576 || count === 0 ? { text: '', wrong: { count: t('label.wrong.count') } } : { text: '' }),
  done: async () => {
    for (let turns = 0; turns < grantedWithin; turns += 1) {
      const { asked } = await device.get('/api/office/labels?list=ranges&limit=1');
      if (asked === 0) break;
      await new Promise((later) => setTimeout(later, between));
    }
    await again();
  },
  back: again,
});
