// Which page shows what.
import { showCards } from './cards.mjs';
import { showEnrol } from './enrol.mjs';
import { showHeld } from './held.mjs';
import { showHome } from './home.mjs';
import { showImport } from './import.mjs';
import { showLabels } from './labels.mjs';
import { showOutbox } from './outbox_view.mjs';
import { showPasskeys } from './passkeys.mjs';
import { showReadCheck } from './readcheck.mjs';
import { pages } from './records.mjs';
import { showReminders } from './reminders.mjs';
import { showReports } from './reports.mjs';
import { showRights } from './rights.mjs';

/** @type {Record<string, (device: import('./device.mjs').Device, outbox: import('./outbox.mjs').Outbox) => Promise<void>>} */
export const views = { ...pages, home: showHome, import: showImport, enrol: showEnrol, held: showHeld, cards: showCards, reminders: showReminders, rights: showRights,
  labels: showLabels, reports: showReports, readcheck: showReadCheck, passkeys: showPasskeys, outbox: showOutbox };
