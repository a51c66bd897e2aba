// When to send: at the start, after "Lưu", when the network or the screen comes back, every minute, and on demand.
import { Engine } from '../sync/engine.mjs';
import { leaseLock, webLock } from '../sync/lock.mjs';
import { sendEntries } from '../sync/send.mjs';

const patienceMs = 20_000;
const everyMs = 60_000;
/** Another tab is sending: look again soon, for what was saved here may have come too late for its round. */
const otherTabMs = 3_000;

/** @param {import('../sync/shelf.mjs').IndexedDbShelf} shelf @returns {import('../sync/lock.mjs').Lock} */
export const lockOf = (shelf) => (navigator.locks ? webLock(navigator.locks) : leaseLock(
  (name, holder, now, until) => shelf.lease(name, holder, now, until),
  { holder: String(Math.random()), now: () => Date.now() },
));

export class Courier {
  /** Ids that are on their way now. @type {Set<string>} */
  sending = new Set();
  /** An answer that the service had not signed came last. */
  doubted = false;
  /** @type {import('../sync/answer.mjs').Trust | undefined} */
  #trust;
  #running = false;
  #again = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('./device.mjs').Device} device @param {() => void} changed  for the screen, after the shelf */
  constructor(device, changed) {
    const { shelf } = device;
    this.device = device;
    this.changed = changed;
    this.channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('nguon') : undefined;
    this.engine = new Engine({
      shelf, lock: lockOf(shelf), send: sendEntries((...words) => fetch(...words), '', patienceMs),
      trust: () => /** @type {import('../sync/answer.mjs').Trust} */ (this.#trust),
      now: () => performance.now(), random: () => Math.random(),
      tell: (id, phase) => this.#tell(id, phase),
      doubt: () => { this.doubted = true; },
    });
  }

  start() {
    const kick = () => void this.run();
    addEventListener('online', kick);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && kick());
    this.channel?.addEventListener('message', () => this.changed());
    kick();
  }

  /** Something was saved: send it, and have the browser try again should this page be closed. */
  saved() {
    this.channel?.postMessage('changed');
    void this.run();
    // A hint and no more (DESIGN §9): some browsers have none, some fire it before the network is there.
    void navigator.serviceWorker?.ready.then((worker) => /** @type {any} */ (worker).sync?.register('nguon-send')).catch(() => {});
  }

  /** @param {{all?: boolean}} [how] */
  async run(how) {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    let ran = true;
    try {
      do {
        this.#again = false;
        this.#trust ??= await this.device.trust();
        ran = await this.engine.run(how);
      } while (this.#again);
    } finally {
      this.#running = false;
      this.sending.clear();
      this.changed();
      this.#timer = setTimeout(() => void this.run(), ran ? Math.min(this.engine.idle + 100, everyMs) : otherTabMs);
    }
  }

  /** @param {string} id @param {'sending' | 'waiting' | 'settled'} phase */
  #tell(id, phase) {
    if (phase === 'sending') this.sending.add(id);
    else this.sending.delete(id);
    if (phase === 'settled') {
      this.doubted = false;
      this.channel?.postMessage('changed');
    }
    this.changed();
  }
}
