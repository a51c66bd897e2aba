// Hand-over without a network: `give` shows the unsent records as QR codes that change by themselves, `take` is the other
// phone, whose camera gathers them and which sends them when it comes to a network.
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
  const place = h('div', { class: 'frame' });
  const told = h('div', { role: 'status' });
  return { title: t('take.title'), back: 'records', body: [h('p', {}, t('take.text')), place, told], shown: () => void watch(app, place, told) };
}

/** @param {HTMLElement} told @param {import('../words.mjs').Word} word */
const complain = (told, word) => fill(told, h('div', { class: 'state fix' }, sign('fix'), h('p', {}, t(word))));

/** @param {App} app @param {HTMLElement} place @param {HTMLElement} told */
async function watch(app, place, told) {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  const kinds = Detector ? await Detector.getSupportedFormats().catch(() => []) : [];
  if (!kinds.includes('qr_code')) return complain(told, 'take.none');
  const detector = new Detector({ formats: ['qr_code'] });
  /** @type {MediaStream} */
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false });
  } catch (error) {
    return complain(told, 'take.camera');
  }
  const video = /** @type {HTMLVideoElement} */ (h('video', { playsinline: true, muted: true, 'aria-label': t('take.title') }));
  video.srcObject = stream;
  video.muted = true;
  fill(place, video);
  const gathering = new Gathering();
  try {
    await video.play();
    while (place.isConnected) {
      for (const { rawValue } of await detector.detect(video).catch(() => [])) if (gathering.take(rawValue)) fill(told, h('p', { class: 'lead' }, t('take.some', { have: gathering.have, total: gathering.total })));
      const records = await gathering.records(app.device.crypto, app.device.person?.aud ?? '');
      if (records) return await keep(app, place, told, records);
      await new Promise((later) => setTimeout(later, 40));
    }
  } catch (error) {
    complain(told, 'take.camera');
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

/** @param {App} app @param {HTMLElement} place @param {HTMLElement} told @param {{id: string, jws: string, body: string}[]} records */
async function keep(app, place, told, records) {
  for (const record of records) await app.device.shelf.add({ ...record, made: Date.now(), state: 'waiting', by: 'carried' });
  app.courier.saved();
  fill(place);
  fill(told, records.length > 0
    ? h('div', { class: 'state received' }, sign('received'), h('p', {}, h('strong', {}, t('take.done', { count: records.length })), h('br'), t('take.send')))
    : h('div', { class: 'state fix' }, sign('fix'), h('p', {}, t('take.foreign'))));
}
