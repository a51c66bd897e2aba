// All of the verifier: UI-less, for browsers and Node. Every check is asynchronous and throws Refused.
export { chooseCrypto, fallbackCrypto, webCrypto } from './crypto.mjs';
export { Refused } from './refused.mjs';
export { keyOf } from './key.mjs';
export { entryId, parseJws, verifyJws } from './jws.mjs';
export { firstSubject, parseEntry, subjectId, verifyEntry, verifySubmission } from './entry.mjs';
export { findSlots, openDisclosures, splitSubmission } from './sd_jwt.mjs';
export { leafHash, nodeHash, verifyConsistency, verifyInclusion } from './merkle.mjs';
export { openNote, parseNote, parseVkey, vkeyOf } from './note.mjs';
export { openCheckpoint, parseCheckpointText, parseTlogProof, verifyTlogProof } from './checkpoint.mjs';
export { parseBundle } from './bundle_file.mjs';
export { verifyBundle } from './bundle.mjs';
export { KeyChain } from './key_chain.mjs';
export { verifyReceipt } from './receipt.mjs';
export { verifyStatement } from './statement.mjs';
export { recheckQuestion, recheckReceipts } from './recheck.mjs';
export { openHead, provesAll, provesEntry, verifyHead } from './head.mjs';
