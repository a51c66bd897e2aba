// Judges, shows, and says how long it took: shared by the page and by the file to keep.
import { chooseCrypto } from '../verifier/verifier.mjs';
import { judge } from './judge.mjs';
import { show } from './show.mjs';

/** @param {import('./judge.mjs').Evidence} evidence @param {string} lang @param {string} [sub] */
export async function run(evidence, lang, sub) {
  const began = performance.now();
  const crypto = await chooseCrypto();
  const finding = await judge(crypto, evidence, sub);
  const ms = Math.round(performance.now() - began);
  show(finding, lang, { ms, how: crypto.name }, evidence.vkey);
  document.documentElement.dataset.checked = String(ms);
  return finding;
}
