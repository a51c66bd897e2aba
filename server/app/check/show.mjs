// A finding in plain words. Never a colour alone: a heading says it first.
import { minute, words } from './words.mjs';

/** @typedef {import('./judge.mjs').Finding} Finding */

/** @param {string} name @param {string} [text] @param {string} [kind] */
export function element(name, text = '', kind = '') {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

/** The strip on top. @param {string} tone @param {string} text */
export function verdict(tone, text) {
  const strip = /** @type {HTMLElement} */ (document.querySelector('#verdict'));
  strip.className = `verdict ${tone}`;
  /** @type {HTMLElement} */ (strip.querySelector('.mark')).textContent = { good: '✓', bad: '✕', warn: '!' }[tone] ?? '…';
  /** @type {HTMLElement} */ (strip.querySelector('h1')).textContent = text;
}

/** @param {Finding} finding @param {string} lang @param {{ms: number, how: string}} work @param {string} vkey */
export function show(finding, lang, { ms, how }, vkey) {
  const say = words[lang];
  const main = /** @type {HTMLElement} */ (document.querySelector('#found'));
  main.textContent = '';
  const line = (/** @type {string} */ text, /** @type {string} */ kind = '') => main.append(element('p', text, kind));
  if (!finding.good) {
    verdict('bad', say.bad);
    line(say.failed(finding.rule ?? ''));
  } else {
    verdict(finding.recalls > 0 ? 'bad' : 'good', finding.recalls > 0 ? say.recalled : say.good);
    line(say.entries(finding));
    line(finding.complete === undefined ? say.alone : say.complete(minute(finding.complete, lang)));
    if (finding.cosigned > 0) line(say.witnesses(finding, minute(finding.since ?? 0, lang)));
    else line(finding.asked > 0 ? say.unseen(finding) : say.nobody);
    line(finding.recalls > 0 ? say.recalled : say.not_recalled);
    line(say.limit);
  }
  line(say.key, 'soft');
  line(vkey, 'code');
  const by = how === 'WebCrypto' ? say.native : how === 'JavaScript' ? say.script : say.mixed;
  line(say.took(ms, by), 'soft');
}
