// Verifies a proof bundle: what the log says of a subject, offline, to a reader who knows the log's vkey.
import { parseBundle } from './bundle_file.mjs';
import { openCheckpoint, parseCheckpointText } from './checkpoint.mjs';
import { History } from './history.mjs';
import { mayChangeLog } from './key_chain.mjs';
import { jointRoot } from './merkle.mjs';
import { backNamed } from './named.mjs';
import { parseNote, parseVkey } from './note.mjs';
import { same, utf8 } from './octets.mjs';
import { need, Refused } from './refused.mjs';
import { started } from './started.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/** @typedef {import('./note.mjs').NoteVerifier} NoteVerifier */
/**
 * @typedef {object} BundleReport
 * @property {string} sub
 * @property {import('./checkpoint.mjs').Checkpoint} checkpoint
 * @property {import('./history.mjs').Proven[]} entries  in log order; of a named one `index` and `recorded` are those of
 *   the logged entry that backs it: it is older
 * @property {string[]} missing  entry ids named but neither here nor proven
 * @property {string} aud  the deployment
 * @property {import('./key_chain.mjs').KeyChain} keys  whose receipts and statements may be believed
 * @property {import('./key.mjs').Key} service  the newest of its service keys
 */

/**
 * Puts the place in the file before what was refused there.
 * @template T
 * @param {string} field @param {Promise<T>} work
 * @returns {Promise<T>}
 */
async function at(field, work) {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refused(error.rule, field, [error.field, error.detail].filter(Boolean).join(' '));
  }
}

/**
 * The checkpoint, believed when `log` signed it; else a newer key may have where entries lead on to one.
 * @param {Crypto} crypto @param {string} note @param {NoteVerifier} log @param {NoteVerifier[]} witnesses
 * @param {boolean} leads
 * @returns {Promise<{origin: string, size: number, root: Uint8Array}>}
 */
async function readCheckpoint(crypto, note, log, witnesses, leads) {
  try {
    return await openCheckpoint(crypto, note, log, witnesses);
  } catch (error) {
    if (!leads || !(error instanceof Refused) || error.rule !== 'note.unknown-keys') throw error;
    return parseCheckpointText(parseNote(note).text);
  }
}

/**
 * The file read, and begun at once what of each entry needs no order.
 * @param {Crypto} crypto @param {string | Uint8Array} file
 */
async function begin(crypto, file) {
  const bundle = parseBundle(file);
  const history = new History(crypto);
  const begun = bundle.entries.map(({ place, jws }) => {
    if (!place) return { read: started(history.read(jws)) };
    // One array of octets for the leaf (RFC 6962 §2.1: a zero before it), the entry in it, and what of that was signed.
    const before = `\0{"recorded":${place.recorded},"entry":"`;
    const leaf = utf8(`${before}${jws}"}`);
    return { read: started(history.read(jws, leaf.subarray(before.length, -2))), hash: started(crypto.sha256(leaf)) };
  });
  return { bundle, history, begun };
}

/**
 * Believes nothing but `vkey`: the log's newest, or an older one that its `log.keys` lead on from. What it does not prove:
 * that nothing newer was logged, that each signer was allowed to say this, the private values, the clocks.
 * @param {Crypto} crypto @param {string | Uint8Array} file @param {string} vkey  the log's
 * @param {NoteVerifier[]} [witnesses]  whose cosignatures are asked for
 * @returns {Promise<BundleReport>}
 * @throws {Refused} note.vkey, those of parseBundle, openCheckpoint, History and backNamed, verify.origin,
 *   verify.order, verify.inclusion, verify.genesis, verify.sub, verify.missing, verify.log-key
 */
export async function verifyBundle(crypto, file, vkey, witnesses = []) {
  const asked = started(parseVkey(crypto, vkey));
  const opened = started(begin(crypto, file));
  const log = await asked;
  need(log.type === 1, 'note.vkey', '', 'a witness\'s');
  const { bundle, history, begun } = await opened;
  // Where nothing can lead on from the first log key, the vkey is that one's: said before all else.
  const leads = bundle.entries.some(({ payload }) => mayChangeLog(payload));
  const said = await at('/checkpoint', readCheckpoint(crypto, bundle.checkpoint, log, witnesses, leads));
  need(bundle.origin === said.origin, 'verify.origin', '/origin');
  /** @type {import('./history.mjs').Proven[]} */
  const entries = [];
  /** @type {{index: number, hash: Uint8Array}[]} */
  const leaves = [];
  /** @type {string[]} where each of history.checks stands */
  const fields = [];
  /** @param {string} field @param {Promise<import('./history.mjs').Proven>} work */
  const taken = async (field, work) => {
    try {
      entries.push(await at(field, work));
    } finally {
      while (fields.length < history.checks.length) fields.push(field);
    }
  };
  const takeAll = async () => {
    for (const [number, { place }] of bundle.entries.entries()) {
      const field = `/entries/${number}`;
      const { read, hash } = begun[number];
      if (!place || !hash) {
        await taken(field, read.then((one) => history.takeNamed(one)));
        continue;
      }
      need(place.index > (leaves[leaves.length - 1]?.index ?? -1) && place.index < said.size, 'verify.order', field);
      leaves.push({ index: place.index, hash: await hash });
      await taken(field, read.then((one) => history.take(place, one, leaves[leaves.length - 1].hash)));
      if (place.index === 0 && !leads) {
        need(history.chain?.terms.log[0].key.kid === log.key.kid, 'verify.genesis', field, 'of another log');
      }
    }
  };
  /** @type {Promise<Uint8Array | undefined> | undefined} */
  let joined;
  /** @type {Promise<import('./checkpoint.mjs').Checkpoint> | undefined} */
  let signed;
  try {
    await takeAll();
    joined = started(jointRoot(crypto, leaves, said.size, bundle.proof));
    signed = history.chain && started(history.chain.open(bundle.checkpoint, log, witnesses));
  } finally {
    // A signature that does not hold is told before what was found wrong after it.
    for (const [number, check] of history.checks.entries()) await at(fields[number], check);
  }
  const { chain: keys } = history;
  need(keys && signed, 'verify.genesis', '/entries', 'index 0 is not here');
  // After the entries, which say better than a root does where something was changed.
  const root = await joined;
  need(root && same(root, said.root), 'verify.inclusion', '/proof');
  backNamed(entries, (kid) => history.keys.get(kid)?.ended);
  const checkpoint = await at('/checkpoint', signed);
  need(history.newest.has(bundle.sub), 'verify.sub', '/sub');
  const missing = history.missing();
  need(missing.length === bundle.missing.length && missing.every((id, place) => id === bundle.missing[place]),
    'verify.missing', '/missing');
  return { sub: bundle.sub, checkpoint, entries, missing, aud: history.aud, keys, service: keys.terms.service[keys.terms.service.length - 1].key };
}
