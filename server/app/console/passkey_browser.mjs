// The browser's two ceremonies with a passkey (WebAuthn): what goes in and comes out as JSON, octets in base64url.
import { fromBase64url, toBase64url } from '../verifier/octets.mjs';

/** @typedef {{type: 'public-key', id: string}} Known */
/**
 * @typedef {object} MakingOptions  What `POST /api/passkeys/options` answers.
 * @property {string} challenge @property {{id: string}} rp @property {{id: string}} user @property {{type: 'public-key', alg: number}[]} pubKeyCredParams
 * @property {Known[]} excludeCredentials @property {AuthenticatorSelectionCriteria} authenticatorSelection @property {'none'} attestation @property {number} timeout
 */
/** @typedef {{challenge: string, rpId: string, userVerification: 'required', timeout: number}} UsingOptions  Of `POST /api/passkeys/challenge`. */

/** The person turned it down, let it pass, or the device would not; `name` says which. */
export class NotDone extends Error {
  /** @param {'cancelled' | 'known' | 'unsupported'} reason */
  constructor(reason) {
    super(reason);
    this.name = 'NotDone';
    this.reason = reason;
  }
}

/** What the service wrote, so canonical. @param {string} written */
const octets = (written) => new Uint8Array(fromBase64url(written) ?? []);

/** @param {ArrayBuffer} buffer */
const text = (buffer) => toBase64url(new Uint8Array(buffer));

// The response's own reader of what is in its CBOR, so that nobody else has to read any.
export const canUsePasskeys = () => typeof PublicKeyCredential === 'function'
  && typeof AuthenticatorAttestationResponse === 'function' && 'getAuthenticatorData' in AuthenticatorAttestationResponse.prototype;

/** @param {Promise<Credential | null>} asked @returns {Promise<PublicKeyCredential>} */
async function answered(asked) {
  try {
    const credential = await asked;
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === 'InvalidStateError') throw new NotDone('known');
    if (error.name === 'NotSupportedError' || error.name === 'SecurityError') throw new NotDone('unsupported');
  }
  throw new NotDone('cancelled');
}

/** @param {MakingOptions} options @param {string} service @param {string} person  names that the device shows */
export async function makePasskey(options, service, person) {
  const credential = await answered(navigator.credentials.create({ publicKey: {
    ...options,
    challenge: octets(options.challenge),
    rp: { ...options.rp, name: service },
    user: { id: octets(options.user.id), name: person, displayName: person },
    excludeCredentials: options.excludeCredentials.map(({ type, id }) => ({ type, id: octets(id) })),
  } }));
  const response = /** @type {AuthenticatorAttestationResponse} */ (credential.response);
  return { client_data: text(response.clientDataJSON), authenticator_data: text(response.getAuthenticatorData()) };
}

/** With whichever passkey the person chooses. @param {UsingOptions} options */
export async function usePasskey(options) {
  const credential = await answered(navigator.credentials.get({ publicKey: { ...options, challenge: octets(options.challenge) } }));
  const response = /** @type {AuthenticatorAssertionResponse} */ (credential.response);
  return {
    id: text(credential.rawId), client_data: text(response.clientDataJSON), authenticator_data: text(response.authenticatorData),
    signature: text(response.signature), user_handle: text(response.userHandle ?? new ArrayBuffer(0)),
  };
}
