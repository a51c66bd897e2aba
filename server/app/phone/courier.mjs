// When to send: at the start, after "Lưu", when the network or the screen comes back, every minute, and on demand.
import { Engine } from '../sync/engine.mjs';
import { leaseLock, webLock } from '../sync/lock.mjs';
import { sendEntries } from '../sync/send.mjs';
import { bringPack } from './packs.mjs';
import { sendPhotos } from './photo_sender.mjs';
import { isTight } from './room.mjs';
import { askService } from '../enrol/ask.mjs';

const patienceMs = 20_000;
const ask = askService((...words) => fetch(...words), '', patienceMs);
const everyMs = 60_000;
/** What an answer is refused for that was signed by keys a phone has not heard of; a captive portal is refused otherwise. */
const ofNewKeys = /^(receipt\.key|statement\.key|note\.|verify\.)/;
/** Another tab is sending: look again soon, for what was saved here may have come too late for its round. */
const otherTabMs = 3_000;
/** A pack that could not be fetched is not asked for at every turn. */
const packAgainMs = 600_000;

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
  /** An answer did not hold: of a liar, or signed by a key of the log that this phone has not heard of yet. */
  #suspicious = false;
  #learnAfter = 0;
  #packAfter = 0;
  #again = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {import('./device.mjs').Device} device @param {() => void} changed  for the screen, after the shelf
   * @param {() => Promise<string[]>} packs  that this phone has a use for
   */
  constructor(device, changed, packs) {
    const { shelf } = device;
    this.device = device;
    this.changed = changed;
    this.packs = packs;
    this.channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('nguon') : undefined;
    this.engine = new Engine({
      shelf, lock: lockOf(shelf), send: sendEntries((...words) => fetch(...words), '', patienceMs),
      trust: () => /** @type {import('../sync/answer.mjs').Trust} */ (this.#trust),
      now: () => performance.now(), random: () => Math.random(),
      tell: (id, phase) => this.#tell(id, phase),
      doubt: (why) => {
        this.doubted = true;
        this.#suspicious = this.#suspicious || ofNewKeys.test(why);
      },
    });
  }

  start() {
    const kick = () => void this.run();
    addEventListener('online', () => {
      this.#packAfter = 0;
      kick();
    });
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
        if (this.#suspicious) await this.#learn();
      } while (this.#again);
    } finally {
      this.#running = false;
      this.sending.clear();
      this.changed();
      // Behind the records, and given up for a moment whenever one is to be sent.
      void sendPhotos(this.device, lockOf(this.device.shelf), () => this.#running).then(() => this.#bringPacks());
      this.#timer = setTimeout(() => void this.run(), ran ? Math.min(this.engine.idle + 100, everyMs) : otherTabMs);
    }
  }

  /** Last of all, unless data or room are to be saved: then a pack comes when a screen needs it. */
  async #bringPacks() {
    const saving = /** @type {any} */ (navigator).connection?.saveData === true;
    if (saving || performance.now() < this.#packAfter) return;
    // Two turns may end close together.
    this.#packAfter = performance.now() + packAgainMs;
    for (const name of await this.packs()) {
      if (await isTight()) return;
      await bringPack(name, () => this.#running).catch(() => {
        if (this.#running) this.#packAfter = 0;
      });
    }
  }

  /** Looks for newer keys of the log, now and then, and if there are any tries again what could not be read. */
  async #learn() {
    this.#suspicious = false;
    if (performance.now() < this.#learnAfter) return;
    this.#learnAfter = performance.now() + everyMs;
    try {
      await this.device.renewTrust(ask);
      this.#trust = await this.device.trust();
    } catch (error) {
      return;  // No network, or no proof: what was believed stays believed.
    }
    await this.engine.run({ all: true });
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
