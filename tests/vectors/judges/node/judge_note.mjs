// Verifies a checkpoint's note by @noble/curves, strictly (RFC 8032, not ZIP 215): the log's line, and a
// line of every witness named. A cosignature (C2SP tlog-cosignature) is 8 octets of time and a signature
// over `cosignature/v1`, that time and the note's text.
import { ed25519 } from '@noble/curves/ed25519.js';
import { createHash } from 'node:crypto';
import { read, run } from './fetch.mjs';

const kinds = { log: 1, witness: 4 };

/** @returns {{name: string, id: string, key: Buffer}} of a vkey whose id is that of its key */
function keyOf(vkey, kind) {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const typedKey = Buffer.from(encoded ?? '', 'base64');
  if (typedKey.length !== 33 || typedKey[0] !== kinds[kind]) throw new Error(`not the Ed25519 vkey of a ${kind}`);
  const hash = createHash('sha256').update(`${name}\n`).update(typedKey).digest('hex');
  if (hash.slice(0, 8) !== id) throw new Error('the key id is not that of the key');
  return { name, id, key: typedKey.subarray(1) };
}

/** The octets of that key's line, after its id. A log that changes its key has two lines of one name. */
function lineOf(lines, { name, id }) {
  const named = lines.filter((one) => one.startsWith(`— ${name} `));
  if (named.length === 0) throw new Error(`not signed by ${name}`);
  const all = named.map((line) => Buffer.from(line.split(' ')[2], 'base64'));
  const own = all.find((octets) => octets.subarray(0, 4).toString('hex') === id);
  if (!own) throw new Error(`another key id of ${name}`);
  return own.subarray(4);
}

function verify(signature, text, { name, key }) {
  if (!ed25519.verify(signature, Buffer.from(text), key, { zip215: false })) throw new Error(`the signature of ${name} does not verify`);
}

await run('judge_note.mjs <base URL or folder> <vkey> [<vkey of a witness>…]', 2, async (base, vkey, ...witnesses) => {
  const log = keyOf(vkey, 'log');
  const note = (await read(base, 'checkpoint')).toString('utf8');
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0) throw new Error('no empty line');
  const text = note.slice(0, gap + 1);
  const lines = note.slice(gap + 2).split('\n').slice(0, -1);
  verify(lineOf(lines, log), text, log);
  if (text.split('\n')[0] !== log.name) throw new Error('the origin is not the key name');
  for (const witness of witnesses.map((one) => keyOf(one, 'witness'))) {
    const octets = lineOf(lines, witness);
    if (octets.length !== 72) throw new Error(`the cosignature of ${witness.name} has not 72 octets`);
    verify(octets.subarray(8), `cosignature/v1\ntime ${octets.readBigUInt64BE()}\n${text}`, witness);
  }
  return `${text.split('\n').slice(0, 3).join(' ')}, ${witnesses.length} cosignatures`;
});
