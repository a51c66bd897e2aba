// One screen at a time, named by what stands behind `#/`; the phone's own back button works.
import { fill, h } from './dom.mjs';
import { sign } from './pictures.mjs';
import { t } from './words.mjs';

/**
 * @typedef {object} View  what a screen gives to be shown
 * @property {string} title
 * @property {(Node | false | undefined)[]} body
 * @property {(Node | false | undefined)[]} [foot]  stays at the bottom, under the thumb
 * @property {string | false} [back]  path; false: there is no way back
 * @property {() => void} [shown]  once it is on the page
 * @property {() => void} [changed]  records changed: draw again what shows them
 */
/** @callback Screen @param {import('./app.mjs').App} app @param {string[]} words  of the path behind its name @returns {View | Promise<View>} */

const leastMs = 100;
const openToAll = ['people', 'pin', 'start', 'enrol'];

export class Navigator {
  /** @type {View | undefined} */
  #view;
  #turn = 0;
  #drawn = -leastMs;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /** @param {HTMLElement} root @param {Record<string, Screen>} screens  by first word of their path @param {import('./app.mjs').App} app */
  constructor(root, screens, app) {
    this.root = root;
    this.screens = screens;
    this.app = app;
    addEventListener('hashchange', () => void this.show());
  }

  /** @param {string} path  such as `harvest/site` @param {{replace?: boolean}} [how]  replace: back leads past it */
  go(path, { replace = false } = {}) {
    const hash = `#/${path}`;
    if (location.hash === hash) void this.show();
    else if (replace) location.replace(hash);
    else location.hash = hash;
  }

  /** Changes come in bursts, and phones are slow: the first is drawn at once, then ten a second, and always the last. */
  changed() {
    if (this.#later) return;
    const wait = this.#drawn + leastMs - performance.now();
    const draw = () => {
      this.#later = undefined;
      this.#drawn = performance.now();
      this.#view?.changed?.();
    };
    if (wait <= 0) draw();
    else this.#later = setTimeout(draw, wait);
  }

  async show() {
    const turn = ++this.#turn;
    const [name, ...words] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
    const { device } = this.app;
    // Whoever has not shown who they are sees nobody's records; what waits is sent meanwhile.
    const wanted = device.person && !device.open && !openToAll.includes(name) ? (device.people.length > 1 ? 'people' : 'pin') : name;
    const view = await (this.screens[wanted] ?? this.screens[''])(this.app, wanted === name ? words : []);
    if (turn !== this.#turn) return;  // Somebody went on while this one was made.
    this.#view = view;
    const { title, body, foot = [], back = '' } = view;
    document.title = `${title} · ${t('app')}`;
    const heading = h('h1', { tabindex: '-1' }, title);
    fill(
      this.root,
      h('header', {}, back !== false && h('button', { class: 'back', type: 'button', 'aria-label': t('back'), onclick: () => this.go(back) }, sign('back')), heading, this.app.voice.button((on) => void device.shelf.keep('voice', on))),
      h('main', {}, ...body),
      foot.some(Boolean) && h('footer', {}, ...foot),
    );
    scrollTo(0, 0);
    // Whoever hears the screen instead of seeing it hears where they are.
    heading.focus({ preventScroll: true });
    view.shown?.();
    this.app.voice.screen();
  }
}
