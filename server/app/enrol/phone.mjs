// The phone's side of enrolment (ledger/FORMAT.md "Enrolment proof"): it opens an invitation, offers its key, and believes
// that it is enrolled once the log says so.
import { signJws } from '../capture/make_entry.mjs';
import { verifyBundle } from '../verifier/bundle.mjs';
import { keyOf } from '../verifier/key.mjs';
import { need } from '../verifier/refused.mjs';
import { asJson } from './ask.mjs';

/** @typedef {import('./ask.mjs').Ask} Ask */
/** @typedef {import('../verifier/crypto.mjs').Crypto} Crypto */
/**
 * @typedef {object} Invited  what the office invites to; shown to the holder before the key is offered
 * @property {string} aud @property {string} org @property {string} [org_name] @property {string} person
 * @property {string} name @property {string[]} roles @property {number} until  Unix seconds @property {boolean} done
 * @property {string} [kid] @property {string} log @property {string} vkey
 */
/**
 * @typedef {object} Enrolled  kept on the device; `bundle` proves it anew at each start
 * @property {string} aud @property {string} person @property {string} org @property {string[]} roles @property {string} vkey
 * @property {string} bundle
 */

/** @param {Ask} ask @param {string} code @returns {Promise<Invited>} */
export async function openInvitation(ask, code) {
  return JSON.parse((await ask('POST', '/api/enrolments/open', asJson({ code }))).text);
}

/**
 * @param {Ask} ask @param {import('../capture/make_entry.mjs').Maker} maker @param {object} jwk  public
 * @param {Invited} invited @param {string} code  as it was typed or scanned
 */
export async function offerKey(ask, maker, jwk, invited, code) {
  const { aud, person, org } = invited;
  const proof = await signJws(maker, 'nguon-enrolment+jwt', { aud, person, org, code: readCode(code) });
  await ask('POST', '/api/enrolments/offer', asJson({ code, jwk, proof }));
}

/** As the service reads a code, for the proof is over it. @param {string} typed */
export const readCode = (typed) =>
  typed.toUpperCase().replace(/[ -]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

/** A whole one, as readCode gives it. */
export const codeShape = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** Eight symbols that both sides show, so that the clerk confirms the phone in front of them. @param {string} kid */
export const shortKid = (kid) => `${kid.slice(0, 4)} ${kid.slice(4, 8)}`;

/**
 * What the log says of the person, proven; undefined while this key is not among it.
 * @param {Ask} ask @param {Crypto} crypto @param {Invited} invited @param {string} kid
 * @returns {Promise<Enrolled | undefined>}
 * @throws {import('../verifier/refused.mjs').Refused} where what is shown does not hold
 */
export async function findEnrolment(ask, crypto, invited, kid) {
  const { aud, person, vkey } = invited;
  const bundle = (await ask('GET', `/api/batches/${person}/bundle`)).text;
  const report = await verifyBundle(crypto, bundle, vkey);
  need(report.aud === aud, 'enrol.aud', '/aud', 'of another deployment');
  for (const { entry } of report.entries) {
    const { jwk, org, roles } = entry.data;
    if (entry.sub !== person || !entry.type.startsWith('key.add/') || (await keyOf(crypto, jwk)).kid !== kid) continue;
    return { aud, person, org: String(org), roles: /** @type {any[]} */ (roles).map(String), vkey, bundle };
  }
  return undefined;
}

/**
 * Whom to believe from then on: the keys of the log as the kept bundle proves them.
 * @param {Crypto} crypto @param {Enrolled} enrolled
 * @returns {Promise<import('../sync/answer.mjs').Trust>}
 */
export async function trustOf(crypto, { aud, bundle, vkey }) {
  const { keys } = await verifyBundle(crypto, bundle, vkey);
  return { crypto, aud, keys };
}
