// A clerk's own table at phone size: doubts, preview, signature, an interruption, undo (dữ liệu mẫu).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

/** @type {Office} */
let office;
let page;
before(async () => {
  office = await Office.open();
  page = await office.enrolled('director', ['clerk']);
});
after(async () => {
  office.noErrors();
  await office.close();
});

const table = `HTX MẪU;;;;
Họ và tên;SĐT;Địa chỉ;Diện tích (ha);Số CCCD
LÒ THỊ HOÀ;912345678;Bản Mòn, xã Cò Nòi, huyện Mai Sơn, tỉnh Sơn La;1.200;014000000001
;;;0,5;
Lò Thị Hòa;0912345678;Bản Mòn, xã Cò Nòi, huyện Mai Sơn, tỉnh Sơn La;0,25;
Vì Văn Mẫu;0987654321;xã Chiềng Mung, huyện Mai Sơn, Sơn La;12,5;
Tổng cộng;;;14,45;
`;
const choose = (name, text, mimeType = 'text/csv') => page.setInputFiles('#table', { name, mimeType, buffer: Buffer.from(text) });
const size = async () => Number(String((await office.log.get('/log/0/checkpoint')).body).split('\n')[1]);
/** The published checkpoint is up to a second old, and receipts of one batch come faster. */
async function grown(to) {
  const end = Date.now() + 5_000;
  let now = await size();
  while (now < to && Date.now() < end) now = await size();
  assert.equal(now, to);
}
const list = (kind) => page.evaluate(async (path) => (await (await fetch(path)).json()).rows, `/api/office/${kind}?limit=200`);

test('an .xls is refused with the way out; nothing is begun', async () => {
  await page.go('/office/import');
  await choose('cu.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'application/vnd.ms-excel');
  await page.getByText(/Lưu thành.*\.xlsx/).waitFor();
  await checkOffice(page);
});

test('every doubt stands first with a proposed answer; what is accepted and changed is signed, and no more', async () => {
  const before = await size();
  await choose('thanh-vien.csv', table);
  await page.locator('#preview').waitFor();
  const kinds = async () => (await page.locator('section[id^=doubt-]').evaluateAll((all) => all.map((one) => one.id.slice(6)))).sort();
  await eventually(kinds, ['area-point', 'column-left', 'name-capitals', 'person-twin', 'phone-zero', 'place-old', 'plot-commune', 'plot-unnamed', 'row-continues', 'row-footer']);
  await eventually(() => page.locator('#doubt-place-old').innerText(), /Mai Sơn/);
  await eventually(() => page.getByRole('button', { name: /^Ký và nhập/ }).isDisabled(), true, 'not before somebody looked');
  await shoot(page, 'import-doubts');
  await checkOffice(page);
  // One answer changed: the second row is another woman of that name.
  await page.locator('#doubt-person-twin select').last().selectOption({ label: 'Người khác, cùng tên' });
  await page.getByText(/Thêm 3 thành viên và 4 vườn/).waitFor();
  // The page dies: file and answers are there again.
  await page.reload();
  await page.getByRole('button', { name: 'Tiếp tục phiếu đó' }).click();
  await page.getByText(/Thêm 3 thành viên và 4 vườn/).waitFor();
  await page.locator('#doubt-person-twin select').last().selectOption('0');
  await page.getByText(/Thêm 2 thành viên và 4 vườn/).waitFor();
  await page.getByRole('button', { name: 'Chấp nhận mọi đề xuất' }).click();
  await page.getByText('Xem lại rồi ký').waitFor();
  await shoot(page, 'import-preview', '#preview');
  assert.equal(await size(), before, 'nothing is written before the signature');
});

test('signed without a network it is kept whole; when the network is back all of it is sent, once', async () => {
  const before = await size();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Ký và nhập 6 bản ghi' }).click();
  await page.getByText(/6 bản ghi đang chờ mạng/).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Gửi tiếp' }).or(page.getByRole('button', { name: 'Hoàn tác cả lần nhập' })).first().waitFor();
  await page.go('/office/import');
  const goOn = page.getByRole('button', { name: 'Gửi tiếp' });
  if (await goOn.isVisible().catch(() => false)) await goOn.click();
  await page.getByRole('button', { name: 'Hoàn tác cả lần nhập' }).waitFor();
  await grown(before + 6);
  const members = (await list('members')).filter(({ name }) => /Hoà|Mẫu$/.test(name ?? ''));
  assert.deepEqual(members.map(({ name, phone }) => `${name} ${phone}`).sort(), ['Lò Thị Hoà 0912345678', 'Vì Văn Mẫu 0987654321']);
  const hoa = members.find(({ name }) => name === 'Lò Thị Hoà');
  const plots = (await list('sites')).filter(({ name }) => /^Vườn 00/.test(name));
  assert.deepEqual(plots.filter(({ household }) => household === hoa.sub).map(({ area }) => area.amount).sort(), ['0.25', '0.5', '1.2']);
  assert.ok(plots.every(({ commune }) => commune.vintage >= '2025-07-01'));
  const body = String((await office.log.get(`/api/subjects/${plots[0].sub}`)).body);
  assert.doesNotMatch(Buffer.from(JSON.parse(body).history[0].entry.split('.')[1], 'base64url').toString(), /Hoà|0912345678/);
});

test('undo signs the opposite of exactly that import', async () => {
  const before = await size();
  await page.getByRole('button', { name: 'Hoàn tác cả lần nhập' }).click();
  await page.getByText(/Sổ không xóa gì.*6 bản ghi/).waitFor();
  await checkOffice(page);
  await page.getByRole('button', { name: 'Ký 6 bản ghi ngược lại' }).click();
  await page.getByText('Đây là bản hoàn tác.').waitFor();
  await page.getByText('Đã hoàn tác.').waitFor();
  await shoot(page, 'import-undone');
  await grown(before + 6);
  const plots = (await list('sites')).filter(({ name }) => /^Vườn 00/.test(name));
  assert.equal(plots.length, 4);
  assert.ok(plots.every(({ retired }) => retired), 'retired, not gone');
  assert.equal((await list('sites')).find(({ sub }) => sub === office.cast.site).retired, undefined);
});

const coded = `Họ và tên;Địa chỉ;Tên vườn;Mã số vùng trồng
Hà Văn Mẫu;xã Chiềng Mung, huyện Mai Sơn, Sơn La;Đồi Mẫu;"VN-SLOR-0952; 14-MẪU"
;;;VN-SLPH-0952
`;

test('codes of a plot: who gave them is asked once, and every code is on the plot as it stood', async () => {
  await page.go('/office/import');
  await choose('vung-trong.csv', coded);
  await page.locator('#preview').waitFor();
  const kinds = async () => (await page.locator('section[id^=doubt-]').evaluateAll((all) => all.map((one) => one.id.slice(6)))).sort();
  await eventually(kinds, ['code-active', 'code-below', 'code-issuer', 'code-scheme', 'plot-commune']);
  assert.doesNotMatch(await page.locator('#preview').innerText(), /VN-SLOR-0952/, 'nobody gave it');
  await page.locator('#doubt-code-issuer select').selectOption({ label: 'Tự ghi…' });
  await page.getByLabel('Nơi cấp các mã này').fill('  Chi cục  Mẫu ');
  await page.locator('#doubt-code-scheme select').selectOption({ label: 'VietGAP' });
  await page.locator('#preview').getByText('VN-SLOR-0952 (Vùng trồng xuất khẩu, Chi cục Mẫu) · 14-MẪU (VietGAP, Chi cục Mẫu) · VN-SLPH-0952 (Cơ sở đóng gói, Chi cục Mẫu)').waitFor();
  await checkOffice(page);
  await page.getByRole('button', { name: 'Chấp nhận mọi đề xuất' }).click();
  await page.getByRole('button', { name: 'Ký và nhập 2 bản ghi' }).click();
  await page.getByRole('button', { name: 'Hoàn tác cả lần nhập' }).waitFor();
  const { sub } = (await list('sites')).find(({ name }) => name === 'Đồi Mẫu');
  const { history } = JSON.parse((await office.log.get(`/api/subjects/${sub}`)).body);
  const { data } = JSON.parse(Buffer.from(history[0].entry.split('.')[1], 'base64url'));
  assert.deepEqual(data.codes.map(({ scheme, code, issuer, status }) => [scheme, code, issuer, status].join(' ')), [
    'planting_area_export VN-SLOR-0952 Chi cục Mẫu active', 'vietgap 14-MẪU Chi cục Mẫu active', 'packing_house VN-SLPH-0952 Chi cục Mẫu active']);
});
