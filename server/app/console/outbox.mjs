// The console's queue: an entry is on this device before anybody is told so, and sent until the service has answered.
import { makeEntry } from '../capture/make_entry.mjs';
import { Engine } from '../sync/engine.mjs';
import { leaseLock, webLock } from '../sync/lock.mjs';
import { sendEntries } from '../sync/send.mjs';
import { sendPapers } from './papers.mjs';

/** @typedef {import('../sync/record.mjs').Stored} Stored */
/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('../capture/make_entry.mjs').MadeEntry} MadeEntry */

const every = 30_000;
const patience = 20_000;
/** An import is a thousand entries, and those that arrive together are written down together. Browsers open six lines to a
 * service; one is left for what the page asks meanwhile. */
const together = 5;

export class Outbox {
  /** @param {Device} device @param {() => void} changed */
  constructor(device, changed) {
    this.device = device;
    this.changed = changed;
    /** @type {Engine | undefined} */
    this.engine = undefined;
    this.telling = 0;
    /** Rounds of records under way. */
    this.rounds = 0;
    /** @type {import('../sync/lock.mjs').Lock | undefined} */
    this.lock = undefined;
  }

  /** A batch has news hundreds of times a second. */
  tell() {
    this.telling ||= window.setTimeout(() => {
      this.telling = 0;
      this.changed();
    }, 250);
  }

  /** Begins to send; again whenever there is a reason to hope. */
  async start() {
    const trust = await this.device.trust();
    const { shelf } = this.device;
    const holder = crypto.randomUUID();
    const lock = navigator.locks ? webLock(navigator.locks)
      : leaseLock(shelf.lease.bind(shelf), { holder, now: () => Date.now() });
    this.lock = lock;
    this.engine = new Engine({
      shelf, trust: () => trust, send: sendEntries(fetch.bind(globalThis), '', patience),
      // The phone app may run in this browser beside the console: two queues, two locks.
      lock: (name, work) => lock(`${name}-office`, work),
      now: () => performance.now(), random: Math.random, tell: () => this.tell(), doubt: () => {}, together,
    });
    setInterval(() => void this.send(), every);
    addEventListener('online', () => void this.send());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void this.send());
    await this.send();
  }

  /** @param {boolean} [all] also those whose time has not come */
  async send(all = false) {
    await this.round(all);
    this.changed();
  }

  /** Records first; files behind them, given up for a moment whenever a record is to be sent. @param {boolean} all @returns {Promise<boolean | undefined>} as Engine.run() */
  async round(all) {
    this.rounds += 1;
    try {
      return await this.engine?.run({ all });
    } finally {
      this.rounds -= 1;
      if (this.lock) void sendPapers(this.device, this.lock, () => this.rounds > 0).then(() => this.changed());
    }
  }

  /** Kept, then sent once at once. How it stands after that. @param {MadeEntry} made @returns {Promise<Stored>} */
  async put({ id, jws, body }) {
    await this.device.shelf.add({ id, jws, body, made: Date.now(), state: 'waiting' });
    this.changed();
    // Another tab may be at it with an older list: it will be done with it soon.
    for (let turn = 0; turn < 20; turn += 1) {
      if (await this.round(true)) break;
      await new Promise((later) => setTimeout(later, 250));
    }
    return /** @type {Stored} */ (await this.find(id));
  }

  /** @param {import('../capture/make_entry.mjs').Draft} draft */
  async save(draft) {
    const made = await makeEntry(this.device.maker(), draft);
    return { made, stored: await this.put(made) };
  }

  /** @param {string} id */
  async find(id) {
    return (await this.device.shelf.newest(500)).find((record) => record.id === id);
  }
}
