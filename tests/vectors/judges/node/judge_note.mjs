// Verifies a checkpoint's note by @noble/curves, strictly (RFC 8032, not ZIP 215).
import { ed25519 } from '@noble/curves/ed25519.js';
import { createHash } from 'node:crypto';
import { read, run } from './fetch.mjs';

await run('judge_note.mjs <base URL or folder> <vkey>', 2, async (base, vkey) => {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const typedKey = Buffer.from(encoded ?? '', 'base64');
  if (typedKey.length !== 33 || typedKey[0] !== 1) throw new Error('not an Ed25519 vkey');
  const hash = createHash('sha256').update(`${name}\n`).update(typedKey).digest('hex');
  if (hash.slice(0, 8) !== id) throw new Error('the key id is not that of the key');

  const note = (await read(base, 'checkpoint')).toString('utf8');
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0) throw new Error('no empty line');
  const text = note.slice(0, gap + 1);
  const lines = note.slice(gap + 2).split('\n').slice(0, -1);
  const line = lines.find((one) => one.startsWith(`— ${name} `));
  if (!line) throw new Error('not signed by that name');
  const octets = Buffer.from(line.split(' ')[2], 'base64');
  if (octets.subarray(0, 4).toString('hex') !== id) throw new Error('another key id');
  const good = ed25519.verify(octets.subarray(4), Buffer.from(text), typedKey.subarray(1), { zip215: false });
  if (!good) throw new Error('the signature does not verify');
  if (text.split('\n')[0] !== name) throw new Error('the origin is not the key name');
  return text.split('\n').slice(0, 3).join(' ');
});
