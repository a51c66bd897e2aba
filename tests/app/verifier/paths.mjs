// The verifier by each of its ways to hash and check, for tests that run them all.
import { chooseCrypto, fallbackCrypto, webCrypto } from '../../../server/app/verifier/verifier.mjs';

/** A WebCrypto that knows no Ed25519, as many phones have it. */
const older = {
  digest: (...words) => crypto.subtle.digest(...words),
  verify: (...words) => crypto.subtle.verify(...words),
  importKey(format, key, how, ...rest) {
    if (how.name === 'Ed25519') throw new DOMException('not here', 'NotSupportedError');
    return crypto.subtle.importKey(format, key, how, ...rest);
  },
};

export const paths = [webCrypto(crypto.subtle), await fallbackCrypto(), await chooseCrypto(older)];

/** The rule by which `work` is refused, '' when it is not. Anything but a Refused is a bug and is thrown. */
export async function ruleOf(work) {
  try {
    await work;
    return '';
  } catch (error) {
    if (error.name !== 'Refused') throw error;
    return error.rule;
  }
}
