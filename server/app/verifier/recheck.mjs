// A phone's receipts, held against the log as it is today (ledger/FORMAT.md "Receipts, again").
import { openCheckpoint } from './checkpoint.mjs';
import { entryId } from './jws.mjs';
import { leafHash, verifyConsistency, verifyInclusion } from './merkle.mjs';
import { hashOf, toBase64url, utf8 } from './octets.mjs';
import { need } from './refused.mjs';
import { hasExactly, isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/** @typedef {{index: number, entry: string, recorded: number}} Kept  what verifyReceipt() gave */
/** @typedef {{size: number, root: Uint8Array}} Known  of the newest checkpoint that was verified here */

const shape = /^\{"recorded":(0|[1-9][0-9]{0,15}),"entry":"([^"]*)"\}$/;

/** What to POST to /api/receipts/check. At most 64 receipts. @param {Known} known @param {Kept[]} kept */
export const recheckQuestion = ({ size, root }, kept) => JSON.stringify({
  size, root: toBase64url(root), receipts: kept.map(({ index, entry }) => ({ index, entry })),
});

/** @param {unknown} list */
function pathFrom(list) {
  need(Array.isArray(list) && list.length <= 126, 'receipts.answer');
  return list.map((one) => {
    const hash = hashOf(one);
    need(hash, 'receipts.answer');
    return hash;
  });
}

/**
 * That the log still holds, where it did, every entry whose receipt is kept, and still begins with the tree
 * that was known. Believes nothing but the log's key. Whatever is thrown, the phone keeps its receipts, the
 * checkpoint it knew and the answer: together they are the evidence.
 * @param {Crypto} crypto @param {string | Uint8Array} answer  the body of the 200 @param {Known} known @param {Kept[]} kept
 * @param {import('./note.mjs').NoteVerifier | import('./key_chain.mjs').KeyChain} log  its key, or its keys as a bundle proved them
 * @param {import('./note.mjs').NoteVerifier[]} [witnesses]
 * @returns {Promise<import('./checkpoint.mjs').Checkpoint>}  what is known from now on
 * @throws {Refused} json.*, receipts.answer (not of this shape), receipts.newer (the log became shorter),
 *   receipts.other-log (it no longer begins with what was known), receipts.missing (an entry is not where it was; its
 *   field is `/receipts/<place>`), those of openCheckpoint
 */
export async function recheckReceipts(crypto, answer, known, kept, log, witnesses = []) {
  const said = parseJson(typeof answer === 'string' ? utf8(answer) : answer);
  need(isObject(said) && hasExactly(said, ['checkpoint', 'consistency', 'receipts']), 'receipts.answer');
  const { checkpoint: note, receipts } = said;
  need(typeof note === 'string' && Array.isArray(receipts) && receipts.length === kept.length, 'receipts.answer');
  const checkpoint = 'openPast' in log ? await log.openPast(note, witnesses) : await openCheckpoint(crypto, note, log, witnesses);
  need(checkpoint.size >= known.size, 'receipts.newer', '', `${checkpoint.size} after ${known.size}`);
  const steps = pathFrom(said.consistency);
  const grew = await verifyConsistency(crypto, known.size, checkpoint.size, known.root, checkpoint.root, steps);
  need(grew, 'receipts.other-log', '/consistency');
  for (const [place, { index, entry, recorded }] of kept.entries()) {
    const field = `/receipts/${place}`;
    const one = receipts[place];
    need(isObject(one) && one.index === index && one.entry === entry, 'receipts.answer', field);
    need(one.fault === undefined, 'receipts.missing', field, String(one.fault));
    need(hasExactly(one, ['index', 'entry', 'leaf', 'path']) && typeof one.leaf === 'string', 'receipts.answer', field);
    const [, time, jws] = shape.exec(one.leaf) ?? [];
    need(jws !== undefined, 'receipts.answer', field);
    const id = await entryId(crypto, jws.slice(0, jws.lastIndexOf('.')));
    need(id === entry && Number(time) === recorded, 'receipts.missing', field, 'it is not what the receipt says');
    const leaf = await leafHash(crypto, utf8(one.leaf));
    const there = await verifyInclusion(crypto, index, checkpoint.size, leaf, pathFrom(one.path), checkpoint.root);
    need(there, 'receipts.missing', field, 'its path does not lead to the checkpoint');
  }
  return checkpoint;
}
