// What people ask of their data: the office's desk with the law's dates, and one's own data and requests.
import { signJws } from '../capture/make_entry.mjs';
import { button, el, notice, once, stage } from './dom.mjs';
import { consentSheet } from './rights_consent.mjs';
import { explain, named, showDate, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/**
 * @typedef {object} Asked
 * @property {string} id @property {string} person @property {string} org @property {string} what @property {string} text
 * @property {number} received  Unix ms @property {string} state @property {string} acknowledge_by @property {string} answer_by
 * @property {string} law @property {'' | 'acknowledge' | 'answer'} overdue @property {{state: string, received: number, text: string}[]} steps
 */

const kinds = ['see', 'correct', 'erase', 'withdraw', 'complain'];
const closed = ['done', 'refused', 'taken_back'];
const needsReason = ['extended', 'refused'];

/** @param {Device} device @param {string} path @param {string} typ @param {Record<string, unknown>} said */
async function send(device, path, typ, said) {
  const maker = device.maker();
  const text = await signJws(maker, typ, { aud: maker.aud, ...said, at: Math.floor(Date.now() / 1000) });
  await device.ask('POST', path, { type: 'application/jwt', text });
}

/** @param {Asked} asked */
function dates({ state, acknowledge_by, answer_by, overdue, law }) {
  if (closed.includes(state)) return el('span.soft', {}, law);
  const due = state === 'received' ? t('rights.acknowledge_by', { date: showDate(acknowledge_by) }) : '';
  return el('span.soft', {}, `${due} ${t('rights.answer_by', { date: showDate(answer_by) })} `,
    overdue !== '' && el('span.tag.refused', {}, `⚠ ${t(`rights.overdue.${overdue}`)}`), ` ${law}`);
}

/** @param {Device} device @param {Asked} asked @param {() => Promise<void>} again */
function answerBox(device, asked, again) {
  const own = asked.person === device.reader?.person;
  if (closed.includes(asked.state)) return undefined;
  const states = own ? ['taken_back'] : [...(asked.state === 'received' ? ['acknowledged'] : []),
    ...(asked.steps.some(({ state }) => state === 'extended') ? [] : ['extended']), 'done', 'refused'];
  const reason = /** @type {HTMLTextAreaElement} */ (el('textarea', { id: `reason-${asked.id}`, rows: '2', maxlength: '1000' }));
  /** @param {string} state */
  const act = (state) => async () => {
    const text = reason.value.trim();
    if (needsReason.includes(state) && text === '') {
      reason.focus();
      return notice('bad', t('rights.reason_needed'));
    }
    await send(device, '/api/rights/answers', 'nguon-rights-answer+jwt', { request: asked.id, state, ...(text && { text }) });
    await again();
    notice('good', t(`rights.told.${state}`));
  };
  return el('div', {}, !own && el('label', { for: reason.id }, t('rights.reason')), !own && reason,
    el('div.acts', {}, ...states.map((state) => button(t(`rights.act.${state}`),
      (event) => void once(event, act(state)).catch((error) => notice('bad', explain(error)))))));
}

/** @param {Device} device @param {Asked} asked @param {() => Promise<void>} again */
const requestSheet = (device, asked, again) => el('section.sheet', { 'data-id': asked.id },
  el('h2', {}, named('rights.what', asked.what)),
  el('p', {}, el('span.tag', {}, named('rights.state', asked.state)), ` ${showTime(asked.received)} · `, el('span.mono', {}, asked.person)),
  asked.text !== '' && el('p', {}, asked.text), el('p', {}, dates(asked)),
  asked.steps.length > 0 && el('ul.rows', {}, ...asked.steps.map((step) => el('li', {}, el('div', {},
    el('b', {}, named('rights.state', step.state)), el('span.soft', {}, `${showTime(step.received)} ${step.text}`))))),
  answerBox(device, asked, again));

/** One's own: what is held, and a new request. @param {Device} device @param {() => Promise<void>} again */
function ownSheet(device, again) {
  const { person, org } = /** @type {import('./device.mjs').Reader} */ (device.reader);
  const kind = /** @type {HTMLSelectElement} */ (el('select', { id: 'what' }, ...kinds.map((name) => new Option(named('rights.what', name), name))));
  const words = /** @type {HTMLTextAreaElement} */ (el('textarea', { id: 'words', rows: '3', maxlength: '1000' }));
  const ask = async () => {
    const text = words.value.trim();
    await send(device, '/api/rights/requests', 'nguon-rights+jwt', { person, org, what: kind.value, ...(text && { text }) });
    await again();
    notice('good', t('rights.asked'));
  };
  return el('section.sheet', { id: 'own' }, el('h2', {}, t('rights.own')), el('p', {}, t('rights.own_how')),
    el('div.acts', {}, el('a.btn', { href: `/api/rights/people/${person}/page` }, t('rights.my_data')),
      el('a.btn', { href: `/api/rights/people/${person}`, download: 'du-lieu-cua-toi.json' }, t('rights.my_data_file'))),
    el('div.field', {}, el('label', { for: 'what' }, t('rights.ask')), kind),
    el('div.field', {}, el('label', { for: 'words' }, t('rights.words')), words),
    el('div.acts', {}, button(t('rights.send'), (event) => void once(event, ask).catch((error) => notice('bad', explain(error))), '.go')));
}

/** @param {Device} device @param {import('./outbox.mjs').Outbox} outbox */
export async function showRights(device, outbox) {
  const again = () => showRights(device, outbox);
  const { requests } = await device.get('/api/rights/requests');
  const late = requests.filter((/** @type {Asked} */ asked) => asked.overdue !== '').length;
  stage(late > 0 && el('p.note.bad', { role: 'alert' }, `⚠ ${t('rights.late', { count: late })}`),
    requests.length === 0 && el('p.note.plain', {}, t('rights.none')),
    ...requests.map((/** @type {Asked} */ asked) => requestSheet(device, asked, again)),
    ownSheet(device, again), await consentSheet(device, outbox, again));
}
