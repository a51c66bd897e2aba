// The herd as this phone knows it: the list that was fetched, and what was recorded here since.
import { claimsOf } from './claims.mjs';
import { dayAfter, known, showDay, t } from './words.mjs';

/** @typedef {import('./device.mjs').Animal} Animal */
/** @typedef {import('../sync/record.mjs').Stored} Stored */

/** Picture of what is done with an animal. @type {Record<string, string>} */
export const acts = { weigh: 'weigh', treat: 'treat', vaccinate: 'vaccinate', move: 'move', birth: 'birth', die: 'die' };

/** A number as it is compared: hyphens, blanks and case are how people write it. @param {string} typed */
export const plainTag = (typed) => typed.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '');

/**
 * The number in a scanned code: bare, or in the link that our own tags bear (`/T/`); undefined for what no tag says.
 * @param {string} code
 */
export function tagOfCode(code) {
  const [, linked] = /^https?:\/\/[^/]+\/T\/([^/?#]+)$/i.exec(code) ?? [];
  const tag = plainTag(linked ?? (/^[0-9A-Za-z .-]{4,30}$/.test(code) ? code : ''));
  return tag.length < leastEnd ? undefined : tag;
}

/** In groups that can be read at arm's length: `704 0000 1234 5678`. @param {string} tag */
export const showTag = (tag) => (/^[0-9]{15}$/.test(tag) ? tag.replace(/^(...)(....)(....)(....)$/, '$1 $2 $3 $4') : tag);

/** @param {Animal} animal */
export function animalName({ tags, sex, species, arrived }) {
  if (tags.length > 0) return showTag(tags[0]);
  return t('herd.untagged', { what: known(`${species}.${sex}`, known(`species.${species}`, species)), day: showDay(arrived) });
}

/**
 * Living animals: those fetched, and those born in records of this phone that the list does not have yet.
 * @param {Animal[]} fetched @param {number} at  when, Unix ms @param {Stored[]} records  the newest first
 * @returns {Animal[]}
 */
export function herdOf(fetched, at, records) {
  const claims = records.map((record) => ({ id: record.id, refused: record.state === 'refused', known: (record.settled ?? Infinity) < at, ...claimsOf(record) })).filter(({ refused, type }) => !refused && type.startsWith('animal.'));
  const gone = new Set(claims.filter(({ type }) => type === 'animal.die/1').map(({ sub }) => sub));
  /** @type {Animal[]} */
  const born = claims.filter(({ type, sub }) => type === 'animal.birth/1' && !fetched.some((one) => one.sub === sub)).map(({ id, sub, data }) => ({
    sub, species: data.species, breed: data.breed, sex: data.sex, site: data.site, tags: [], arrived: data.on, head: id,
  }));
  return [...fetched, ...born].filter(({ sub }) => !gone.has(sub)).map((animal) => {
    const own = claims.filter(({ sub }) => sub === animal.sub);
    const moved = own.find(({ type }) => type === 'animal.move/1');
    const free = own.filter(({ type, data }) => type === 'animal.treat/1' && data.withdrawal_days > 0).map(({ data }) => dayAfter(data.on, data.withdrawal_days));
    const withheld = [animal.withheld ?? '', ...free].sort().at(-1) || undefined;
    // What is entered next continues the newest this phone knows: its own ones that the list was made without.
    const newest = own.find(({ known }) => !known);
    return { ...animal, site: moved ? moved.data.to : animal.site, withheld, head: newest ? newest.id : animal.head };
  });
}

/** A machine reads the whole number or none. @param {Animal[]} herd @param {string} tag */
export const findByWholeTag = (herd, tag) => herd.filter(({ tags }) => tags.some((one) => plainTag(one) === plainTag(tag)));

/** The animals that a number may mean: the whole number, or its end where that is unmistakable. @param {Animal[]} herd @param {string} typed */
export function findByTag(herd, typed) {
  const wanted = plainTag(typed);
  const whole = findByWholeTag(herd, typed);
  if (whole.length > 0 || wanted.length < leastEnd) return whole;
  return herd.filter(({ tags }) => tags.some((tag) => plainTag(tag).endsWith(wanted)));
}

/** Fewer digits than this name half the herd. */
const leastEnd = 4;
