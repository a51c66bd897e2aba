// Members, plots, products, certificates, organisations: found, shown, made and changed in one way.
import { button, el, notice, once, one, say, stage, turn, unnotice } from './dom.mjs';
import { fillChoices } from './choices.mjs';
import { endedNote, endOf, showEnding } from './ending.mjs';
import { bindForm, closeForm, openForm } from './form.mjs';
import { kinds, states, typeFor } from './kinds.mjs';
import { paperSheet } from './papers.mjs';
import { showPlot } from './plot_map.mjs';
import { showKeys } from './keys.mjs';
import { carried } from './find.mjs';
import { line } from './rows.mjs';
import { orgNames, showTenancy, tenantLine, tenantTable } from './tenants.mjs';
import { communeNames, facts } from './show.mjs';
import { newestOf, openData, readSubject } from './subject.mjs';
import { isWeighing, showWeigh } from './weigh.mjs';
import { explain, pageAt, showTime, t, today } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {import('./kinds.mjs').Kind} Kind */

const pageRows = 50;
const pause = 250;
/** Of members' names: schemas/types/member.add. */
const readers = ['director', 'clerk', 'authority'];

/** One page of the console: its list, or what stands behind the #. @param {Kind} kind @returns {(device: Device, outbox: Outbox) => Promise<void>} */
export const recordsPage = (kind) => async (device, outbox) => {
  const show = () => {
    const sub = decodeURIComponent(location.hash.slice(1));
    if (kind.subject === 'person' && isWeighing(sub)) return showWeigh(device, outbox, sub).catch((error) => notice('bad', explain(error)));
    const shown = sub.startsWith(`${kind.subject}:`) ? showRecord(device, outbox, kind, sub) : showList(device, outbox, kind);
    return shown.catch((error) => notice('bad', explain(error)));
  };
  addEventListener('hashchange', () => {
    unnotice();
    void show();
  });
  await show();
};

/** @param {Device} device @param {Outbox} outbox @param {Kind} kind */
async function showList(device, outbox, kind) {
  const search = /** @type {HTMLInputElement} */ (el('input', { id: 'search', type: 'search', autocomplete: 'off', maxlength: '100' }));
  const isTenants = kind.page === 'registrar';
  const rows = el(isTenants ? 'tbody' : 'ul.rows');
  /** @type {Map<string, string>} */
  const names = new Map();
  const more = el('div.acts');
  const count = el('p.soft', { id: 'count' });
  const unnamed = el('p.note.plain', { hidden: true }, t('list.names_private'));
  const files = ['xlsx', 'csv'].map((form) => /** @type {HTMLAnchorElement} */ (el('a.btn.small', { download: true }, t(`list.${form}`))));
  search.value = carried();
  turn();
  rows.setAttribute('aria-busy', 'true');
  stage(el('div.acts', {}, button(t(`list.${kind.page}.add`), () => void showForm(device, outbox, kind), '.go'),
    kind.subject === 'person' && el('a.btn', { href: '#weigh' }, t('record.weigh'))),
    el('div.find', { role: 'search' }, el('label', { for: 'search' }, t('list.search')), search), count, unnamed, isTenants ? tenantTable(rows) : rows, more,
    el('div.acts.files', { role: 'group', 'aria-label': t('list.take') }, ...files));
  let asked = 0;
  const load = async (/** @type {string} */ after) => {
    const mine = ++asked;
    const query = new URLSearchParams({ limit: String(pageRows), ...(search.value.trim() && { q: search.value.trim() }), ...(after && { after }) });
    const page = await device.get(`/api/office/${kind.list}?${query}`);
    if (mine !== asked) return;  // Somebody typed on meanwhile.
    rows.removeAttribute('aria-busy');
    if (!after) rows.replaceChildren();
    const first = rows.childElementCount;
    if (isTenants) {
      const asked = page.rows.flatMap((/** @type {any} */ row) => (row.delegations ?? []).map((/** @type {any} */ one) => one.to));
      for (const [org, name] of await orgNames(device, asked)) names.set(org, name);
    }
    rows.append(...page.rows.map((/** @type {any} */ row) => (isTenants ? tenantLine(row, (org) => names.get(org) ?? org) : line(kind, row))));
    count.textContent = page.total === 0 ? t(search.value.trim() ? 'list.nothing' : `list.${kind.page}.empty`)
      : t('list.count', { shown: rows.childElementCount, total: page.total });
    // Whose names a role may read is the role table's to say: who may not is told so, or would think that they are missing.
    if (kind.subject === 'person' && page.rows.length > 0 && !readers.some((role) => device.reader?.roles.includes(role))) unnamed.hidden = false;
    say(count.textContent);
    // What is shown is what is taken away.
    const wanted = search.value.trim() ? `?${new URLSearchParams({ q: search.value.trim() })}` : '';
    for (const [at, form] of ['xlsx', 'csv'].entries()) files[at].href = `/api/office/export/${kind.list}.${form}${wanted}`;
    more.replaceChildren(...(page.next ? [button(t('list.more'), (event) => void once(event, () => load(page.next)).catch((error) => notice('bad', explain(error))))] : []));
    if (after) one('a', /** @type {Element} */ (rows.children[first])).focus();
  };
  let timer = 0;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void load('').catch((error) => notice('bad', explain(error))), pause);
  });
  await load('');
}

/** @param {Device} device @param {Outbox} outbox @param {Kind} kind @param {string} sub */
async function showRecord(device, outbox, kind, sub) {
  const current = turn();
  const subject = await readSubject(device, sub);
  const newest = newestOf(subject, (type) => states(kind, type));
  const data = newest ? await openData(device, newest) : {};
  const end = endOf(kind, subject.said, device.reader?.org ?? '');
  const again = () => showRecord(device, outbox, kind, sub);
  // A place or a product that is stated anew is in use again; a member joins again.
  const rejoins = end !== undefined && kind.subject === 'person';
  const acts = el('div.acts', {},
    newest && kind.update ? button(t(rejoins ? 'record.rejoin' : 'record.edit'), () => void showForm(device, outbox, kind, sub, rejoins), '.go') : undefined,
    newest && kind.undo && !end ? button(t(`record.end.${kind.page}`), (event) => void once(event, () =>
      showEnding(device, outbox, kind, subject, again)).catch((error) => notice('bad', explain(error)))) : undefined,
    kind.subject === 'person' ? el('a.btn', { href: pageAt('members', `weigh:${sub}`) }, t('record.weigh')) : undefined,
    kind.subject === 'person' ? el('a.btn', { href: pageAt('enrol', sub) }, t('record.invite')) : undefined,
    el('a.btn', { href: '#' }, t('record.back')));
  const before = subject.said.filter(({ type }) => states(kind, type) || type === kind.undo?.type);
  const did = (/** @type {string} */ type) => t(type === kind.undo?.type ? 'record.over' : type.startsWith(`${kind.add}/`) ? 'record.made' : 'record.changed');
  const parts = [
    el('section.sheet', {}, el('h2', {}, String(data.name ?? data.number ?? t('list.nameless'))), end && endedNote(kind, end), await facts(device, data),
      el('p.soft', {}, el('span.mono', {}, sub)), acts),
    kind.subject === 'site' ? await showPlot(device, data, sub, (await communeNames(device, data))[data.commune?.code] ?? '') : undefined,
    data.document ? paperSheet(data.document, t('paper.alt', { of: String(data.number) })) : undefined,
    kind.subject === 'org' ? await showTenancy(device, outbox, subject, again) : undefined,
    el('section.sheet', {}, el('h2', {}, t('record.versions')), el('ol.versions', {}, ...before.reverse().map(({ id, recorded, type }) =>
      el('li', {}, `${showTime(recorded)} · ${did(type)} `, el('span.mono.soft', {}, id.slice(0, 8)))))),
    kind.subject === 'person' ? await showKeys(device, outbox, subject) : undefined,
  ];
  if (current()) stage(...parts);
}

/**
 * @param {Device} device @param {Outbox} outbox @param {Kind} kind @param {string} [sub]  a new subject where there is none
 * @param {boolean} [anew]  it ended, and begins again with the entry that made it
 */
export async function showForm(device, outbox, kind, sub = '', anew = false) {
  const current = turn();
  const subject = sub ? await readSubject(device, sub) : undefined;
  const newest = subject && newestOf(subject, (type) => states(kind, type));
  const data = newest ? await openData(device, newest) : {};
  await fillChoices(device, kind);
  const raw = newest ? kind.toRaw(data, await communeNames(device, data)) : {};
  if (!current()) return;
  await openForm(device, kind.form, sub, raw, { head: subject?.head, entry: newest?.id });
  const back = () => (sub ? showRecord(device, outbox, kind, sub) : showList(device, outbox, kind));
  bindForm(device, kind.form, sub, async (read, base) => {
    const said = kind.toData(read, data.org ?? device.reader?.org ?? '', anew ? {} : data);
    const draft = {
      type: typeFor(kind, sub && !anew ? kind.update ?? kind.add : kind.add, said), sub: sub || kind.subject, prev: sub ? base.head : undefined,
      slots: kind.slots, data: said,
    };
    const { made, stored } = await outbox.save(draft);
    if (stored.state !== 'refused') await closeForm(device, kind.form, sub);
    await tellSaved(device, outbox, kind, made.sub, stored, sub && !anew ? data : undefined, current);
  }, () => void back().catch((error) => notice('bad', explain(error))));
}

/**
 * @param {Device} device @param {Outbox} outbox @param {Kind} kind @param {string} sub
 * @param {import('../sync/record.mjs').Stored} stored @param {Record<string, any> | undefined} before  the version that was changed
 * @param {() => boolean} current  false where the person went on while it was sent: told, and left where they are
 */
async function tellSaved(device, outbox, kind, sub, stored, before, current) {
  const state = stored.state === 'waiting' && stored.trouble ? (stored.trouble.rule === 'subject.stale' ? 'stale' : 'trouble') : stored.state;
  const link = el('a', { href: `/problems/${stored.trouble?.rule ?? ''}` }, stored.trouble?.rule ?? '');
  const where = el('a.btn', { href: pageAt('outbox') }, t('page.outbox'));
  if (state === 'refused') return notice('bad', t('saved.refused'), ' ', link);
  if (state !== 'received') {
    notice(state === 'waiting' ? 'plain' : 'bad', t(`saved.${state}`), el('div.acts', {}, where));
    return current() ? showList(device, outbox, kind).catch(() => {}) : undefined;
  }
  const { joined, ...whole } = before ?? {};
  const inverse = before ? kind.update && { type: typeFor(kind, kind.update, whole), slots: kind.slots, data: { ...whole, replaces: stored.id } }
    : kind.undo && { type: kind.undo.type, slots: [], data: kind.undo.data(device.reader?.org ?? '', today()) };
  const undo = inverse ? button(t('undo'), (event) => void once(event, async () => {
    const { stored: undone } = await outbox.save({ ...inverse, sub, prev: stored.id });
    notice(undone.state === 'received' ? 'good' : 'bad', t(undone.state === 'received' ? 'saved.undone' : `saved.${undone.state}`));
    await showRecord(device, outbox, kind, sub);
  }).catch((error) => notice('bad', explain(error)))) : undefined;
  notice('good', t('saved.received', { time: showTime(stored.recorded ?? 0), id: stored.id.slice(0, 8) }), el('div.acts', {}, undo));
  if (!current()) return;
  if (location.hash === `#${sub}`) await showRecord(device, outbox, kind, sub);
  else {
    history.pushState(null, '', `#${sub}`);
    await showRecord(device, outbox, kind, sub);
  }
}

export const pages = Object.fromEntries(Object.entries(kinds).map(([page, kind]) => [page, recordsPage(kind)]));
