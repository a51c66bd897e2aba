// The keys of a person: which phone is lost, and the next one invited in the same breath.
import { shortKid } from '../enrol/phone.mjs';
import { button, el, notice, once, one } from './dom.mjs';
import { keysOf } from './subject.mjs';
import { explain, named, pageAt, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */

const reasons = ['lost', 'stolen', 'replaced', 'left', 'role_ended', 'mistake'];

/** @param {Device} device @param {Outbox} outbox @param {import('./subject.mjs').Subject} person */
export async function showKeys(device, outbox, person) {
  const keys = await keysOf(device, person);
  const list = el('ul.rows', {}, ...keys.map((key) => el('li', {}, el('div', {}, el('b.mono', {}, shortKid(key.kid)),
    el('span.soft', {}, `${key.roles.map((role) => named('choice.role', role)).join(', ')} · ${t('keys.since', { time: showTime(key.added) })}`),
    key.revoked ? el('span.tag', {}, t('keys.revoked', { time: showTime(key.revoked), reason: named('choice.reason', key.reason ?? '') })) : undefined),
  key.revoked || key.kid === device.key.kid ? undefined : button(t('keys.lost'), () => ask(key.kid)))));
  const box = el('div');

  /** @param {string} kid */
  function ask(kid) {
    const select = /** @type {HTMLSelectElement} */ (el('select', { id: 'reason' }, ...reasons.map((reason) => new Option(named('choice.reason', reason), reason))));
    const end = (/** @type {boolean} */ again) => async () => {
      const { stored } = await outbox.save({ type: 'key.revoke/1', sub: person.sub, prev: person.head, slots: [], data: { kid, reason: select.value } });
      if (stored.state !== 'received') return notice('bad', t(stored.trouble ? 'saved.stale' : `saved.${stored.state}`));
      notice('good', t('keys.ended', { key: shortKid(kid) }));
      if (again) location.assign(pageAt('enrol', person.sub));
      else dispatchEvent(new HashChangeEvent('hashchange'));
    };
    const act = (/** @type {string} */ words, /** @type {boolean} */ again, look = '') =>
      button(words, (event) => void once(event, end(again)).catch((error) => notice('bad', explain(error))), look);
    box.replaceChildren(el('section.note.plain', {}, el('h3', {}, t('keys.ask', { key: shortKid(kid) })), el('p', {}, t('keys.what')),
      el('label', { for: 'reason' }, t('keys.reason')), select,
      el('div.acts', {}, act(t('keys.end_and_invite'), true, '.go'), act(t('keys.end'), false), button(t('form.cancel'), () => box.replaceChildren()))));
    one('select', box).focus();
  }
  return el('section.sheet', {}, el('h2', {}, t('keys.title')), keys.length === 0 ? el('p.soft', {}, t('keys.none')) : list, box);
}
