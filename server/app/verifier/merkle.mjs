// The Merkle tree of RFC 6962 §2.1 over SHA-256. Sizes and indexes are numbers or bigints below 2^63.
import { concat, same } from './octets.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */

/** @param {Crypto} crypto @param {Uint8Array} leaf */
export const leafHash = (crypto, leaf) => crypto.sha256(concat(Uint8Array.of(0), leaf));

/** @param {Crypto} crypto @param {Uint8Array} left @param {Uint8Array} right */
export const nodeHash = (crypto, left, right) => crypto.sha256(concat(Uint8Array.of(1), left, right));

/** @param {Uint8Array[]} hashes */
const all32 = (hashes) => hashes.every((hash) => hash.length === 32);

/**
 * RFC 9162 §2.1.3.2: `node` climbs from the leaf, `last` from the rightmost leaf.
 * @param {Crypto} crypto @param {number | bigint} index @param {number | bigint} size
 * @param {Uint8Array} leaf  its leaf hash @param {Uint8Array[]} path  leaf's sibling first @param {Uint8Array} root
 * @returns {Promise<boolean>}
 */
export async function verifyInclusion(crypto, index, size, leaf, path, root) {
  let node = BigInt(index);
  let last = BigInt(size) - 1n;
  if (node < 0n || node > last || !all32([leaf, root, ...path])) return false;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0n) return false;
    if ((node & 1n) === 1n || node === last) {
      hash = await nodeHash(crypto, sibling, hash);
      // A right edge without a sibling at this level is carried up as it is.
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = await nodeHash(crypto, hash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && same(hash, root);
}

/**
 * The root that these leaves and their joint path lead to (ledger/FORMAT.md "Proof bundle").
 * @param {Crypto} crypto @param {{index: number, hash: Uint8Array}[]} leaves  indexes rising and below `size`, one at least
 * @param {number} size @param {Uint8Array[]} path
 * @returns {Promise<Uint8Array | undefined>} undefined where the path has a hash too few or too many
 */
export async function jointRoot(crypto, leaves, size, path) {
  let used = 0;
  // Walked at once, for the path is in the order of the walk; hashed as WebCrypto comes to it.
  /** @param {{index: number, hash: Uint8Array}[]} here @param {number} begin @param {number} count @returns {Promise<Uint8Array | undefined>} */
  const fold = (here, begin, count) => {
    if (here.length === 0) {
      used += 1;
      return Promise.resolve(path[used - 1]);
    }
    if (count === 1) return Promise.resolve(here[0].hash);
    let split = 1;
    while (split * 2 < count) split *= 2;
    const middle = begin + split;
    const left = fold(here.filter(({ index }) => index < middle), begin, split);
    const right = fold(here.filter(({ index }) => index >= middle), middle, count - split);
    return Promise.all([left, right]).then(([one, other]) => one && other && nodeHash(crypto, one, other));
  };
  const root = await fold(leaves, 0, size);
  return used === path.length ? root : undefined;
}

/**
 * RFC 9162 §2.1.4.2: both roots are rebuilt from one path. The path is empty from size 0 and from a size
 * to itself.
 * @param {Crypto} crypto @param {number | bigint} oldSize @param {number | bigint} newSize
 * @param {Uint8Array} oldRoot @param {Uint8Array} newRoot @param {Uint8Array[]} path
 * @returns {Promise<boolean>}
 */
export async function verifyConsistency(crypto, oldSize, newSize, oldRoot, newRoot, path) {
  const [from, to] = [BigInt(oldSize), BigInt(newSize)];
  if (from < 0n || from > to || !all32([oldRoot, newRoot, ...path])) return false;
  if (from === to) return path.length === 0 && same(oldRoot, newRoot);
  if (from === 0n) return path.length === 0 && same(oldRoot, await crypto.sha256(new Uint8Array()));
  let node = from - 1n;
  let last = to - 1n;
  while ((node & 1n) === 1n) [node, last] = [node >> 1n, last >> 1n];
  // An old tree that is one complete subtree is itself the first element, and left out of the path.
  const steps = node === 0n ? [oldRoot, ...path] : [...path];
  const first = steps.shift();
  if (!first) return false;
  let [older, newer] = [first, first];
  for (const step of steps) {
    if (last === 0n) return false;
    if ((node & 1n) === 1n || node === last) {
      older = await nodeHash(crypto, step, older);
      newer = await nodeHash(crypto, step, newer);
      while ((node & 1n) === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      newer = await nodeHash(crypto, newer, step);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && same(older, oldRoot) && same(newer, newRoot);
}
