// What no field can know alone. The log's rules refuse the same (schemas/problems.json); here it is said before anything is signed.

/** @typedef {{at: number, read: Record<string, any>}} Item  at: its place in the form */
/** @typedef {[at: number, part: string, key: string][]} Faults  which field of which item, and the sentence's key */

/** @type {Record<string, {of: string, parts: number}>} of what, and thousandths of its base unit */
const units = {
  g: { of: 'mass', parts: 1 }, kg: { of: 'mass', parts: 1e3 }, yen: { of: 'mass', parts: 1e4 }, ta: { of: 'mass', parts: 1e5 }, tan: { of: 'mass', parts: 1e6 },
  ml: { of: 'volume', parts: 1 }, l: { of: 'volume', parts: 1e3 }, piece: { of: 'count', parts: 1e3 },
};

/** The same text for `0.5 kg` and `500 g`, exactly. @param {string} amount  decimal @param {string} unit */
function sizeOf(amount, unit) {
  const [whole, fraction = ''] = amount.split('.');
  const { of = unit, parts = 1 } = units[unit] ?? {};
  return `${of} ${BigInt(whole + fraction.padEnd(6, '0')) * BigInt(parts)}`;
}

/** Those whose key an item above has already. @param {Item[]} items @param {(read: Record<string, any>) => string | undefined} keyOf */
function repeated(items, keyOf) {
  const seen = new Set();
  return items.filter(({ read }) => {
    const key = keyOf(read);
    if (key === undefined || !seen.has(key)) return void seen.add(key);
    return true;
  });
}

/** @param {string | undefined} gtin */
export const gtin14 = (gtin) => gtin?.padStart(14, '0');

/** @type {Record<string, (items: Item[]) => Faults>} by name of a list; items that can be read alone */
export const listChecks = {
  packs: (items) => [
    ...repeated(items, ({ size, unit }) => sizeOf(size, unit)).map(({ at }) => /** @type {[number, string, string]} */ ([at, 'size', 'wrong.pack_repeated'])),
    ...repeated(items, ({ gtin }) => gtin14(gtin)).map(({ at }) => /** @type {[number, string, string]} */ ([at, 'gtin', 'wrong.gtin_repeated'])),
  ],
  codes: (items) => [
    ...repeated(items, ({ scheme, code }) => `${scheme} ${code}`).map(({ at }) => /** @type {[number, string, string]} */ ([at, 'code', 'wrong.code_repeated'])),
    ...items.filter(({ read: { from, until } }) => from && until && until < from)
      .map(({ at }) => /** @type {[number, string, string]} */ ([at, 'until', 'wrong.interval'])),
  ],
};

/** @type {Record<string, (read: Record<string, any>) => Record<string, string>>} by name of a form: the sentence's key by field */
export const formChecks = {
  product: ({ gtin, packs = [], ocop_group: group, ocop_set: set }) => ({
    ...(gtin && packs.some((/** @type {any} */ pack) => gtin14(pack.gtin) === gtin14(gtin)) && { gtin: 'wrong.gtin_repeated' }),
    ...(set && group === 'none' && { ocop_group: 'wrong.ocop_group' }),
  }),
};
