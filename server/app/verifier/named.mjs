// Entries that a proof bundle holds without a path of their own, because a later one there names them
// (ledger/FORMAT.md "What a named entry proves").
import { genesisType } from './entry.mjs';
import { need } from './refused.mjs';

/** @typedef {import('./entry.mjs').Entry} Entry */
/** @typedef {import('./history.mjs').Proven} Proven */

/** One text per subject and entry id. @param {string} sub @param {string} id */
export const link = (sub, id) => `${sub} ${id}`;

/** The links of what an entry names. @param {Entry} entry */
export function linksOf({ sub, prev, from }) {
  const inputs = from.map((input) => link(input.sub, input.head));
  return prev === undefined ? inputs : [link(sub, prev), ...inputs];
}

const moving = ['key.add/', 'key.revoke/', 'log.keys/', 'log.succeed/'];

/** Whether it enrols or ends keys, so that its place in the log counts. @param {Entry} effective */
export const movesKeys = ({ type }) => type === genesisType || moving.some((name) => type.startsWith(name));

/**
 * Gives each named entry the place of the first logged one that backs it.
 * @param {Proven[]} entries  in log order @param {(kid: string) => number | undefined} endOf  index that ended a key
 * @throws {Refused} verify.inclusion where nothing backs one; verify.revoked where its key had ended by then: it
 *   may be as young as what backs it
 */
export function backNamed(entries, endOf) {
  /** @type {Map<string, Proven>} */
  const backers = new Map();
  for (let place = entries.length - 1; place >= 0; place -= 1) {
    const one = entries[place];
    const { entry } = one;
    const field = `/entries/${place}`;
    const backer = one.named ? backers.get(link(entry.sub, entry.id)) : one;
    need(backer, 'verify.inclusion', field, 'nothing logged here names it');
    for (const name of linksOf(entry)) {
      const known = backers.get(name);
      if (!known || known.index > backer.index) backers.set(name, backer);
    }
    if (!one.named) continue;
    one.index = backer.index;
    one.recorded = backer.recorded;
    const ended = endOf(entry.jws.kid);
    need(ended === undefined || ended > backer.index, 'verify.revoked', field, entry.jws.kid);
  }
}
