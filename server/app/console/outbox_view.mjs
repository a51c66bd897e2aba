// What was signed on this device and how it stands; what needs a person comes first.
import { button, el, notice, once, stage } from './dom.mjs';
import { ownWords, showConflict, showRefused } from './conflict.mjs';
import { explain, language, named, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {import('../sync/record.mjs').Stored} Stored */

const shown = 100;

/** @param {Stored} record */
const standing = ({ state, trouble }) => (state === 'waiting' && trouble ? (trouble.rule === 'subject.stale' ? 'stale' : 'trouble') : state);

/** @param {Device} device @param {Outbox} outbox */
export async function showOutbox(device, outbox) {
  const records = await device.shelf.newest(shown);
  const waiting = await device.shelf.waiting();
  const again = () => void showOutbox(device, outbox).catch((error) => notice('bad', explain(error)));
  const conflicts = [];
  for (const record of waiting.filter((one) => standing(one) === 'stale')) {
    conflicts.push(await showConflict(device, outbox, record, again).catch((error) => el('p.note.bad', {}, explain(error))));
  }
  const lines = await Promise.all(records.map((record) => line(device, record)));
  stage(...conflicts, el('section.sheet', {}, el('h2', {}, t('outbox.title')),
    el('p', {}, waiting.length === 0 ? t('outbox.none') : t('outbox.count', { count: waiting.length })),
    waiting.length > 0 ? el('div.acts', {}, button(t('outbox.send'), (event) => void once(event, async () => {
      await outbox.send(true);
      again();
    }), '.go')) : undefined,
    records.length === 0 ? el('p.soft', {}, t('outbox.empty')) : el('ul.rows', {}, ...lines)));
}

/** @param {Device} device @param {Stored} record */
export async function line(device, record) {
  const { type, data } = await ownWords(device, record);
  const state = standing(record);
  const rule = record.trouble?.rule;
  // Without a network there is nothing to compare with; what was meant is on this device all the same.
  const both = state === 'refused' ? await showRefused(device, record).catch(() => undefined) : undefined;
  return el('li', {}, el('div', {}, el('b', {}, `${named('type', type.split('/')[0])}${data.name ? `: ${data.name}` : ''}`),
    el('span.soft', {}, `${showTime(record.made)} · ${record.id.slice(0, 8)}`),
    record.trouble?.sentence && el('span.soft', {}, record.trouble.sentence[language()]), rule ? el('a', { href: `/problems/${rule}` }, rule) : undefined, both), el(`span.tag.${state}`, {}, t(`state.${state}`)));
}
