// The parts of the running app, as screens reach them.
import { Courier } from './courier.mjs';
import { Navigator } from './nav.mjs';

export class App {
  /** @param {import('./device.mjs').Device} device @param {HTMLElement} root @param {Record<string, import('./nav.mjs').Screen>} screens */
  constructor(device, root, screens) {
    this.device = device;
    this.nav = new Navigator(root, screens, this);
    this.courier = new Courier(device, () => this.nav.changed());
    /** A code that was scanned, until its office said who it is for. @type {string | undefined} */
    this.code = undefined;
    /** Chrome's offer to install, while it stands. @type {any} */
    this.install = undefined;
  }

  /** From now on this phone is somebody's. */
  begin() {
    this.courier.start();
    void this.device.refresh().then(() => this.nav.changed(), () => {});
  }
}
