// Pre-harvest intervals that this phone knows of: from the sprayings that were recorded on it.
import { claimsOf } from './describe.mjs';
import { dayAfter } from './words.mjs';

/** @typedef {{name: string, on: string, free: string}} Interval  free: the first day on which picking is free again, YYYY-MM-DD */

/**
 * Those of one plot, the longest first. A warning and no verdict: others may have sprayed there too, which the office sees.
 * @param {import('../sync/record.mjs').Stored[]} records @param {string} site
 * @returns {Interval[]}
 */
export function intervalsOf(records, site) {
  return records.map(claimsOf)
    .filter(({ type, data }) => type === 'input.apply/1' && data.site === site && data.phi_days > 0)
    // "Picking is free on the day of use plus so many" (schemas/types/input.apply.1.json).
    .map(({ data }) => ({ name: data.name, on: data.on, free: dayAfter(data.on, data.phi_days) }))
    .sort((a, b) => (a.free < b.free ? 1 : -1));
}

/** The one that a picking on `day` falls into. @param {Interval[]} intervals @param {string} day */
export const within = (intervals, day) => intervals.find(({ on, free }) => on <= day && day < free);
