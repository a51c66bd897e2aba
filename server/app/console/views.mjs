// Which page shows what. What one page alone needs is fetched by that page: a phone on a slow line waits for no other's.
import { showHome } from './home.mjs';
import { showOutbox } from './outbox_view.mjs';
import { showPasskeys } from './passkeys.mjs';
import { pages } from './records.mjs';

/** @typedef {(device: import('./device.mjs').Device, outbox: import('./outbox.mjs').Outbox) => Promise<void>} View */

/** @param {() => Promise<View>} load @returns {View} */
const fetched = (load) => async (device, outbox) => (await load())(device, outbox);

/** @type {Record<string, View>} */
export const views = { ...pages, home: showHome, passkeys: showPasskeys, outbox: showOutbox,
  cards: fetched(async () => (await import('./cards.mjs')).showCards),
  enrol: fetched(async () => (await import('./enrol.mjs')).showEnrol),
  held: fetched(async () => (await import('./held.mjs')).showHeld),
  import: fetched(async () => (await import('./import.mjs')).showImport),
  labels: fetched(async () => (await import('./labels.mjs')).showLabels),
  readcheck: fetched(async () => (await import('./readcheck.mjs')).showReadCheck),
  reminders: fetched(async () => (await import('./reminders.mjs')).showReminders),
  reports: fetched(async () => (await import('./reports.mjs')).showReports),
  rights: fetched(async () => (await import('./rights.mjs')).showRights),
};
