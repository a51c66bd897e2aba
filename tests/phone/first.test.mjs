// A first-time user: from the office's QR to "Đã nhận", every screen checked on the way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Handset, Stage } from './stage.mjs';

let stage;
let phone;
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  await phone.start();
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

test('from the enrolment QR to "Đã nhận"', async () => {
  const { page } = phone;
  await page.goto(`${stage.weather.origin}/app`);
  await page.getByRole('heading', { name: 'Chào bà con' }).waitFor();
  await phone.check('01-start');
  const sent = await stage.invite();
  await page.goto(`${stage.weather.origin}/E/${sent.code.toLowerCase()}`);
  await page.getByText('Lò Thị Mẫu').waitFor();
  assert.ok(!page.url().includes(sent.code), 'the code leaves the address');
  await phone.check('02-who');
  await page.getByRole('button', { name: 'Đúng là tôi' }).click();
  const eight = page.locator('.kid');
  await eight.waitFor();
  await phone.check('03-wait');
  const shown = await eight.textContent();
  const kid = await stage.agree(sent);
  assert.equal(shown, `${kid.slice(0, 4)} ${kid.slice(4, 8)}`);
  await page.getByRole('button', { name: 'Bắt đầu ghi' }).waitFor({ timeout: 20_000 });
  await phone.check('04-done');
  await page.getByRole('button', { name: 'Bắt đầu ghi' }).click();
  await page.getByRole('button', { name: 'Thu hoạch' }).waitFor();
  await phone.check('05-home');

  await page.getByRole('button', { name: 'Thu hoạch' }).click();
  await page.getByRole('button', { name: 'Cam mẫu' }).waitFor();
  await phone.check('06-product');
  await page.getByRole('button', { name: 'Cam mẫu' }).click();
  await page.getByRole('button', { name: 'Vườn Suối Cạn' }).waitFor();
  await phone.check('07-site');
  await page.getByRole('button', { name: 'Vườn Suối Cạn' }).click();
  await page.getByLabel('Số lượng').fill('1.200');
  await phone.check('08-ask');
  await page.getByRole('button', { name: 'một nghìn hai trăm kg' }).click();
  await phone.check('09-number');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
  await phone.check('10-received');
  const [harvest, ...others] = await stage.logged('batch.harvest/1');
  assert.deepEqual(harvest.data.qty, { amount: '1200', unit: 'kg' });
  assert.equal(others.length, 0);
  await page.getByRole('button', { name: 'Về nhà' }).click();
  await page.getByText('Đã gửi hết').waitFor();
  await page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  await page.getByRole('button', { name: /Cam mẫu/ }).waitFor();
  await phone.check('11-records');
  await page.getByRole('button', { name: /Cam mẫu/ }).click();
  await page.getByText('Mã phiếu').waitFor();
  await phone.check('12-record');
  assert.deepEqual(phone.errors, []);
});
