// Who has the phone now. Two taps change that: one's own picture on the first screen, and the picture of the next person.
import { fill, h } from '../dom.mjs';
import { isEasy, isPin, makePin, tryPin, waitOf } from '../pin.mjs';
import { personPicture, sign } from '../pictures.mjs';
import { spanOf, t } from '../words.mjs';

/** @typedef {import('../app.mjs').App} App */
const { subtle } = globalThis.crypto;

/** What waits of everybody, for it is sent whoever has the screen. @param {App} app @param {string} person */
async function waitingOf({ device }, person) {
  const all = await device.shelf.waiting();
  return all.filter(({ by }) => (by ?? device.people[0].person) === person).length;
}

/** @type {import('../nav.mjs').Screen} */
export async function people(app) {
  const { device } = app;
  const tile = async (/** @type {import('../device.mjs').Person} */ one) => {
    const count = await waitingOf(app, one.person);
    return h('button', { class: 'tile', type: 'button', onclick: async () => {
      if (one.person !== device.person?.person || !device.open) await device.giveTo(one.person);
      app.nav.go(device.open ? '' : 'pin', { replace: true });
    } }, personPicture(one.picture), h('span', {}, one.name), count > 0 && h('span', { class: 'soft' }, t('home.unsent', { count })));
  };
  const list = h('div', { class: 'tiles' });
  const draw = async () => fill(list, ...(await Promise.all(device.people.map(tile))));
  await draw();
  return {
    title: t('people.title'), back: device.open ? '' : false,
    body: [
      list,
      h('button', { class: 'second', type: 'button', onclick: () => app.nav.go('start') }, t('people.add')),
      device.open && h('button', { class: 'second', type: 'button', onclick: () => app.nav.go('pin/new') }, t((await device.own('pin')) ? 'pin.change' : 'pin.set')),
      h('p', { class: 'soft' }, t('people.text')),
    ],
    changed: () => void draw(),
  };
}

/** A field of digits that nobody reads over a shoulder. @param {string} id @param {import('../words.mjs').Word} word @param {() => void} typed */
function digits(id, word, typed) {
  const input = /** @type {HTMLInputElement} */ (h('input', {
    id, class: 'number digits', type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: '6', oninput: typed,
  }));
  return { label: h('label', { for: id }, t(word)), input };
}

/** `pin`: shows who is there; `pin/new`: sets one. @type {import('../nav.mjs').Screen} */
export async function pin(app, [what = '']) {
  const { device } = app;
  if (!device.person) return people(app, []);
  const kept = await device.own('pin');
  // Whoever shares a phone sets a PIN before anything is recorded in their name.
  return what === 'new' && device.open ? setting(app, true) : kept ? asking(app) : setting(app, false);
}

/** @param {App} app @param {string} why */
function person(app, why) {
  const { name, picture, org_name: orgName } = /** @type {import('../device.mjs').Person} */ (app.device.person);
  return h('div', { class: 'made' }, personPicture(picture), h('p', { class: 'who' }, name, h('span', {}, why || orgName)));
}

/** @param {App} app @returns {import('../nav.mjs').View} */
function asking(app) {
  const { device } = app;
  const problem = h('div', { role: 'alert' });
  const { label, input } = digits('pin', 'pin.label', () => fill(problem));
  const say = (/** @type {import('../pin.mjs').Pin} */ kept) => {
    const wait = waitOf(kept, Date.now());
    fill(problem, h('p', { class: 'problem' }, wait > 0 ? t('pin.wait', { span: spanOf(Math.max(wait, 60_000)) }) : t('pin.wrong')));
  };
  let trying = false;
  const enter = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (trying) return;
    trying = true;
    try {
      const tried = await tryPin(subtle, await device.own('pin'), input.value, Date.now());
      await device.keepOwn('pin', tried.pin);
      input.value = '';
      if (!tried.right) {
        say(tried.pin);
        return input.focus();
      }
      device.open = true;
      app.begin();
      app.nav.go((await device.draft()) ? 'draft' : '', { replace: true });
    } finally {
      trying = false;
    }
  };
  return {
    title: t('pin.title'), back: device.people.length > 1 ? 'people' : false,
    body: [
      person(app, ''), h('form', { id: 'pin-form', onsubmit: enter }, label, input), problem,
      h('p', { class: 'note' }, t('pin.forgotten')),
      // Whoever lost the PIN gets in by the office's code alone.
      h('button', { class: 'plain', type: 'button', onclick: () => app.nav.go('start') }, t('pin.code')),
    ],
    foot: [h('button', { class: 'first', type: 'submit', form: 'pin-form' }, t('pin.enter'))],
    shown: () => input.focus(),
  };
}

/** @param {App} app @param {boolean} free  to go without @returns {import('../nav.mjs').View} */
function setting(app, free) {
  const { device } = app;
  const problem = h('p', { role: 'alert', class: 'problem' });
  const clear = () => fill(problem);
  const first = digits('pin', 'pin.new', clear);
  const again = digits('again', 'pin.again', clear);
  const keep = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const typed = first.input.value;
    const wrong = !isPin(typed) ? 'pin.digits' : isEasy(typed) ? 'pin.easy' : typed !== again.input.value ? 'pin.differ' : undefined;
    if (wrong) {
      fill(problem, t(wrong));
      return (wrong === 'pin.differ' ? again : first).input.focus();
    }
    await device.keepOwn('pin', await makePin(subtle, typed, globalThis.crypto.getRandomValues(new Uint8Array(16))));
    device.open = true;
    app.nav.go('', { replace: true });
  };
  return {
    title: t('pin.set'), back: free || device.people.length > 1 ? 'people' : '',
    body: [person(app, t('pin.why')), h('form', { id: 'pin-form', onsubmit: keep }, first.label, first.input, again.label, again.input), problem],
    foot: [h('button', { class: 'first', type: 'submit', form: 'pin-form' }, t('save'))],
    shown: () => first.input.focus(),
  };
}

