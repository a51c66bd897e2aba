// What stands on a screen, cut into clips of the voice pack. A clip is found by the very words it says, so nothing is said
// that does not stand there: a sentence is covered whole, or it stays unsaid.
import { inWords } from '../../capture/words.mjs';

/** Numbers that are said; longer ones are codes. */
const numeral = /^(0|[1-9][0-9]{0,11})$/;

/** Words of a clip; whoever typed a long text does not make a slow phone look for longer ones in it. */
export const mostWords = 24;

/** Lines, and sentences within a line, with their marks. @param {string} text */
export const sentencesOf = (text) => text.replace(/([.!?…])[ \t]+/g, '$1\n').split('\n').map((one) => one.trim()).filter(Boolean);

/** Words alone, as clips are named: no capitals, no marks but those within a number. @param {string} text */
export const keyOf = (text) => text.normalize('NFC').toLowerCase().replace(/[“”"«»()]/g, ' ').replace(/[.,!?…:;]+(?=\s|$)/g, '').replace(/\s+/g, ' ').trim();

/** @param {string} sentence */
export const withoutAside = (sentence) => sentence.replace(/\s*\([^)]*\)/g, '');

/**
 * The clips that say all of a sentence, the longest first.
 * @param {string} sentence @param {(key: string) => boolean} has @returns {string[] | undefined}
 */
export function clipsOf(sentence, has) {
  const words = keyOf(sentence).split(' ');
  /** Where the rest was seen to have no clips: no need to look there twice. */
  const dead = new Set();
  /** @param {number} at @returns {string[] | undefined} */
  const from = (at) => {
    if (at === words.length) return [];
    for (let end = dead.has(at) ? at : Math.min(words.length, at + mostWords); end > at; end -= 1) {
      const phrase = words.slice(at, end).join(' ');
      const clips = has(phrase) ? [phrase] : numeral.test(phrase) ? inWords(phrase).split(' ') : undefined;
      const rest = clips?.every(has) && from(end);
      if (clips && rest) return [...clips, ...rest];
    }
    dead.add(at);
    return undefined;
  };
  return from(0);
}

/**
 * What can be said of a text, sentence by sentence; what stands in brackets may be left out. An amount that stands there in
 * figures and in words is said once.
 * @param {string} text @param {(key: string) => boolean} has @returns {string[][]}
 */
export function readingOf(text, has) {
  /** @type {string[][]} */
  const said = [];
  for (const sentence of sentencesOf(text)) {
    const clips = clipsOf(sentence, has) ?? clipsOf(withoutAside(sentence), has);
    if (clips && clips.join(' ') !== said[said.length - 1]?.join(' ')) said.push(clips);
  }
  return said;
}
