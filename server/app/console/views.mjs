// Which page shows what. What is large and one page's alone is fetched by that page: a phone on a slow line waits for no
// other's. The small ones are not worth a file each, nor the files that they would have in common.
import { showCards } from './cards.mjs';
import { showEnrol } from './enrol.mjs';
import { showHeld } from './held.mjs';
import { showHome } from './home.mjs';
import { showOutbox } from './outbox_view.mjs';
import { showPasskeys } from './passkeys.mjs';
import { pages } from './records.mjs';
import { showReminders } from './reminders.mjs';
import { showReports } from './reports.mjs';
import { showRights } from './rights.mjs';

/** @typedef {(device: import('./device.mjs').Device, outbox: import('./outbox.mjs').Outbox) => Promise<void>} View */

/** @param {() => Promise<View>} load @returns {View} */
const fetched = (load) => async (device, outbox) => (await load())(device, outbox);

/** @type {Record<string, View>} */
export const views = {
  ...pages, home: showHome, passkeys: showPasskeys, outbox: showOutbox, cards: showCards, enrol: showEnrol, held: showHeld,
  reminders: showReminders, reports: showReports, rights: showRights,
  import: fetched(async () => (await import('./import.mjs')).showImport),
  labels: fetched(async () => (await import('./labels.mjs')).showLabels),
  readcheck: fetched(async () => (await import('./readcheck.mjs')).showReadCheck),
};
