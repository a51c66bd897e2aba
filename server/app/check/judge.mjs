// What a shopper's own browser finds out about a label: nothing is taken from the page that was scanned but the name of the
// batch. Pure: given texts, keys and cryptography, it says what they prove.
import { parseVkey, Refused, verifyBundle, verifyHead } from '../verifier/verifier.mjs';

/** @typedef {import('../verifier/verifier.mjs')} Verifier */
/** @typedef {import('../verifier/crypto.mjs').Crypto} Crypto */
/**
 * @typedef {object} Evidence  as fetched, or as kept in a file
 * @property {string} bundle  proof bundle of the batch
 * @property {string} vkey  key of the log, by which all else is believed
 * @property {string[]} witnesses  their vkeys
 * @property {string} [head]  statement that there is nothing newer
 */
/**
 * @typedef {object} Finding
 * @property {boolean} good
 * @property {string} [rule]  what did not hold, a name of schemas/problems.json; of a good bundle: why `complete` is missing
 * @property {number} entries @property {number} size  of the log
 * @property {number} [complete]  Unix seconds: until then nothing of the batch was left out, the operator signed
 * @property {number} asked @property {number} cosigned  witnesses
 * @property {number} [since]  Unix seconds of the newest cosignature
 * @property {number} recalls  that stand
 * @property {string} log  name of the log
 */

/** Recalls that no later entry lifts. @param {import('../verifier/history.mjs').Proven[]} entries */
function standingRecalls(entries) {
  const recalls = entries.map(({ entry, adopted }) => adopted ?? entry).filter(({ type }) => type.startsWith('batch.recall/'));
  const lifted = new Set(recalls.map(({ data }) => data.lifts));
  return recalls.filter(({ id, data }) => data.lifts === undefined && !lifted.has(id)).length;
}

/**
 * @param {Crypto} crypto @param {Evidence} evidence @param {string} [sub]  the batch that was asked about
 * @returns {Promise<Finding>}
 */
export async function judge(crypto, { bundle, vkey, witnesses, head }, sub) {
  const nothing = { good: false, entries: 0, size: 0, asked: witnesses.length, cosigned: 0, recalls: 0, log: '' };
  try {
    const known = await Promise.all(witnesses.map((one) => parseVkey(crypto, one)));
    const report = await verifyBundle(crypto, bundle, vkey, known);
    if (sub !== undefined && report.sub !== sub) return { ...nothing, rule: 'verify.sub' };
    const { checkpoint, entries } = report;
    /** @type {Finding} */
    const finding = {
      ...nothing, good: true, entries: entries.length, size: checkpoint.size, log: checkpoint.origin,
      cosigned: checkpoint.cosignatures.length, recalls: standingRecalls(entries),
    };
    if (finding.cosigned > 0) finding.since = Math.max(...checkpoint.cosignatures.map(({ time }) => time));
    if (head === undefined) return finding;
    // A statement that contradicts the bundle is the operator's own signature against it: no detail, a failure.
    finding.complete = (await verifyHead(crypto, head, report)).minute;
    return finding;
  } catch (error) {
    if (error instanceof Refused) return { ...nothing, rule: error.rule };
    throw error;
  }
}
