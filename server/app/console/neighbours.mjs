// The boundaries of other plots of the same commune, as far as this reader may see them.

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./ring.mjs').Corner} Corner */
/** @typedef {{sub: string, name: string, ring: Corner[]}} Neighbour */

const mostRows = 200;
const atOnce = 6;

/** By entry: what an entry says does not change. @type {Map<string, Corner[] | undefined>} */
const known = new Map();

/** @param {Device} device @param {string} entry @returns {Promise<Corner[] | undefined>} */
async function boundaryOf(device, entry) {
  if (!known.has(entry)) known.set(entry, (await device.get(`/api/private/${entry}`)).values['/boundary']);
  return known.get(entry);
}

/**
 * @param {Device} device @param {{code: string, name: string}} commune @param {string} [sub]  left out
 * @returns {Promise<Neighbour[]>}
 */
export async function neighboursOf(device, commune, sub) {
  const query = new URLSearchParams({ q: commune.name, limit: String(mostRows) });
  const rows = (await device.get(`/api/office/sites?${query}`)).rows.filter((/** @type {any} */ row) =>
    row.commune?.code === commune.code && row.sub !== sub && !row.retired && row.entry);
  /** @type {Neighbour[]} */
  const found = [];
  const work = async () => {
    for (let row = rows.shift(); row; row = rows.shift()) {
      const ring = await boundaryOf(device, row.entry);
      if (ring) found.push({ sub: row.sub, name: row.name, ring });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found.sort((a, b) => a.name.localeCompare(b.name, 'vi'));
}
