// Screens read aloud, for people who read little: the question when a screen comes, then what changes on it, such as a number
// in words. Only a voice of the phone itself speaks: another one is a server elsewhere, which would be told what stands here
// and is silent in a valley.
import { h } from './dom.mjs';
import { sign } from './pictures.mjs';
import { language, t } from './words.mjs';

/** Some phones tell only after a moment which voices they have. */
const voicesWithinMs = 1_000;
/** A little slower than people who know what comes next. */
const rate = 0.9;
/** What is asked or told; not the many names one may choose from, which have pictures. */
const spoken = 'h1, main .lead, main > .note, main .state p, main label:not(.radios label), main legend';
const live = '[role=alert], [role=status]';

/** As it is seen: what stands on two lines is two words. @param {Element | null | undefined} element */
const textOf = (element) => (/** @type {HTMLElement | undefined} */ (element)?.innerText ?? '').replace(/\s+/g, ' ').trim();

export class Voice {
  /** Whether screens are read; kept on the phone (main.mjs). */
  on = false;

  /** What is being said: a screen that came is heard to its end, an answer gives way to the next. @type {'screen' | 'change'} */
  #saying = 'screen';
  /** Of the screen. @type {string[]} */
  #heard = [];

  /** @param {HTMLElement} root @param {SpeechSynthesis | undefined} synthesis */
  constructor(root, synthesis) {
    this.root = root;
    this.synthesis = synthesis;
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.stop());
    new MutationObserver((changes) => this.on && this.#changed(changes)).observe(root, { childList: true, subtree: true, characterData: true });
  }

  /** Of this language and of this phone. @returns {Promise<SpeechSynthesisVoice | undefined>} */
  async #voice() {
    const { synthesis } = this;
    if (!synthesis) return undefined;
    if (synthesis.getVoices().length === 0) {
      await new Promise((known) => {
        synthesis.addEventListener?.('voiceschanged', known, { once: true });
        setTimeout(known, voicesWithinMs);
      });
    }
    return synthesis.getVoices().find(({ lang, localService }) => localService && lang.toLowerCase().startsWith(language()));
  }

  stop() {
    this.synthesis?.cancel();
  }

  /** @param {string[]} sentences @param {'screen' | 'change'} kind */
  async #say(sentences, kind) {
    const voice = await this.#voice();
    if (!voice || !this.on) return;
    const behind = kind === 'change' && this.#saying === 'screen' && this.synthesis?.speaking;
    if (!behind) {
      this.stop();
      this.#saying = kind;
    }
    for (const sentence of sentences) {
      const words = new SpeechSynthesisUtterance(sentence);
      Object.assign(words, { voice, lang: voice.lang, rate });
      this.synthesis?.speak(words);
    }
  }

  /** A screen has come. */
  screen() {
    if (!this.on) return;
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

  /** In the head of every screen. @param {(on: boolean) => void} keep */
  button(keep) {
    const button = h('button', { class: 'back voice', type: 'button', 'aria-label': t('voice') });
    const draw = () => {
      button.setAttribute('aria-pressed', String(this.on));
      button.replaceChildren(sign(this.on ? 'voice' : 'silent'));
    };
    button.addEventListener('click', async () => {
      if (!this.on && !(await this.#voice())) {
        this.root.querySelector('main')?.prepend(h('div', { class: 'state late', role: 'alert' }, sign('fix'), h('p', {}, t('voice.none'))));
        return;
      }
      this.on = !this.on;
      draw();
      keep(this.on);
      if (this.on) this.screen();
      else this.stop();
    });
    draw();
    return button;
  }
}
