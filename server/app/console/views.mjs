// Which page shows what.
import { showEnrol } from './enrol.mjs';
import { showHome } from './home.mjs';
import { showOutbox } from './outbox_view.mjs';
import { pages } from './records.mjs';

/** @type {Record<string, (device: import('./device.mjs').Device, outbox: import('./outbox.mjs').Outbox) => Promise<void>>} */
export const views = { ...pages, home: showHome, enrol: showEnrol, outbox: showOutbox };
