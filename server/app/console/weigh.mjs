// Weigh tickets at the gate: who brought how much of what. The ticket is signed in the member's name (`for`), so that their
// passbook counts it; one ticket after the other goes into one intake lot, a product and a day.
import { decimal, inBase } from '../phone/passbook.mjs';
import { showAmount } from '../capture/amount.mjs';
import { fillChoices } from './choices.mjs';
import { ownWords } from './conflict.mjs';
import { el, notice, one, the, turn } from './dom.mjs';
import { showWrong } from './fields.mjs';
import { bindForm, closeForm, openForm } from './form.mjs';
import { makeForm } from './made_form.mjs';
import { pageAt, showTime, t, today } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** The lot that the next ticket continues. @typedef {{product: string, on: string, sub: string, head: string}} Lot */

const lotKey = 'intake-lot';
const lookedThrough = 300;

/** @type {import('./made_form.mjs').Wanted[]} */
const fields = [
  { name: 'person', kind: 'person' }, { name: 'stranger', kind: 'text', attributes: { maxlength: '80' } }, { name: 'product', kind: 'product', required: true },
  { name: 'amount', kind: 'amount', required: true, attributes: { inputmode: 'decimal', maxlength: '20' } },
  { name: 'unit', kind: 'choice', choices: ['kg', 'ta', 'tan', 'yen', 'piece'] }, { name: 'quality', kind: 'choice', choices: ['none', '1', '2', '3', 'mixed'] },
  { name: 'on', kind: 'date', required: true, attributes: { type: 'date', min: '1990-01-01', max: '2199-12-31' } },
  { name: 'ticket', kind: 'code', attributes: { class: 'mono', maxlength: '20', spellcheck: 'false' } },
  { name: 'price', kind: 'money', attributes: { inputmode: 'numeric', maxlength: '15' } }, { name: 'per', kind: 'choice', choices: ['kg', 'ta', 'tan', 'yen', 'piece', 'total'] },
];

/** Of the place behind the #: `weigh`, or `weigh:` and the member who stands at the scales. @param {string} place */
export const isWeighing = (place) => place === 'weigh' || place.startsWith('weigh:person:');

/** @param {Device} device @param {Outbox} outbox @param {string} place */
export async function showWeigh(device, outbox, place) {
  const current = turn();
  makeForm('ticket', fields);
  await fillChoices(device, { form: 'ticket' });
  if (current()) await ask(device, outbox, { person: place.slice('weigh:'.length) });
}

/** @param {Device} device @param {Outbox} outbox @param {import('./fields.mjs').Raw} raw  what stays from one ticket to the next */
async function ask(device, outbox, raw) {
  const current = turn();
  await openForm(device, 'ticket', '', { unit: 'kg', per: 'kg', quality: 'none', on: today(), ...raw });
  const done = await doneToday(device);
  if (!current()) return;
  the('stage').replaceChildren(done);
  bindForm(device, 'ticket', '', async (read) => {
    if (Boolean(read.person) === Boolean(read.stranger)) {
      return showWrong(the('form-ticket'), { person: t(read.person ? 'wrong.supplier_both' : 'wrong.supplier') });
    }
    const number = read.ticket?.toUpperCase().replace(/[\s./_]+/g, '-');
    if (number && !/^[0-9A-Z-]{1,16}$/.test(number)) return showWrong(the('form-ticket'), { ticket: t('wrong.ticket') });
    const { product, on, unit, per, quality } = read;
    /** @type {Lot | undefined} */
    const lot = await device.shelf.kept(lotKey);
    const goes = lot && lot.product === product && lot.on === on ? lot : undefined;
    const { made, stored } = await outbox.save({
      type: 'batch.receive/1', sub: goes ? goes.sub : 'batch', prev: goes?.head, for: read.person, slots: ['supplier', 'price', 'note'],
      data: {
        product, on, qty: { amount: read.amount, unit }, ...(quality !== 'none' && { grade: quality }), ...(number && { ticket: number }),
        supplier: read.person ?? { name: read.stranger }, ...(read.price !== undefined && { price: { vnd: read.price, per } }),
      },
    });
    if (stored.state === 'refused') {
      // It may be the lot that takes no more: the next ticket begins another.
      await device.shelf.keep(lotKey, undefined);
      return notice('bad', t('saved.refused'), ' ', el('a', { href: `/problems/${stored.trouble?.rule ?? ''}` }, stored.trouble?.rule ?? ''));
    }
    await device.shelf.keep(lotKey, { product, on, sub: made.sub, head: made.id });
    await closeForm(device, 'ticket', '');
    if (current()) await ask(device, outbox, { product, unit, per, quality, on, price: read.price === undefined ? '' : String(read.price) });
    if (stored.state === 'received') return notice('good', t('saved.received', { time: showTime(stored.recorded ?? 0), id: stored.id.slice(0, 8) }));
    return notice('plain', t(stored.trouble ? 'saved.trouble' : `saved.${stored.state}`), el('div.acts', {}, el('a.btn', { href: pageAt('outbox') }, t('page.outbox'))));
  }, () => {
    location.hash = '';
  });
}

/** Tickets of today that this device signed, and what they come to. @param {Device} device */
async function doneToday(device) {
  const lines = [];
  const sums = /** @type {Map<string, bigint>} */ (new Map());
  for (const record of await device.shelf.newest(lookedThrough)) {
    const { type, data } = await ownWords(device, record);
    if (type !== 'batch.receive/1' || data.on !== today() || record.state === 'refused') continue;
    const found = inBase(data.qty);
    if (found) sums.set(found.base, (sums.get(found.base) ?? 0n) + found.count);
    const who = typeof data.supplier === 'string' ? one(`#ticket-person option[value="${CSS.escape(data.supplier)}"]`)?.textContent ?? '' : data.supplier?.name ?? '';
    lines.push(el('li', {}, el('div', {}, el('b', {}, `${showAmount(data.qty.amount)} ${t(`choice.unit.${data.qty.unit}`)}`),
      el('span.soft', {}, [who, data.ticket, showTime(record.made)].filter(Boolean).join(' · '))), el(`span.tag.${record.state}`, {}, t(`state.${record.state}`))));
  }
  const total = [...sums].map(([unit, count]) => `${showAmount(decimal(count))} ${t(`choice.unit.${unit}`)}`).join(', ');
  return el('details', {}, el('summary', {}, lines.length === 0 ? t('weigh.none') : t('weigh.today', { count: lines.length, total })), el('ul.rows', {}, ...lines));
}
