// What an import would write, from a plan and a person's answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alike, answerOf, doubtKey, settle } from '../../../server/app/console/import_plan.mjs';

const org = 'org:EXAMPLE';
const place = { commune: { code: '04132', vintage: '2026-09-25' } };

/** A plan of one member and plots that say so much. */
function planOf(plots, doubts = []) {
  return {
    sheets: [''], sheet: 0, header: 1, columns: [], empty_rows: 0, doubts,
    members: [{ row: 2, said: { kind: 'member', name: 'Lò Văn Mẫu', place } }],
    plots: plots.map((said, at) => ({ row: 2 + at, of: 0, said: { name: `Vườn ${at}`, ...said } })),
  };
}
const codesIn = (plan, chosen = {}) => settle(plan, chosen, org).plots.map(({ data }) => data.codes);
const code = (name, rest = {}) => ({ code: name, status: 'active', ...rest });

const issuer = {
  kind: 'code.issuer', rows: [2], stood: 'MẪU-1', plots: [0],
  answers: [{ name: 'without' }, { name: 'value', what: 'Sở mẫu', set: { issuer: 'Sở mẫu' } }, { name: 'write', set: { issuer: null } }],
};
const active = { kind: 'code.active', rows: [], stood: 'MẪU-1', plots: [0], answers: [{ name: 'yes' }, { name: 'without', set: { codeless: true } }] };

test('a code without an issuer is taken only once somebody said who gave it, in whatever way', () => {
  const plan = planOf([{ codes: [code('MẪU-1'), code('MẪU-2', { issuer: 'Cục mẫu', scheme: 'gln' })], scheme: 'other' }], [active, issuer]);
  const own = { scheme: 'gln', issuer: 'Cục mẫu', code: 'MẪU-2', status: 'active' };
  const first = (by) => ({ scheme: 'other', issuer: by, code: 'MẪU-1', status: 'active' });
  assert.deepEqual(codesIn(plan), [[own]], 'the proposed answer leaves it out');
  assert.deepEqual(codesIn(plan, { [doubtKey(issuer)]: 1 }), [[first('Sở mẫu'), own]]);
  assert.deepEqual(codesIn(plan, { [doubtKey(issuer)]: 'Trạm mẫu' }), [[first('Trạm mẫu'), own]], 'its own stays');
  assert.deepEqual(codesIn(plan, { [doubtKey(issuer)]: '' }), [[own]], 'nothing written yet');
  assert.deepEqual(codesIn(plan, { [doubtKey(issuer)]: 'Trạm mẫu', [doubtKey(active)]: 1 }), [undefined], 'no code at all');
  assert.equal(answerOf(issuer, { [doubtKey(issuer)]: 'Trạm mẫu' }).what, 'Trạm mẫu');
});

test('a kind that a code tells itself is not overruled by what is said of the others', () => {
  const plan = planOf([{ codes: [code('a', { issuer: 'x' }), code('b', { issuer: 'x', scheme: 'packing_house' })], scheme: 'vietgap' }]);
  assert.deepEqual(codesIn(plan)[0].map(({ scheme }) => scheme), ['vietgap', 'packing_house']);
});

test('codes of the rows below go with the answer; plots without codes name none', () => {
  const [one, two] = [code('1', { issuer: 'x', scheme: 'gln' }), code('2', { issuer: 'x', scheme: 'gln' })];
  const below = { kind: 'code.below', rows: [3], plots: [0], answers: [{ name: 'codes-above', set: { codes: [one, two] } }, { name: 'leave', set: { codes: [one] } }] };
  const plan = planOf([{ codes: [one, two] }, {}], [below]);
  assert.deepEqual(codesIn(plan).map((codes) => codes?.length), [2, undefined]);
  assert.deepEqual(codesIn(plan, { [doubtKey(below)]: 1 }).map((codes) => codes?.length), [1, undefined]);
  assert.ok(!('codes' in settle(plan, {}, org).plots[1].data), 'absent, not empty');
});

test('what a person must write is not offered to many at once', () => {
  assert.deepEqual(alike([issuer, { ...issuer, rows: [9] }]), ['without', 'value']);
});
