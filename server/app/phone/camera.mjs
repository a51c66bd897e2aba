// The camera in a screen: it looks for codes until one is what was wanted, says in words what is in the way, and gives the
// camera back when the screen is left. Typing is always there beside it.
import { fill, h } from './dom.mjs';
import { NoPack } from './packs.mjs';
import { sign } from './pictures.mjs';
import { NoReader, openReader } from './reader/reader.mjs';
import { t } from './words.mjs';

/** @typedef {import('./words.mjs').Word} Word */
/**
 * @typedef {object} Watch
 * @property {string[]} kinds  of code, as reader/reader.mjs names them @property {string} label  of the picture
 * @property {(text: string) => Promise<boolean> | boolean} take  true: that is all, the camera may rest
 * @property {Word} instead  what to do where there is no camera or no reader
 * @property {boolean} [twice]  a code counts once two frames in a row agree on it: bars have a weak check of their own
 */

/** Nothing read for so long: some advice. */
const patienceMs = 8_000;
const restMs = 40;

/** @type {Record<string, Word>} */
const refusals = { NotAllowedError: 'camera.refused', SecurityError: 'camera.refused', NotFoundError: 'camera.missing', OverconstrainedError: 'camera.missing' };

/**
 * A button that begins and ends watching in a form, with the picture's and the words' places.
 * @param {Word} words @param {Watch} wanted @returns {HTMLElement[]}
 */
export function scanButton(words, wanted) {
  const place = h('div', {});
  const told = h('div', { role: 'status' });
  const button = h('button', { class: 'second', type: 'button', onclick: async () => {
    if (place.hasChildNodes()) {
      fill(told);
      return fill(place);
    }
    fill(button, t('camera.stop'));
    await watch(place, told, wanted);
    fill(button, t(words));
  } }, t(words));
  return [button, place, told];
}

/** @param {HTMLElement} told @param {...Word} words */
function complain(told, ...words) {
  fill(told, h('div', { class: 'state fix' }, sign('fix'), h('p', {}, words.map((word) => t(word)).join(' '))));
}

/**
 * Until `take` has what it wants, or `place` leaves the page or is emptied.
 * @param {HTMLElement} place  of the picture @param {HTMLElement} told  a live region @param {Watch} wanted
 */
export async function watch(place, told, wanted) {
  const video = /** @type {HTMLVideoElement} */ (h('video', { playsinline: true, muted: true, 'aria-label': wanted.label }));
  const here = h('div', { class: 'frame' }, video);
  fill(place, here);
  fill(told, h('p', { class: 'soft' }, t('camera.opening')));
  /** @type {import('./reader/reader.mjs').Reader | undefined} */
  let reader;
  /** @type {MediaStream | undefined} */
  let stream;
  try {
    if (!navigator.mediaDevices?.getUserMedia) throw new NoReader();
    reader = await openReader(wanted.kinds, () => fill(told, h('p', { class: 'soft' }, t('reader.bringing'))));
    if (!here.isConnected) return;
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false });
    video.srcObject = stream;
    video.muted = true;
    await video.play();
    fill(told);
    await look(here, video, told, reader, wanted);
  } catch (error) {
    const why = error instanceof NoPack ? 'reader.absent' : error instanceof NoReader ? 'reader.none' : refusals[/** @type {Error} */ (error).name] ?? 'camera.broken';
    if (here.isConnected) {
      fill(place);
      complain(told, why, wanted.instead);
    }
  } finally {
    reader?.close();
    for (const track of stream?.getTracks() ?? []) track.stop();
    here.remove();
  }
}

/** @param {HTMLElement} here @param {HTMLVideoElement} video @param {HTMLElement} told @param {import('./reader/reader.mjs').Reader} reader @param {Watch} wanted */
async function look(here, video, told, reader, { take, instead, twice = false }) {
  let lastAt = performance.now();
  /** @type {string[]} */
  let before = [];
  while (here.isConnected) {
    const codes = await reader.read(video);
    // The screen may have been left while this frame was read.
    if (!here.isConnected) return;
    for (const code of codes) {
      if (twice && !before.includes(code)) continue;
      lastAt = performance.now();
      if (await take(code)) {
        navigator.vibrate?.(60);
        return;
      }
    }
    before = codes;
    if (performance.now() - lastAt > patienceMs) {
      fill(told, h('p', { class: 'note' }, t('camera.nothing'), ' ', t(instead)));
      lastAt = performance.now();
    }
    await new Promise((later) => setTimeout(later, restMs));
  }
}
