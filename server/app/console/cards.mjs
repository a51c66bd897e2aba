// Member cards for the gate: eight of A7 on a sheet of A4. What stands on them beside the code is the office's choice.
import { button, el, notice, once, stage } from './dom.mjs';
import { explain, named, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {{name: boolean, kind: boolean}} Choice */

const choiceKey = 'card-choice';
const pageRows = 200;
const onASheet = 8;

/** The end of an id, in groups to read out: enough to find a member by. @param {string} sub */
export const cardCode = (sub) => (sub.slice(-8).match(/..../g) ?? []).join(' ');

/** Members who have not left. @param {Device} device @returns {Promise<any[]>} */
async function readMembers(device) {
  const rows = [];
  let after = '';
  do {
    const page = await device.get(`/api/office/members?${new URLSearchParams({ limit: String(pageRows), org: device.reader?.org ?? '', ...(after && { after }) })}`);
    rows.push(...page.rows);
    after = page.next ?? '';
  } while (after);
  return rows.filter((row) => row.kind && !row.left);
}

/** @param {any} row @param {string} org @param {Choice} choice */
function card(row, org, choice) {
  return el('li.card', {}, el('div', {}, el('p.card-org', {}, org), el('p', {}, t('card.title')),
    choice.name ? el('p.card-name', {}, String(row.name ?? t('list.nameless'))) : undefined,
    choice.kind ? el('p', {}, named('choice.kind', row.kind)) : undefined,
    el('p.symbols', {}, cardCode(row.sub)), el('p.card-how', {}, t('card.how'))),
  el('img', { src: `/office/card/${row.sub}`, alt: t('card.qr', { code: cardCode(row.sub) }), width: '170', height: '170' }));
}

/** @param {Device} device */
export async function showCards(device) {
  /** @type {Choice} */
  const choice = { name: false, kind: false, ...await device.shelf.kept(choiceKey) };
  const members = await readMembers(device);
  const chosen = new Set(members.map(({ sub }) => sub));
  const org = device.enrolled?.org_name ?? '';
  const sheet = el('ul.cards', { 'aria-label': t('card.preview') });
  const count = el('p.soft', { role: 'status' });
  const draw = () => {
    const shown = members.filter(({ sub }) => chosen.has(sub));
    sheet.replaceChildren(...shown.map((row) => card(row, org, choice)));
    count.textContent = t('card.count', { count: shown.length, sheets: Math.ceil(shown.length / onASheet) });
  };
  /** @param {string} words @param {boolean} checked @param {(checked: boolean) => void} change */
  const box = (words, checked, change) => {
    const input = /** @type {HTMLInputElement} */ (el('input', { type: 'checkbox', change: () => change(input.checked) }));
    input.checked = checked;
    return { input, label: el('label.check', {}, input, el('span', {}, words)) };
  };
  const option = (/** @type {keyof Choice} */ name) => box(t(`card.${name}`), choice[name], (on) => {
    choice[name] = on;
    void device.shelf.keep(choiceKey, choice).catch((error) => notice('bad', explain(error)));
    draw();
  }).label;
  const picks = members.map((row) => ({ row, ...box(`${row.name ?? t('list.nameless')} · ${cardCode(row.sub)}`, true, (on) => {
    if (on) chosen.add(row.sub);
    else chosen.delete(row.sub);
    draw();
  }) }));
  const all = (/** @type {boolean} */ on) => {
    for (const { row, input } of picks) {
      input.checked = on;
      if (on) chosen.add(row.sub);
      else chosen.delete(row.sub);
    }
    draw();
  };
  const print = async () => {
    // A card without its code is no card.
    await Promise.all([...sheet.querySelectorAll('img')].map((image) => image.decode()));
    globalThis.print();
  };
  draw();
  if (members.length === 0) return stage(el('p.sheet', {}, t('list.members.empty')));
  stage(el('section.sheet.unprinted', {}, el('h2', {}, t('card.choose')), el('p', {}, t('card.privacy')), option('name'), option('kind'),
    el('details', {}, el('summary', {}, t('card.who')),
      el('div.acts', {}, button(t('card.all'), () => all(true), '.small'), button(t('card.nobody'), () => all(false), '.small')),
      el('div.checks', {}, ...picks.map(({ label }) => label))),
    count, el('div.acts', {}, button(t('card.print'), (event) => void once(event, print).catch((error) => notice('bad', explain(error))), '.go'))), sheet);
}
