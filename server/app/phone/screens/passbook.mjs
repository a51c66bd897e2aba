// My passbook: what I handed over, by my own word and by the office's scales, and what it is worth. Kept on the phone, so
// that it can be read where there is no network; brought anew where there is one.
import { Problem } from '../../enrol/ask.mjs';
import { fill, h } from '../dom.mjs';
import { bringOwn, linesOf } from '../own.mjs';
import { agreementOf, decimal, passbookOf, totalOf } from '../passbook.mjs';
import { photoFigure } from '../photo_view.mjs';
import { cropPicture, sign } from '../pictures.mjs';
import { showDay, showMoney, showQuantity, t, timeAndDay } from '../words.mjs';

/** @typedef {import('../app.mjs').App} App */
/** @typedef {import('../passbook.mjs').Day} Day */

const daysOfPage = 12;

/** @param {import('../passbook.mjs').Sum} sum */
const showSum = (sum) => [...sum].map(([unit, count]) => showQuantity({ amount: decimal(count), unit })).join(', ') || '0 kg';

/** @param {{money: bigint, unpriced: number}} of */
const moneyWords = ({ money, unpriced }) => [money > 0n || unpriced === 0 ? showMoney(money) : '', unpriced > 0 ? t('book.unpriced', { count: unpriced }) : ''].filter(Boolean).join(' · ');

/** Everything that was brought, reckoned. @param {App} app */
async function readBook({ device }) {
  /** @type {import('../own.mjs').Book | undefined} */
  const book = await device.own('book');
  return { at: book?.at, since: book?.since, days: passbookOf(linesOf(book), device.person?.person ?? '') };
}

/** @type {import('../nav.mjs').Screen} */
export async function passbook(app, [number = '1']) {
  const page = Math.max(1, Number.parseInt(number, 10) || 1);
  const total = h('div', {});
  const list = h('div', { class: 'book' });
  const turning = h('div', { class: 'pages' });
  const told = h('div', { role: 'status' });
  const print = h('button', { class: 'second', type: 'button', onclick: () => app.nav.go('sheet') }, t('book.print'));
  const draw = async () => {
    const { days, at, since } = await readBook(app);
    const pages = Math.max(1, Math.ceil(days.length / daysOfPage));
    const now = Math.min(page, pages);
    print.hidden = days.length === 0;
    fill(total, ...(days.length > 0 ? [totalCard(days)] : [h('p', { class: 'lead' }, at ? t('book.none') : t('book.never'))]));
    fill(list, ...days.slice((now - 1) * daysOfPage, now * daysOfPage).map((day) => card(app, day)));
    const turn = (/** @type {number} */ to, /** @type {'book.newer' | 'book.older'} */ word) =>
      h('button', { class: 'second', type: 'button', onclick: () => app.nav.go(to === 1 ? 'passbook' : `passbook/${to}`) }, t(word));
    fill(turning, now > 1 && turn(now - 1, 'book.newer'), pages > 1 && h('p', {}, t('book.page', { page: now, pages })), now < pages && turn(now + 1, 'book.older'));
    return { at, since };
  };
  const bring = async () => {
    const { at } = await draw();
    fill(told, h('p', { class: 'soft' }, t('book.bringing')));
    try {
      const book = await bringOwn(app.device, Date.now());
      await draw();
      fill(told, h('p', { class: 'soft' }, t('book.at', { time: timeAndDay(book.at) }), book.since ? ` ${t('book.since', { time: timeAndDay(book.since) })}` : ''));
    } catch (error) {
      fill(told, trouble(error, at));
    }
  };
  return { title: t('book.title'), body: [total, list, turning, print, told], shown: () => void bring() };
}

/** @param {unknown} error @param {number | undefined} at */
function trouble(error, at) {
  const when = at ? h('span', {}, ' ', t('book.at', { time: timeAndDay(at) })) : false;
  if (error instanceof Problem && (error.status === 0 || error.status === 503)) return h('div', { class: 'state saved' }, sign('waiting'), h('p', {}, t('book.offline'), when));
  const { rule = String(error) } = /** @type {any} */ (error);
  return h('div', { class: 'state fix', role: 'alert' }, sign('fix'), h('p', {}, t('book.bad'), h('br'), h('span', { class: 'code' }, rule), when));
}

/** @param {Day[]} days */
function totalCard(days) {
  const total = totalOf(days);
  return h('div', { class: 'total' },
    h('p', {}, t('book.weighed')), h('p', { class: 'large' }, showSum(total.weighed)),
    h('p', {}, t('book.money')), h('p', { class: 'large' }, showMoney(total.money)),
    total.unpriced > 0 && h('p', {}, t('book.unpriced', { count: total.unpriced })),
    h('p', { class: 'soft' }, t('book.unpaid')));
}

/** @param {App} app @param {Day} day */
function card(app, day) {
  const product = app.device.catalogue?.products.find(({ sub }) => sub === day.product);
  const numbers = [...day.tickets, ...day.statements].map(({ ticket }) => ticket).filter(Boolean);
  return h('section', { class: 'card' },
    h('h2', {}, cropPicture(product?.crop), h('span', {}, product?.name ?? t('record.unknown'), h('span', { class: 'soft' }, showDay(day.on)))),
    day.tickets.length > 0 && h('p', {}, t('book.weighed.day', { count: day.tickets.length }), ' ', h('strong', {}, showSum(day.weighed))),
    day.statements.length > 0 && h('p', {}, t('book.said'), ' ', h('strong', {}, showSum(day.said))),
    day.tickets.length > 0 && h('p', {}, t('book.worth'), ' ', h('strong', {}, moneyWords(day))),
    numbers.length > 0 && h('p', { class: 'soft' }, t('book.numbers', { list: [...new Set(numbers)].join(', ') })),
    ...agreement(day),
    ...day.statements.map(({ photo }) => photo && photoFigure(app.device, photo, t('deliver.title', { name: product?.name ?? t('record.unknown') }))),
    [...day.tickets, ...day.statements].some(({ amended }) => amended) && h('p', { class: 'soft' }, t('book.amended')));
}

/** @param {Day} day */
function agreement(day) {
  const found = agreementOf(day);
  if (found.kind === 'unsaid') return [];
  if (found.kind === 'apart') return [h('p', { class: 'badge late' }, sign('fix'), t('book.apart', { by: showQuantity(found.by) }))];
  if (found.kind === 'unweighed') return [h('p', { class: 'badge saved' }, sign('old'), t('book.unweighed'))];
  return [h('p', { class: 'badge received' }, sign('received'), t('book.same'))];
}

/** The whole book on paper, one line a day. @type {import('../nav.mjs').Screen} */
export async function sheet(app) {
  const { days, at } = await readBook(app);
  const { person } = app.device;
  const total = totalOf(days);
  const words = /** @type {const} */ (['sheet.day', 'sheet.product', 'sheet.ticket', 'sheet.weighed', 'sheet.said', 'sheet.money']);
  const row = (/** @type {Day} */ day) => h('tr', {},
    h('td', {}, showDay(day.on)), h('td', {}, app.device.nameOf(day.product) ?? t('record.unknown')),
    h('td', {}, [...new Set([...day.tickets, ...day.statements].map(({ ticket }) => ticket).filter(Boolean))].join(', ')),
    h('td', {}, day.tickets.length > 0 ? showSum(day.weighed) : '–'), h('td', {}, day.statements.length > 0 ? showSum(day.said) : '–'),
    h('td', {}, day.tickets.length > 0 ? moneyWords(day) : '–'));
  return {
    title: t('book.title'), back: 'passbook',
    body: [
      h('p', { class: 'who' }, person?.name, h('span', {}, person?.org_name)),
      h('div', { class: 'paper', tabindex: '0', role: 'region', 'aria-label': t('book.title') }, h('table', {},
        h('thead', {}, h('tr', {}, ...words.map((word) => h('th', { scope: 'col' }, t(word))))),
        h('tbody', {}, ...days.map(row)),
        h('tfoot', {}, h('tr', {}, h('th', { scope: 'row', colspan: '3' }, t('sheet.total')), h('td', {}, showSum(total.weighed)), h('td', {}), h('td', {}, moneyWords(total)))))),
      h('p', { class: 'soft' }, t('book.unpaid'), at ? ` ${t('book.at', { time: timeAndDay(at) })}` : ''),
    ],
    foot: [h('button', { class: 'first', type: 'button', onclick: () => print() }, t('sheet.do'))],
  };
}
