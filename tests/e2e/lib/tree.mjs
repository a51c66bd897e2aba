// RFC 6962 and C2SP tlog-tiles read from outside: nothing of the service's own tree code.
import { sha256, verifyEd25519 } from './jose.mjs';

export const leafHash = (leaf) => sha256(Buffer.from([0]), leaf);
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

/** RFC 6962 §2.1 over leaf hashes. */
export function rootOf(hashes) {
  if (hashes.length === 0) return sha256('');
  let level = hashes;
  while (level.length > 1) {
    const next = [];
    for (let i = 0; i < level.length; i += 2) {
      next.push(i + 1 < level.length ? nodeHash(level[i], level[i + 1]) : level[i]);
    }
    level = next;
  }
  return level[0];
}

/** RFC 9162 §2.1.3.2. */
export function includes(index, size, leaf, path, root) {
  let [fn, sn, hash] = [index, size - 1, leaf];
  if (index >= size) return false;
  for (const step of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(step, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      hash = nodeHash(hash, step);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && hash.equals(root);
}

/** RFC 9162 §2.1.4.2. */
export function consistent(from, to, path, fromRoot, toRoot) {
  if (from === to) return path.length === 0 && fromRoot.equals(toRoot);
  if (from === 0 || from > to || path.length === 0) return from === 0 && path.length === 0;
  const steps = Number.isInteger(Math.log2(from)) ? [fromRoot, ...path] : path;
  let [fn, sn] = [from - 1, to - 1];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let [fr, sr] = [steps[0], steps[0]];
  for (const step of steps.slice(1)) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [fr, sr] = [nodeHash(step, fr), nodeHash(step, sr)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      sr = nodeHash(sr, step);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && fr.equals(fromRoot) && sr.equals(toRoot);
}

/** {origin, size, root} of a checkpoint that the log key signed; throws. */
export function openCheckpoint(note, vkey) {
  const [, name, id, encoded] = /^(.+)\+([0-9a-f]{8})\+([^+]*.*)$/.exec(vkey);
  const typed = Buffer.from(encoded, 'base64');
  const gap = note.indexOf('\n\n');
  const text = note.slice(0, gap + 1);
  const octets = note.slice(gap + 2).split('\n').filter((one) => one.startsWith(`— ${name} `))
    .map((line) => Buffer.from(line.split(' ')[2], 'base64')) // a log may sign by two keys of one name
    .find((one) => one.subarray(0, 4).toString('hex') === id);
  if (!octets) throw new Error('a checkpoint by another key');
  if (!verifyEd25519(typed.subarray(1), Buffer.from(text), octets.subarray(4))) {
    throw new Error('a checkpoint whose signature does not verify');
  }
  const [origin, size, root] = text.split('\n');
  if (origin !== name) throw new Error(`a checkpoint of ${origin}`);
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}

/** The name of tile `n` (< 1,000,000), full or `width` wide. */
export function tileName(n, width) {
  const digits = (part) => String(part).padStart(3, '0');
  const name = n < 1000 ? digits(n) : `x${digits(Math.floor(n / 1000))}/${digits(n % 1000)}`;
  return width === 256 ? name : `${name}.p/${width}`;
}

/** Names and widths of the 256-wide pieces of `size` leaves. */
export function pieces(size) {
  const all = [];
  for (let n = 0; n * 256 < size; n += 1) {
    const width = Math.min(256, size - n * 256);
    all.push({ n, width, name: tileName(n, width) });
  }
  return all;
}

/** Splits an entry bundle. */
export function leavesOf(bundle) {
  const leaves = [];
  for (let at = 0; at < bundle.length; ) {
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) throw new Error('half a leaf in a bundle');
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}
