// Products and plots: from a form to an entry's data and back, and what two fields say together.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAmount, typeAmount } from '../../../server/app/capture/amount.mjs';
import { formChecks, listChecks } from '../../../server/app/console/checks.mjs';
import { kindOf, kinds, states, typeFor } from '../../../server/app/console/kinds.mjs';

const org = 'org:0123456789ABCDEFGHJKMNPQRS';
const { products, plots } = kinds;
const bare = { name: 'Cam mẫu', stage: 'orange/fruit', ocop_group: 'none' };
const items = (...reads) => reads.map((read, at) => ({ at, read }));

test('a product with pack sizes or an OCOP group is said by the second major, any other by the first', () => {
  const plain = products.toData(bare, org, {});
  assert.deepEqual(plain, { org, name: 'Cam mẫu', crop: 'orange', stage: 'fruit' });
  assert.equal(typeFor(products, products.add, plain), 'product.add/1');
  const full = products.toData({
    ...bare, variety: 'orange/v2', ocop_group: 'food', ocop_set: 'Bộ mẫu', shelf_days: 20,
    packs: [{ size: '500', unit: 'g', gtin: '9521234543213' }, { size: '24', unit: 'piece' }],
  }, org, {});
  assert.deepEqual(full, {
    org, name: 'Cam mẫu', crop: 'orange', stage: 'fruit', variety: 'v2', shelf_days: 20,
    packs: [{ size: { amount: '500', unit: 'g' }, gtin: '09521234543213' }, { size: { amount: '24', unit: 'piece' } }],
    ocop: { decision: '148/QĐ-TTg', group: 'food', set: 'Bộ mẫu' },
  });
  assert.equal(typeFor(products, products.update, full), 'product.update/2');
  assert.equal(typeFor(products, products.add, { ...plain, ocop: full.ocop }), 'product.add/2');
  assert.equal(typeFor(plots, plots.add, { codes: [] }), 'site.add/1');
  for (const major of [1, 2]) {
    assert.equal(kindOf(`product.update/${major}`), products);
    assert.equal(states(products, `product.add/${major}`), true);
  }
  assert.equal(states(products, 'product.retire/1'), false);
});

test('what a record says comes back into the form as it can be read again', () => {
  const data = {
    org, name: 'Cam mẫu', crop: 'orange', stage: 'fruit', packs: [{ size: { amount: '1200', unit: 'g' }, gtin: '09521234543213' }],
    ocop: { decision: '2027/QĐ-TTg', group: 'food' },
  };
  const raw = products.toRaw(data, {});
  assert.deepEqual(raw.packs, [{ size: '1200', unit: 'g', gtin: '09521234543213' }]);
  assert.equal(raw.ocop_group, 'food');
  // The decision that another program wrote stays.
  assert.deepEqual(products.toData({ ...bare, ocop_group: 'food' }, org, data).ocop, data.ocop);
  const codes = [{ scheme: 'planting_area_export', code: 'VN-1', issuer: 'Cục mẫu', status: 'active', from: '2026-01-01' },
    { scheme: 'packing_house', code: 'VN-2', issuer: 'Cục mẫu', status: 'revoked' }];
  assert.deepEqual(plots.toRaw({ name: 'x', kind: 'plot', commune: { code: '04132' }, codes }, {}).codes, codes);
  assert.deepEqual(plots.toData({ kind: 'plot', name: 'x', codes }, org, {}).codes, codes);
  for (const amount of ['1200', '1.234', '0.5', '12.3456', '999999999999']) {
    const reading = readAmount(typeAmount(amount));
    assert.deepEqual(reading, { kind: 'amount', amount }, `${amount} as ${typeAmount(amount)}`);
  }
});

test('a size is stated once whatever its unit, a GTIN once whatever its length', () => {
  const { packs } = listChecks;
  assert.deepEqual(packs(items({ size: '500', unit: 'g' }, { size: '0.5', unit: 'kg' })), [[1, 'size', 'wrong.pack_repeated']]);
  assert.deepEqual(packs(items({ size: '0.000001', unit: 'tan' }, { size: '1', unit: 'g' })), [[1, 'size', 'wrong.pack_repeated']]);
  assert.deepEqual(packs(items({ size: '500', unit: 'g' }, { size: '500', unit: 'ml' }, { size: '0.5', unit: 'piece' }, { size: '0.500001', unit: 'kg' })), []);
  assert.deepEqual(packs(items({ size: '1', unit: 'g', gtin: '9521234543213' }, { size: '2', unit: 'g' }, { size: '3', unit: 'g', gtin: '09521234543213' })),
    [[2, 'gtin', 'wrong.gtin_repeated']]);
  const { product } = formChecks;
  assert.deepEqual(product({ ocop_group: 'none', gtin: '9521234543213', packs: [{ gtin: '09521234543213' }] }), { gtin: 'wrong.gtin_repeated' });
  assert.deepEqual(product({ ocop_group: 'none', ocop_set: 'Bộ mẫu' }), { ocop_group: 'wrong.ocop_group' });
  assert.deepEqual(product({ ocop_group: 'food', ocop_set: 'Bộ mẫu', packs: [{}] }), {});
});

test('a code is stated once a scheme and does not end before it begins', () => {
  const { codes } = listChecks;
  const code = { scheme: 'packing_house', code: 'VN-1' };
  assert.deepEqual(codes(items(code, { ...code, scheme: 'other' }, code)), [[2, 'code', 'wrong.code_repeated']]);
  assert.deepEqual(codes(items({ ...code, from: '2026-01-02', until: '2026-01-01' }, { ...code, code: 'VN-2', from: '2026-01-01', until: '2026-01-01' })),
    [[0, 'until', 'wrong.interval']]);
});
