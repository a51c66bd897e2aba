// A browser that nobody knows yet: how it is invited, and what it waits for.
import { Problem } from '../enrol/ask.mjs';
import { findEnrolment, offerKey, openInvitation, readCode, shortKid } from '../enrol/phone.mjs';
import { button, el, notice, once, one, stage, unnotice } from './dom.mjs';
import { explain, named, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

/** Whoever sits beside the one who invites need not wait. */
const soonMs = 400;
const latestMs = 5000;

/** The code in a typed code or a pasted or scanned link. @param {string} typed */
export const codeIn = (typed) => readCode(typed.trim().replace(/^.*[/#]/, ''));

/** @param {Device} device @param {() => void} done @param {HTMLElement} [door]  another way in */
export function showJoin(device, done, door) {
  const field = /** @type {HTMLInputElement} */ (el('input.mono', {
    id: 'code', name: 'code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false',
    maxlength: '200', 'aria-describedby': 'code-hint', required: true,
  }));
  const submit = /** @type {HTMLButtonElement} */ (el('button.btn.go', { type: 'submit' }, t('join.open')));
  const form = el('form.sheet', {
    novalidate: true,
    submit: (event) => {
      event.preventDefault();
      void open(device, codeIn(field.value), done, submit);
    },
  }, el('h2', {}, t('join.title')), el('p', {}, t('join.how')),
  el('label', { for: 'code' }, t('join.code')), field, el('p.soft', { id: 'code-hint' }, t('join.hint')),
  el('div.acts', {}, submit));
  stage(form, el('p.soft', {}, t('join.key', { key: shortKid(device.key.kid) })), door);
  // A link from `nguon enrol` or another clerk brings its code behind the #, which no server sees.
  const brought = decodeURIComponent(location.hash.slice(1));
  if (brought && !brought.includes(':')) {
    field.value = brought;
    history.replaceState(null, '', location.pathname + location.search);
  }
  field.focus();
}

/** @param {Device} device @param {string} code @param {() => void} done @param {HTMLButtonElement} pressed */
async function open(device, code, done, pressed) {
  unnotice();
  pressed.disabled = true;
  try {
    showInvited(device, code, await openInvitation(device.ask, code), done);
  } catch (error) {
    notice('bad', explain(error));
    one('#code')?.focus();
  } finally {
    pressed.disabled = false;
  }
}

/** @param {Device} device @param {string} code @param {import('../enrol/phone.mjs').Invited} invited @param {() => void} done */
function showInvited(device, code, invited, done) {
  const accept = button(t('join.accept'), (event) => void once(event, async () => {
    try {
      await offerKey(device.ask, device.maker(invited.aud), device.key.jwk, invited, code);
      await showWaiting(device, invited, done);
    } catch (error) {
      notice('bad', explain(error));
    }
  }), '.go');
  stage(el('section.sheet', {}, el('h2', {}, t('join.invited')), el('dl.facts', {},
    el('dt', {}, t('join.name')), el('dd', {}, invited.name),
    el('dt', {}, t('join.org')), el('dd', {}, invited.org_name ?? invited.org),
    el('dt', {}, t('join.roles')), el('dd', {}, invited.roles.map((role) => named('choice.role', role)).join(', '))),
  el('div.acts', {}, accept, button(t('join.not_me'), () => showJoin(device, done)))));
  accept.focus();
}

/** @param {Device} device @param {import('../enrol/phone.mjs').Invited} invited @param {() => void} done */
async function showWaiting(device, invited, done) {
  stage(el('section.sheet', {}, el('h2', {}, t('join.waiting')), el('p', {}, t('join.compare')),
    el('p.symbols', { id: 'own-key' }, shortKid(device.key.kid)),
    el('p.soft', {}, t('join.wait_hint'))));
  for (let pause = soonMs; Date.now() < invited.until * 1000; pause = Math.min(pause * 1.5, latestMs)) {
    await new Promise((later) => setTimeout(later, pause));
    try {
      const enrolled = await findEnrolment(device.ask, device.crypto, invited, device.key.kid);
      if (!enrolled) continue;
      await device.belong({ ...enrolled, name: invited.name, org_name: invited.org_name ?? invited.org });
      notice('good', t('join.done'));
      return done();
    } catch (error) {
      // Until the office has confirmed, the log has not heard of the person.
      if (!(error instanceof Problem)) return notice('bad', explain(error));
    }
  }
  notice('bad', t('join.over'));
  showJoin(device, done);
}
