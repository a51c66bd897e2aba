import { openCheckpoint } from './checkpoint.mjs';
import { entryId, parseJws, verifyJws } from './jws.mjs';
import { leafHash, verifyInclusion } from './merkle.mjs';
import { hashOf, utf8 } from './octets.mjs';
import { need } from './refused.mjs';
import { hasExactly, isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */

const claims = ['aud', 'entry', 'index', 'recorded', 'path', 'checkpoint', 'slots'];

/**
 * A receipt (ledger/FORMAT.md "Statements") for the entry that was sent.
 * @param {Crypto} crypto @param {string} text  the receipt, a JWS @param {string} jws  of the entry, as it was sent
 * @param {{aud: string, service: import('./key.mjs').Key}} deployment
 * @param {import('./note.mjs').NoteVerifier} log @param {import('./note.mjs').NoteVerifier[]} [witnesses]
 * @throws {Refused} jws.*, json.*, receipt.syntax, receipt.key, receipt.aud, receipt.entry, receipt.inclusion,
 *   those of openCheckpoint
 */
export async function verifyReceipt(crypto, text, jws, { aud, service }, log, witnesses = []) {
  const receipt = parseJws(text, 'nguon-receipt+jwt');
  need(receipt.kid === service.kid, 'receipt.key', '/kid', 'not the service\'s key');
  await verifyJws(crypto, receipt, service);
  const said = parseJson(receipt.payload);
  need(isObject(said) && hasExactly(said, claims), 'receipt.syntax');
  const { index, recorded, path, slots } = said;
  need(typeof index === 'number' && index >= 0 && typeof recorded === 'number' && recorded >= 0, 'receipt.syntax');
  need(typeof said.checkpoint === 'string' && Array.isArray(path) && path.length <= 63, 'receipt.syntax');
  need(Array.isArray(slots) && slots.every((slot) => typeof slot === 'string'), 'receipt.syntax', '/slots');
  const hashes = path.map((one) => {
    const hash = hashOf(one);
    need(hash, 'receipt.syntax', '/path');
    return hash;
  });
  need(said.aud === aud, 'receipt.aud', '/aud', 'of another deployment');
  const id = await entryId(crypto, jws.slice(0, jws.lastIndexOf('.')));
  need(said.entry === id, 'receipt.entry', '/entry', 'for another entry');
  const checkpoint = await openCheckpoint(crypto, said.checkpoint, log, witnesses);
  const leaf = await leafHash(crypto, utf8(`{"recorded":${recorded},"entry":"${jws}"}`));
  const included = await verifyInclusion(crypto, index, checkpoint.size, leaf, hashes, checkpoint.root);
  need(included, 'receipt.inclusion', '/path');
  return { entry: id, index, recorded, slots: slots.map(String), checkpoint };
}
