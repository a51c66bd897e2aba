// Sends what waits on this device until every record has its answer. No record is lost and none is doubled: what is
// sent are the stored bytes, the service knows them again by their id, and only a signed answer settles a record.
import { judge } from './answer.mjs';
import { buildsOn, claimsOf } from './builds_on.mjs';

/** @typedef {import('./record.mjs').Stored} Stored */
/** @typedef {import('./answer.mjs').Answer} Answer */
/**
 * What the engine needs of its page.
 * @typedef {object} Parts
 * @property {import('./record.mjs').Shelf} shelf
 * @property {(id: string, body: string) => Promise<Answer>} send  rejects when there was no whole answer
 * @property {() => import('./answer.mjs').Trust} trust
 * @property {import('./lock.mjs').Lock} lock
 * @property {() => number} now  ms of a clock that never jumps (performance.now())
 * @property {() => number} random  0 ≤ r < 1
 * @property {(id: string, phase: 'sending' | 'waiting' | 'settled') => void} tell  for the screen, after the shelf
 * @property {(why: string) => void} doubt  an answer that should have been signed by the service and was not
 * @property {number} [together]  this many on the way at once, 1 without: on a thin line each would only slow the others
 */

const firstWait = 5_000;
const longestWait = 15 * 60_000;
const asideWait = 6 * 3600_000;
/** This many in a row without any answer, and the network is taken to be gone. */
const silentInARow = 3;

export class Engine {
  /** @type {Map<string, {tries: number, due: number}>} forgotten with the page: reopening tries at once */
  #later = new Map();

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /**
   * One round over all that waits, oldest first. One bad record never holds up another: each has its own turn.
   * @param {{all?: boolean}} [how]  all: also those whose time has not come (somebody pressed the button)
   * @returns {Promise<boolean>}  false where another tab is at it
   */
  run({ all = false } = {}) {
    return this.parts.lock('nguon-sync', () => this.#round(all));
  }

  /** ms until the next record is due, Infinity where none waits for its time. */
  get idle() {
    const due = [...this.#later.values()].map((one) => one.due);
    return Math.max(0, Math.min(...due) - this.parts.now());
  }

  /** @param {boolean} all */
  async #round(all) {
    const { shelf, now, together = 1 } = this.parts;
    let silent = 0;
    /** @type {unknown[]} */
    const broken = [];
    /** @type {Map<import('./builds_on.mjs').Claims, Promise<void>>} */
    const under = new Map();
    for (const record of await shelf.waiting()) {
      const later = this.#later.get(record.id);
      if (later && !all && later.due > now()) continue;
      const claims = claimsOf(record);
      // What builds on another goes once that one was answered, or was not.
      while (under.size >= together || [...under.keys()].some((other) => buildsOn(claims, other))) await Promise.race(under.values());
      if (silent >= silentInARow || broken.length > 0) break;
      under.set(claims, this.#turn(record).then((answered) => {
        silent = answered ? 0 : silent + 1;
      }, (error) => void broken.push(error)).then(() => void under.delete(claims)));
    }
    // Nothing is under way any more when another tab may begin.
    await Promise.all(under.values());
    if (broken.length > 0) throw broken[0];
  }

  /** @param {Stored} record @returns {Promise<boolean>}  whether anything answered */
  async #turn(record) {
    const { send, shelf, tell, trust, doubt } = this.parts;
    const { id } = record;
    tell(id, 'sending');
    /** @type {Answer} */
    let answer;
    try {
      answer = await send(id, record.body);
    } catch (error) {
      this.#wait(id, 0);
      tell(id, 'waiting');
      return false;
    }
    const judged = await judge(trust(), record, answer);
    if (judged.kind === 'again') {
      if (answer.status < 300) doubt(judged.why);
      this.#wait(id, judged.after * 1000);
      tell(id, 'waiting');
      return true;
    }
    // Settled on the device before anybody is told: whoever reads "Đã nhận" can rely on it after a crash.
    await shelf.settle(id, judged.change);
    if (judged.kind === 'aside') this.#wait(id, asideWait);
    else this.#later.delete(id);
    tell(id, judged.kind === 'aside' ? 'waiting' : 'settled');
    return true;
  }

  /** Twice as long each time, give or take a fifth, so that phones that came back together part. */
  #wait(/** @type {string} */ id, /** @type {number} */ least) {
    const { now, random } = this.parts;
    const tries = (this.#later.get(id)?.tries ?? 0) + 1;
    const growing = Math.min(firstWait * 2 ** (tries - 1), longestWait);
    this.#later.set(id, { tries, due: now() + Math.max(least, growing * (0.8 + 0.4 * random())) });
  }
}
