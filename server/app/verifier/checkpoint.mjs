// C2SP tlog-checkpoint and tlog-proof.
import { fromBase64, utf8 } from './octets.mjs';
import { need } from './refused.mjs';
import { leafHash, verifyInclusion } from './merkle.mjs';
import { openNote, parseNote } from './note.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/** @typedef {import('./note.mjs').NoteVerifier} NoteVerifier */
/** @typedef {{name: string, vkey: string, time: number}} Cosignature  time: Unix seconds, the witness's word */
/**
 * @typedef {object} Checkpoint
 * @property {string} origin
 * @property {number} size
 * @property {Uint8Array} root
 * @property {Cosignature[]} cosignatures  of the witnesses asked for, each once
 */

const decimal = /^(0|[1-9][0-9]{0,15})$/;

/** @param {string} text @throws {Refused} checkpoint.syntax */
export function parseCheckpointText(text) {
  const [origin, size, root, ...more] = text.split('\n');
  // Extension lines of others are passed over, but none is empty; the last element follows the last LF.
  need(more.length > 0 && more.pop() === '' && !more.includes(''), 'checkpoint.syntax');
  const octets = fromBase64(root);
  need(origin !== '' && decimal.test(size) && octets?.length === 32, 'checkpoint.syntax');
  need(Number.isSafeInteger(Number(size)), 'checkpoint.syntax', '', 'a size beyond 2^53−1');
  return { origin, size: Number(size), root: octets };
}

/**
 * A checkpoint that the log signed. Witnesses are optional: their lines are checked when given, and a
 * wrong one damns the note as a wrong line of the log does.
 * @param {Crypto} crypto @param {string} note @param {NoteVerifier} log @param {NoteVerifier[]} [witnesses]
 * @returns {Promise<Checkpoint>}
 * @throws {Refused} those of openNote, checkpoint.syntax, checkpoint.origin
 */
export async function openCheckpoint(crypto, note, log, witnesses = []) {
  const { text, good } = await openNote(crypto, note, [log, ...witnesses]);
  need(good.some(({ vkey }) => vkey === log.text), 'note.unknown-keys', '', 'the log itself did not sign');
  const checkpoint = parseCheckpointText(text);
  need(checkpoint.origin === log.name, 'checkpoint.origin');
  /** @type {Map<string, Cosignature>} */
  const cosignatures = new Map();
  for (const { name, vkey, time } of good) {
    if (time !== undefined && !cosignatures.has(vkey)) cosignatures.set(vkey, { name, vkey, time });
  }
  return { ...checkpoint, cosignatures: [...cosignatures.values()] };
}

/**
 * Grammar of a tlog-proof.
 * @param {string} text
 * @returns {{index: number, path: Uint8Array[], checkpoint: string, extra?: Uint8Array}}
 * @throws {Refused} proof.syntax, those of parseNote
 */
export function parseTlogProof(text) {
  const gap = text.indexOf('\n\n');
  need(gap >= 0, 'proof.syntax');
  const lines = text.slice(0, gap).split('\n');
  need(lines.shift() === 'c2sp.org/tlog-proof@v1', 'proof.syntax', '', 'header');
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(/** @type {string} */ (lines.shift()).slice(6)) : null;
  need(extra !== undefined, 'proof.syntax', '', 'extra');
  const index = /^index (.*)$/.exec(lines.shift() ?? '')?.[1] ?? '';
  need(decimal.test(index) && Number.isSafeInteger(Number(index)), 'proof.syntax', '', 'index');
  need(lines.length <= 63, 'proof.syntax', '', 'path');
  const path = lines.map((line) => {
    const hash = fromBase64(line);
    need(hash?.length === 32, 'proof.syntax', '', 'path');
    return hash;
  });
  const checkpoint = text.slice(gap + 2);
  parseNote(checkpoint);
  return { index: Number(index), path, checkpoint, ...(extra ? { extra } : {}) };
}

/**
 * That `leaf` stands in the log at the index the proof says.
 * @param {Crypto} crypto @param {string} text  tlog-proof @param {Uint8Array | string} leaf
 * @param {NoteVerifier} log @param {NoteVerifier[]} [witnesses]
 * @throws {Refused} proof.inclusion, those of parseTlogProof and openCheckpoint
 */
export async function verifyTlogProof(crypto, text, leaf, log, witnesses = []) {
  const { index, path, checkpoint } = parseTlogProof(text);
  const opened = await openCheckpoint(crypto, checkpoint, log, witnesses);
  const hash = await leafHash(crypto, typeof leaf === 'string' ? utf8(leaf) : leaf);
  need(await verifyInclusion(crypto, index, opened.size, hash, path, opened.root), 'proof.inclusion');
  return { index, checkpoint: opened };
}
