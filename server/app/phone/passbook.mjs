// The member's passbook, reckoned: what was handed over by one's own word and by the office's scales, and what it is worth.
// Whole đồng and exact amounts, so that it agrees with the office to the đồng and the gram.

/** @typedef {import('./claims.mjs').Claims} Claims */
/** @typedef {{id: string, index: number, claims: Claims, values: Record<string, any>}} Line  one of one's own entries, as logged */
/** @typedef {{amount: string, unit: string}} Quantity */
/** @typedef {{vnd: number, per: string}} Price */
/** @typedef {{id: string, on: string, product: string, qty: Quantity, price?: Price, ticket?: string, amended: boolean}} Ticket  by the scales */
/** @typedef {{id: string, on: string, product: string, qty: Quantity, ticket?: string, photo?: import('../sync/photo_shelf.mjs').PhotoName, amended: boolean}} Statement  by one's own word */
/**
 * One product on one day.
 * @typedef {{on: string, product: string, tickets: Ticket[], statements: Statement[], weighed: Sum, said: Sum, money: bigint, unpriced: number}} Day
 */
/** @typedef {Map<string, bigint>} Sum  in millionths of `kg`, `l` or `piece` */

const micro = 1_000_000n;
/** Millionths of the base unit in one of each unit, as in schemas/units.json. @type {Record<string, {base: string, size: bigint}>} */
const units = {
  g: { base: 'kg', size: 1_000n }, kg: { base: 'kg', size: micro }, yen: { base: 'kg', size: 10n * micro },
  ta: { base: 'kg', size: 100n * micro }, tan: { base: 'kg', size: 1_000n * micro },
  ml: { base: 'l', size: 1_000n }, l: { base: 'l', size: micro }, piece: { base: 'piece', size: micro },
};

/** @param {string} amount  decimal string of an entry: at most 6 decimals */
function millionths(amount) {
  const [whole, decimals = ''] = amount.split('.');
  return BigInt(whole) * micro + BigInt(decimals.padEnd(6, '0'));
}

/** In millionths of its base unit; what lies below one of them is nothing anybody weighs. @param {Quantity} quantity */
export function inBase({ amount, unit }) {
  const known = units[unit];
  return known && { base: known.base, count: (millionths(amount) * known.size) / micro };
}

/** Millionths as the decimal string of an entry. @param {bigint} count */
export function decimal(count) {
  const decimals = String(count % micro).padStart(6, '0').replace(/0+$/, '');
  return `${count / micro}${decimals && `.${decimals}`}`;
}

/** Whole đồng, halves up; undefined where the price is by another kind of unit. @param {Quantity} qty @param {Price} price */
export function moneyOf(qty, price) {
  if (price.per === 'total') return BigInt(price.vnd);
  const [sold, per] = [inBase(qty), inBase({ amount: '1', unit: price.per })];
  if (!sold || !per || sold.base !== per.base) return undefined;
  return (BigInt(price.vnd) * sold.count * 2n + per.count) / (per.count * 2n);
}

/** @param {Sum} sum @param {Quantity} quantity */
function add(sum, quantity) {
  const found = inBase(quantity);
  if (found) sum.set(found.base, (sum.get(found.base) ?? 0n) + found.count);
}

/** What a correction may change of a line that is shown. @type {Record<string, string>} */
const corrected = { '/qty': 'qty', '/on': 'on', '/ticket': 'ticket', '/product': 'product', '/price': 'price' };

/** @param {Line[]} lines @param {string} person */
function readLines(lines, person) {
  /** @type {Map<string, any>} */
  const found = new Map();
  for (const { id, claims, values } of [...lines].sort((a, b) => a.index - b.index)) {
    const { type, data } = claims;
    const { on, product, qty, ticket } = data;
    if (type === 'batch.receive/1' && claims.for === person) found.set(id, { kind: 'ticket', id, on, product, qty, ticket, price: values['/price'], amended: false });
    if (type === 'batch.deliver/1') found.set(id, { kind: 'statement', id, on, product, qty, ticket, photo: values['/photo'], amended: false });
    const target = type === 'batch.correct/1' ? found.get(data.target) : undefined;
    const name = corrected[data.pointer];
    const value = data.value ?? values['/secret'];
    if (target && name && value !== undefined) Object.assign(target, { [name]: value, amended: true });
  }
  return [...found.values()];
}

/**
 * By day and product, the newest first. Log order decides which correction counts, whatever the order of `lines`.
 * @param {Line[]} lines @param {string} person
 * @returns {Day[]}
 */
export function passbookOf(lines, person) {
  /** @type {Map<string, Day>} */
  const days = new Map();
  for (const { kind, ...line } of readLines(lines, person)) {
    const key = `${line.on} ${line.product}`;
    /** @type {Day} */
    const day = days.get(key) ?? { on: line.on, product: line.product, tickets: [], statements: [], weighed: new Map(), said: new Map(), money: 0n, unpriced: 0 };
    days.set(key, day);
    if (kind === 'statement') {
      day.statements.push(line);
      add(day.said, line.qty);
      continue;
    }
    day.tickets.push(line);
    add(day.weighed, line.qty);
    const money = line.price && moneyOf(line.qty, line.price);
    if (money === undefined) day.unpriced += 1;
    else day.money += money;
  }
  return [...days.values()].sort((a, b) => (a.on === b.on ? (a.product < b.product ? -1 : 1) : a.on < b.on ? 1 : -1));
}

/** @param {Day[]} days @returns {{weighed: Sum, money: bigint, unpriced: number, tickets: number}} */
export function totalOf(days) {
  const total = { weighed: new Map(), money: 0n, unpriced: 0, tickets: 0 };
  for (const { weighed, money, unpriced, tickets } of days) {
    for (const [base, count] of weighed) total.weighed.set(base, (total.weighed.get(base) ?? 0n) + count);
    total.money += money;
    total.unpriced += unpriced;
    total.tickets += tickets.length;
  }
  return total;
}

/**
 * How one's own word and the scales stand to each other: nothing said, nothing weighed, the same, or apart by so much.
 * @param {Day} day
 * @returns {{kind: 'unsaid' | 'unweighed' | 'same'} | {kind: 'apart', by: Quantity}}
 */
export function agreementOf({ tickets, statements, weighed, said }) {
  if (statements.length === 0) return { kind: 'unsaid' };
  if (tickets.length === 0) return { kind: 'unweighed' };
  for (const base of new Set([...weighed.keys(), ...said.keys()])) {
    const apart = (weighed.get(base) ?? 0n) - (said.get(base) ?? 0n);
    if (apart !== 0n) return { kind: 'apart', by: { amount: decimal(apart < 0n ? -apart : apart), unit: base } };
  }
  return { kind: 'same' };
}
