// What the log says of this person, brought to the phone: lines of the passbook, and records of ninety days that were made
// on an earlier phone or by the office on their behalf. Nothing is taken that its receipt does not prove.
import { verifyReceipt } from '../verifier/receipt.mjs';
import { claimsOf } from './claims.mjs';
import { readOwn } from './session.mjs';

/** @typedef {import('./passbook.mjs').Line} Line */
/**
 * What was brought so far, kept on the device. Lines are kept for ever: a few hundred bytes each.
 * @typedef {{lines: {id: string, index: number, entry: string, values: Record<string, any>}[], upTo: number, at: number, since?: number}} Book
 *   upTo: the newest log index that was brought; at: Unix ms of this device; since: older entries were not looked at
 */

export const historyMs = 90 * 86_400_000;
const ofPassbook = ['batch.receive/1', 'batch.deliver/1', 'batch.correct/1'];
/** The types that this app shows as records; a key or a membership is no record of the field. */
const ofRecords = /^(batch\.(harvest|deliver|correct)|input\.apply|animal\.\w+)\/1$/;

/** Two tabs may have brought the same. @param {Book | undefined} book @returns {Line[]} */
export const linesOf = (book) => [...new Map((book?.lines ?? []).map((line) => [line.id, line])).values()].map(({ id, index, entry, values }) => ({ id, index, values, claims: claimsOf({ jws: entry }) }));

/** One reading at a time: whoever comes meanwhile waits for that one. @type {Map<string, Promise<Book>>} */
const underWay = new Map();

/** @param {import('./device.mjs').Device} device @param {number} now  Unix ms @returns {Promise<Book>} as readOn() */
export function bringOwn(device, now) {
  const who = device.person?.person ?? '';
  const running = underWay.get(who) ?? readOn(device, now).finally(() => underWay.delete(who));
  underWay.set(who, running);
  return running;
}

/**
 * Reads on from where the last reading ended. What the office changes later comes as an entry of its own, a correction.
 * @param {import('./device.mjs').Device} device @param {number} now  Unix ms
 * @returns {Promise<Book>}
 * @throws {import('../enrol/ask.mjs').Problem | import('../verifier/refused.mjs').Refused}
 */
async function readOn(device, now) {
  const { person } = device;
  const trust = await device.trust();
  /** @type {Book} */
  const known = (await device.own('book')) ?? { lines: [], upTo: -1, at: 0 };
  /** @type {import('./session.mjs').OwnRow[]} */
  const rows = [];
  let since = known.since;
  await readOwn(device, async (page) => {
    since = page.since;
    for (const row of page.rows) {
      if (row.index <= known.upTo) return false;
      const { index } = await verifyReceipt(device.crypto, row.receipt, row.entry, trust, trust.log);
      rows.push({ ...row, index });
    }
    return true;
  });
  for (const row of rows.reverse()) await keepRecord(device.shelf, row, person?.person, now);
  const lines = rows.filter(({ entry }) => ofPassbook.includes(claimsOf({ jws: entry }).type))
    .map(({ id, index, entry, values }) => ({ id, index, entry, values }));
  const book = { lines: [...known.lines, ...lines], upTo: Math.max(known.upTo, ...rows.map(({ index }) => index)), at: now, since };
  // Somebody else may have the screen by now.
  await device.shelf.keep(`book ${person?.person}`, book);
  return book;
}

/**
 * One record of the last ninety days, as if this phone had made and sent it.
 * @param {import('../sync/shelf.mjs').IndexedDbShelf} shelf @param {import('./session.mjs').OwnRow} row @param {string | undefined} by @param {number} now
 */
async function keepRecord(shelf, { id, index, entry, receipt, recorded, values }, by, now) {
  const { type, iat, data } = claimsOf({ jws: entry });
  if (recorded < now - historyMs || !ofRecords.test(type)) return;
  // Corrections of weigh tickets are the passbook's.
  if (type === 'batch.correct/1' && !(await shelf.record(data.target))) return;
  await shelf.add({
    id, jws: entry, body: `${entry}~`, made: iat * 1000, state: 'received', answer: receipt, recorded, index, settled: now, by,
    ...(values['/photo'] && { photo: values['/photo'] }),
  });
}
