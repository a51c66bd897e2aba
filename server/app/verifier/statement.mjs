// What the service signs about an entry it did not log (ledger/FORMAT.md "Statements").
import { parseJws, verifyJws } from './jws.mjs';
import { hashOf } from './octets.mjs';
import { need } from './refused.mjs';
import { hasExactly, isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */

const common = ['aud', 'entry', 'engine', 'size', 'root'];
/** @type {Record<string, string[]>} */
const more = {
  'nguon-held+jwt': [],
  'nguon-refusal+jwt': ['rule', 'field'],
  'nguon-conflict+jwt': ['rule', 'head'],
};

/**
 * A held note, a refusal or a conflict about the entry `id`.
 * @param {Crypto} crypto @param {string} text  a JWS @param {string} typ  one of the three
 * @param {string} id  entry id
 * @param {{aud: string, keys?: import('./key_chain.mjs').KeyChain, service?: import('./key.mjs').Key}} deployment
 *   as for verifyReceipt()
 * @returns {Promise<{size: number, rule: string, field: string, head: string}>}  texts empty where its kind has none
 * @throws {Refused} jws.*, json.*, statement.syntax, statement.key, statement.aud, statement.entry, verify.service-key
 */
export async function verifyStatement(crypto, text, typ, id, { aud, keys, service }) {
  const signed = parseJws(text, typ);
  const key = keys ? keys.findService(signed.kid) : service && service.kid === signed.kid ? service : undefined;
  need(key, 'statement.key', '/kid', 'not the service\'s key');
  await verifyJws(crypto, signed, key);
  const said = parseJson(signed.payload);
  need(isObject(said) && hasExactly(said, [...common, ...more[typ]]), 'statement.syntax');
  const { size, root, engine, rule = '', field = '', head = '' } = said;
  need(typeof size === 'number' && size > 0 && typeof engine === 'number' && hashOf(root), 'statement.syntax');
  need(typeof rule === 'string' && typeof field === 'string' && typeof head === 'string', 'statement.syntax');
  need(said.aud === aud, 'statement.aud', '/aud', 'of another deployment');
  need(said.entry === id, 'statement.entry', '/entry', 'about another entry');
  if (keys) keys.service(signed.kid, size);
  return { size, rule, field, head };
}
