// Members and plots from the office's own table: file, doubts, preview, signature; and each import undone again.
import { Problem } from '../enrol/ask.mjs';
import { button, el, notice, once, say, stage, unnotice } from './dom.mjs';
import { batches, signBatch, standingOf, undoBatch } from './import_batch.mjs';
import { choice, openKinds, showDoubts } from './import_doubts.mjs';
import { settle } from './import_plan.mjs';
import { explain, pageAt, showTime, t, today } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {import('./import_batch.mjs').Batch} Batch */
/** @typedef {import('./import_doubts.mjs').State & {file: File}} Work */

const patience = 60_000;
const often = 1000;
const firstRows = 30;
const columnNames = ['left', 'number', 'name', 'phone', 'kind', 'address', 'hamlet', 'commune', 'district', 'province', 'joined', 'plot', 'area', 'crop', 'variety', 'planted',
  'code', 'issuer'];

/** @param {unknown} error */
const complain = (error) => notice('bad', explain(error));

/** @param {File} file @param {Record<string, string>} choices @returns {Promise<import('./import_plan.mjs').Plan>} @throws {Problem} */
async function readTable(file, choices) {
  try {
    const response = await fetch(`/api/office/import?${new URLSearchParams(choices)}`, {
      method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' }, cache: 'no-store', signal: AbortSignal.timeout(patience),
    });
    const said = await response.json();
    if (response.ok) return said;
    throw new Problem(response.status, String(said.rule), { vi: String(said.vi ?? ''), en: String(said.en ?? '') });
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(0, 'no-answer', { vi: '', en: '' });
  }
}

/** @param {Device} device @param {Outbox} outbox */
export async function showImport(device, outbox) {
  const draft = await device.shelf.draft('import');
  const input = /** @type {HTMLInputElement} */ (el('input', { id: 'table', type: 'file', accept: '.xlsx,.csv,.tsv,.txt,.xls' }));
  const begin = async () => {
    const file = input.files?.[0];
    if (!file) return;
    unnotice();
    say(t('import.reading'));
    await showWork(device, outbox, { file, plan: await readTable(file, {}), chosen: {}, accepted: [], choices: {} });
  };
  input.addEventListener('change', () => void begin().catch(complain));
  const resume = draft && el('section.sheet', {}, el('p', {}, t('import.resume', { file: draft.file.name })), el('div.acts', {},
    button(t('draft.resume'), (event) => void once(event, () => showWork(device, outbox, draft)).catch(complain), '.go'),
    button(t('draft.drop'), (event) => void once(event, async () => {
      await device.shelf.keepDraft('import', undefined);
      await showImport(device, outbox);
    }).catch(complain))));
  stage(resume || undefined, el('section.sheet', {}, el('div.field', {}, el('label', { for: 'table' }, t('import.file')), input, el('p.hint.soft', {}, t('import.file_how')))),
    await pastImports(device, outbox));
}

/** How the table was read, for a person to correct. @param {Work} work @param {(ask: Record<string, string>) => void} ask */
function tableField(work, ask) {
  const { plan } = work;
  const columns = plan.columns.map((column, at) => choice(`${t('import.column', { column: at + 1 })} ${column.heading && `“${column.heading}”`}`,
    columnNames.map((name) => [name, t(`import.is.${name}`)]), column.is,
    (is) => ask({ header: String(plan.header), columns: plan.columns.map((one, index) => (index === at ? is : one.is)).join(',') })));
  const header = /** @type {HTMLInputElement} */ (el('input', { id: 'header', type: 'number', min: '1', inputmode: 'numeric', value: String(plan.header) }));
  header.addEventListener('change', () => header.value && ask({ header: header.value, columns: '' }));
  return el('details.sheet', { open: plan.members.length === 0 }, el('summary', {}, t('import.table_read', { columns: plan.columns.filter(({ is }) => is !== 'left').length })),
    plan.sheets.length > 1 ? choice(t('import.sheet'), plan.sheets.map((name, at) => [String(at), name || String(at + 1)]), String(plan.sheet),
      (sheet) => ask({ sheet, header: '', columns: '' })) : undefined,
    el('div.field', {}, el('label', { for: 'header' }, t('import.header')), header), ...columns);
}

/** @param {Device} device @param {Outbox} outbox @param {Work} work */
async function showWork(device, outbox, work) {
  // Half an hour of answers survives the page.
  await device.shelf.keepDraft('import', work);
  const next = (/** @type {any} */ state, /** @type {Record<string, string> | undefined} */ ask) => void (async () => {
    // One state: what is answered while the page is drawn anew for the answer before must not undo that one.
    Object.assign(work, state);
    if (ask) {
      const choices = Object.fromEntries(Object.entries({ ...work.choices, ...ask }).filter(([, value]) => value !== ''));
      Object.assign(work, { plan: await readTable(work.file, choices), choices });
    }
    await showWork(device, outbox, work);
  })().catch(complain);
  const org = device.reader?.org ?? '';
  const settled = settle(work.plan, work.chosen, org);
  const open = openKinds(work).length;
  const sign = button(t('import.sign', { count: settled.members.length + settled.plots.length }), (event) => void once(event, async () => {
    const batch = await signBatch(device, settled, work.file.name, org, (done, all) => say(t('import.signing', { done, all })));
    await showBatch(device, outbox, batch);
  }).catch(complain), '.go');
  if (open > 0 || settled.members.length + settled.plots.length === 0) sign.setAttribute('disabled', '');
  stage(el('h2', {}, work.file.name), tableField(work, (ask) => next({}, ask)), ...showDoubts(work, next), preview(settled),
    el('section.sheet', {}, el('p', {}, open > 0 ? t('import.open', { count: open }) : t('import.ready')), el('div.acts', {}, sign,
      button(t('form.cancel'), (event) => void once(event, async () => {
        await device.shelf.keepDraft('import', undefined);
        await showImport(device, outbox);
      }).catch(complain)))));
}

/** @param {import('./import_plan.mjs').Settled} settled */
function preview({ members, plots, known, joined, left }) {
  /** @type {Map<number, typeof plots>} */
  const owned = new Map();
  for (const plot of plots) owned.set(plot.owner, [...(owned.get(plot.owner) ?? []), plot]);
  const plotWords = (/** @type {typeof plots} */ some) => some.map(({ data }) => [data.name, data.area && `${data.area.amount.replace('.', ',')} ${t(`choice.unit.${data.area.unit}`)}`,
    ...(data.codes ?? []).map((/** @type {Record<string, string>} */ one) => `${one.code} (${t(`choice.scheme.${one.scheme}`)}, ${one.issuer})`)].filter(Boolean).join(' · ')).join('; ');
  const list = el('ul.rows');
  const show = (/** @type {number} */ count) => list.replaceChildren(...members.slice(0, count).map(({ index, row, data }) => el('li', {}, el('div', {}, el('b', {}, data.name),
    el('span.soft', {}, [t('import.row', { rows: row }), data.phone, data.place?.hamlet].filter(Boolean).join(' · ')),
    el('span', {}, plotWords(owned.get(index) ?? []))))),
  ...(members.length > count ? [el('li', {}, button(t('import.more', { count: members.length - count }), () => show(members.length), '.small'))] : []));
  show(firstRows);
  const without = left.filter(({ why }) => why === 'commune').map(({ row }) => row);
  return el('section.sheet', { id: 'preview' }, el('h2', {}, t('import.preview')),
    el('p', {}, t('import.will', { members: members.length, plots: plots.length })),
    known + joined > 0 ? el('p.soft', {}, t('import.will_known', { known, joined })) : undefined,
    left.length > 0 ? el('p', {}, t('import.will_leave', { count: left.length, rows: [...new Set(left.map(({ row }) => row))].slice(0, 20).join(', ') })) : undefined,
    without.length > 0 ? el('p.note.bad', {}, t('import.no_commune', { rows: without.slice(0, 20).join(', ') })) : undefined, list);
}

/** Sends and shows how far it is, until all is answered. @param {Device} device @param {Outbox} outbox @param {Batch} batch */
async function showBatch(device, outbox, batch) {
  unnotice();
  const bar = /** @type {HTMLProgressElement} */ (el('progress', { 'aria-label': t('import.sending'), max: String(batch.lines.length), value: '0' }));
  const words = el('p', { id: 'standing' });
  stage(el('section.sheet', {}, el('h2', {}, t(batch.undoes ? 'import.undoing' : 'import.sending')), words, bar, el('p.soft', {}, t('import.kept'))));
  const sending = outbox.send(true);
  let over = false;
  void sending.finally(() => { over = true; }).catch(() => {});
  for (;;) {
    const asked = performance.now();
    const standing = await standingOf(device, batch);
    bar.value = standing.all - standing.waiting;
    words.textContent = t('import.standing', { received: standing.received, all: standing.all });
    if (standing.waiting === 0 || over) break;
    // Reading all of a batch takes a slow machine long: a tenth of its time at most is spent on showing how far it is.
    const rest = new Promise((later) => setTimeout(later, Math.max(often, 9 * (performance.now() - asked))));
    await Promise.race([rest, sending.catch(() => {})]);
  }
  await sending.catch(() => {});
  const { received, all, stuck, waiting } = await standingOf(device, batch);
  const tone = received === all ? 'good' : 'bad';
  notice(tone, t('import.standing', { received, all }), ' ', waiting > 0 ? t('import.wait', { count: waiting }) : '', stuck > 0 ? t('import.stuck', { count: stuck }) : '');
  await showImport(device, outbox);
}

/** @param {Device} device @param {Outbox} outbox */
async function pastImports(device, outbox) {
  const all = (await batches(device)).reverse();
  if (all.length === 0) return undefined;
  const undone = new Set(all.map(({ undoes }) => undoes));
  const lines = await Promise.all(all.map(async (batch) => {
    const standing = await standingOf(device, batch);
    const acts = [];
    if (standing.waiting > 0) acts.push(button(t('import.go_on'), (event) => void once(event, () => showBatch(device, outbox, batch)).catch(complain), '.go'));
    // What may still be on its way has no opposite yet.
    else if (!batch.undoes && !undone.has(batch.id) && standing.received > 0) acts.push(button(t('import.undo'), () => askUndo(device, outbox, batch, standing.received)));
    const state = batch.undoes ? t('import.is_undo') : undone.has(batch.id) ? t('import.is_undone') : '';
    return el('li', {}, el('div', {}, el('b', {}, batch.file), el('span.soft', {}, `${showTime(batch.made)} · ${t('import.standing', { received: standing.received, all: standing.all })}`),
      state && el('span', {}, state), standing.stuck > 0 && el('a', { href: pageAt('outbox') }, t('import.stuck', { count: standing.stuck }))), ...acts);
  }));
  return el('section.sheet', { id: 'past' }, el('h2', {}, t('import.past')), el('ul.rows', {}, ...lines));
}

/** @param {Device} device @param {Outbox} outbox @param {Batch} batch @param {number} count */
function askUndo(device, outbox, batch, count) {
  stage(el('section.sheet', {}, el('h2', {}, t('import.undo_title', { file: batch.file })), el('p', {}, t('import.undo_how', { count })), el('div.acts', {},
    button(t('import.undo_sign', { count }), (event) => void once(event, async () => showBatch(device, outbox, await undoBatch(device, batch, today()))).catch(complain), '.go'),
    button(t('form.cancel'), (event) => void once(event, () => showImport(device, outbox)).catch(complain)))));
}
