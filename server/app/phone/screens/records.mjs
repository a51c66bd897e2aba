// What was recorded on this phone, and how each of it stands.
import { Problem } from '../../enrol/ask.mjs';
import { amountOf, claimsOf, shortId, signOf, standing, titleOf, wordOf } from '../describe.mjs';
import { fill, h } from '../dom.mjs';
import { download, exportFile } from '../export_file.mjs';
import { photoFigure } from '../photo_view.mjs';
import { sign } from '../pictures.mjs';
import { photoNamesIn } from '../../sync/photo_shelf.mjs';
import { recheck } from '../soundness.mjs';
import { dayAfter, known, showDay, showQuantity, spanOf, t, timeAndDay, timeOfDay } from '../words.mjs';

/** @typedef {import('../app.mjs').App} App */
/** @typedef {import('../../sync/record.mjs').Stored} Stored */

const historyMs = 90 * 86_400_000;
const mostRecords = 2_000;
const clockOffMs = 5 * 60_000;

/** @type {import('../nav.mjs').Screen} */
export function records(app) {
  const list = h('ul', { class: 'records' });
  const draw = async () => {
    const all = await app.device.records(mostRecords);
    // Whatever is not settled stays in sight, however old.
    const shown = all.filter(({ made, state }) => state === 'waiting' || Math.abs(Date.now() - made) < historyMs);
    fill(list, ...(shown.length > 0 ? shown.map((record) => row(app, record)) : [h('li', { class: 'lead' }, t('records.none'))]));
  };
  const said = h('div', { role: 'status' });
  const check = async () => {
    fill(said, h('p', { class: 'lead' }, t('recheck.running')));
    fill(said, await recheckSaid(app));
  };
  const save = h('button', { class: 'second', type: 'button', hidden: true, onclick: async () =>
    download(exportFile(await app.device.waiting(), Date.now())) }, t('export.do'));
  const give = h('button', { class: 'second', type: 'button', hidden: true, onclick: () => app.nav.go('give') }, t('give.do'));
  const drawAll = async () => {
    give.hidden = save.hidden = (await app.device.waiting()).length === 0;
    await draw();
  };
  return {
    title: t('records.title'),
    body: [list, said, give, save, h('button', { class: 'second', type: 'button', onclick: () => void check() }, t('recheck.do')),
      h('button', { class: 'plain', type: 'button', onclick: () => app.nav.go('take') }, t('take.do'))],
    shown: () => void drawAll(), changed: () => void drawAll(),
  };
}

/** @param {App} app */
async function recheckSaid(app) {
  try {
    const { count, size } = await recheck(app.device);
    return h('div', { class: 'state received' }, sign('received'), h('p', {}, t('recheck.good', { count, size })));
  } catch (error) {
    if (error instanceof Problem) return h('div', { class: 'state saved' }, sign('waiting'), h('p', {}, t('recheck.offline')));
    const { rule = String(error) } = /** @type {any} */ (error);
    return h('div', { class: 'state fix', role: 'alert' }, sign('fix'), h('p', {}, t('recheck.bad'), h('br'), h('span', { class: 'code' }, rule)));
  }
}

/** @param {App} app @param {any} record */
function row(app, record) {
  const claims = claimsOf(record);
  const { title, image } = titleOf(claims, app.device);
  const amount = amountOf(claims);
  const how = standing(record, app.courier.sending.has(record.id));
  return h('li', {}, h('button', { class: 'row', type: 'button', onclick: () => app.nav.go(`record/${record.id}`) },
    image, h('span', { class: 'what' }, h('strong', {}, title), h('span', {}, amount ? showQuantity(amount) : '', ` · ${timeAndDay(record.made)}`)),
    h('span', { class: `badge ${how}` }, sign(signOf[how]), t(wordOf[how]))));
}

/** Corrections of one record, the newest first. @param {App} app @param {string} id @returns {Promise<import('../describe.mjs').Claims[]>} */
async function correctionsOf(app, id) {
  const claims = (await app.device.records(mostRecords)).map(claimsOf);
  return claims.filter(({ type, data }) => type === 'batch.correct/1' && data.target === id);
}

/** One record; `new`: just saved. @type {import('../nav.mjs').Screen} */
export async function record(app, [id = '', how = '']) {
  const fresh = how === 'new';
  const state = h('div', { role: 'status' });
  const draw = async () => {
    const stored = await app.device.shelf.record(id);
    if (stored) fill(state, ...stateOf(app, stored));
  };
  const stored = await app.device.shelf.record(id);
  if (!stored) return records(app, []);
  fill(state, ...stateOf(app, stored));
  const claims = claimsOf(stored);
  const { title, image } = titleOf(claims, app.device);
  const { data, type } = claims;
  const amount = amountOf(claims);
  const picked = type.startsWith('batch.harvest/') || type.startsWith('batch.deliver/');
  const form = type.startsWith('animal.') ? 'animal' : type.startsWith('batch.deliver/') ? 'deliver' : picked ? 'harvest' : 'input';
  const photo = stored.photo ?? photoNamesIn(stored.body).find((one) => one.type !== 'application/pdf');
  const [corrected] = picked ? await correctionsOf(app, id) : [];
  return {
    title: fresh ? t('saved.title') : t('record.title'), back: fresh ? '' : 'records',
    body: [
      h('div', { class: 'made' }, image, h('p', {}, h('strong', {}, title), h('br'), amount ? h('span', { class: 'large' }, showQuantity(amount)) : '')),
      corrected && h('p', { class: 'note' }, h('strong', {}, t('correct.done', { qty: showQuantity(corrected.data.value) })), h('br'), t('correct.was')),
      state,
      photo && photoFigure(app.device, photo, title),
      h('dl', { class: 'facts' },
        data.site && h('dt', {}, t('record.site')), data.site && h('dd', {}, app.device.nameOf(data.site) ?? t('record.unknown')),
        data.phi_days !== undefined && h('dt', {}, t('input.phi')), data.phi_days !== undefined && h('dd', {}, t('input.phi.until', { n: data.phi_days, day: showDay(dayAfter(data.on, data.phi_days)) })),
        data.withdrawal_days !== undefined && h('dt', {}, t('treat.days')), data.withdrawal_days !== undefined && h('dd', {}, t('treat.until', { n: data.withdrawal_days, day: showDay(dayAfter(data.on, data.withdrawal_days)) })),
        data.name && type.startsWith('animal.') && h('dt', {}, t('treat.name.label')), data.name && type.startsWith('animal.') && h('dd', {}, data.name),
        data.ticket && h('dt', {}, t('deliver.ticket.short')), data.ticket && h('dd', { class: 'code' }, data.ticket),
        claims.for && h('dt', {}, t('record.by')), claims.for && h('dd', {}, t('record.office')),
        data.on && h('dt', {}, t('record.on')), data.on && h('dd', {}, showDay(data.on)),
        h('dt', {}, t('record.made')), h('dd', {}, timeAndDay(stored.made)),
        h('dt', {}, t('record.code')), h('dd', { class: 'code' }, shortId(id))),
    ],
    foot: fresh ? [
      h('button', { class: 'second', type: 'button', onclick: () => app.nav.go('', { replace: true }) }, t('home')),
      type.startsWith('batch.correct/') ? undefined : h('button', { class: 'first', type: 'button', onclick: () => app.nav.go(form, { replace: true }) }, t('saved.more')),
    ] : [picked && h('button', { class: 'second', type: 'button', onclick: () => app.nav.go(`correct/${id}`) }, t('correct.do'))],
    // Its answer may have come while the screen was made.
    shown: () => void draw(), changed: () => void draw(),
  };
}

/**
 * ms that this device's clock is surely wrong by. A record may have waited long for a network and its receipt may be
 * asked for twice, so only what no waiting explains tells of a clock: made after it was taken in, answered before.
 * @param {any} stored
 */
function clockOff({ made, settled, recorded }) {
  if (made > recorded) return made - recorded;
  return settled < recorded ? settled - recorded : 0;
}

/** @param {App} app @param {any} stored */
function stateOf(app, stored) {
  const how = standing(stored, app.courier.sending.has(stored.id));
  const words = [h('strong', {}, t(wordOf[how]))];
  const more = [];
  if (how === 'received') {
    words.push(h('span', {}, t('received.at', { time: timeOfDay(stored.recorded), code: shortId(stored.id) })));
    const off = clockOff(stored);
    if (Math.abs(off) > clockOffMs) more.push(h('p', { class: 'note' }, t('received.clock', { span: spanOf(off) })));
  }
  if (how === 'held') words.push(h('span', {}, t('held.text')));
  if (how === 'fix') {
    words.push(h('span', {}, stored.state === 'refused' ? t('refused.text') : t('aside.text')));
    words.push(h('span', { class: 'code' }, known(`rule.${stored.trouble?.rule}`, stored.trouble?.rule ?? '')));
  }
  return [h('div', { class: `state ${how}` }, sign(signOf[how]), h('p', {}, ...words.flatMap((word, at) => (at ? [h('br'), word] : [word])))), ...more];
}
