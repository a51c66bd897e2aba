// One's own consent to be named or shown: asked for each purpose apart, never given beforehand, taken back in one press.
import { button, el, notice, once } from './dom.mjs';
import { readSubject } from './subject.mjs';
import { explain, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

const purposes = ['name_on_page', 'photo_on_page', 'share_with_buyer', 'share_with_authority'];

/** @param {Device} device @param {import('./outbox.mjs').Outbox} outbox @param {() => Promise<void>} again */
export async function consentSheet(device, outbox, again) {
  const { person, org } = /** @type {import('./device.mjs').Reader} */ (device.reader);
  const self = await readSubject(device, person);
  /** @type {{org: string, purpose: string, given: boolean}[]} */
  const said = self.record.consents ?? [];
  /** @param {string} purpose @param {boolean} given */
  const say = (purpose, given) => async () => {
    const { stored } = await outbox.save({ type: 'member.consent/1', sub: person, prev: self.head, slots: [], data: { org, purpose, given } });
    if (stored.state !== 'received') return notice('bad', t(`saved.${stored.state}`));
    await again();
    notice('good', t(given ? 'consent.given' : 'consent.taken_back'));
  };
  const rows = purposes.map((purpose) => {
    const given = said.some((one) => one.org === org && one.purpose === purpose && one.given);
    return el('li', { 'data-purpose': purpose }, el('div', {}, el('b', {}, t(`consent.${purpose}`)),
      el('span.soft', {}, t(given ? 'consent.yes' : 'consent.no'))),
    button(t(given ? 'consent.take_back' : 'consent.give'),
      (event) => void once(event, say(purpose, !given)).catch((error) => notice('bad', explain(error))), '.small'));
  });
  return el('section.sheet', { id: 'consent' }, el('h2', {}, t('consent.title')), el('p', {}, t('consent.how')), el('ul.rows', {}, ...rows));
}
