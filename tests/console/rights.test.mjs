// What people ask of their data, their own consent, and what runs out, on the office's pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signJws } from '../../server/app/capture/make_entry.mjs';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

/** @type {Office} */
let office;
before(async () => {
  office = await Office.open();
});
after(async () => {
  office.noErrors();
  await office.close();
});

/** @param {string} name */
async function asks(name, said) {
  const maker = office.maker(name);
  const text = await signJws(maker, 'nguon-rights+jwt', { aud: maker.aud, ...said, at: Math.floor(Date.now() / 1000) });
  return office.ask('POST', '/api/rights/requests', { type: 'application/jwt', text });
}

test('a member asks, the clerk acknowledges and answers, each with the law\'s date in sight', async () => {
  await asks('member', { person: office.cast.persons.member, org: office.cast.coop, what: 'correct', text: 'số điện thoại đã đổi' });
  const page = await office.enrolled('director', ['clerk'], { size: deskSize });
  await page.go('/office/rights');
  const sheet = page.locator('section[data-id]');
  await sheet.waitFor();
  await eventually(() => sheet.innerText(), /số điện thoại đã đổi/);
  await eventually(() => sheet.innerText(), /Nghị định 356\/2025/);
  await checkOffice(page);
  await shoot(page, 'rights');
  await sheet.getByRole('button', { name: 'Báo đã tiếp nhận' }).click();
  await page.locator('#notice', { hasText: 'Đã báo tiếp nhận' }).waitFor();
  await sheet.getByRole('button', { name: 'Từ chối' }).click();
  await page.locator('#notice', { hasText: 'Hãy ghi lý do' }).waitFor();
  await sheet.locator('textarea').fill('đã sửa ngày hôm nay');
  await sheet.getByRole('button', { name: 'Đã làm xong' }).click();
  await page.locator('#notice', { hasText: 'Đã trả lời là xong' }).waitFor();
  await eventually(() => sheet.getByRole('button').count(), 0);
});

test('one\'s own consent is no until one says yes, and no again in one press', async () => {
  const page = await office.enrolled('clerk', ['member']);
  await page.go('/office/rights');
  const row = page.locator('li[data-purpose=name_on_page]');
  await row.waitFor();
  await eventually(() => row.innerText(), /Chưa đồng ý/);
  await checkOffice(page);
  await row.getByRole('button').click();
  await page.locator('#notice', { hasText: 'Đã ghi: bạn đồng ý' }).waitFor();
  await eventually(() => row.innerText(), /Đang đồng ý/);
  await row.getByRole('button').click();
  await page.locator('#notice', { hasText: 'Đã rút sự đồng ý' }).waitFor();
  await eventually(() => row.innerText(), /Chưa đồng ý/);
});

test('the inbox shows what ends and is marked as read', async () => {
  const page = await office.enrolled('director', ['clerk']);
  const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await office.cast.add(office.cast.keys.clerk, { type: 'certificate.add/1', sub: 'certificate', data: {
    kind: 'vietgap', number: 'VG-952-1', issuer: 'Tổ chức mẫu', holder: office.cast.coop, from: '2025-01-01', until,
  } });
  await page.go('/office/reminders');
  const row = page.locator('ul.rows li');
  await row.waitFor();
  await eventually(() => row.innerText(), /VG-952-1/);
  await eventually(() => page.locator('#chat').inputValue(), /VG-952-1/);
  await checkOffice(page);
  await shoot(page, 'reminders');
  await page.getByRole('button', { name: 'Đánh dấu đã đọc' }).click();
  await page.locator('ul.rows .tag', { hasText: 'Đã đọc' }).waitFor();
});
