// Reading a log from a URL or a folder copy, and saying what came out.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Octets of `path` under the log's base. */
export async function read(base, path) {
  if (!/^https?:/.test(base)) return readFile(join(base, path));
  const answer = await fetch(`${base.replace(/\/$/, '')}/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** A tile number as C2SP tlog-tiles writes it. */
export function tileNumber(n) {
  let text = String(n % 1000).padStart(3, '0');
  for (n = Math.floor(n / 1000); n > 0; n = Math.floor(n / 1000)) {
    text = `x${String(n % 1000).padStart(3, '0')}/${text}`;
  }
  return text;
}

/** The entries of a bundle, each after its uint16 length. */
export function entriesOf(bundle) {
  const entries = [];
  for (let at = 0; at < bundle.length;) {
    const size = bundle.readUInt16BE(at);
    if (at + 2 + size > bundle.length) throw new Error('half an entry');
    entries.push(bundle.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return entries;
}

/** Runs a judge: exit 0 with its words, 1 when it throws, 2 when arguments are missing. */
export async function run(usage, count, judge) {
  const given = process.argv.slice(2);
  if (given.length < count) {
    console.error(`usage: ${usage}`);
    process.exit(2);
  }
  try {
    console.log(`good: ${await judge(...given)}`);
  } catch (error) {
    console.error(`${process.argv[1].split('/').pop()}: ${error.message}`);
    process.exit(1);
  }
}
