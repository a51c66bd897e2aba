// What was signed for printing: its files for a day, and the way to the read check of the same run.
import { el, stage, turn } from './dom.mjs';
import { printerSheet } from './labels_printer.mjs';
import { pageAt, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */

/** @param {string} entry  of a label.print */
export const printPlace = (entry) => `print:${entry}`;

/** @param {Device} device @param {string} entry */
export async function showPrint(device, entry) {
  const current = turn();
  const run = await device.get(`/api/office/labels/prints/${entry}`);
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
    const list = el('a.btn', { href: `${path}.csv?${query}`, download: true }, t('print.file.csv'));
    for (let part = 0; part < run.parts; part += 1) {
      const heading = run.parts > 1 ? [el('h3', {}, t('print.part', { part: part + 1, parts: run.parts }))] : [];
      files.append(...heading, el('div.acts', {},
        el('a.btn.go', { href: `${path}.pdf?${query}&part=${part}`, download: true }, t('print.file.pdf')), ...(run.parts > 1 ? [] : [list])));
    }
    if (run.parts > 1) files.append(el('h3', {}, t('print.all', { count: run.count })), el('div.acts', {}, list));
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
