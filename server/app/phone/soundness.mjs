// Every member is a monitor (DESIGN §4): the receipts on this phone, held against the log as it is today.
import { askService, asJson } from '../enrol/ask.mjs';
import { parseVkey, recheckQuestion, recheckReceipts, Refused, verifyReceipt } from '../verifier/verifier.mjs';

/** The service takes no more at once. */
const most = 64;
const mostRecords = 2_000;
const ask = askService((...words) => fetch(...words), '', 30_000);

/**
 * What is thrown leaves the phone as it was: receipts, the checkpoint it knew and the log's own answer are the evidence.
 * @param {import('./device.mjs').Device} device
 * @returns {Promise<{count: number, size: number}>}  receipts that hold, in a log of so many entries
 * @throws {import('../verifier/refused.mjs').Refused | import('../enrol/ask.mjs').Problem}
 */
export async function recheck(device) {
  try {
    return await hold(device);
  } catch (error) {
    // Perhaps keys of the log that this phone has not heard of; proven from those it knows, they count.
    if (!(error instanceof Refused && /^(receipt\.key|note\.|verify\.)/.test(error.rule))) throw error;
    await device.renewTrust(ask);
    return hold(device);
  }
}

/** @param {import('./device.mjs').Device} device @returns {Promise<{count: number, size: number}>} */
async function hold(device) {
  const { crypto, person } = device;
  if (!person) return { count: 0, size: 0 };
  const trust = await device.trust();
  const log = trust.keys ?? (await parseVkey(crypto, person.vkey));
  const records = (await device.records(mostRecords)).filter(({ state }) => state === 'received');
  /** @type {import('../verifier/recheck.mjs').Known | undefined} */
  let known = await device.own('known');
  const kept = [];
  for (const { answer = '', jws } of records) {
    const receipt = await verifyReceipt(crypto, answer, jws, trust);
    kept.push(receipt);
    if (!known || receipt.checkpoint.size > known.size) known = receipt.checkpoint;
  }
  if (!known) return { count: 0, size: 0 };
  for (let at = 0; at < kept.length; at += most) {
    const some = kept.slice(at, at + most);
    const question = recheckQuestion(known, some);
    const { text } = await ask('POST', '/api/receipts/check', asJson(JSON.parse(question)));
    known = await recheckReceipts(crypto, text, known, some, log);
  }
  await device.keepOwn('known', { size: known.size, root: known.root });
  return { count: kept.length, size: known.size };
}
