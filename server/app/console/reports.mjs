// What shoppers reported: unanswered first, what is due first in front. Seen and answered are signed by this device, and the words of an
// answer that is not sent yet stay on it.
import { signJws } from '../capture/make_entry.mjs';
import { button, el, notice, once, one, stage } from './dom.mjs';
import { orgNames } from './tenants.mjs';
import { explain, named, showDate, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/**
 * @typedef {object} Report
 * @property {string} report @property {string} serial  in groups @property {string} org  '' where the label is nobody's @property {string} kind
 * @property {string} text @property {boolean} photo @property {'received' | 'seen' | 'answered'} state @property {number} received  Unix ms
 * @property {string} answer_by  ISO date @property {boolean} overdue @property {{state: string, at: number, answer?: string, text?: string}[]} steps
 */

const pageRows = 10;
const answers = ['genuine', 'corrected', 'checked', 'replaced', 'copied', 'unclear'];
const mostWords = 500;
/** @param {string} code */
const draftOf = (code) => `report-answer:${code}`;

/** @param {string} code  ten symbols, as shoppers read them out */
const shownCode = (code) => `${code.slice(0, 5)}-${code.slice(5)}`;

/** @param {Device} device @param {Record<string, unknown>} said @returns {Promise<Report>} */
async function signStep(device, said) {
  const maker = device.maker();
  const text = await signJws(maker, 'nguon-report-answer+jwt', { aud: maker.aud, ...said, at: Math.floor(Date.now() / 1000) });
  return JSON.parse((await device.ask('POST', '/api/office/reports/answers', { type: 'application/jwt', text })).text);
}

/** @param {Report} report */
function due({ state, answer_by, overdue }) {
  if (state === 'answered') return undefined;
  return el('p', {}, overdue ? el('span.tag.refused', {}, `⚠ ${t('report.overdue', { date: showDate(answer_by) })}`) : t('report.due', { date: showDate(answer_by) }));
}

/** @param {Report} report */
const photoOf = ({ report, photo }) => (photo ? el('figure.paper', {}, el('img', { src: `/api/office/reports/${report}/photo`, alt: t('report.photo'), loading: 'lazy' })) : undefined);

/** What this office said so far. @param {Report} report */
const stepsOf = ({ steps }) => (steps.length === 0 ? undefined : el('ul.rows', {}, ...steps.map(({ state, at, answer, text }) => el('li', {}, el('div', {},
  el('b', {}, answer ? named('report.answer', answer) : named('report.step', state)), el('span.soft', {}, `${showTime(at * 1000)}${text ? ` · ${text}` : ''}`))))));

/** @param {Device} device @param {Report} report @param {(anew: Report) => void} show */
async function answerBox(device, report, show) {
  if (!device.signs) return undefined;
  const { report: code, state, text: words, photo } = report;
  /** @param {Record<string, unknown>} said @param {string} told */
  const sign = (said, told) => async () => {
    show(await signStep(device, { report: code, ...said }));
    notice('good', t(told, { code: shownCode(code) }));
  };
  /** @param {string} name @param {() => Promise<void>} work @param {string} [look] */
  const act = (name, work, look) => button(t(name), (event) => void once(event, work).catch((error) => notice('bad', explain(error))), look);
  const clear = (words !== '' || photo) && act('report.clear', sign({ state: 'cleared' }, 'report.told.cleared'), '.small');
  if (state === 'answered') return clear ? el('div.acts', {}, clear) : undefined;
  /** @type {{answer: string, text: string}} */
  const draft = { answer: answers[0], text: '', ...await device.shelf.kept(draftOf(code)) };
  const keep = () => void device.shelf.keep(draftOf(code), { answer: choice.value, text: typed.value }).catch((error) => notice('bad', explain(error)));
  const choice = /** @type {HTMLSelectElement} */ (el('select', { id: `answer-${code}`, change: keep }, ...answers.map((answer) => new Option(named('report.answer', answer), answer))));
  const typed = /** @type {HTMLTextAreaElement} */ (el('textarea', { id: `words-${code}`, rows: '3', maxlength: String(mostWords), input: keep, 'aria-describedby': `words-${code}-hint` }));
  choice.value = draft.answer;
  typed.value = draft.text;
  const answer = async () => {
    const text = typed.value.normalize('NFC').trim();
    await sign({ state: 'answered', answer: choice.value, ...(text && { text }) }, 'report.told.answered')();
    await device.shelf.keep(draftOf(code), undefined);
  };
  return el('div', {}, el('div.field', {}, el('label', { for: choice.id }, t('report.choose')), choice),
    el('div.field', {}, el('label', { for: typed.id }, t('report.words'), el('span.soft', {}, ` ${t('form.optional')}`)), typed, el('p.soft.hint', { id: `words-${code}-hint` }, t('report.words_how'))),
    el('div.acts', {}, act('report.sign', answer, '.go'), state === 'received' && act('report.seen', sign({ state: 'seen' }, 'report.told.seen')), clear));
}

/** @param {Device} device @param {Report} report @param {Map<string, string>} names */
async function sheet(device, report, names) {
  const box = el('section.sheet', { 'data-report': report.report });
  /** @param {Report} shown */
  const draw = async (shown) => {
    const mark = { received: '○', seen: '◐', answered: '✓' }[shown.state];
    box.replaceChildren(...[el('h2', {}, named('report.kind', shown.kind)),
      el('p', {}, el(`span.tag${shown.state === 'answered' ? '.good' : ''}`, {}, `${mark} ${t(`report.state.${shown.state}`)}`), ` ${t('report.code')} `, el('span.mono', {}, shownCode(shown.report))),
      due(shown), el('p', {}, `${t('report.serial')} `, el('a.mono', { href: `/Q/${shown.serial.replace(/-/g, '')}` }, shown.serial)),
      el('p.soft', {}, [showTime(shown.received), shown.org === '' ? t('report.nobody') : names.get(shown.org)].filter(Boolean).join(' · ')),
      shown.text !== '' ? el('blockquote', {}, shown.text) : el('p.soft', {}, t('report.wordless')), photoOf(shown), stepsOf(shown),
      await answerBox(device, shown, (anew) => void draw(anew))].filter((part) => part instanceof Node));
  };
  await draw(report);
  return box;
}

/** @param {Device} device */
export async function showReports(device) {
  const list = el('div');
  const more = el('div.acts');
  const count = el('p.soft', { id: 'count' });
  const load = async (/** @type {number} */ from) => {
    const page = await device.get(`/api/office/reports?${new URLSearchParams({ from: String(from), limit: String(pageRows) })}`);
    const names = await orgNames(device, page.reports.map((/** @type {Report} */ { org }) => org).filter((/** @type {string} */ org) => org && org !== device.reader?.org));
    const sheets = [];
    for (const report of page.reports) sheets.push(await sheet(device, report, names));
    const first = list.childElementCount;
    list.append(...sheets);
    count.textContent = page.total === 0 ? t('report.none') : `${t('report.open', { count: page.open })} ${t('list.count', { shown: list.childElementCount, total: page.total })}`;
    more.replaceChildren(...(page.next ? [button(t('list.more'), (event) => void once(event, () => load(page.next)).catch((error) => notice('bad', explain(error))))] : []));
    if (from > 0) one('a', /** @type {Element} */ (list.children[first]))?.focus();
  };
  await load(0);
  stage(count, list, more);
}
