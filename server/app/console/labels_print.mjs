// What was signed for printing: its files for a day, and the way to the read check of the same run.
import { button, el, stage, turn } from './dom.mjs';
import { printerSheet } from './labels_printer.mjs';
import { personName } from './person_name.mjs';
import { pageAt, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

/** Who took a part, and whether it was this computer. @typedef {{part: number, person: string, at: number, here: boolean}} Taken */

/** @param {string} entry  of a label.print */
export const printPlace = (entry) => `print:${entry}`;

/** Another computer has these labels: who, since when, and the files only after it was said that it will not print them. @param {Taken} taken @param {string} name @param {() => HTMLElement} links */
function takenBox({ at }, name, links) {
  const box = el('div', {}, el('p.note.bad', {}, `⚠ ${t('print.taken', { name, time: showTime(at) })}`),
    el('div.acts', {}, button(t('print.take_over'), () => {
      const given = links();
      box.replaceChildren(el('p.note.plain', {}, t('print.taken_over', { name })), given);
      /** @type {HTMLElement} */ (given.firstElementChild).focus();
    })));
  return box;
}

/** @param {Device} device @param {string} entry */
export async function showPrint(device, entry) {
  const current = turn();
  const run = await device.get(`/api/office/labels/prints/${entry}`);
  /** @type {Map<number, Taken>} */
  const elsewhere = new Map(run.taken.filter((/** @type {Taken} */ one) => !one.here).map((/** @type {Taken} */ one) => [one.part, one]));
  const names = new Map();
  for (const { person } of elsewhere.values()) names.set(person, names.get(person) ?? await personName(device, person));
  const files = el('div', { id: 'files' });
  const check = el('div.acts');
  let asked = 0;
  const sheet = await printerSheet(device, run.batch, (query, layout) => {
    const mine = ++asked;
    files.replaceChildren();
    check.replaceChildren();
    if (!query) return;
    const path = `/api/office/labels/prints/${entry}/labels`;
    // An outside printer takes one list, however long the run is.
    const list = (over = '') => el('a.btn', { href: `${path}.csv?${query}${over}`, download: true }, t('print.file.csv'));
    for (let part = 0; part < run.parts; part += 1) {
      const heading = run.parts > 1 ? [el('h3', {}, t('print.part', { part: part + 1, parts: run.parts }))] : [];
      const links = (over = '') => el('div.acts', {},
        el('a.btn.go', { href: `${path}.pdf?${query}&part=${part}${over}`, download: true }, t('print.file.pdf')), ...(run.parts > 1 ? [] : [list(over)]));
      const other = elsewhere.get(part);
      files.append(...heading, other ? takenBox(other, names.get(other.person), () => links('&over=1')) : links());
    }
    if (run.parts > 1) {
      const all = (over = '') => el('div.acts', {}, list(over));
      const [other] = elsewhere.values();
      files.append(el('h3', {}, t('print.all', { count: run.count })), other ? takenBox(other, names.get(other.person), () => all('&over=1')) : all());
    }
    // How large a module is depends on layout and printer.
    void device.get(`/api/office/labels/prints/${entry}?${query}`).then(({ module_mm: module, serials }) => {
      if (mine !== asked) return;
      const place = new URLSearchParams({ range: String(run.number), ...serials, template: layout.name, module: module.toFixed(3) });
      check.replaceChildren(el('a.btn', { href: pageAt('readcheck', String(place)) }, t('print.check')));
    }, () => {});
  });
  if (!current()) return;
  stage(el('section.sheet', {}, el('h2', {}, t(run.again ? 'print.again' : 'print.signed')), el('p', {}, t('label.range', { number: run.number, first: run.first, last: run.last }), ` · ${t('label.sum.count', { count: run.count })}`),
    el('p', {}, t('print.until', { time: showTime(run.until) }))), sheet,
  el('section.sheet', {}, el('h2', {}, t('print.take')), el('p', {}, t('print.whole')), files),
  el('section.sheet', {}, el('h2', {}, t('print.then')), el('p', {}, t('print.then_how')), check),
  el('div.acts', {}, el('a.btn', { href: run.batch ? `#${run.batch}` : `#${run.range}` }, t(run.batch ? 'print.back_batch' : 'label.back_range'))));
}
