// A member's phone gets its key: invited here, offered there, compared by two people, confirmed here.
import { confirm, invite, lookAt, takeBack } from '../enrol/office.mjs';
import { shortKid } from '../enrol/phone.mjs';
import { button, el, notice, once, one, say, stage, unnotice } from './dom.mjs';
import { bindForm, closeForm, openForm } from './form.mjs';
import { newestOf, openData, readSubject } from './subject.mjs';
import { explain, named, pageAt, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {import('../enrol/office.mjs').Sent} Sent */

const minutes = 30;
const every = 1000;
const statesMember = (/** @type {string} */ type) => type.startsWith('member.add/') || type.startsWith('member.update/');

/** @param {Device} device @param {Outbox} outbox */
export async function showEnrol(device, outbox) {
  /** @type {Sent | undefined} */
  const going = await device.shelf.kept('inviting');
  if (going && going.until * 1000 > Date.now()) return showInvitation(device, outbox, going);
  const person = location.hash.startsWith('#person:') ? decodeURIComponent(location.hash.slice(1)) : '';
  await showForm(device, outbox, person);
}

/** @param {Device} device @param {Outbox} outbox @param {string} person  '' for somebody new */
async function showForm(device, outbox, person) {
  const known = person ? await readSubject(device, person) : undefined;
  const member = known && newestOf(known, statesMember);
  const values = member ? await openData(device, member) : {};
  const mayGrant = (/** @type {string} */ role) => role !== 'director' && role !== 'clerk'
    || Boolean(device.reader?.roles.some((own) => own === 'director' || own === 'registrar'));
  for (const option of one('#enrol-role').options) option.disabled = option.hidden = !mayGrant(option.value);
  one('#enrol-phone').closest('.field').hidden = Boolean(known);
  await openForm(device, 'enrol', person, { name: values.name ?? '', phone: values.phone ?? '', role: 'member' });
  bindForm(device, 'enrol', person, async (read) => {
    try {
      const wish = known ? { ...read, person, head: known.head } : await addMember(device, outbox, read);
      if (!wish) return;
      const sent = await invite(device.ask, device.maker(), {
        name: read.name, org: device.reader?.org ?? '', roles: [read.role], minutes, person: wish.person, head: wish.head,
      });
      await device.shelf.keep('inviting', sent);
      await closeForm(device, 'enrol', person);
      showInvitation(device, outbox, sent);
    } catch (error) {
      notice('bad', explain(error));
    }
  });
}

/** Somebody new joins first: the invitation names the person whom that entry starts. @param {Device} device @param {Outbox} outbox @param {Record<string, any>} read */
async function addMember(device, outbox, { name, phone, role }) {
  const worker = role === 'member' || role === 'herdsman' ? 'member' : 'worker';
  const { made, stored } = await outbox.save({
    type: 'member.add/1', sub: 'person', slots: ['name', 'phone', 'place'],
    data: { org: device.reader?.org ?? '', kind: worker, name, ...(phone && { phone }) },
  });
  if (stored.state === 'received') return { person: made.sub, head: made.id };
  notice(stored.state === 'refused' ? 'bad' : 'plain', t(stored.state === 'refused' ? 'saved.refused' : 'enrol.waits', { rule: stored.trouble?.rule ?? '' }));
  return undefined;
}

/** @param {Device} device @param {Outbox} outbox @param {Sent} sent */
function showInvitation(device, outbox, sent) {
  const left = el('p.soft', { id: 'left' });
  const place = el('div', { id: 'offer' }, el('p', {}, t('enrol.watch')));
  const over = () => {
    clearInterval(clock);
    clearInterval(watch);
  };
  const back = async () => {
    over();
    await takeBack(device.ask, sent).catch(() => {});
    await device.shelf.keep('inviting', undefined);
    notice('plain', t('enrol.taken_back'));
    await showForm(device, outbox, sent.wish.person ?? '');
  };
  stage(el('section.sheet.center', {}, el('h2', {}, t('enrol.scan', { name: sent.wish.name })),
    el('img.qr', { src: `/office/qr/${sent.id}`, alt: t('enrol.qr'), width: '300', height: '300' }),
    el('p', {}, t('enrol.or_code')), el('p.symbols', { id: 'enrol-code' }, (sent.code.match(/..../g) ?? []).join(' ')), left, place,
    el('div.acts', {}, button(t('enrol.take_back'), (event) => void once(event, back)))));
  const tick = () => {
    const seconds = Math.max(0, sent.until - Math.floor(Date.now() / 1000));
    left.textContent = t('enrol.left', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` });
    if (seconds > 0) return;
    over();
    notice('bad', t('enrol.over'));
    void device.shelf.keep('inviting', undefined).then(() => showForm(device, outbox, sent.wish.person ?? ''));
  };
  tick();
  let shown = '';
  const clock = setInterval(tick, 1000);
  const look = async () => {
    try {
      const { offer } = await lookAt(device.ask, sent);
      if (!offer || offer.kid === shown) return;
      shown = offer.kid;
      const yes = button(t('enrol.confirm'), (event) => void once(event, async () => {
        over();
        await finish(device, outbox, sent, offer);
      }), '.go');
      place.replaceChildren(el('h3', {}, t('enrol.compare')), el('p.symbols', { id: 'offered-key' }, shortKid(offer.kid)),
        el('p', {}, t('enrol.compare_how')), el('div.acts', {}, yes));
      say(t('enrol.offered'));
      yes.focus();
    } catch (error) {
      if (/** @type {any} */ (error).rule !== 'enrol.unknown') return;
      over();
      notice('bad', explain(error));
      await device.shelf.keep('inviting', undefined);
    }
  };
  const watch = setInterval(() => void look(), every);
}

/** @param {Device} device @param {Outbox} outbox @param {Sent} sent @param {{jwk: object, proof: string, kid: string}} offer */
async function finish(device, outbox, sent, offer) {
  unnotice();
  try {
    // Somebody may have written about the person while the phone was fetched.
    const person = sent.person;
    const head = sent.wish.person ? (await readSubject(device, person)).head : sent.wish.head;
    const stored = await outbox.put(await confirm(device.maker(), { ...sent, wish: { ...sent.wish, head } }, offer));
    await device.shelf.keep('inviting', undefined);
    if (stored.state !== 'received') {
      notice(stored.state === 'refused' ? 'bad' : 'plain', t(`saved.${stored.state}`, { rule: stored.trouble?.rule ?? '' }));
      return stage(el('p', {}, el('a', { href: pageAt('outbox') }, t('page.outbox'))));
    }
    const undo = button(t('undo'), (event) => void once(event, async () => {
      const { stored: ended } = await outbox.save({ type: 'key.revoke/1', sub: person, prev: stored.id, slots: [], data: { kid: offer.kid, reason: 'mistake' } });
      notice(ended.state === 'refused' ? 'bad' : 'good', t(ended.state === 'received' ? 'enrol.undone' : `saved.${ended.state}`));
      undo.remove();
    }));
    notice('good', t('enrol.done', { name: sent.wish.name }));
    stage(el('section.sheet', {}, el('h2', {}, t('enrol.done_title')), el('dl.facts', {},
      el('dt', {}, t('join.name')), el('dd', {}, sent.wish.name),
      el('dt', {}, t('join.roles')), el('dd', {}, sent.wish.roles.map((role) => named('choice.role', role)).join(', ')),
      el('dt', {}, t('enrol.key')), el('dd.mono', {}, shortKid(offer.kid))),
    el('div.acts', {}, el('a.btn.go', { href: pageAt('members', person) }, t('enrol.to_member')),
      button(t('enrol.next'), () => {
        unnotice();
        history.replaceState(null, '', pageAt('enrol'));
        void showForm(device, outbox, '');
      }), undo)));
  } catch (error) {
    notice('bad', explain(error));
    showInvitation(device, outbox, sent);
  }
}
