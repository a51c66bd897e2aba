// What an answer to PUT /api/entries/{id} says of the record that was sent. Whatever is not signed by the service proves
// nothing: captive portals, proxies and half answers look like success too.
import { verifyReceipt } from '../verifier/receipt.mjs';
import { Refused } from '../verifier/refused.mjs';
import { verifyStatement } from '../verifier/statement.mjs';

/** @typedef {import('./record.mjs').Stored} Stored */
/** @typedef {import('./record.mjs').Change} Change */
/** @typedef {{status: number, type: string, retryAfter: string, text: string}} Answer  type: media type alone */
/**
 * @typedef {object} Trust  what this device believes; told at enrolment, moved on by the log's own key changes
 * @property {import('../verifier/crypto.mjs').Crypto} crypto
 * @property {string} aud
 * @property {import('../verifier/key_chain.mjs').KeyChain} [keys]
 * @property {import('../verifier/key.mjs').Key} [service]  where there are no `keys`, with `log`
 * @property {import('../verifier/note.mjs').NoteVerifier} [log]
 */
/**
 * @typedef {{kind: 'settled', change: Change}
 *   | {kind: 'aside', change: Change}
 *   | {kind: 'again', why: string, after: number}} Judgement
 *   aside: kept waiting, but nothing is gained by asking again soon; after: seconds the service asks for, 0 for none
 */

const longestWait = 3600;

/** @param {string} why @param {string} [retryAfter]  HTTP-date forms are not sent by this service @returns {Judgement} */
const again = (why, retryAfter = '') => ({
  kind: 'again', why, after: /^[0-9]{1,6}$/.test(retryAfter) ? Math.min(Number(retryAfter), longestWait) : 0,
});

/** @param {string} text @returns {{rule: string, field: string, statement: string, sentence?: {vi: string, en: string}} | undefined} */
function readProblem(text) {
  try {
    const said = JSON.parse(text);
    const { type = '', rule = '', field = '', statement = '', vi = '', en = '' } = said;
    const all = [type, rule, field, statement, vi, en];
    if (!all.every((one) => typeof one === 'string')) return undefined;
    return { rule, field, statement, ...(vi && en && { sentence: { vi, en } }) };
  } catch (error) {
    return undefined;
  }
}

/**
 * @param {Trust} trust @param {Stored} record @param {Answer} answer
 * @returns {Promise<Judgement>}
 */
export async function judge(trust, record, answer) {
  try {
    return await judgeSigned(trust, record, answer);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return again(error.rule);
  }
}

/** @param {Trust} trust @param {Stored} record @param {Answer} answer @returns {Promise<Judgement>} */
async function judgeSigned(trust, record, { status, type, retryAfter, text }) {
  const { crypto } = trust;
  if ((status === 200 || status === 201) && type === 'application/vnd.nguon.receipt') {
    const { index, recorded } = await verifyReceipt(crypto, text, record.jws, trust, trust.log);
    return { kind: 'settled', change: { state: 'received', answer: text, index, recorded } };
  }
  if (status === 202 && type === 'application/jwt') {
    await verifyStatement(crypto, text, 'nguon-held+jwt', record.id, trust);
    return { kind: 'settled', change: { state: 'held', answer: text } };
  }
  const problem = type === 'application/problem+json' ? readProblem(text) : undefined;
  if (!problem) return again(`http.${status}`, retryAfter);
  const { rule, field, statement, ...words } = problem;
  if (status === 422) {
    await verifyStatement(crypto, statement, 'nguon-refusal+jwt', record.id, trust);
    return { kind: 'settled', change: { state: 'refused', answer: statement, trouble: { rule, field, statement: '', ...words } } };
  }
  if (status === 409) {
    // Signed or not, it never takes a record out of the queue: a person decides.
    await verifyStatement(crypto, statement, 'nguon-conflict+jwt', record.id, trust);
    return { kind: 'aside', change: { state: 'waiting', trouble: { rule, field, statement, ...words } } };
  }
  if (status === 400 || status === 413 || status === 415) {
    return { kind: 'aside', change: { state: 'waiting', trouble: { rule, field, statement: '', ...words } } };
  }
  return again(rule || `http.${status}`, retryAfter);
}
