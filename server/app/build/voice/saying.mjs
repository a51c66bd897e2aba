// How the clips of the voice pack are spoken, and a sum over all of it: kept beside the clips, it tells when they are not of
// these words any more.
import { createHash } from 'node:crypto';

export const voice = {
  rate: 22_050,
  /** Vietnamese with all six tones; slow, as to somebody who listens for the first time. */
  espeak: ['-v', 'vi', '-s', '125', '-p', '45', '-a', '120'],
  /** MP3 is what every browser plays; this voice has next to nothing above 8 kHz. No tag in front: each clip is sound alone. */
  lame: ['-r', '-s', '22.05', '--signed', '--bitwidth', '16', '--little-endian', '-m', 'm', '-b', '16', '--resample', '16', '-q', '2', '-t', '--quiet'],
};

/** @param {Map<string, string>} prompts */
export const sayingOf = (prompts) => createHash('sha256').update(JSON.stringify([voice, [...prompts]])).digest('hex');
