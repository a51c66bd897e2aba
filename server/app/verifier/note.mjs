// C2SP signed-note with Ed25519 (type 01), and cosignature/v1 (type 04) of tlog-cosignature.
import { concat, fromBase64, same, toBase64, toHex, utf8 } from './octets.mjs';
import { need, Refused } from './refused.mjs';
import { ed25519Key } from './key.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/** @typedef {{name: string, id: Uint8Array, octets: Uint8Array}} NoteSignature */
/** @typedef {{text: string, signatures: NoteSignature[]}} Note  text ends with LF */
/** @typedef {{name: string, id: Uint8Array, type: 1 | 4, key: import('./key.mjs').Key, text: string}} NoteVerifier */
/** @typedef {{name: string, vkey: string, time?: number}} GoodLine  time: seconds, of a cosignature */

const maxOctets = 512 * 1024;
const maxSignatures = 64;
/** @param {string} name */
const isName = (name) => name !== '' && !/[+\p{White_Space}]/u.test(name);

/**
 * A vkey, `<name>+<key id>+<base64 of type ‖ key>`: type 01 of a log, 04 of a witness.
 * @param {Crypto} crypto @param {string} text
 * @returns {Promise<NoteVerifier>}
 * @throws {Refused} note.vkey
 */
export async function parseVkey(crypto, text) {
  const [name, hex, ...rest] = text.split('+'); // base64 may hold a third plus
  const typed = fromBase64(rest.join('+'));
  need(isName(name) && typed && typed.length === 33, 'note.vkey');
  const type = typed[0];
  need(type === 1 || type === 4, 'note.vkey', '', 'neither Ed25519 nor cosignature/v1');
  const id = (await crypto.sha256(concat(utf8(`${name}\n`), typed))).slice(0, 4);
  need(toHex(id) === hex, 'note.vkey', '', 'the key id is not that of the key');
  try {
    return { name, id, type, key: await ed25519Key(crypto, typed.slice(1)), text };
  } catch {
    throw new Refused('note.vkey', '', 'an unsound key');
  }
}

/** @param {string} line @returns {NoteSignature} */
function parseLine(line) {
  const found = /^— ([^ ]+) ([^ ]+)$/u.exec(line);
  const octets = found && fromBase64(found[2]);
  need(octets && isName(found[1]) && octets.length > 4, 'note.syntax', '', 'signature line');
  return { name: found[1], id: octets.slice(0, 4), octets: octets.slice(4) };
}

/**
 * Grammar only.
 * @param {string} note @returns {Note}
 * @throws {Refused} note.syntax, note.too-large
 */
export function parseNote(note) {
  need(utf8(note).length <= maxOctets, 'note.too-large');
  need(!/[\u0000-\u0009\u000b-\u001f]|\p{Surrogate}/u.test(note), 'note.syntax', '', 'a control character');
  const gap = note.lastIndexOf('\n\n');
  need(gap >= 0 && note.endsWith('\n') && gap + 2 < note.length, 'note.syntax', '', 'no signature lines');
  const lines = note.slice(gap + 2, -1).split('\n');
  need(lines.length <= maxSignatures, 'note.too-large');
  return { text: note.slice(0, gap + 1), signatures: lines.map(parseLine) };
}

/**
 * @param {Crypto} crypto @param {NoteVerifier} verifier @param {string} text @param {Uint8Array} octets
 * @returns {Promise<GoodLine | undefined>}
 */
async function checkLine(crypto, { name, type, key, text: vkey }, text, octets) {
  if (type === 1) return (await crypto.verify(key, utf8(text), octets)) ? { name, vkey } : undefined;
  if (octets.length !== 72) return undefined;
  const time = new DataView(octets.buffer, octets.byteOffset).getBigUint64(0);
  const message = utf8(`cosignature/v1\ntime ${time}\n${text}`);
  if (time > BigInt(Number.MAX_SAFE_INTEGER) || !(await crypto.verify(key, message, octets.slice(8)))) return undefined;
  return { name, vkey, time: Number(time) };
}

/**
 * The text with the lines that known keys made. Lines of unknown keys are passed over; one line of a known
 * key that does not verify damns the whole note.
 * @param {Crypto} crypto @param {string} note @param {NoteVerifier[]} known
 * @returns {Promise<{text: string, good: GoodLine[]}>}
 * @throws {Refused} note.signature, note.unknown-keys, those of parseNote
 */
export async function openNote(crypto, note, known) {
  const { text, signatures } = parseNote(note);
  /** @type {GoodLine[]} */
  const good = [];
  for (const { name, id, octets } of signatures) {
    const verifier = known.find((one) => one.name === name && same(one.id, id));
    if (!verifier) continue;
    const line = await checkLine(crypto, verifier, text, octets);
    need(line, 'note.signature', '', name);
    good.push(line);
  }
  need(good.length > 0, 'note.unknown-keys');
  return { text, good };
}

/** The vkey of an Ed25519 key. @param {Crypto} crypto @param {string} name @param {Uint8Array} raw @param {1 | 4} [type] */
export async function vkeyOf(crypto, name, raw, type = 1) {
  const typed = concat(Uint8Array.of(type), raw);
  const id = await crypto.sha256(concat(utf8(`${name}\n`), typed));
  return `${name}+${toHex(id.slice(0, 4))}+${toBase64(typed)}`;
}
