// Screens read aloud, for people who read little: the question when a screen comes, then what changes on it, such as a number
// in words. By a voice of the phone itself where it has one; in Vietnamese otherwise by the clips of the voice pack.
import { h } from './dom.mjs';
import { bringPack, hasPack } from './packs.mjs';
import { sign } from './pictures.mjs';
import { isTight } from './room.mjs';
import { ClipVoice } from './voice/clips.mjs';
import { NearVoice } from './voice/near.mjs';
import { language, t } from './words.mjs';

/** What is asked or told, and the button at the foot; not the many names one may choose from, which have pictures. */
const spoken = 'h1, main .lead, main > .note, main .state p, main label:not(.radios label), main legend, footer .first';
/** How often it is asked whether a screen was heard to its end. */
const listenMs = 100;
const live = '[role=alert], [role=status]';

/** As it is seen, line by line. @param {Element | null | undefined} element */
const textOf = (element) => (/** @type {HTMLElement | undefined} */ (element)?.innerText ?? '').trim();

/** Whether the pack could speak here. */
const packSpeaks = () => language() === 'vi' && ClipVoice.possible();

export class Voice {
  /** Whether screens are read; kept on the phone (main.mjs). */
  on = false;

  /** What is being said: a screen that came is heard to its end, an answer gives way to the next. @type {'screen' | 'change'} */
  #saying = 'screen';
  /** Goes up with every screen: what was to be said of an older one comes too late. */
  #screens = 0;
  /** Of the screen. @type {string[]} */
  #heard = [];
  /** What has changed while a screen is being said: its newest answer. @type {string[] | undefined} */
  #next;
  #clips = new ClipVoice();
  /** It was seen to be here, whole. */
  #packed = false;
  /** What stands under the head where there is no voice. @type {Element | undefined} */
  #told;
  /** Of the screen that is shown. @type {HTMLElement | undefined} */
  #button;
  /** @type {(on: boolean) => void} */
  #keep = () => {};

  /** @param {HTMLElement} root @param {SpeechSynthesis | undefined} synthesis */
  constructor(root, synthesis) {
    this.root = root;
    this.near = new NearVoice(synthesis);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.stop());
    // A screen that was there before anybody touched it stays unsaid; the next one is heard.
    for (const gesture of ['click', 'keydown']) addEventListener(gesture, () => this.on && this.#wake(), true);
    new MutationObserver((changes) => this.on && this.#changed(changes)).observe(root, { childList: true, subtree: true, characterData: true });
  }

  #wake() {
    if (!this.near.voice && packSpeaks()) this.#clips.wake();
  }

  async #speaker() {
    if (await this.near.there()) return this.near;
    if (!packSpeaks()) return undefined;
    this.#packed ||= await hasPack('voice');
    return this.#packed ? this.#clips : undefined;
  }

  /** Whether the courier is to bring the pack: somebody wants to hear it, as after a new release with other clips. */
  async needsPack() {
    return this.on && packSpeaks() && !(await this.near.there());
  }

  stop() {
    this.#next = undefined;
    this.near.stop();
    this.#clips.stop();
  }

  /** @param {string[]} texts @param {'screen' | 'change'} kind */
  async #say(texts, kind) {
    const screen = this.#screens;
    const speaker = await this.#speaker();
    if (!speaker || !this.on || screen !== this.#screens) return;
    if (kind === 'change' && this.#saying === 'screen' && speaker.speaking) {
      const waits = this.#next !== undefined;
      this.#next = texts;
      if (!waits) void this.#sayNext(speaker);
      return;
    }
    this.stop();
    this.#saying = kind;
    speaker.say(texts);
  }

  /** What still stands there when the screen was heard. @param {NearVoice | ClipVoice} speaker */
  async #sayNext(speaker) {
    while (speaker.speaking) await new Promise((later) => setTimeout(later, listenMs));
    const standing = [...this.root.querySelectorAll(live)].map(textOf);
    const next = (this.#next ?? []).filter((text) => standing.includes(text));
    this.#next = undefined;
    if (next.length > 0) await this.#say(next, 'change');
  }

  /** A screen has come. */
  screen() {
    if (!this.on) return;
    this.#screens += 1;
    const parts = [...this.root.querySelectorAll(spoken)].filter((one) => !one.closest('[hidden]'));
    this.#heard = parts.map(textOf).filter(Boolean);
    void this.#say(this.#heard, 'screen');
  }

  /** Warnings and answers, as they appear; a screen that came is read as a whole. @param {MutationRecord[]} changes */
  #changed(changes) {
    if (changes.some(({ target }) => target === this.root)) return;
    const regions = new Set(changes.map(({ target }) => (target instanceof Element ? target : target.parentElement)?.closest(live)));
    const sentences = [...regions].map(textOf).filter(Boolean);
    // A region that is filled while its screen is read was read with it.
    const fresh = this.#saying === 'screen' ? sentences.filter((one) => !this.#heard.includes(one)) : sentences;
    if (fresh.length > 0) void this.#say(fresh, 'change');
  }

  /** Under the head of the screen; without a word what stood there goes. @param {import('./words.mjs').Word} [word] @param {...Node} more */
  #tell(word, ...more) {
    this.#told?.remove();
    if (!word) return;
    this.#told = h('div', {}, h('div', { class: 'state late', role: 'alert' }, sign('fix'), h('p', {}, t(word))), ...more);
    this.root.querySelector('main')?.prepend(this.#told);
  }

  #draw() {
    this.#button?.setAttribute('aria-pressed', String(this.on));
    this.#button?.replaceChildren(sign(this.on ? 'voice' : 'silent'));
  }

  /** @param {boolean} on */
  #turn(on) {
    this.on = on;
    this.#draw();
    this.#keep(on);
    this.#tell();
    if (on) this.screen();
    else this.stop();
  }

  #get = () => h('button', { class: 'second', type: 'button', onclick: () => void this.#bring() }, t('voice.get'));

  async #bring() {
    this.#wake();
    this.#button?.focus();
    this.#tell('voice.bringing');
    try {
      await bringPack('voice');
    } catch (error) {
      return this.#tell('voice.absent', this.#get());
    }
    // Not where it could not be kept: it would be fetched again for every screen.
    if (!(await this.#speaker())) return this.#tell('home.storage');
    this.#turn(true);
  }

  async #press() {
    if (this.on) return this.#turn(false);
    this.#wake();
    if (await this.#speaker()) return this.#turn(true);
    if (!packSpeaks()) return this.#tell('voice.none');
    // Room is for records first.
    if (await isTight()) return this.#tell('home.storage');
    this.#tell('voice.offer', this.#get());
  }

  /** In the head of every screen. @param {(on: boolean) => void} keep */
  button(keep) {
    this.#keep = keep;
    this.#button = h('button', { class: 'back voice', type: 'button', 'aria-label': t('voice'), onclick: () => void this.#press() });
    this.#draw();
    return this.#button;
  }
}
