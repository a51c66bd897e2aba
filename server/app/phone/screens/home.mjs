// The first screen: what can be recorded, and honestly what has not been sent.
import { standing } from '../describe.mjs';
import { fill, h } from '../dom.mjs';
import { actPicture, personPicture, sign } from '../pictures.mjs';
import { isTight } from '../room.mjs';
import { ageOf, language, speak, t } from '../words.mjs';

/** @typedef {import('../app.mjs').App} App */

const lateMs = 3 * 86_400_000;

/** @type {import('../nav.mjs').Screen} */
export async function home(app) {
  const { device } = app;
  const outbox = h('div', { class: 'outbox', role: 'status' });
  // It stays the same element while the words above it change, or a slow thumb would press on what is gone.
  const send = h('button', { class: 'second', type: 'button', hidden: true, onclick: () => void app.courier.run({ all: true }) });
  const advice = h('div', {});
  const tiles = h('nav', { class: 'tiles', 'aria-label': t('home.hello') });
  /** @type {import('../device.mjs').Catalogue | undefined} */
  let offered;
  const draw = async () => {
    const [state, waiting] = await Promise.all([outboxOf(app), device.shelf.waiting()]);
    fill(outbox, ...state);
    // Of everybody: whoever holds the phone may send for all.
    send.hidden = waiting.length === 0;
    send.textContent = t(app.courier.sending.size > 0 ? 'home.sending' : 'home.send');
    // The tiles stay the same elements, too.
    if (tiles.childElementCount === 0 || offered !== device.catalogue) fill(tiles, ...tilesOf(app));
    offered = device.catalogue;
    void adviceOf(app).then((parts) => fill(advice, ...parts));
  };
  // Whole before it is seen: what is above the tiles must not push them away from a thumb.
  await draw();
  return {
    title: t('home.hello'), back: false,
    body: [
      h('button', { class: 'row person', type: 'button', onclick: () => app.nav.go('people') },
        personPicture(device.person?.picture), h('span', { class: 'what' }, h('strong', {}, device.person?.name), h('span', {}, device.person?.org_name)),
        h('span', { class: 'soft' }, t('people.switch'))), outbox, send, tiles, advice,
      h('a', { class: 'plain', href: '/app/guide-member', hreflang: 'vi' }, t('guide')),
      h('button', { class: 'plain', type: 'button', lang: language() === 'vi' ? 'en' : 'vi', onclick: async () => {
        speak(language() === 'vi' ? 'en' : 'vi');
        await device.shelf.keep('language', language());
        void app.nav.show();
      } }, t('language')),
    ],
    shown: () => void draw(), changed: () => void draw(),
  };
}

/** What cannot be finished here is not offered. @param {App} app */
function tilesOf(app) {
  const { catalogue, person } = app.device;
  const may = (/** @type {string[]} */ ...roles) => person?.roles.some((role) => roles.includes(role));
  const picking = may('member', 'packer', 'director', 'clerk') && catalogue?.products.length && catalogue.sites.length;
  const delivering = may('member', 'packer', 'director', 'clerk') && catalogue?.products.length;
  const tile = (/** @type {string} */ path, /** @type {string} */ image, /** @type {import('../words.mjs').Word} */ word) =>
    h('button', { class: 'tile', type: 'button', onclick: () => app.nav.go(path) }, actPicture(image), h('span', {}, t(word)));
  return [
    picking ? tile('harvest', 'harvest', 'home.harvest') : undefined,
    delivering ? tile('deliver', 'deliver', 'home.deliver') : undefined,
    picking ? tile('input', 'spray', 'home.input') : undefined,
    may('herdsman', 'director', 'clerk') && catalogue?.sites.length ? tile('animal', 'animal', 'home.animal') : undefined,
    tile('passbook', 'passbook', 'home.passbook'),
    tile('records', 'records', 'home.records'),
  ];
}

/** @param {App} app */
async function outboxOf(app) {
  const waiting = await app.device.waiting();
  const parts = [];
  const fixing = waiting.filter((record) => standing(record, false) === 'fix').length;
  if (waiting.length === 0) {
    return [h('div', { class: 'state received' }, sign('received'), h('p', {}, t('home.none')))];
  }
  // A clock that was set back must not make anything look younger than just now.
  const age = Math.max(0, Date.now() - waiting[0].made);
  const late = age >= lateMs;
  const words = late
    ? [h('strong', {}, t('home.late', { count: waiting.length })), h('br'), t('home.late.text', { age: ageOf(age) })]
    : [h('strong', {}, t('home.unsent', { count: waiting.length })), h('br'), t('home.oldest', { age: ageOf(age) })];
  parts.push(h('div', { class: `state ${late ? 'late' : 'saved'}` }, sign(late ? 'old' : 'waiting'), h('p', {}, ...words)));
  if (fixing > 0) parts.push(h('div', { class: 'state fix' }, sign('fix'), h('p', {}, t('home.fix', { count: fixing }))));
  if (app.courier.doubted) parts.push(h('div', { class: 'state fix' }, sign('fix'), h('p', {}, t('home.doubt'))));
  return parts;
}

/** @param {App} app */
async function adviceOf(app) {
  const parts = [];
  const { catalogue } = app.device;
  if (!catalogue) parts.push(h('p', { class: 'note' }, t('home.nothing')));
  const carried = (await app.device.shelf.waiting()).filter(({ by }) => by === 'carried').length;
  if (carried > 0) parts.push(h('div', { class: 'state saved' }, sign('waiting'), h('p', {}, t('home.carried', { count: carried }))));
  // Before anything is lost.
  if (await isTight()) parts.push(h('div', { class: 'state late' }, sign('fix'), h('p', {}, t('home.storage'))));
  if (app.install) {
    const put = async () => {
      const offer = app.install;
      app.install = undefined;
      await offer.prompt();
      app.nav.changed();
    };
    parts.push(h('p', { class: 'note' }, t('home.install')), h('button', { class: 'second', type: 'button', onclick: put }, t('home.install.do')));
  }
  return parts;
}
