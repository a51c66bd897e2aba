// Makes the voice pack in phone/voice: clips.mp3, a clip behind the other, and clips.json, where each lies. Run it when a word of
// the list changed (`node server/app/build/voice/make_clips.mjs`, with espeak-ng and lame of Debian 12); the same words and
// programs give the same octets.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { prompts } from './prompts.mjs';
import { sayingOf, voice } from './saying.mjs';

const headOfWav = 44;
/** Softer than that is silence, in steps of 16 bits; what is left of it lets words breathe. */
const silence = 300;
const leadMs = 15;
const tailMs = 60;

/** Samples without the silence around them. @param {Buffer} pcm */
function trimmed(pcm) {
  const loud = (/** @type {number} */ at) => Math.abs(pcm.readInt16LE(2 * at)) > silence;
  const count = pcm.length >> 1;
  let first = 0;
  let last = count - 1;
  while (first < last && !loud(first)) first += 1;
  while (last > first && !loud(last)) last -= 1;
  const per = voice.rate / 1000;
  return pcm.subarray(2 * Math.max(0, first - leadMs * per | 0), 2 * Math.min(count, last + tailMs * per | 0));
}

/** @param {string} said */
function clip(said) {
  const wav = execFileSync('espeak-ng', [...voice.espeak, '--stdout', said]);
  if (wav.readUInt32LE(24) !== voice.rate) throw new Error(`espeak-ng speaks at ${wav.readUInt32LE(24)} Hz`);
  return execFileSync('lame', [...voice.lame, '-', '-'], { input: trimmed(wav.subarray(headOfWav)), stdio: ['pipe', 'pipe', 'ignore'] });
}

/** @type {Record<string, number[]>} */
const clips = {};
const octets = [];
let at = 0;
for (const [key, said] of prompts) {
  const one = clip(said);
  clips[key] = [at, one.length];
  octets.push(one);
  at += one.length;
}
const here = new URL('../../phone/voice/', import.meta.url);
writeFileSync(new URL('clips.mp3', here), Buffer.concat(octets));
writeFileSync(new URL('clips.json', here), `${JSON.stringify({ saying: sayingOf(prompts), clips }).replace(/\],/g, '],\n')}\n`);
console.log(`${octets.length} clips, ${at} octets`);
