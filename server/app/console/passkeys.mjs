// Passkeys: one's own, made and taken out on a device that signs; and the door they open on one that does not.
import { signJws } from '../capture/make_entry.mjs';
import { button, el, notice, once, one, stage, unnotice } from './dom.mjs';
import { canUsePasskeys, makePasskey, NotDone } from './passkey_browser.mjs';
import { explain, showDate, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {{id: string, kid: string, name: string, host: string, made: number, used?: number, doubted: boolean}} Passkey */

const mostOctets = 160;

/** @param {unknown} error */
const said = (error) => (error instanceof NotDone ? t(`passkeys.${error.reason}`) : explain(error));

/** @param {Event} event @param {() => Promise<void>} work */
const act = (event, work) => void once(event, work).catch((error) => notice('bad', said(error)));

/** @param {number} ms  Unix, known to the day */
const showDay = (ms) => showDate(new Date(ms + 7 * 3600_000).toISOString().slice(0, 10));

/** @param {Device} device @param {string} path @param {string} typ @param {Record<string, unknown>} payload */
async function state(device, path, typ, payload) {
  const maker = device.maker();
  await device.ask('POST', path, { type: 'application/jwt', text: await signJws(maker, typ, { aud: maker.aud, ...payload }) });
}

/** @param {Device} device @param {Passkey} passkey @param {() => Promise<void>} again */
const row = (device, passkey, again) => el('li', { 'data-id': passkey.id }, el('div', {}, el('b', {}, passkey.name),
  el('span.soft', {}, `${t('passkeys.made', { time: showTime(passkey.made) })} ${passkey.used ? t('passkeys.used', { date: showDay(passkey.used) }) : t('passkeys.unused')}`),
  passkey.host !== location.hostname && el('span.soft', {}, t('passkeys.elsewhere', { host: passkey.host })),
  passkey.doubted && el('span.tag.refused', {}, `⚠ ${t('passkeys.doubted')}`)),
device.signs && button(t('passkeys.remove'), (event) => act(event, async () => {
  await state(device, '/api/passkeys/removals', 'nguon-passkey-removal+jwt', { remove: passkey.id });
  await again();
  notice('good', t('passkeys.removed', { name: passkey.name }));
})));

/** @param {Device} device @param {() => Promise<void>} again */
function makeSheet(device, again) {
  const name = /** @type {HTMLInputElement} */ (el('input', { id: 'passkey-name', maxlength: '50', autocomplete: 'off', 'aria-describedby': 'passkey-hint' }));
  const make = async () => {
    const called = name.value.trim().normalize('NFC');
    if (called === '' || new TextEncoder().encode(called).length > mostOctets) {
      name.focus();
      return notice('bad', t('passkeys.name_needed'));
    }
    const options = JSON.parse((await device.ask('POST', '/api/passkeys/options')).text);
    const made = await makePasskey(options, t('site.name'), device.enrolled?.name ?? '');
    await state(device, '/api/passkeys', 'nguon-passkey+jwt', { ...made, name: called });
    await again();
    notice('good', t('passkeys.kept', { name: called }));
  };
  return el('section.sheet', {}, el('h2', {}, t('passkeys.make')), el('p', {}, t('passkeys.make_how')),
    el('div.field', {}, el('label', { for: name.id }, t('passkeys.name')), name, el('p.soft.hint', { id: 'passkey-hint' }, t('passkeys.name_hint'))),
    el('div.acts', {}, button(t('passkeys.make_now'), (event) => act(event, make), '.go')));
}

/** @param {Device} device */
export async function showPasskeys(device) {
  const again = () => showPasskeys(device);
  const { passkeys } = await device.get('/api/passkeys');
  const closed = !device.signs ? 'passkeys.sign_needed' : !canUsePasskeys() ? 'passkeys.unsupported' : '';
  stage(el('section.sheet', {}, el('h2', {}, t('passkeys.own')),
    passkeys.length === 0 ? el('p.soft', {}, t('passkeys.none')) : el('ul.rows', {}, ...passkeys.map((/** @type {Passkey} */ passkey) => row(device, passkey, again)))),
  closed ? el('p.note.plain', {}, t(closed)) : makeSheet(device, again));
}

/** For whoever has a passkey but no key in this browser. @param {Device} device @param {() => Promise<void>} entered */
export function passkeyDoor(device, entered) {
  if (!canUsePasskeys()) return undefined;
  return el('section.sheet', { id: 'passkey-door' }, el('h2', {}, t('passkeys.door')), el('p', {}, t('passkeys.door_how')),
    el('div.acts', {}, button(t('passkeys.open'), (event) => act(event, async () => {
      unnotice();
      await device.openByPasskey();
      await entered();
    }))));
}

/** Said on every page of a session that a passkey opened. */
export function sayReadsOnly() {
  if (one('#reads-only')) return;
  one('#notice').before(el('p.note.plain', { id: 'reads-only' }, t('passkeys.reads_only')));
}
