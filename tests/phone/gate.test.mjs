// At the gate and after: deliveries by one's own word, the office's tickets, the passbook on screen and on paper, and all
// of it again on a new phone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Handset, Stage } from './stage.mjs';

let stage;
let phone;
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  await phone.start({ slow: 1 });
  await phone.enrol();
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

/** A weigh ticket of the office in the phone's person's name, on one lot. */
let lot;
async function weigh(amount, on, price, ticket) {
  const { cast } = stage;
  const entry = await cast.add(cast.keys.clerk, {
    type: 'batch.receive/1', sub: lot?.sub ?? 'batch', ...(lot && { prev: lot.id }), for: phone.person,
    data: { product: cast.product, on, qty: { amount, unit: 'kg' }, supplier: phone.person, ...(price && { price: { vnd: price, per: 'kg' } }), ...(ticket && { ticket }) },
  });
  lot = entry;
  return entry;
}

test('before anything: an empty passbook says what it is for', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Sổ của tôi' }).click();
  await page.getByText('Chưa có lần giao hàng nào').waitFor();
  await page.getByText(/^Sổ lấy lúc/).waitFor();
  await phone.check('60-book-empty');
  await page.getByRole('button', { name: 'Quay lại' }).click();
});

test('a delivery is stated in three taps and a number', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Giao hàng' }).click();
  await page.getByRole('button', { name: 'Chanh leo mẫu' }).waitFor();
  await phone.check('61-deliver-product');
  await page.getByRole('button', { name: 'Chanh leo mẫu' }).click();
  await page.getByLabel('Số lượng').fill('120');
  await page.getByLabel('Số phiếu cân').fill('pc 0317');
  await phone.check('62-deliver-number');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
  await phone.check('63-delivered');
  const [delivery] = await stage.logged('batch.deliver/1');
  assert.deepEqual([delivery.data.qty, delivery.data.ticket, delivery.data.product], [{ amount: '120', unit: 'kg' }, 'PC-0317', stage.cast.product]);
  phone.day = delivery.data.on;
  await page.getByRole('button', { name: 'Về nhà' }).click();
});

test('the passbook: both words, the difference, money by corrected prices, offline, a second page', async () => {
  const { page } = phone;
  const first = await weigh('118', phone.day, 31_000, 'PC-0317');
  await page.getByRole('button', { name: 'Sổ của tôi' }).click();
  await page.getByText('Lệch 2 kg').waitFor();
  await page.getByText('3.658.000 đồng').first().waitFor();
  await phone.check('64-book');
  // The office corrects the amount and the price: entries of its own, in nobody's name.
  const { cast } = stage;
  for (const change of [{ pointer: '/qty', value: { amount: '120', unit: 'kg' } }, { pointer: '/price', secret: { vnd: 32_000, per: 'kg' } }]) {
    lot = await cast.add(cast.keys.clerk, { type: 'batch.correct/1', sub: lot.sub, prev: lot.id, for: phone.person, data: { target: first.id, reason: 'weighing', ...change } });
  }
  for (let day = 1; day <= 12; day += 1) await weigh('10.5', `2026-09-${String(day).padStart(2, '0')}`, day > 1 && 30_000);
  await page.getByRole('button', { name: 'Quay lại' }).click();
  await page.getByRole('button', { name: 'Sổ của tôi' }).click();
  await page.getByText('Khớp số tôi khai').waitFor();
  // 120 · 32.000 + 11 · 10,5 · 30.000, one ticket without a price.
  await page.getByText('7.305.000 đồng').waitFor();
  await page.getByText('1 phiếu chưa có giá').waitFor();
  await page.getByText('246 kg').waitFor();
  await phone.check('65-book-corrected');
  await page.getByText('Trang 1 / 2').waitFor();
  stage.weather.away = true;
  await page.getByRole('button', { name: 'Cũ hơn' }).click();
  await page.getByText('Trang 2 / 2').waitFor();
  await page.getByText('Không có mạng').waitFor();
  await page.getByText('1 phiếu chưa có giá').nth(1).waitFor();
  await phone.check('66-book-offline');
  stage.weather.away = false;
});

test('on paper: the whole book, and nothing of the app around it', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Xem bản để in' }).click();
  await page.getByRole('button', { name: 'In sổ' }).waitFor();
  await phone.check('67-sheet');
  assert.equal(await page.locator('tbody tr').count(), 13);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('button').count(), 0);
  await page.locator('tfoot').getByText('7.305.000 đồng · 1 phiếu chưa có giá').waitFor();
  await phone.shot('68-paper');
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${stage.weather.origin}/app`);
});

test('nobody else\'s: a member without deliveries sees none of it, and without a session nothing is told', async (t) => {
  const answer = await stage.log.get('/api/mine');
  assert.equal(answer.status, 401);
  const other = new Handset(stage);
  t.after(() => other.remove());
  await other.start({ slow: 1 });
  await other.enrol({ name: 'Vàng A Mẫu' });
  await other.page.getByRole('button', { name: 'Sổ của tôi' }).click();
  await other.page.getByText('Chưa có lần giao hàng nào').waitFor();
});

test('a new phone in place of the old one: ninety days of records are back, and their receipts hold', async (t) => {
  await phone.harvest('77');
  await phone.page.getByText('Đã nhận').waitFor();
  const { head } = JSON.parse((await stage.log.get(`/api/subjects/${phone.person}`)).body).head;
  const next = new Handset(stage);
  t.after(() => next.remove());
  await next.start({ slow: 1 });
  await next.enrol({ person: phone.person, head });
  const { page } = next;
  await page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  await page.getByRole('button', { name: /Chanh leo mẫu 77 kg/ }).waitFor();
  await page.getByRole('button', { name: /Giao Chanh leo mẫu 120 kg/ }).waitFor();
  assert.equal(await page.locator('.badge.received').count(), await page.locator('.badge').count());
  await next.check('69-history-back');
  await page.getByRole('button', { name: 'Soát lại biên nhận' }).click();
  await page.getByText(/còn giữ đủ \d+ phiếu/).waitFor();
  // It goes on where the other phone stopped: a correction of what that one recorded.
  await page.getByRole('button', { name: /Chanh leo mẫu 77 kg/ }).click();
  await page.getByRole('button', { name: 'Sửa phiếu này' }).click();
  await page.getByLabel('Số lượng').fill('78');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
  assert.deepEqual(next.errors, []);
});
