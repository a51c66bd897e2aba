// Where every page of the console begins: who is this browser, may it read, and what does the page show.
import { Problem } from '../enrol/ask.mjs';
import { shortKid } from '../enrol/phone.mjs';
import { Device } from './device.mjs';
import { button, el, notice, once, stage, the, unnotice } from './dom.mjs';
import { showJoin } from './join.mjs';
import { showOffline } from './offline.mjs';
import { Outbox } from './outbox.mjs';
import { passkeyDoor, sayReadsOnly } from './passkeys.mjs';
import { explain, loadWords, named, t } from './words.mjs';
import { views } from './views.mjs';

const page = document.body.dataset.page ?? 'home';

/** @param {Device} device */
async function showUnsent(device) {
  const count = await device.shelf.countWaiting();
  const badge = the('unsent');
  badge.hidden = count === 0;
  badge.textContent = t('outbox.count', { count });
  document.dispatchEvent(new Event('outbox'));
}

/** @param {Device} device @param {Outbox} outbox */
function showWho(device, outbox) {
  const { enrolled, reader } = device;
  if (!reader) return;
  const roles = reader.roles.map((role) => named('choice.role', role)).join(', ');
  const name = enrolled ? `${enrolled.name} · ${enrolled.org_name}` : t('passkeys.who');
  the('who').replaceChildren(`${name} · ${roles} `,
    button(t('session.out'), (event) => void once(event, async () => {
      await device.signOut();
      if (enrolled) showSignedOut(device, outbox);
      else location.reload();
    }), '.small'));
  the('nav').hidden = false;
  for (const link of document.querySelectorAll('nav [data-role]')) {
    const item = /** @type {HTMLElement} */ (link.parentElement);
    item.hidden = !reader.roles.includes(/** @type {HTMLElement} */ (link).dataset.role ?? '');
  }
  // On a phone the row of pages is longer than the screen.
  document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

/** Of a page's name that sticks out, a browser shows no more when keys come to it. @param {FocusEvent} event */
function showWhole({ target }) {
  /** @type {HTMLElement} */ (target).scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
the('nav').addEventListener('focusin', showWhole);

/** @param {Device} device @param {Outbox} outbox */
function showSignedOut(device, outbox) {
  the('who').replaceChildren();
  the('nav').hidden = true;
  stage(el('section.sheet', {}, el('h2', {}, t('session.none')), el('p', {}, t('session.how')),
    el('div.acts', {}, button(t('session.in'), (event) => void once(event, () => enter(device, outbox)), '.go'))));
}

/** @param {Device} device @param {Outbox} outbox @returns {Promise<void>} */
async function enter(device, outbox) {
  unnotice();
  try {
    await device.signIn();
  } catch (error) {
    if (error instanceof Problem && error.rule === 'session.key') return await showEnded(device, outbox);
    notice('bad', explain(error));
    return await showOffline(device, () => enter(device, outbox));
  }
  await device.shelf.keep('signed-out', false);
  showWho(device, outbox);
  await outbox.start();
  await views[page](device, outbox);
}

/** A browser without a key of its own: invited, or let in to look by a passkey. @param {Device} device @param {Outbox} outbox */
function showStranger(device, outbox) {
  showJoin(device, () => void enter(device, outbox), passkeyDoor(device, () => look(device, outbox)));
}

/** What a passkey opened: everything to read, nothing to sign, so that no queue runs. @param {Device} device @param {Outbox} outbox */
async function look(device, outbox) {
  showWho(device, outbox);
  sayReadsOnly();
  await views[page](device, outbox);
}

/** The log says that this key has ended. @param {Device} device @param {Outbox} outbox */
async function showEnded(device, outbox) {
  notice('bad', t('session.ended', { key: shortKid(device.key.kid) }));
  await device.renew();
  showStranger(device, outbox);
}

async function begin() {
  await loadWords();
  if (!globalThis.isSecureContext || !globalThis.crypto?.subtle) return notice('bad', t('trouble.insecure'));
  const device = await Device.open();
  const outbox = new Outbox(device, () => void showUnsent(device));
  if (!device.enrolled) {
    if (await device.findPasskeySession()) return await look(device, outbox);
    return showStranger(device, outbox);
  }
  if (await device.shelf.kept('signed-out')) return showSignedOut(device, outbox);
  await enter(device, outbox);
}

begin().catch((error) => notice('bad', explain(error)));
