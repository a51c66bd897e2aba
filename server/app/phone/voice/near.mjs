// A voice of the phone itself, of this language. One that is a server elsewhere would be told what stands here, and is silent
// in a valley.
import { language } from '../words.mjs';

/** Some phones tell only after a moment which voices they have. */
const voicesWithinMs = 1_000;
/** A little slower than people who know what comes next. */
const rate = 0.9;

export class NearVoice {
  /** Settled once it was waited for voices. @type {Promise<unknown> | undefined} */
  #told;

  /** @param {SpeechSynthesis | undefined} synthesis */
  constructor(synthesis) {
    this.synthesis = synthesis;
  }

  /** As far as is known by now. @returns {SpeechSynthesisVoice | undefined} */
  get voice() {
    return this.synthesis?.getVoices().find(({ lang, localService }) => localService && lang.toLowerCase().startsWith(language()));
  }

  /** Whether there is one. */
  async there() {
    const { synthesis } = this;
    if (synthesis && synthesis.getVoices().length === 0) {
      this.#told ??= new Promise((known) => {
        synthesis.addEventListener?.('voiceschanged', known, { once: true });
        setTimeout(known, voicesWithinMs);
      });
      await this.#told;
    }
    return this.voice !== undefined;
  }

  get speaking() {
    return this.synthesis?.speaking ?? false;
  }

  stop() {
    this.synthesis?.cancel();
  }

  /** @param {string[]} texts */
  say(texts) {
    const { voice } = this;
    if (!voice) return;
    for (const text of texts) {
      const words = new SpeechSynthesisUtterance(text.replace(/\s+/g, ' '));
      Object.assign(words, { voice, lang: voice.lang, rate });
      this.synthesis?.speak(words);
    }
  }
}
