// What a revoked key signed: shown to the office, taken in by a person, or left.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

/** @type {Office} */
let office;
let clerk;
const made = [];
before(async () => {
  office = await Office.open();
  const { cast, log } = office;
  const revoked = cast.make(cast.keys.clerk, { type: 'key.revoke/1', sub: cast.persons.member, prev: cast.newest[cast.persons.member],
    data: { kid: cast.keys.member.kid, reason: 'lost' } });
  assert.equal((await log.put(revoked)).status, 201);
  for (const amount of ['11', '12', '13']) {
    made.push(cast.harvest('member', { qty: { amount, unit: 'kg' } }));
    assert.equal((await log.put(made.at(-1))).status, 202);
  }
  clerk = await office.enrolled('director', ['clerk']);
});
after(async () => {
  office.noErrors();
  await office.close();
});

const inLog = async (entry) => (await office.log.get(`/api/subjects/${entry.sub}`)).status === 200;

test('held records are listed with what they say, taken in one by one or together, or left', async () => {
  await clerk.go('/office/held');
  await clerk.locator('li.held').nth(2).waitFor();
  await eventually(() => clerk.locator('main').innerText(), /3 bản ghi[\s\S]*Thu hoạch[\s\S]*Chanh leo mẫu[\s\S]*Vườn mẫu[\s\S]*11 kg[\s\S]*hái buổi sáng/);
  await shoot(clerk, 'held');
  await checkOffice(clerk);

  await clerk.locator('li.held', { hasText: '12 kg' }).getByRole('button', { name: 'Để lại' }).click();
  await clerk.getByText('Đã để lại: 1').waitFor();
  await eventually(() => clerk.locator('section li.held').count(), 2);
  await clerk.locator('section li.held', { hasText: '11 kg' }).getByRole('button', { name: 'Nhận vào sổ' }).click();
  await clerk.getByText('Đã nhận 1 bản ghi').waitFor();
  assert.deepEqual(await Promise.all(made.map(inLog)), [true, false, false]);
  const { history } = JSON.parse((await office.log.get(`/api/subjects/${made[0].sub}`)).body);
  const { type, data } = JSON.parse(Buffer.from(history[0].entry.split('.')[1], 'base64url'));
  assert.deepEqual([type, data.entry], ['entry.adopt/1', made[0].jws]);

  // What was left comes back when it is looked at again.
  await clerk.reload();
  await clerk.getByText('Đã để lại: 1').click();
  await clerk.getByRole('button', { name: 'Xem lại' }).click();
  await clerk.getByRole('button', { name: 'Nhận cả 2 bản ghi' }).click();
  await clerk.getByText('Không có bản ghi nào đang chờ.').waitFor();
  assert.deepEqual(await Promise.all(made.map(inLog)), [true, true, true]);
  await shoot(clerk, 'held-none');
});

test('another co-operative\'s clerk sees none of it, and nobody does without a session', async () => {
  const { cast, log } = office;
  const late = cast.harvest('member', { qty: { amount: '14', unit: 'kg' } });
  assert.equal((await log.put(late)).status, 202);
  assert.equal((await log.get('/api/office/held')).status, 401);
  const other = (await cast.add(log.registrar, { type: 'org.create/1', sub: 'org', data: { name: 'HTX bên cạnh mẫu', kind: 'cooperative' } })).sub;
  await cast.enrol(log.registrar, 'stranger', 'director', other);
  const { coop } = cast;
  cast.coop = other;
  const stranger = await office.enrolled('stranger', ['clerk'], { size: deskSize });
  cast.coop = coop;
  await stranger.go('/office/held');
  await stranger.getByText('Không có bản ghi nào đang chờ.').waitFor();
  await clerk.setViewportSize(deskSize);
  await clerk.goto(`${office.base}/office/held?lang=en`);
  await clerk.getByText('Waiting to be taken in').first().waitFor();
  await clerk.locator('li.held').waitFor();
  await checkOffice(clerk);
});
