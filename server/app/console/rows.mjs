// One line of a list: what a row is called, what else tells it from its neighbours, and whether it has ended.
import { showAmount } from '../capture/amount.mjs';
import { el } from './dom.mjs';
import { cardCode } from './cards.mjs';
import { option, packSize } from './show.mjs';
import { named, t } from './words.mjs';

/** @typedef {import('./kinds.mjs').Kind} Kind */

/** @param {Kind} kind @param {Record<string, any>} row */
export const nameOf = (kind, row) =>
  String(row.name ?? (row.kind && kind.page === 'certificates' ? named('choice.kind', row.kind) : `${t('list.nameless')} ${cardCode(String(row.sub ?? ''))}`.trim()));

/** @param {Kind} kind @param {Record<string, any>} row @param {string} [href] */
export function line(kind, row, href = `#${row.sub}`) {
  const ended = row.retired ?? row.withdrawn ?? row.left ?? (row.status && row.status !== 'active' ? row.since : undefined);
  const details = [row.number, row.kind && named('choice.kind', row.kind), row.phone,
    row.crop && (row.stage ? option('product', 'stage', `${row.crop}/${row.stage}`) : option('plot', 'crop', row.crop)), row.packs?.map(packSize).join(', '), row.gtin,
    row.area && `${showAmount(row.area.amount)} ${named('choice.unit', row.area.unit)}`,
    row.codes?.map((/** @type {any} */ code) => code.code).join(', '), row.registration?.code,
    row.roles?.map((/** @type {string} */ role) => named('choice.role', role)).join(', ')];
  const name = nameOf(kind, row);
  return el('li', {}, el('a', { href }, el('b', {}, name),
    el('span.soft', {}, details.filter((text) => text && text !== name).join(' · '))), ended ? el('span.tag', {}, t('list.ended')) : undefined);
}
