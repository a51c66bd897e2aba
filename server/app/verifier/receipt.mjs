import { openCheckpoint } from './checkpoint.mjs';
import { entryId, parseJws, verifyJws } from './jws.mjs';
import { leafHash, verifyInclusion } from './merkle.mjs';
import { fromBase64url, hashOf, utf8 } from './octets.mjs';
import { need } from './refused.mjs';
import { hasExactly, isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */

const groupMembers = ['aud', 'checkpoint', 'count', 'root'];
const claimMembers = ['entry', 'index', 'recorded', 'path', 'slots'];
const shape = /^([^~]*)~([^~]*)~(0|[1-9][0-9]{0,3})~([^~]*)$/;

/** @param {unknown} value @returns {value is number} */
const natural = (value) => typeof value === 'number' && value >= 0;

/**
 * What the service signed: the claims, and what their group has in common.
 * @param {Crypto} crypto @param {string} text @param {(kid: string) => import('./key.mjs').Key | undefined} find
 */
async function openGroup(crypto, text, find) {
  const found = shape.exec(text);
  need(found, 'receipt.syntax');
  const [, jws, claims, place, path] = found;
  const signed = parseJws(jws, 'nguon-receipt+jwt');
  const service = find(signed.kid);
  need(service, 'receipt.key', '/kid', 'not the service\'s key');
  await verifyJws(crypto, signed, service);
  const group = parseJson(signed.payload);
  need(isObject(group) && hasExactly(group, groupMembers), 'receipt.syntax');
  const { aud, checkpoint, count } = group;
  const root = hashOf(group.root);
  need(typeof aud === 'string' && typeof checkpoint === 'string' && natural(count) && root, 'receipt.syntax');
  const [payload, octets] = [fromBase64url(claims), fromBase64url(path)];
  need(payload && octets && octets.length % 32 === 0, 'receipt.syntax');
  const steps = Array.from({ length: octets.length / 32 }, (_, at) => octets.subarray(at * 32, at * 32 + 32));
  const leaf = await leafHash(crypto, utf8(claims));
  need(await verifyInclusion(crypto, Number(place), count, leaf, steps, root), 'receipt.group');
  return { aud, checkpoint, kid: signed.kid, said: parseJson(payload) };
}

/**
 * A receipt (ledger/FORMAT.md "Receipt") for the entry that was sent.
 * @param {Crypto} crypto @param {string} text  the receipt @param {string} jws  of the entry, as it was sent
 * @param {{aud: string, keys?: import('./key_chain.mjs').KeyChain, service?: import('./key.mjs').Key}} deployment
 *   as a bundle proved it; or, to a phone that has seen none yet, the service key it was told
 * @param {import('./note.mjs').NoteVerifier} [log]  where there are no `keys`
 * @param {import('./note.mjs').NoteVerifier[]} [witnesses]
 * @throws {Refused} jws.*, json.*, receipt.syntax, receipt.key, receipt.group (not among those that were signed),
 *   receipt.aud, receipt.entry, receipt.inclusion, those of KeyChain.openPast and KeyChain.service
 */
export async function verifyReceipt(crypto, text, jws, { aud, keys, service }, log, witnesses = []) {
  const find = (/** @type {string} */ kid) => (keys ? keys.findService(kid) : service?.kid === kid ? service : undefined);
  const group = await openGroup(crypto, text, find);
  const { said } = group;
  need(isObject(said) && hasExactly(said, claimMembers), 'receipt.syntax');
  const { index, recorded, path, slots } = said;
  need(natural(index) && natural(recorded) && Array.isArray(path) && path.length <= 63, 'receipt.syntax');
  need(Array.isArray(slots) && slots.every((slot) => typeof slot === 'string'), 'receipt.syntax', '/slots');
  const hashes = path.map((one) => {
    const hash = hashOf(one);
    need(hash, 'receipt.syntax', '/path');
    return hash;
  });
  need(group.aud === aud, 'receipt.aud', '/aud', 'of another deployment');
  const id = await entryId(crypto, jws.slice(0, jws.lastIndexOf('.')));
  need(said.entry === id, 'receipt.entry', '/entry', 'for another entry');
  need(keys ?? log, 'note.vkey', '', 'neither keys nor vkey');
  const checkpoint = keys
    ? await keys.openPast(group.checkpoint, witnesses)
    : await openCheckpoint(crypto, group.checkpoint, /** @type {import('./note.mjs').NoteVerifier} */ (log), witnesses);
  if (keys) keys.service(group.kid, checkpoint.size);
  const leaf = await leafHash(crypto, utf8(`{"recorded":${recorded},"entry":"${jws}"}`));
  const included = await verifyInclusion(crypto, index, checkpoint.size, leaf, hashes, checkpoint.root);
  need(included, 'receipt.inclusion', '/path');
  return { entry: id, index, recorded, slots: slots.map(String), checkpoint };
}
