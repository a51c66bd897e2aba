// Hand-over without a network: `give` shows the unsent records as QR codes that change by themselves, `take` is the other
// phone, whose camera gathers them and which sends them when it comes to a network.
import { watch } from '../camera.mjs';
import { fill, h } from '../dom.mjs';
import { framesOf, Gathering } from '../frames.mjs';
import { sign } from '../pictures.mjs';
import { qrOf, side } from '../qr.mjs';
import { t } from '../words.mjs';

/** @typedef {import('../app.mjs').App} App */

/** A cheap camera sees six or so in a second; each is shown long enough to be seen whole. */
const frameMs = 250;
const quiet = 4;
const scale = 4;

/** @param {string} frame @returns {HTMLCanvasElement} */
function drawn(frame) {
  const modules = qrOf(new TextEncoder().encode(frame));
  const size = (side + 2 * quiet) * scale;
  const canvas = /** @type {HTMLCanvasElement} */ (h('canvas', { class: 'qr', width: size, height: size, role: 'img', 'aria-label': t('give.code') }));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = '#000';
  modules.forEach((dark, at) => { if (dark) pen.fillRect((at % side + quiet) * scale, (Math.floor(at / side) + quiet) * scale, scale, scale); });
  return canvas;
}

/** @type {import('../nav.mjs').Screen} */
export async function give(app) {
  const { frames, count } = await framesOf(app.device.crypto, await app.device.waiting());
  const place = h('div', { class: 'frame' });
  const told = h('p', { class: 'soft' });
  let at = 0;
  let running = true;
  const show = () => {
    fill(place, drawn(frames[at]));
    fill(told, t('give.frame', { at: at + 1, total: frames.length }));
  };
  const turn = () => {
    if (!place.isConnected) return;
    if (running) {
      at = (at + 1) % frames.length;
      show();
    }
    setTimeout(turn, frameMs);
  };
  // What moves by itself can be stopped (WCAG 2.2.2), and one code be held for a camera that missed it.
  const pause = h('button', { class: 'second', type: 'button', onclick: () => {
    running = !running;
    pause.textContent = t(running ? 'give.pause' : 'give.on');
  } }, t('give.pause'));
  const next = h('button', { class: 'second', type: 'button', onclick: () => {
    running = false;
    pause.textContent = t('give.on');
    at = (at + 1) % frames.length;
    show();
  } }, t('give.next'));
  return {
    title: t('give.title'), back: 'records',
    body: frames.length === 0 ? [h('p', { class: 'lead' }, t('home.none'))] : [h('p', {}, t('give.text', { count })), place, told, h('p', { class: 'note' }, t('give.kept'))],
    foot: frames.length > 1 ? [pause, next] : [],
    shown: () => {
      if (frames.length === 0) return;
      show();
      if (frames.length > 1) setTimeout(turn, frameMs);
    },
  };
}

/** @type {import('../nav.mjs').Screen} */
export async function take(app) {
  const place = h('div', {});
  const told = h('div', { role: 'status' });
  return { title: t('take.title'), back: 'records', body: [h('p', {}, t('take.text')), place, told], shown: () => void gather(app, place, told) };
}

/** @param {App} app @param {HTMLElement} place @param {HTMLElement} told */
async function gather(app, place, told) {
  const gathering = new Gathering();
  await watch(place, told, {
    kinds: ['qr_code'], label: t('take.title'), instead: 'take.instead',
    async take(code) {
      if (gathering.take(code)) fill(told, h('p', { class: 'lead' }, t('take.some', { have: gathering.have, total: gathering.total })));
      const records = await gathering.records(app.device.crypto, app.device.person?.aud ?? '');
      if (records) await keep(app, told, records);
      return records !== undefined;
    },
  });
}

/** @param {App} app @param {HTMLElement} told @param {{id: string, jws: string, body: string}[]} records */
async function keep(app, told, records) {
  for (const record of records) await app.device.shelf.add({ ...record, made: Date.now(), state: 'waiting', by: 'carried' });
  app.courier.saved();
  fill(told, records.length > 0
    ? h('div', { class: 'state received' }, sign('received'), h('p', {}, h('strong', {}, t('take.done', { count: records.length })), h('br'), t('take.send')))
    : h('div', { class: 'state fix' }, sign('fix'), h('p', {}, t('take.foreign'))));
}
