// Subject heads (ledger/FORMAT.md "Subject heads"): how many entries of a subject there are, and which.
import { parseJws, verifyJws } from './jws.mjs';
import { leafHash, nodeHash, verifyInclusion } from './merkle.mjs';
import { hashOf, same } from './octets.mjs';
import { need } from './refused.mjs';
import { hasExactly, isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/**
 * @typedef {object} Head
 * @property {string} aud @property {string} origin @property {string} sub
 * @property {number} count  1…size
 * @property {Uint8Array} root  over the ids of the subject's first `count` entries
 * @property {number} size @property {Uint8Array} logRoot  of the log that was looked at
 * @property {number} minute  Unix seconds
 */

const claims = ['aud', 'origin', 'sub', 'count', 'root', 'size', 'log_root', 'minute'];
const texts = ['origin', 'sub'];
const hashes = ['aud', 'root', 'log_root'];
const numbers = ['count', 'size', 'minute'];
const maxOctets = 4096;

/**
 * Whether `aud`, `origin` and `logRoot` are those of the log in question is the caller's to ask.
 * @param {Crypto} crypto @param {string} text  the statement @param {import('./key.mjs').Key} service
 * @returns {Promise<Head>}
 * @throws {Refused} jws.*, json.*, head.claims
 */
export async function openHead(crypto, text, service) {
  need(text.length <= maxOctets, 'head.claims', '', `at most ${maxOctets} octets`);
  const statement = parseJws(text, 'nguon-head+jwt');
  await verifyJws(crypto, statement, service);
  need(statement.kid === service.kid, 'head.claims', '/kid', 'not the service\'s key');
  const said = parseJson(statement.payload);
  need(isObject(said) && hasExactly(said, claims), 'head.claims');
  for (const name of texts) need(typeof said[name] === 'string', 'head.claims', `/${name}`);
  for (const name of hashes) need(hashOf(said[name]), 'head.claims', `/${name}`);
  for (const name of numbers) need(typeof said[name] === 'number' && said[name] >= 0, 'head.claims', `/${name}`);
  const { aud, origin, sub, count, size, minute } = /** @type {Record<string, any>} */ (said);
  need(count >= 1 && count <= size, 'head.claims', '/count');
  need(minute % 60 === 0, 'head.claims', '/minute');
  const [root, logRoot] = [said.root, said.log_root].map(hashOf);
  return { aud, origin, sub, count, root: /** @type {Uint8Array} */ (root), size, logRoot: /** @type {Uint8Array} */ (logRoot), minute };
}

/** RFC 6962 §2.1. @param {Crypto} crypto @param {Uint8Array[]} leaves  their hashes, one at least */
async function rootOver(crypto, leaves) {
  let level = leaves;
  while (level.length > 1) {
    const pairs = [];
    for (let at = 0; at < level.length; at += 2) {
      pairs.push(at + 1 < level.length ? await nodeHash(crypto, level[at], level[at + 1]) : level[at]);
    }
    level = pairs;
  }
  return level[0];
}

/**
 * Whether the first `count` of these entry ids are all of the subject, in order: nothing was left out. Ids
 * beyond are newer than the statement.
 * @param {Crypto} crypto @param {Head} head @param {string[]} ids  base64url
 */
export async function provesAll(crypto, head, ids) {
  if (ids.length < head.count) return false;
  const octets = ids.slice(0, head.count).map(hashOf);
  const leaves = [];
  for (const id of octets) {
    if (!id) return false;
    leaves.push(await leafHash(crypto, id));
  }
  return same(await rootOver(crypto, leaves), head.root);
}

/**
 * Whether the entry stands at `position` of the subject's history.
 * @param {Crypto} crypto @param {Head} head @param {string} id  base64url @param {number} position
 * @param {string[]} path  base64url, the leaf's sibling first
 */
export async function provesEntry(crypto, head, id, position, path) {
  const [leaf, ...siblings] = [id, ...path].map(hashOf);
  if (!leaf || siblings.length > 63) return false;
  const steps = siblings.filter((step) => step !== undefined);
  if (steps.length !== path.length) return false;
  return verifyInclusion(crypto, position, head.count, await leafHash(crypto, leaf), steps, head.root);
}

/**
 * Holds a statement against a bundle that verifyBundle() found good: nothing was left out of the file, and
 * nothing kept back by the statement.
 * @param {Crypto} crypto @param {string} text  the statement @param {import('./bundle.mjs').BundleReport} report
 * @returns {Promise<Head>}
 * @throws {Refused} those of openHead, verify.head, verify.service-key
 */
export async function verifyHead(crypto, text, { aud, keys, sub, checkpoint, entries }) {
  const { kid } = parseJws(text, 'nguon-head+jwt');
  const service = keys.findService(kid);
  need(service, 'verify.head', '/kid', 'by no key of this log that the file knows');
  const head = await openHead(crypto, text, service);
  keys.service(kid, head.size);
  need(head.origin === keys.origin(head.size), 'verify.head', '/origin', 'it speaks of another log');
  need(head.aud === aud, 'verify.head', '/aud', 'it speaks of another deployment');
  need(head.sub === sub, 'verify.head', '/sub', 'it speaks of another subject');
  const oneLog = head.size !== checkpoint.size || same(head.logRoot, checkpoint.root);
  need(oneLog, 'verify.head', '/log_root', 'two logs of one size: the operator shows two histories');
  // Of a named entry only what it is older than is known. Between the last that is surely below the size and
  // the first that is surely not, the count decides, and the root says whether rightly.
  const own = entries.filter(({ entry }) => entry.sub === sub);
  const end = own.findIndex(({ named, index }) => !named && index >= head.size);
  const ids = (end < 0 ? own : own.slice(0, end)).map(({ entry }) => entry.id);
  const surely = own.filter(({ index }) => index < head.size).length;
  const counts = `it counts ${head.count}, ${ids.length} are here`;
  need(surely <= head.count, 'verify.head', '/count', `${counts}: one was kept back`);
  need(ids.length >= head.count, 'verify.head', '/count', `${counts}: the file lacks some`);
  need(await provesAll(crypto, head, ids), 'verify.head', '/root', 'it counts other entries');
  return head;
}
