// Which records may go to the service side by side: those of which neither names what the other is about.
import { fromBase64url, fromUtf8 } from '../verifier/octets.mjs';

/** @typedef {{id: string, sub: string, text: string}} Claims  text: all that was signed */

/** Of a record whose claims nobody can read, its id alone. @param {import('./record.mjs').Stored} record @returns {Claims} */
export function claimsOf({ id, jws }) {
  const octets = fromBase64url(jws.split('.')[1] ?? '');
  const text = (octets && fromUtf8(octets)) ?? '';
  const [, sub = id] = /"sub":"([^"]+)"/.exec(text) ?? [];
  return { id, sub, text };
}

/**
 * Whether a record names an earlier one or its subject: `sub`, `prev`, `from`, a place in its data. Private fields do not
 * count, for the service decides nothing by them.
 * @param {Claims} later @param {Claims} earlier
 */
export const buildsOn = ({ text }, { id, sub }) => text.includes(id) || text.includes(sub);
