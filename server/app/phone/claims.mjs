// What was signed, read back from the bytes that are sent or logged.
import { fromBase64url } from '../verifier/octets.mjs';

/** @typedef {{type: string, sub: string, iat: number, for?: string, data: Record<string, any>}} Claims */

/** Of an adoption: those of the entry inside, which took effect. @param {{jws: string}} record @returns {Claims} */
export function claimsOf({ jws }) {
  const claims = JSON.parse(new TextDecoder().decode(fromBase64url(jws.split('.')[1])));
  return String(claims.type).startsWith('entry.adopt/') ? claimsOf({ jws: claims.data.entry }) : claims;
}
