// A record a person made on this device, from "Lưu" until the service's answer is in hand.

/**
 * Where it stands. Only the service's signed answer or a person's choice leads out of `waiting`, and nothing leads back.
 * - waiting: on this device; sent again until it is answered
 * - received: logged; `answer` is the receipt
 * - held: kept aside by the service, its key having ended; `answer` is the signed note
 * - refused: validly signed and not acceptable; `answer` is the signed refusal
 * - replaced: somebody else was there first, and a person chose between the two versions: no longer sent, kept to be read
 * @typedef {'waiting' | 'received' | 'held' | 'refused' | 'replaced'} State
 */
/**
 * @typedef {object} Stored
 * @property {string} id  entry id
 * @property {string} jws  of the entry
 * @property {string} body  what is sent: JWS and disclosures
 * @property {number} made  Unix ms by this device
 * @property {string} [by]  whose it is, where several people share the device
 * @property {State} state
 * @property {string} [answer]
 * @property {number} [recorded]  Unix ms by the service's clock, of a receipt
 * @property {number} [settled]  Unix ms by this device, when the answer was written down
 * @property {number} [index]  in the log, of a receipt
 * @property {import('./photo_shelf.mjs').PhotoName} [photo]  of a record made on another phone, whose private values are not in `body`
 * @property {Trouble} [trouble]  why it waits longer than for want of a network; cleared when it is answered
 */
/**
 * @typedef {object} Trouble
 * @property {string} rule  stable name (schemas/problems.json)
 * @property {string} field  JSON Pointer
 * @property {string} statement  the signed conflict, '' where there is none
 * @property {{vi: string, en: string}} [sentence]  the rule in words, with its numbers; unsigned, for people alone
 */
/** @typedef {Pick<Stored, 'state' | 'answer' | 'recorded' | 'index' | 'trouble'>} Change */
/**
 * Where records live. Every call is one transaction: after it resolves the change survives the browser's end.
 * @typedef {object} Shelf
 * @property {() => Promise<Stored[]>} waiting  oldest first
 * @property {(id: string, change: Change) => Promise<void>} settle  only a waiting record changes; another stays as it is
 */
export {};
