// All screens by the first word of their path.
import { animal } from './screens/animal.mjs';
import { correct } from './screens/correct.mjs';
import { deliver } from './screens/deliver.mjs';
import { draft } from './screens/draft.mjs';
import { enrol, start } from './screens/enrol.mjs';
import { give, take } from './screens/hand.mjs';
import { harvest } from './screens/harvest.mjs';
import { home } from './screens/home.mjs';
import { input } from './screens/input.mjs';
import { passbook, sheet } from './screens/passbook.mjs';
import { people, pin } from './screens/people.mjs';
import { record, records } from './screens/records.mjs';

/** @type {Record<string, import('./nav.mjs').Screen>} */
export const screens = { '': home, start, enrol, animal, correct, deliver, draft, give, harvest, input, passbook, people, pin, record, records, sheet, take };
