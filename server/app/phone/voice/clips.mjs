// The voice of the pack: one clip behind the other, by Web Audio, which takes octets and so needs no word in the page's policy.
import { packFile } from '../packs.mjs';
import { readingOf } from './split.mjs';

/** @typedef {{clips: Record<string, [at: number, length: number]>}} Index */

/** Every clip has a little silence around it; between sentences one takes a breath. */
const overlap = 0.08;
const breath = 0.25;
const awakeWithinMs = 1_000;

export class ClipVoice {
  /** @type {AudioContext | undefined} */
  #context;
  /** Once somebody has touched the page: before that it is silent. @type {Promise<void> | undefined} */
  #awake;
  /** @type {Promise<{has: (key: string) => boolean, octetsOf: (key: string) => ArrayBuffer}> | undefined} */
  #pack;
  /** @type {AudioBufferSourceNode[]} */
  #playing = [];
  /** The context's time at which all that was begun ends. */
  #until = 0;
  /** Sayings that are still being put in line. */
  #lining = 0;
  #line = Promise.resolve();
  /** Goes up when what was said is to be said no more. */
  #turn = 0;

  static possible = () => typeof AudioContext === 'function';

  /** Called in a gesture: only then a browser lets a page be heard. */
  wake() {
    this.#context ??= new AudioContext();
    this.#awake = this.#context.resume();
  }

  get speaking() {
    return this.#lining > 0 || (this.#context !== undefined && this.#context.currentTime < this.#until);
  }

  stop() {
    this.#turn += 1;
    this.#until = 0;
    for (const source of this.#playing.splice(0)) source.stop();
  }

  /** @param {string[]} texts */
  say(texts) {
    const turn = this.#turn;
    this.#lining += 1;
    this.#line = this.#line.then(() => this.#begin(texts, turn)).catch(() => {
      this.#pack = undefined;  // It could not be read: the next screen tries again.
    }).finally(() => {
      this.#lining -= 1;
    });
  }

  /** @param {string[]} texts @param {number} turn */
  async #begin(texts, turn) {
    const context = this.#context;
    if (!context || !this.#awake) return;
    this.#pack ??= opened();
    const { has, octetsOf } = await this.#pack;
    // Where a call has the loudspeaker, it would wait for ever.
    await Promise.race([this.#awake, new Promise((later) => setTimeout(later, awakeWithinMs))]);
    if (context.state !== 'running') return;
    for (const sentence of texts.flatMap((text) => readingOf(text, has))) {
      for (const [at, key] of sentence.entries()) {
        const buffer = await context.decodeAudioData(octetsOf(key));
        if (turn !== this.#turn) return;
        const from = Math.max(context.currentTime, this.#until + (at > 0 ? -overlap : breath));
        const source = context.createBufferSource();
        source.buffer = buffer;
        source.connect(context.destination);
        source.onended = () => {
          this.#playing = this.#playing.filter((one) => one !== source);
        };
        source.start(from);
        this.#playing.push(source);
        this.#until = from + buffer.duration;
      }
    }
  }
}

async function opened() {
  const [index, sound] = await Promise.all(['.json', '.mp3'].map((ending) => fetch(packFile('voice', ending))));
  const { clips } = /** @type {Index} */ (await index.json());
  const octets = await sound.arrayBuffer();
  const places = new Map(Object.entries(clips));
  return {
    has: (/** @type {string} */ key) => places.has(key),
    octetsOf(/** @type {string} */ key) {
      const [at, length] = /** @type {[number, number]} */ (places.get(key));
      return octets.slice(at, at + length);
    },
  };
}
