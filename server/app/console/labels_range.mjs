// One range: its labels in runs that stand alike, and what may be said of a run.
import { button, el, notice, once, one, stage, turn } from './dom.mjs';
import { openLabelAct, showForPrinting, signAtOnce, withinRun } from './labels_act.mjs';
import { printerSheet } from './labels_printer.mjs';
import { orgNames } from './tenants.mjs';
import { explain, showTime, t, today } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {{first: number, last: number, state: string, batch?: string}} Run */
/** @typedef {Record<string, any>} Range */

const states = ['allocated', 'printed', 'on_goods', 'void', 'lost', 'returned', 'given'];
/** What may be signed about labels that stand so; blank ones can also be handed over. @type {Record<string, string[]>} */
const acts = {
  allocated: ['print', 'void', 'lose', 'return'], printed: ['reprint', 'void', 'lose', 'return'], on_goods: ['reprint', 'void', 'lose'], lost: ['void'],
};
/** @type {Record<string, {type: string, slots: string[]}>} */
const types = {
  print: { type: 'label.print/1', slots: [] }, reprint: { type: 'label.print/1', slots: [] }, void: { type: 'label.void/2', slots: ['photo', 'note'] },
  lose: { type: 'label.lose/1', slots: ['note'] }, return: { type: 'label.return/1', slots: [] }, give: { type: 'label.give/1', slots: [] },
};

/** @param {{first: number, last: number}} run */
export const runName = ({ first, last }) => (first === last ? t('label.one', { first }) : t('label.run', { first, last }));

/** How a range's labels are spread, without what is nowhere. @param {Range} row */
export const countsOf = (row) => states.filter((state) => row[state] > 0).map((state) => `${t(`label.state.${state}`)} ${t('label.number', { count: row[state] })}`).join(' · ');

/** @param {Device} device @param {Outbox} outbox @param {string} place  `range:…`, or with `/first-last` one run of it */
export async function showRange(device, outbox, place) {
  const current = turn();
  const [range, span] = place.split('/');
  const picked = span?.split('-').map(Number);
  /** @type {Range} */
  const page = await device.get(`/api/office/labels/ranges/${range}${picked ? `?from=${picked[0]}` : ''}`);
  const again = () => showRange(device, outbox, place);
  if (picked) {
    const [run] = page.runs;
    const parts = run ? await runParts(device, outbox, page, run) : [];
    if (current()) stage(...parts, el('div.acts', {}, el('a.btn', { href: `#${range}` }, t('label.back_range'))));
    return;
  }
  const rows = el('ul.rows');
  const more = el('div.acts');
  const add = (/** @type {Range} */ { runs, next }) => {
    const first = rows.childElementCount;
    rows.append(...runs.map((/** @type {Run} */ run) => runLine(range, run)));
    more.replaceChildren(...(next === undefined ? [] : [button(t('list.more'), (event) => void once(event, async () => {
      add(await device.get(`/api/office/labels/ranges/${range}?from=${next}`));
      one('a', /** @type {Element} */ (rows.children[first])).focus();
    }).catch((error) => notice('bad', explain(error))))]));
  };
  add(page);
  const { rows: [row] } = await device.get(`/api/office/labels?${new URLSearchParams({ list: 'ranges', q: range, limit: '1' })}`);
  const given = await offersOf(device, outbox, page, row, again);
  if (!current()) return;
  stage(el('section.sheet', {}, el('h2', {}, t('label.range', { number: page.number, first: page.first, last: page.last })), row && el('p', {}, countsOf(row)),
    el('p.soft', {}, t('label.numbering')), el('p.soft.mono', {}, range)), given, el('section', {}, el('h2', {}, t('label.runs')), rows, more),
  el('div.acts', {}, el('a.btn', { href: '#' }, t('label.back'))));
}

/** @param {string} range @param {Run} run */
const runLine = (range, { first, last, state }) => el('li', {}, el('a', { href: `#${range}/${first}-${last}` }, el('b', {}, runName({ first, last })),
  el('span.soft', {}, t('label.sum.count', { count: last - first + 1 }))), el('span.tag', {}, t(`label.state.${state}`)));

/** Rolls on their way to somebody else, until they are taken. @param {Device} device @param {Outbox} outbox @param {Range} page @param {Range | undefined} row @param {() => Promise<void>} again */
async function offersOf(device, outbox, { range, head }, row, again) {
  if (!row || row.offers.length === 0) return undefined;
  const names = await orgNames(device, row.offers.map((/** @type {any} */ offer) => offer.to));
  const back = (/** @type {any} */ offer) => signAtOnce(outbox, { type: 'label.give/1', sub: range, prev: head, slots: [], data: { on: today(), withdraws: offer.entry } }, again);
  return el('section.sheet', {}, el('h2', {}, t('label.offered')), el('ul.rows', {}, ...row.offers.map((/** @type {any} */ offer) => el('li', {},
    el('div', {}, el('b', {}, runName(offer)), el('span.soft', {}, names.get(offer.to) ?? offer.to)),
    button(t('label.withdraw'), (event) => void once(event, () => back(offer)).catch((error) => notice('bad', explain(error))), '.small')))));
}

/** @param {Device} device @param {Outbox} outbox @param {Range} page @param {Run} run */
async function runParts(device, outbox, page, run) {
  const blank = ['allocated', 'printed'].includes(run.state) && !run.batch;
  const able = device.signs ? [...acts[run.state] ?? [], ...(blank ? ['give'] : [])] : [];
  const record = run.batch ? (await device.get(`/api/subjects/${run.batch}`)).record : undefined;
  return [el('section.sheet', {}, el('h2', {}, runName(run)),
    el('p', {}, el('span.tag', {}, t(`label.state.${run.state}`)), ` ${t('label.sum.count', { count: run.last - run.first + 1 })}`),
    run.batch && el('p', {}, el('a', { href: `#${run.batch}` }, t('label.of_batch', { lot: record?.lot ?? run.batch }))),
    able.length > 0 ? el('p.soft', {}, t('label.narrow')) : el('p', {}, t('label.final')),
    el('div.acts', {}, ...able.map((act) => button(t(`label.act.${act}`), (event) => void once(event, () =>
      openRunAct(device, outbox, page, run, act)).catch((error) => notice('bad', explain(error))), act === 'print' ? '.go' : ''))))];
}

/** @param {Device} device @returns {Promise<[string, string][]>} organisations that this reader sees */
async function otherOrgs(device) {
  const { rows } = await device.get('/api/office/organisations?limit=200');
  return rows.filter((/** @type {any} */ row) => row.sub !== device.reader?.org && row.status === 'active').map((/** @type {any} */ row) => [row.sub, row.name]);
}

/** @param {Record<string, any>} read */
const receiver = ({ to, code }) => (code ?? to ?? '').trim().toUpperCase().replace(/^ORG:/, 'org:');

/** @param {Device} device @param {Outbox} outbox @param {Range} page @param {Run} run @param {string} act */
async function openRunAct(device, outbox, page, run, act) {
  const { type, slots } = types[act];
  const within = withinRun(run);
  const prints = act === 'print' || act === 'reprint';
  const leave = () => {
    history.replaceState(null, '', `#${page.range}`);
    return showRange(device, outbox, page.range);
  };
  /** @type {NonNullable<import('./labels_act.mjs').Act['check']>} */
  const check = (read) => {
    const said = within(read);
    if (said.wrong) return said;
    if (act === 'reprint' && read.destroyed === 'no') return { text: said.text, wrong: { destroyed: t('label.wrong.destroyed') } };
    if (act === 'give' && !/^org:[0-9A-HJKMNP-TV-Z]{26}$/.test(receiver(read))) return { text: said.text, wrong: { code: t('label.wrong.to') } };
    return said;
  };
  await openLabelAct(device, outbox, {
    form: `label_${act}`, place: page.range, head: page.head, raw: { first: String(run.first), last: String(run.last), on: today() },
    title: t('label.about', { number: page.number, first: run.first, last: run.last, state: t(`label.state.${run.state}`) }), check,
    options: act === 'give' ? { to: await otherOrgs(device) } : {},
    entry: ({ first, last, on, reason, destroyed, to, code, photo, note }, head) => ({
      type, slots, sub: page.range, prev: head,
      data: { first, last, on, ...(act === 'reprint' ? { reprint: { reason, destroyed: destroyed === 'yes' } } : reason && { reason }),
        ...(act === 'give' && { to: receiver({ to, code }) }), ...(photo && { photo }), ...(note && { note }) },
    }),
    above: prints ? await printerSheet(device, run.batch) : undefined, done: prints ? (entry) => showForPrinting(device, entry) : leave, back: leave,
  });
}
