// The registrar's desk: an organisation admitted, represented, graded, suspended, back again, and dissolved.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office, phoneSize } from './office.mjs';
import { checkFit, checkOffice, shoot } from './screens.mjs';

/** @type {Office} */
let office;
let desk;
before(async () => {
  office = await Office.open();
  const { cast, log } = office;
  cast.keys.registrar = log.registrar;
  await cast.add(cast.keys.director, { type: 'org.delegate/1', sub: cast.coop, prev: cast.newest[cast.coop],
    data: { to: log.operator, roles: ['clerk'], until: '2027-03-31' } });
  const { coop } = cast;
  cast.coop = log.operator;
  desk = await office.enrolled('registrar', ['registrar'], { size: deskSize });
  cast.coop = coop;
});
after(async () => {
  office.noErrors();
  await office.close();
});

/** What the form says, signed; the notice of its receipt. */
async function sign(form, fields) {
  await desk.waitForSelector(`#form-${form}:not([hidden])`);
  for (const [name, value] of Object.entries(fields)) {
    const field = desk.locator(`#${form}-${name}`);
    if ((await field.evaluate((control) => control.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await desk.click(`#form-${form} button[type=submit]`);
  await desk.getByText(/Đã nhận lúc/).waitFor();
}
const act = (name) => desk.getByRole('button', { name, exact: true }).click();
const standing = async () => (await desk.locator('.sheet', { hasText: 'Tình trạng' }).last().innerText()).replace(/\s+/g, ' ');

test('tenants at a glance: standing, number, legal form, representative, grade, when a delegation ends', async () => {
  await desk.go('/office/registrar');
  await act('Nhận tổ chức mới');
  await desk.waitForSelector('#form-org:not([hidden])');
  await shoot(desk, 'org-form');
  await sign('org', { name: 'HTX Đồi Mới Mẫu', kind: 'cooperative', code: '140107000123', issuer: 'UBND xã mẫu', issued: '2021-05-20' });
  await desk.goto(`${office.base}/office/registrar#${office.cast.coop}`);
  await act('Ghi người đại diện');
  const { member } = office.cast.persons;
  await sign('represent', { person: member, post: 'chair', since: '2024-02-01' });
  await act('Xếp loại');
  await eventually(() => desk.locator('#grade-year:visible').inputValue(), String(new Date().getFullYear() - 1));
  await sign('grade', { year: '2025', grade: 'fair', decision: '12/QĐ-LMHTX' });
  await eventually(standing, /Đang hoạt động .*Chủ tịch hội đồng quản trị, từ 01\/02\/2024 .*2025: Khá · 12\/QĐ-LMHTX .*Liên minh HTX mẫu: Nhân viên văn phòng, đến hết 31\/03\/2027/);
  await shoot(desk, 'tenant');
  await checkOffice(desk);

  await desk.getByRole('link', { name: 'Về danh sách' }).click();
  const line = desk.locator('tbody tr', { hasText: 'HTX mẫu' }).filter({ hasText: 'Khá' });
  await line.waitFor();
  assert.match((await line.innerText()).replace(/\s+/g, ' '), /HTX mẫu ✓ Đang hoạt động Hợp tác xã — Chủ tịch hội đồng quản trị, từ 01\/02\/2024 2025: Khá Liên minh HTX mẫu: .*31\/03\/2027/);
  await eventually(() => desk.locator('tbody tr', { hasText: 'Đồi Mới' }).innerText(), /140107000123/);
  await shoot(desk, 'tenants');
  await checkOffice(desk);
  // The grade is a private value: the log knows that there is one.
  const { history } = JSON.parse((await office.log.get(`/api/subjects/${office.cast.coop}`)).body);
  assert.doesNotMatch(Buffer.from(history.at(-1).entry.split('.')[1], 'base64url').toString(), /fair/);
});

test('suspended with its reason, active again, dissolved for good', async () => {
  await desk.locator('tbody a', { hasText: 'HTX Đồi Mới Mẫu' }).click();
  await act('Tạm ngừng');
  await shoot(desk, 'suspend');
  await checkFit(desk);
  await sign('suspend', { on: '2026-01-15', reason: 'books_lost' });
  await eventually(standing, /⚠ Tạm ngừng từ 15\/01\/2026 · Mất sổ sách/);
  await act('Cho hoạt động lại');
  await sign('activate', { on: '2026-02-15' });
  await eventually(standing, /✓ Đang hoạt động/);
  assert.doesNotMatch(await standing(), /Mất sổ sách/);
  await act('Ghi giải thể');
  await sign('dissolve', { on: '2026-03-01', reason: 'voluntary', decision: '7/QĐ-UBND' });
  await eventually(standing, /⚠ Đã giải thể từ 01\/03\/2026 · Tự nguyện · 7\/QĐ-UBND/);
  await eventually(() => desk.getByRole('button', { name: 'Tạm ngừng', exact: true }).count(), 0);
  await desk.setViewportSize(phoneSize);
  await desk.getByRole('link', { name: 'Về danh sách' }).click();
  await desk.locator('tbody tr', { hasText: 'Đã giải thể' }).waitFor();
  await shoot(desk, 'tenants');
  await checkFit(desk);
});

test('a registrar is told why members have no names here', async () => {
  await desk.go('/office/members');
  await desk.getByText('Vai trò của bạn không đọc tên thành viên').waitFor();
  await desk.locator('ul.rows li').first().waitFor();
  await eventually(() => desk.locator('ul.rows').innerText(), /\(không có tên\) \S{4} \S{4}/);
  await checkOffice(desk);
});

test('a director sees the own organisation, and no button of the registrar\'s', async () => {
  const page = await office.enrolled('registrar', ['director']);
  await eventually(() => page.locator('nav a[data-role=registrar]').isVisible(), false);
  await page.goto(`${office.base}/office/registrar#${office.cast.coop}`);
  await page.getByText('Tình trạng').first().waitFor();
  await eventually(() => page.getByRole('button', { name: 'Tạm ngừng' }).count(), 0);
});
