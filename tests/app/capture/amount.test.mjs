import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAmount, showAmount, typeAmount } from '../../../server/app/capture/amount.mjs';
import { kinds } from '../../../server/app/console/kinds.mjs';
import { inWords } from '../../../server/app/capture/words.mjs';

const amount = (value) => ({ kind: 'amount', amount: value });
const ask = (...choices) => ({ kind: 'ask', choices });
const bad = (why) => ({ kind: 'bad', why });

test('comma and point are both decimal marks', () => {
  for (const typed of ['12,5', '12.5', ' 12,5 ', '12,50', '012.5', '１２，５']) assert.deepEqual(readAmount(typed), amount('12.5'), typed);
  assert.deepEqual(readAmount('0,75'), amount('0.75'));
  assert.deepEqual(readAmount('7'), amount('7'));
  assert.deepEqual(readAmount('1200'), amount('1200'));
});

test('three digits behind one mark may be thousands or thousandths, so it asks', () => {
  assert.deepEqual(readAmount('1.200'), ask('1200', '1.2'));
  assert.deepEqual(readAmount('1,200'), ask('1200', '1.2'));
  assert.deepEqual(readAmount('12.345'), ask('12345', '12.345'));
  assert.deepEqual(readAmount('0,200'), amount('0.2'));
  assert.deepEqual(readAmount('0.125'), amount('0.125'));
  assert.deepEqual(readAmount('1234.500'), amount('1234.5'));
});

test('what can mean one thing only is not asked', () => {
  assert.deepEqual(readAmount('1.200,5'), amount('1200.5'));
  assert.deepEqual(readAmount('1,200.5'), amount('1200.5'));
  assert.deepEqual(readAmount('1.200.000'), amount('1200000'));
  assert.deepEqual(readAmount('1 200 000,25'), amount('1200000.25'));
  assert.deepEqual(readAmount('12 000'), amount('12000'));
  assert.deepEqual(readAmount('1.200.000,500'), amount('1200000.5'));
});

test('nonsense is said to be so', () => {
  for (const typed of ['', '  ']) assert.deepEqual(readAmount(typed), bad('empty'));
  for (const typed of ['abc', '-5', '1e3', '12,', '.5', '1..2', '1.2.3', '1,20.3,4', '12 5', '12kg', '1.20,5', '0.200.000', '1,200,5']) {
    assert.deepEqual(readAmount(typed), bad('not-a-number'), typed);
  }
  for (const typed of ['0', '0,0', '000']) assert.deepEqual(readAmount(typed), bad('zero'), typed);
  assert.deepEqual(readAmount('1234567890123'), bad('too-large'));
  assert.deepEqual(readAmount('1,2345678'), bad('too-fine'));
});

test('every amount read is one that entries may carry, and shown it reads back', () => {
  const form = /^(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$/;
  let state = 12345;
  const random = (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % below;
  };
  const symbols = '0123456789.,  05';
  let read = 0;
  for (let i = 0; i < 50_000; i += 1) {
    const typed = Array.from({ length: 1 + random(9) }, () => symbols[random(symbols.length)]).join('');
    const reading = readAmount(typed);
    const values = reading.kind === 'amount' ? [reading.amount] : reading.kind === 'ask' ? reading.choices : [];
    for (const value of values) {
      assert.match(value, form, typed);
      const again = readAmount(showAmount(value));
      const meant = again.kind === 'amount' ? [again.amount] : again.choices;
      assert.ok(meant.includes(value), `${typed}: ${value} shown as ${showAmount(value)}`);
      read += 1;
    }
  }
  assert.ok(read > 5_000, `${read} read`);
});

test('numbers are said as people say them', () => {
  const said = {
    0: 'không', 5: 'năm', 10: 'mười', 11: 'mười một', 15: 'mười lăm', 20: 'hai mươi', 21: 'hai mươi mốt', 24: 'hai mươi tư',
    25: 'hai mươi lăm', 100: 'một trăm', 101: 'một trăm linh một', 105: 'một trăm linh năm', 115: 'một trăm mười lăm',
    1000: 'một nghìn', 1005: 'một nghìn không trăm linh năm', 1200: 'một nghìn hai trăm', 21000: 'hai mươi mốt nghìn',
    '12.5': 'mười hai phẩy năm', '0.75': 'không phẩy bảy năm', 1000000: 'một triệu', 1000001: 'một triệu không trăm linh một',
    2000000000: 'hai tỷ', '999999999999': 'chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín',
  };
  for (const [amount_, words] of Object.entries(said)) assert.equal(inWords(amount_), words);
});

test('what stands in a form that was filled from an entry is read again without a question', () => {
  for (const amount_ of ['7', '1200', '1.234', '0.125', '12.3456', '12345.678', '999999999999.000001']) {
    assert.deepEqual(readAmount(typeAmount(amount_)), amount(amount_), typeAmount(amount_));
  }
  const plot = kinds.plots.toRaw({ name: 'Vườn mẫu', kind: 'plot', area: { amount: '1200', unit: 'm2' } }, {});
  assert.deepEqual(readAmount(String(plot.area)), amount('1200'));
});
