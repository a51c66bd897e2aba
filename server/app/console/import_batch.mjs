// A batch of entries: signed here, kept on this device whole or not at all, then sent like every other record. Its undoing is
// a batch too: the signed opposite of each entry that the log took in.
import { makeEntry } from '../capture/make_entry.mjs';
import { memberSlots, plotSlots } from './import_plan.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('../capture/make_entry.mjs').MadeEntry} MadeEntry */
/** @typedef {import('./import_plan.mjs').Settled} Settled */
/** @typedef {{id: string, sub: string, plot: boolean}} Line */
/**
 * @typedef {object} Batch
 * @property {string} id @property {string} file  its name @property {number} made  Unix ms @property {string} org @property {Line[]} lines
 * @property {string} [undoes]  the batch whose opposite this is
 */
/** @typedef {{waiting: number, received: number, stuck: number, all: number}} Standing  stuck: refused, held or waiting for a person */

const shelfName = 'imports';

/** Oldest first. @param {Device} device @returns {Promise<Batch[]>} */
export const batches = async (device) => (await device.shelf.kept(shelfName)) ?? [];

/** @param {Device} device @param {Batch} batch @param {MadeEntry[]} made */
async function keepWhole(device, batch, made) {
  const records = made.map(({ id, jws, body }) => ({ id, jws, body, made: batch.made, state: /** @type {const} */ ('waiting') }));
  await device.shelf.finishAll(records, 'import', shelfName, [...(await batches(device)), batch]);
  return batch;
}

/**
 * Signs all of it, then keeps it. Whatever ends this page before the end leaves nothing behind.
 * @param {Device} device @param {Settled} settled @param {string} file @param {string} org @param {(done: number, all: number) => void} tell
 */
export async function signBatch(device, settled, file, org, tell) {
  const maker = device.maker();
  const all = settled.members.length + settled.plots.length;
  /** @type {MadeEntry[]} */
  const made = [];
  /** @type {Line[]} */
  const lines = [];
  /** @type {Map<number, string>} */
  const persons = new Map();
  const add = async (/** @type {string} */ type, /** @type {string} */ kind, /** @type {string[]} */ slots, /** @type {Record<string, any>} */ data) => {
    const entry = await makeEntry(maker, { type, sub: kind, slots, data });
    made.push(entry);
    lines.push({ id: entry.id, sub: entry.sub, plot: kind === 'site' });
    if (made.length % 50 === 0) tell(made.length, all);
    return entry.sub;
  };
  for (const { index, data } of settled.members) persons.set(index, await add('member.add/1', 'person', memberSlots, data));
  for (const { owner, known, data } of settled.plots) {
    await add('site.add/1', 'site', plotSlots, { ...data, household: known ?? persons.get(owner) });
  }
  return keepWhole(device, { id: crypto.randomUUID(), file, made: Date.now(), org, lines }, made);
}

/** @param {Device} device @param {Batch} batch @returns {Promise<Standing>} */
export async function standingOf(device, { lines }) {
  const records = await device.shelf.records(lines.map(({ id }) => id));
  const count = (/** @type {(record: import('../sync/record.mjs').Stored) => boolean} */ which) => records.filter(which).length;
  return {
    all: lines.length, received: count(({ state }) => state === 'received'),
    waiting: count(({ state, trouble }) => state === 'waiting' && !trouble),
    stuck: count(({ state, trouble }) => state === 'refused' || state === 'held' || (state === 'waiting' && trouble !== undefined)),
  };
}

/**
 * The opposite of what the log took in of a batch, plots before their people. What was refused needs none.
 * @param {Device} device @param {Batch} batch @param {string} day  of today
 */
export async function undoBatch(device, batch, day) {
  const maker = device.maker();
  const taken = new Set((await device.shelf.records(batch.lines.map(({ id }) => id))).filter(({ state }) => state === 'received').map(({ id }) => id));
  /** @type {MadeEntry[]} */
  const made = [];
  /** @type {Line[]} */
  const lines = [];
  for (const line of [...batch.lines].reverse()) {
    if (!taken.has(line.id)) continue;
    /** @type {Record<string, string>} */
    const data = line.plot ? { on: day, reason: 'mistake' } : { org: batch.org, on: day, reason: 'mistake' };
    const entry = await makeEntry(maker, { type: line.plot ? 'site.retire/1' : 'member.leave/1', sub: line.sub, prev: line.id, slots: [], data });
    made.push(entry);
    lines.push({ id: entry.id, sub: entry.sub, plot: line.plot });
  }
  return keepWhole(device, { id: crypto.randomUUID(), file: batch.file, made: Date.now(), org: batch.org, lines, undoes: batch.id }, made);
}
