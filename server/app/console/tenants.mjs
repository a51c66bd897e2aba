// The registrar's desk: every organisation at a glance, and what becomes of one, each time with its reason.
import { signAct } from './act.mjs';
import { fillChoices } from './choices.mjs';
import { button, el, notice, once } from './dom.mjs';
import { explain, named, pageAt, showDate, t, today } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {import('./subject.mjs').Subject} Subject */
/** @typedef {Record<string, any>} Row */

/** What a registrar may sign about an organisation that stands so. @type {Record<string, string[]>} */
const acts = { active: ['represent', 'grade', 'suspend', 'dissolve'], suspended: ['represent', 'grade', 'activate', 'dissolve'], dissolved: [] };
/** @type {Record<string, string[]>} */
const slots = { represent: ['person'], grade: ['grade'] };

/** Which days of the calendar a delegation has left, in words. @param {string} until */
const ending = (until) => (until < today() ? t('tenant.over', { date: showDate(until) }) : t('tenant.until', { date: showDate(until) }));

/** @param {Row} row */
export function standing(row) {
  const look = row.status === 'active' ? '.good' : '.held';
  const mark = row.status === 'active' ? '✓' : '⚠';
  const words = [row.since && row.status !== 'active' ? t('tenant.since', { date: showDate(row.since) }) : '',
    row.reason ? named('choice.reason', row.reason) : '', row.decision ?? ''].filter(Boolean).join(' · ');
  return el('div', {}, el(`span.tag${look}`, {}, `${mark} ${named('choice.org_status', row.status)}`), words ? el('span.soft.why', {}, words) : undefined);
}

/** @param {Row} row */
const representative = ({ represented }) => (represented
  ? `${named('choice.post', represented.post)}, ${t('tenant.since', { date: showDate(represented.since) })}` : '—');

/** @param {Row} row */
const grade = (row) => (row.graded ? [String(row.graded.year), row.grade ? named('choice.grade', row.grade) : ''].filter(Boolean).join(': ') : '—');

/** @param {Row} row @param {(org: string) => string} nameOf */
const delegations = (row, nameOf) => (row.delegations ?? []).map((/** @type {Row} */ one) =>
  `${nameOf(one.to)}: ${one.roles.map((/** @type {string} */ role) => named('choice.role', role)).join(', ')}, ${ending(one.until)}`).join('\n') || '—';

const heads = ['name', 'status', 'kind', 'number', 'represented', 'graded', 'delegations'];

/** @param {HTMLElement} body  where the lines go */
export const tenantTable = (body) => el('table.stack', {},
  el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, t(`tenant.${head}`))))), body);

/** @param {Row} row @param {(org: string) => string} nameOf */
export function tenantLine(row, nameOf) {
  const cell = (/** @type {string} */ head, /** @type {(string | Node)[]} */ ...said) => el('td', { 'data-head': t(`tenant.${head}`) }, ...said);
  return el('tr', {}, el('th', { scope: 'row' }, el('a.row', { href: `#${row.sub}` }, String(row.name ?? t('list.nameless')))),
    cell('status', standing(row)), cell('kind', named('choice.kind', row.kind)), cell('number', el('span.digits', {}, row.registration?.code ?? '—')),
    cell('represented', representative(row)), cell('graded', grade(row)), cell('delegations', delegations(row, nameOf)));
}

/**
 * How one organisation stands, and the forms that change it.
 * @param {Device} device @param {Outbox} outbox @param {Subject} subject @param {() => Promise<void>} again
 */
export async function showTenancy(device, outbox, subject, again) {
  const { rows } = await device.get(`/api/office/organisations?${new URLSearchParams({ q: subject.sub, limit: '1' })}`);
  /** @type {Row | undefined} */
  const row = rows[0];
  if (!row) return undefined;
  const names = await orgNames(device, (row.delegations ?? []).map((/** @type {Row} */ one) => one.to));
  const list = el('dl.facts', {}, el('dt', {}, t('tenant.status')), el('dd', {}, standing(row)),
    el('dt', {}, t('tenant.represented')), el('dd', {}, await representedBy(device, row)),
    el('dt', {}, t('tenant.graded')), el('dd', {}, [grade(row), row.graded?.decision].filter(Boolean).join(' · ')),
    el('dt', {}, t('tenant.delegations')), el('dd', {}, delegations(row, (org) => names.get(org) ?? org)));
  const may = device.reader?.roles.includes('registrar') ? acts[row.status] ?? [] : [];
  return el('section.sheet', {}, el('h2', {}, t('tenant.title')), list,
    el('div.acts', {}, ...may.map((form) => button(t(`tenant.act.${form}`), (event) => void once(event, () =>
      showAct(device, outbox, subject, form, again)).catch((error) => notice('bad', explain(error)))))));
}

/** @param {Device} device @param {Row} row */
async function representedBy(device, row) {
  if (!row.person) return representative(row);
  const { rows } = await device.get(`/api/office/members?${new URLSearchParams({ q: row.person, limit: '1' })}`);
  const name = rows[0]?.name;
  return el('span', {}, name ? el('a', { href: pageAt('members', row.person) }, name) : '', name ? ' · ' : '', representative(row));
}

/** @param {Device} device @param {string[]} orgs @returns {Promise<Map<string, string>>} */
export async function orgNames(device, orgs) {
  const names = new Map();
  for (const org of new Set(orgs)) {
    const { record } = await device.get(`/api/subjects/${org}`);
    if (record?.name) names.set(org, record.name);
  }
  return names;
}

/** @param {Device} device @param {Outbox} outbox @param {Subject} subject @param {string} form @param {() => Promise<void>} again */
async function showAct(device, outbox, subject, form, again) {
  const year = String(Number(today().slice(0, 4)) - 1);
  await fillChoices(device, { form }, subject.sub);
  await signAct(device, outbox, {
    form, subject, raw: form === 'grade' ? { year } : form === 'represent' ? {} : { on: today() },
    entry: (read) => ({ type: `org.${form}/1`, slots: slots[form] ?? [], data: read }),
  }, again);
}
