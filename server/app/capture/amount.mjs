// Amounts as people in Việt Nam type them, to the decimal strings that entries carry (ledger/FORMAT.md "Entry").

/**
 * One meaning, several, or none.
 * @typedef {{kind: 'amount', amount: string}
 *   | {kind: 'ask', choices: string[]}
 *   | {kind: 'bad', why: 'empty' | 'not-a-number' | 'zero' | 'too-large' | 'too-fine'}} Reading
 *   amount, choices: decimal above zero, at most 12 digits and 6 decimals; choices: the likelier one first
 */

const groups = /^[0-9]{1,3}([., ]?)[0-9]{3}(?:\1[0-9]{3})*$/;
const canonical = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/** @param {string} whole @param {string} [decimals] @returns {Reading} */
function read(whole, decimals = '') {
  const integer = whole.replace(/^0+(?=[0-9])/, '');
  const fraction = decimals.replace(/0+$/, '');
  if (integer.length > 12) return { kind: 'bad', why: 'too-large' };
  if (fraction.length > 6) return { kind: 'bad', why: 'too-fine' };
  if (integer === '0' && fraction === '') return { kind: 'bad', why: 'zero' };
  return { kind: 'amount', amount: fraction ? `${integer}.${fraction}` : integer };
}

/** @param {Reading[]} readings @returns {Reading} */
function among(readings) {
  const choices = readings.flatMap((one) => (one.kind === 'amount' ? [one.amount] : []));
  if (choices.length === readings.length && new Set(choices).size > 1) return { kind: 'ask', choices };
  return readings.find((one) => one.kind === 'amount') || readings[0];
}

/**
 * `12,5` and `12.5` are the same; `1.200` and `1,200` may be twelve hundred or one and a fifth, so they ask;
 * `1.200,5`, `1.200.000` and `12 000` can mean one thing only.
 * @param {string} typed
 * @returns {Reading}
 */
export function readAmount(typed) {
  const text = typed.normalize('NFKC').trim().replace(/\s+/g, ' ');
  if (text === '') return { kind: 'bad', why: 'empty' };
  if (!/^[0-9][0-9., ]*$/.test(text) || /[., ]$/.test(text)) return { kind: 'bad', why: 'not-a-number' };
  const marks = text.replace(/[0-9]/g, '');
  if (marks === '') return read(text);
  const grouped = groups.exec(text);
  if (marks.length === 1) {
    const [whole, rest] = text.split(marks);
    if (marks === ' ') return grouped ? read(whole + rest) : { kind: 'bad', why: 'not-a-number' };
    // No one groups digits behind a nought.
    return grouped && !whole.startsWith('0') ? among([read(whole + rest), read(whole, rest)]) : read(whole, rest);
  }
  // More than one mark: all alike they group, else the last one is the decimal mark and the others group.
  if (grouped && !text.startsWith('0')) return read(text.replace(/[., ]/g, ''));
  const last = marks[marks.length - 1];
  const at = text.lastIndexOf(last);
  const whole = text.slice(0, at);
  const alone = last !== ' ' && !whole.includes(last);
  if (!alone || whole.startsWith('0') || !groups.test(whole)) return { kind: 'bad', why: 'not-a-number' };
  return read(whole.replace(/[., ]/g, ''), text.slice(at + 1));
}

/**
 * As people here write it: `1.200,5`.
 * @param {string} amount  decimal string of an entry
 */
export function showAmount(amount) {
  const [, whole = amount, decimals = ''] = canonical.exec(amount) || [];
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, '.');
  return decimals ? `${grouped},${decimals}` : grouped;
}

/**
 * As somebody would type it so that readAmount() has nothing to ask: no groups, and never three decimals.
 * @param {string} amount  decimal string of an entry
 */
export function typeAmount(amount) {
  const [, whole = amount, decimals = ''] = canonical.exec(amount) || [];
  if (!decimals) return whole;
  return `${whole},${decimals.length === 3 ? `${decimals}0` : decimals}`;
}
