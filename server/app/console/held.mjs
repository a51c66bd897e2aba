// What revoked keys signed: an office takes each record in under its own key, or leaves it where it is. Nothing is lost
// either way: the held record stays with the service, and an adoption carries it into the log as it was signed.
import { shortKid } from '../enrol/phone.mjs';
import { Problem } from '../enrol/ask.mjs';
import { parseJws } from '../verifier/jws.mjs';
import { button, el, notice, once, stage, unnotice } from './dom.mjs';
import { personName } from './person_name.mjs';
import { facts } from './show.mjs';
import { explain, named, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {{id: string, kid: string, person: string, org: string, entry: string, values: Record<string, any>}} HeldRow */
/** @typedef {{type: string, sub: string, from?: any[], iat?: number, data: Record<string, any>}} Claims */

const utf8 = new TextDecoder();
const asideKey = 'held-aside';

/** @param {HeldRow} row @returns {Claims} */
const claimsOf = (row) => JSON.parse(utf8.decode(parseJws(row.entry, 'nguon-entry+jwt').payload));

/** Its data with what may be read in place of the slots. @param {Claims} claims @param {HeldRow} row */
const openOf = (claims, row) => Object.fromEntries(Object.entries(claims.data)
  .map(([name, value]) => [name, value?._sd ? row.values[`/${name}`] : value]).filter(([, value]) => value !== undefined));

/** @param {Device} device @returns {Promise<HeldRow[]>} */
async function readHeld(device) {
  /** @type {HeldRow[]} */
  const rows = [];
  let after = '';
  do {
    const page = await device.get(`/api/office/held${after ? `?after=${after}` : ''}`);
    rows.push(...page.rows);
    after = page.next ?? '';
  } while (after);
  return rows;
}

/** Takes one in: the entry inside is logged as it was signed. @param {Device} device @param {Outbox} outbox @param {HeldRow} row */
async function adopt(device, outbox, row) {
  const { sub, from } = claimsOf(row);
  /** @type {string | undefined} */
  let prev;
  try {
    prev = (await device.get(`/api/subjects/${sub}`)).head.head;
  } catch (error) {
    // A record that begins something new continues nothing.
    if (!(error instanceof Problem) || error.status !== 404) throw error;
  }
  return (await outbox.save({ type: 'entry.adopt/1', sub, prev, from, slots: [], data: { entry: row.entry } })).stored;
}

/** @param {Device} device @param {Outbox} outbox */
export async function showHeld(device, outbox) {
  const again = () => void showHeld(device, outbox).catch((error) => notice('bad', explain(error)));
  /** @type {Set<string>} */
  const aside = new Set(await device.shelf.kept(asideKey) ?? []);
  const rows = await readHeld(device);
  const put = async (/** @type {string} */ id, /** @type {boolean} */ away) => {
    if (away) aside.add(id);
    else aside.delete(id);
    // Only what is still held is worth remembering.
    await device.shelf.keep(asideKey, rows.map((row) => row.id).filter((one) => aside.has(one)));
    unnotice();
    again();
  };
  const takeAll = async (/** @type {HeldRow[]} */ wanted) => {
    let taken = 0;
    for (const row of wanted) {
      const stored = await adopt(device, outbox, row);
      if (stored.state === 'received') taken += 1;
      else {
        const rule = stored.trouble?.rule ?? '';
        notice('bad', t('held.stopped', { count: taken }), ' ', rule ? el('a', { href: `/problems/${rule}` }, rule) : '');
        return again();
      }
    }
    notice('good', t('held.taken', { count: taken }));
    again();
  };
  /** @param {string} words @param {() => Promise<unknown>} work @param {string} [look] */
  const act = (words, work, look) => button(words, (event) => void once(event, work).catch((error) => notice('bad', explain(error))), look);

  /** @param {HeldRow} row */
  const card = async (row) => {
    const claims = claimsOf(row);
    return el('li.held', {}, el('div', {}, el('b', {}, named('type', claims.type.split('/')[0])),
      el('span.soft', {}, `${claims.iat ? t('held.said', { time: showTime(claims.iat * 1000) }) : ''} · ${row.id.slice(0, 8)}`),
      await facts(device, openOf(claims, row))),
    el('div.acts', {}, aside.has(row.id) ? act(t('held.back'), () => put(row.id, false))
      : act(t('held.adopt'), () => takeAll([row]), '.go'), aside.has(row.id) ? undefined : act(t('held.leave'), () => put(row.id, true))));
  };
  /** @param {string} kid @param {HeldRow[]} of */
  const group = async (kid, of) => {
    const name = await personName(device, of[0].person);
    const cards = [];
    for (const row of of) cards.push(await card(row));
    return el('section.sheet.wide', {}, el('h2', {}, t('held.of', { name, count: of.length })), el('p.soft', {}, t('held.key', { key: shortKid(kid) })),
      of.length > 1 ? el('div.acts', {}, act(t('held.all', { count: of.length }), () => takeAll(of))) : undefined, el('ul.rows', {}, ...cards));
  };
  const byTime = [...rows].sort((a, b) => (claimsOf(a).iat ?? 0) - (claimsOf(b).iat ?? 0));
  const shown = byTime.filter((row) => !aside.has(row.id));
  const left = byTime.filter((row) => aside.has(row.id));
  const groups = [];
  for (const kid of new Set(shown.map((row) => row.kid))) groups.push(await group(kid, shown.filter((row) => row.kid === kid)));
  const leftCards = [];
  for (const row of left) leftCards.push(await card(row));
  stage(...groups, shown.length === 0 ? el('p.sheet', {}, t('held.none')) : undefined,
    left.length > 0 ? el('details.sheet.wide', {}, el('summary', {}, t('held.left', { count: left.length })), el('p.soft', {}, t('held.left_how')),
      el('ul.rows', {}, ...leftCards)) : undefined);
}
