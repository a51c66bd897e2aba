// The passbook's sums, to the đồng and the gram, whatever order corrections come in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreementOf, decimal, inBase, moneyOf, passbookOf, totalOf } from '../../../server/app/phone/passbook.mjs';

const me = 'person:MAU';
let index = 0;
const line = (type, data, values = {}, more = {}) => ({ id: `id${index}`, index: index++, claims: { type, data, ...more }, values });
const ticket = (amount, unit, price, more = {}) => line('batch.receive/1', { product: 'p', on: '2026-11-20', qty: { amount, unit }, ...more }, price ? { '/price': price } : {}, { for: me });
const said = (amount, unit, more = {}) => line('batch.deliver/1', { product: 'p', on: '2026-11-20', qty: { amount, unit }, ...more });
const correct = (target, pointer, value) => line('batch.correct/1', { target, pointer, ...(pointer === '/price' ? {} : { value }) }, pointer === '/price' ? { '/secret': value } : {});

test('amounts come exactly through every unit', () => {
  for (const [amount, unit, base, shown] of [['12.5', 'kg', 'kg', '12.5'], ['1.25', 'ta', 'kg', '125'], ['3', 'yen', 'kg', '30'], ['0.000001', 'tan', 'kg', '0.001'], ['7', 'g', 'kg', '0.007'], ['250', 'ml', 'l', '0.25'], ['999999999999.999999', 'piece', 'piece', '999999999999.999999']]) {
    const found = inBase({ amount, unit });
    assert.deepEqual([found.base, decimal(found.count)], [base, shown], unit);
  }
});

test('money is whole đồng, halves up, and is not reckoned across kinds of unit', () => {
  const money = (amount, unit, vnd, per) => moneyOf({ amount, unit }, { vnd, per });
  assert.equal(money('120.5', 'kg', 31_000, 'kg'), 3_735_500n);
  assert.equal(money('0.5', 'kg', 1, 'kg'), 1n);
  assert.equal(money('0.499999', 'kg', 1, 'kg'), 0n);
  assert.equal(money('1.5', 'ta', 900_000, 'yen'), 13_500_000n);
  assert.equal(money('3', 'kg', 900_000, 'total'), 900_000n);
  assert.equal(money('3', 'piece', 20_000, 'kg'), undefined);
  // Beyond what a double holds exactly.
  assert.equal(money('999999999.999999', 'kg', 9_007_199_254_740_991, 'kg'), 9_007_199_254_740_981_992_800_745n);
});

test('a day holds the tickets and one\'s own word, and says where they part', () => {
  const lines = [ticket('100', 'kg', { vnd: 30_000, per: 'kg' }, { ticket: 'A-1' }), ticket('0.2', 'ta', { vnd: 30_000, per: 'kg' }), said('119', 'kg')];
  const [day] = passbookOf(lines, me);
  assert.equal(decimal(day.weighed.get('kg')), '120');
  assert.equal(day.money, 3_600_000n);
  assert.deepEqual(agreementOf(day), { kind: 'apart', by: { amount: '1', unit: 'kg' } });
  const kind = (...some) => agreementOf(passbookOf(some, me)[0]).kind;
  assert.deepEqual([kind(lines[0]), kind(lines[2]), kind(lines[0], said('1', 'ta'))], ['unsaid', 'unweighed', 'same']);
});

test('the last correction in the log counts, of amount, price and day', () => {
  const first = ticket('100', 'kg', { vnd: 30_000, per: 'kg' });
  const lines = [first, correct(first.id, '/qty', { amount: '10', unit: 'kg' }), correct(first.id, '/qty', { amount: '90', unit: 'kg' }),
    correct(first.id, '/price', { vnd: 31_000, per: 'kg' }), correct(first.id, '/on', '2026-11-19')];
  for (const order of [lines, [...lines].reverse()]) {
    const [day, ...others] = passbookOf(order, me);
    assert.equal(others.length, 0);
    assert.deepEqual([day.on, decimal(day.weighed.get('kg')), day.money, day.tickets[0].amended], ['2026-11-19', '90', 2_790_000n, true]);
  }
});

test('tickets of others, and those without a price, are not money', () => {
  const other = { ...ticket('5', 'kg', { vnd: 1, per: 'kg' }) };
  other.claims = { ...other.claims, for: 'person:NGUOI-KHAC' };
  const days = passbookOf([other, ticket('5', 'kg'), ticket('6', 'kg', { vnd: 2, per: 'kg' }, { on: '2026-11-21' })], me);
  assert.deepEqual(days.map(({ on }) => on), ['2026-11-21', '2026-11-20']);
  const total = totalOf(days);
  assert.deepEqual([decimal(total.weighed.get('kg')), total.money, total.unpriced, total.tickets], ['11', 12n, 1, 2]);
});
