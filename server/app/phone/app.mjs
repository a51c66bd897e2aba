// The parts of the running app, as screens reach them.
import { Courier } from './courier.mjs';
import { Navigator } from './nav.mjs';
import { Voice } from './voice.mjs';
import { bringOwn } from './own.mjs';
import { needsPack } from './reader/reader.mjs';

export class App {
  /** @param {import('./device.mjs').Device} device @param {HTMLElement} root @param {Record<string, import('./nav.mjs').Screen>} screens */
  constructor(device, root, screens) {
    this.device = device;
    this.voice = new Voice(root, globalThis.speechSynthesis);
    this.nav = new Navigator(root, screens, this);
    this.courier = new Courier(device, () => this.nav.changed(), async () => [
      ...((await needsPack()) ? ['reader'] : []), ...((await this.voice.needsPack()) ? ['voice'] : []),
    ]);
    /** A code that was scanned, until its office said who it is for. @type {string | undefined} */
    this.code = undefined;
    /** Chrome's offer to install, while it stands. @type {any} */
    this.install = undefined;
  }

  #begun = false;

  /** A phone that is new to this person gets back what the log holds of theirs; without a network, the next time. */
  async #remember() {
    try {
      if (!(await this.device.own('book'))) await bringOwn(this.device, Date.now());
      this.nav.changed();
    } catch (error) {
      // "My passbook" says why, to whoever asks.
    }
  }

  /** From now on this phone is somebody's, or somebody else's. */
  begin() {
    if (!this.#begun) this.courier.start();
    this.#begun = true;
    void this.device.refresh().then(() => this.nav.changed(), () => {});
    void this.#remember();
  }
}
