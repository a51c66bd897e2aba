// From the office's QR to "this phone is yours": open, see who, offer the key, wait until the log says so.
import { askService, Problem } from '../../enrol/ask.mjs';
import { codeShape, findEnrolment, offerKey, openInvitation, readCode, shortKid } from '../../enrol/phone.mjs';
import { scanButton } from '../camera.mjs';
import { fill, h } from '../dom.mjs';
import { sign } from '../pictures.mjs';
import { known, language, speak, t } from '../words.mjs';

/** @typedef {import('../app.mjs').App} App */
/** @typedef {import('../device.mjs').Enrolling} Enrolling */

/** Whoever sits beside the clerk need not wait; who went home asks seldom. */
const soonMs = 400;
const latestMs = 5_000;
const ask = askService((...words) => fetch(...words), '', 15_000);

/** @type {import('../nav.mjs').Screen} */
export function start(app) {
  const input = /** @type {HTMLInputElement} */ (h('input', { id: 'code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '40' }));
  const open = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (input.value.trim() === '') return input.focus();
    // A whole link may be pasted as well.
    app.code = readCode(input.value.trim().replace(/^.*[/#]/, ''));
    app.nav.go('enrol');
  };
  const problem = h('p', { role: 'alert', class: 'problem' });
  const scan = scanButton('start.scan', {
    kinds: ['qr_code'], label: t('start.picture'), instead: 'start.instead',
    take(text) {
      const { code, host } = invitationIn(text);
      fill(problem, host ? t('start.elsewhere', { host }) : code ? '' : t('start.foreign'));
      if (!code) return false;
      app.code = code;
      app.nav.go('enrol');
      return true;
    },
  });
  return {
    title: t('start.title'), back: app.device.person ? (app.device.open ? '' : 'people') : false,
    body: [
      h('div', { class: 'hero' }, sign('qr', 'big')),
      h('p', { class: 'lead' }, t('start.text')), ...scan, problem,
      h('form', { onsubmit: open },
        h('label', { for: 'code' }, t('start.code')), input,
        h('button', { class: 'second', type: 'submit' }, t('start.open'))),
      h('a', { class: 'plain', href: '/app/guide-member', hreflang: 'vi' }, t('guide')),
      h('button', { class: 'plain', type: 'button', lang: language() === 'vi' ? 'en' : 'vi', onclick: () => change(app) }, t('language')),
    ],
  };
}

/**
 * The office's QR is a link to this very service; a key is offered to no other.
 * @param {string} text @returns {{code?: string, host?: string}}  host: where another one's leads
 */
function invitationIn(text) {
  const [, origin, linked] = /^(https?:\/\/[^/]+)(?:\/E\/|\/app#)([0-9A-Za-z-]+)$/i.exec(text) ?? [];
  const code = readCode(linked ?? text);
  if (!codeShape.test(code)) return {};
  return origin && new URL(origin).origin !== location.origin ? { host: new URL(origin).host } : { code };
}

/** @param {App} app */
async function change(app) {
  speak(language() === 'vi' ? 'en' : 'vi');
  await app.device.shelf.keep('language', language());
  void app.nav.show();
}

/** @type {import('../nav.mjs').Screen} */
export async function enrol(app) {
  const { shelf } = app.device;
  // Kept before anything is asked: a page that dies half way goes on where it was.
  /** @type {Enrolling | undefined} */
  let state = await shelf.kept('enrolling');
  if (app.code && app.code !== state?.code) state = { code: app.code };
  if (!state) return start(app, []);
  await shelf.keep('enrolling', state);
  const now = state;
  const place = h('div', {}, h('p', { class: 'lead', role: 'status' }, t('enrol.opening')));
  return { title: t('enrol.title'), back: false, body: [place], shown: () => void step(app, place, now) };
}

/** @param {App} app @param {HTMLElement} place @param {Enrolling} state */
async function step(app, place, state) {
  try {
    if (!state.invited) {
      state.invited = await openInvitation(ask, state.code);
      await app.device.shelf.keep('enrolling', state);
    }
    if (state.key) waitFor(app, place, state);
    else fill(place, ...whoIsIt(app, place, state));
  } catch (error) {
    fill(place, ...trouble(app, place, state, error));
  }
}

/** @param {App} app @param {HTMLElement} place @param {Enrolling} state */
function whoIsIt(app, place, state) {
  const { name, org, org_name: orgName, roles } = /** @type {import('../../enrol/phone.mjs').Invited} */ (state.invited);
  const agree = async () => {
    fill(place, h('p', { class: 'lead', role: 'status' }, t('enrol.opening')));
    state.key = await app.device.makeKey();
    await app.device.shelf.keep('enrolling', state);
    await offer(app, place, state);
  };
  return [
    h('dl', { class: 'facts' },
      h('dt', {}, t('enrol.name')), h('dd', { class: 'large' }, name),
      h('dt', {}, t('enrol.org')), h('dd', {}, orgName ?? org),
      h('dt', {}, t('enrol.roles')), h('dd', {}, roles.map((role) => known(`role.${role}`, role)).join(', '))),
    h('button', { class: 'first', type: 'button', onclick: agree }, t('enrol.yes')),
    h('button', { class: 'plain', type: 'button', onclick: () => drop(app) }, t('enrol.no')),
  ];
}

/** @param {App} app @param {HTMLElement} place @param {Enrolling} state */
async function offer(app, place, state) {
  const { code, invited, key } = state;
  if (!invited || !key) return;
  try {
    await offerKey(ask, app.device.makerWith(key, invited.aud), key.jwk, invited, code);
    waitFor(app, place, state);
  } catch (error) {
    fill(place, ...trouble(app, place, state, error));
  }
}

/** @param {App} app @param {HTMLElement} place @param {Enrolling} state */
function waitFor(app, place, state) {
  const { invited, key } = state;
  if (!invited || !key) return;
  fill(place,
    h('p', { class: 'lead' }, t('enrol.wait')),
    h('p', { class: 'kid' }, shortKid(key.kid)),
    h('p', {}, t('enrol.same')),
    h('p', { class: 'soft', role: 'status' }, t('enrol.waiting')),
    h('button', { class: 'plain', type: 'button', onclick: () => drop(app) }, t('enrol.cancel')));
  let pause = soonMs;
  const look = async () => {
    if (!place.isConnected) return;
    try {
      const found = await findEnrolment(ask, app.device.crypto, invited, key.kid);
      if (found) return await begin(app, place, state, found);
    } catch (error) {
      // No such person yet, or no network: the office is not done.
      if (!(error instanceof Problem)) return fill(place, ...trouble(app, place, state, error));
    }
    setTimeout(look, pause);
    pause = Math.min(pause * 1.5, latestMs);
  };
  void look();
}

/** @param {App} app @param {HTMLElement} place @param {Enrolling} state @param {import('../../enrol/phone.mjs').Enrolled} enrolled */
async function begin(app, place, { invited, key }, enrolled) {
  const { device } = app;
  const name = invited?.name ?? '';
  await device.seat({ ...enrolled, kid: key?.kid ?? '', name, org_name: invited?.org_name ?? '' }, key);
  await device.shelf.keep('enrolling', undefined);
  app.code = undefined;
  app.begin();
  // Records of people are worth more than a cache: asked for once somebody relies on it.
  const lasting = await navigator.storage?.persist?.().catch(() => false);
  await device.shelf.keep('persisted', lasting === true);
  fill(place,
    h('div', { class: 'state received' }, sign('received'), h('p', {}, t('enrol.done'), ' ', h('strong', {}, name))),
    h('button', { class: 'first', type: 'button', onclick: () => app.nav.go(device.people.length > 1 ? 'pin/new' : '', { replace: true }) }, t('enrol.begin')));
  /** @type {HTMLElement} */ (place.querySelector('button')).focus();
}

/** @param {App} app */
async function drop(app) {
  app.code = undefined;
  await app.device.shelf.keep('enrolling', undefined);
  app.nav.go(app.device.person ? (app.device.open ? '' : 'people') : 'start', { replace: true });
}

/** @param {App} app @param {HTMLElement} place @param {Enrolling} state @param {unknown} error */
function trouble(app, place, state, error) {
  const problem = error instanceof Problem ? error : undefined;
  const said = problem?.sentence[/** @type {'vi' | 'en'} */ (language())];
  const why = problem?.rule === 'no-answer' ? t('enrol.offline') : said || /** @type {any} */ (error)?.rule || String(error);
  const again = () => (state.key ? offer(app, place, state) : step(app, place, state));
  return [
    h('div', { class: 'note fix', role: 'alert' }, sign('fix'), h('p', {}, h('strong', {}, t('enrol.wrong')), h('br'), why)),
    h('button', { class: 'first', type: 'button', onclick: () => void again() }, t('retry')),
    h('button', { class: 'plain', type: 'button', onclick: () => drop(app) }, t('enrol.cancel')),
  ];
}
