// The office's account of labels: asked for, printed within what the kilograms allow, put on goods, accounted for, closed; two clerks
// at once, more by a second person, a roll in other hands.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office, phoneSize } from './office.mjs';
import { checkFit, checkOffice, shoot } from './screens.mjs';

const corpus = (name) => readFileSync(new URL(`../fuzz/corpus/${name}`, import.meta.url));
const kg = (amount) => ({ amount, unit: 'kg' });

/** @type {Office} */
let office;
/** @type {import('playwright-core').Page & Record<string, any>} */
let clerk;
let director;
const lots = {};

/** Goods of one picking, in packs of 1 kg or of what is said. */
async function pack(lot, amount, each = kg('1'), count = Number(amount)) {
  const { cast } = office;
  const harvest = cast.harvest('member', { qty: kg(amount) });
  await office.log.add(harvest);
  const made = await cast.add(cast.keys.clerk, { type: 'batch.pack/1', sub: 'batch', from: [{ sub: harvest.sub, head: harvest.id, qty: kg(amount) }],
    data: { product: cast.product, on: '2026-10-01', lot, qty: kg(amount), pack: each, count } });
  lots[lot] = made.sub;
}

before(async () => {
  office = await Office.open();
  office.cast.keys.registrar = office.log.registrar;
  await pack('CL-1', '90');
  await pack('CL-2', '10');
  clerk = await office.enrolled('director', ['clerk']);
  director = await office.enrolled('registrar', ['director'], { size: deskSize });
});
after(async () => {
  office.noErrors();
  await office.close();
});

const press = (page, name, within = page) => within.getByRole('button', { name, exact: true }).first().click();
const openLot = async (page, lot) => {
  await page.goto(`${office.base}/office/labels#${lots[lot]}`);
  await page.locator('#balance').waitFor();
};
/** What the form says, signed; the notice of its receipt. */
async function sign(page, form, fields = {}) {
  await page.waitForSelector(`#form-${form}:not([hidden])`);
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`#${form}-${name}`);
    if ((await field.evaluate((control) => control.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await page.click(`#form-${form} button[type=submit]`);
}
const received = async (page) => {
  await page.getByText(/Đã nhận lúc/).waitFor();
  await page.evaluate(() => document.getElementById('notice').replaceChildren());
};
/** The run that was just signed: its files by this browser's session, and the way to its read check. */
async function printed() {
  await clerk.getByRole('heading', { name: 'Đã ký in' }).waitFor();
  const [pdf, csv] = await Promise.all(['Tải PDF', 'Tải số sê-ri (CSV)'].map((name) => clerk.getByRole('link', { name, exact: true }).getAttribute('href')));
  await clerk.getByRole('link', { name: 'Kiểm tra đọc', exact: true }).and(clerk.locator('main a')).waitFor();
  await shoot(clerk, 'label-print');
  await checkOffice(clerk);
  const take = async (path) => (await clerk.request.get(office.base + path)).body();
  assert.match((await take(pdf)).subarray(0, 8).toString(), /^%PDF-1/);
  const lines = (await take(csv)).toString().trim().split('\r\n');
  assert.equal(lines.length, 92);
  assert.equal(new Set(lines).size, 92);
  // What the picture shows is what the file will be.
  await clerk.selectOption('#printer-layout', 'a4-65');
  await eventually(() => clerk.getByRole('link', { name: 'Tải PDF' }).getAttribute('href'), /layout=a4-65/);
  await clerk.selectOption('#printer-layout', 'roll-50x30');
  await eventually(() => clerk.getByRole('link', { name: 'Tải PDF' }).getAttribute('href'), /layout=roll-50x30/);
  await clerk.locator('main').getByRole('link', { name: 'Kiểm tra đọc', exact: true }).click();
  await eventually(() => clerk.locator('#place-first .serial').innerText(), lines[1].split(',')[0]);
  await eventually(() => clerk.locator('#place-last .serial').innerText(), lines.at(-1).split(',')[0]);
}
/** The run that `first` has just signed and taken: the office's other computer reads whose it is, and takes it over. */
async function takenOver(first, second) {
  const link = (page) => page.getByRole('link', { name: 'Tải số sê-ri (CSV)' });
  const path = await link(first).getAttribute('href');
  const status = async (page, where) => (await page.request.get(office.base + where)).status();
  assert.equal(await status(first, path), 200);
  assert.equal(await status(second, path), 409);
  await second.goto(`${office.base}/office/labels#print:${/prints\/([^/]+)/.exec(path)[1]}`);
  await second.getByText(/^⚠ Máy khác đã lấy tệp này: .+, lúc \d\d:\d\d.*In ở cả hai máy là in trùng số\.$/).waitFor();
  await eventually(() => link(second).count(), 0, 'nothing to take by mistake');
  await shoot(second, 'label-taken');
  await checkOffice(second);
  await press(second, 'Lấy lại về máy này');
  await second.getByText(/^Lấy ở đây thì máy của .+ không lấy lại được nữa/).waitFor();
  await checkOffice(second);
  assert.equal(await status(second, await link(second).getAttribute('href')), 200);
  assert.equal(await status(first, path), 409, 'it is the other one\'s now');
}
const balance = (page) => page.locator('#balance').innerText();

test('labels are asked for, and stand as a range', async () => {
  await clerk.go('/office/labels');
  await clerk.getByText('Chưa được cấp tem.').waitFor();
  await clerk.getByText('Chanh leo mẫu · CL-1').waitFor();
  await checkOffice(clerk);
  for (const count of ['100', '50']) {
    await press(clerk, 'Xin cấp tem');
    await sign(clerk, 'label_request', { count });
    await received(clerk);
  }
  await eventually(() => clerk.locator('[data-list=ranges] .rows').innerText(), /Dải 0 · tem 0 đến 99\s+Chưa in 100\s+Dải 1 · tem 0 đến 49\s+Chưa in 50/);
  await shoot(clerk, 'labels');
  await checkOffice(clerk);
});

test('one label over the allowance is refused with its sum; the lot closes only in balance', async () => {
  await clerk.locator('[data-list=batches] a', { hasText: 'CL-1' }).click();
  await eventually(() => clerk.locator('#allowance').innerText(), 'Khối lượng lô 90 kg × 102 ÷ (gói 1 kg × 100) = 91 tem, duyệt thêm 0: được 91 tem.');
  await shoot(clerk, 'label-batch');
  await checkOffice(clerk);
  await press(clerk, 'In tem');
  await sign(clerk, 'label_print', { last: '91' });
  await eventually(() => clerk.locator('#label_print-last-wrong').innerText(), /Vượt định mức 1 tem\.$/);
  await eventually(() => clerk.locator('#form-label_print .sum').innerText(), /Vượt định mức 1 tem\. Khối lượng lô 90 kg × 102 ÷ \(gói 1 kg × 100\) = 91 tem.*lần này 92\. Muốn hơn nữa cần giám đốc duyệt thêm/);
  await shoot(clerk, 'label-over');
  await checkOffice(clerk);
  await clerk.locator('#printer .preview img').waitFor();
  await sign(clerk, 'label_print', { last: '90' });
  await received(clerk);
  await printed();
  await openLot(clerk, 'CL-1');
  await clerk.locator('#usable li', { hasText: 'Đã in cho lô này' }).getByRole('button', { name: 'Dán tem' }).click();
  await sign(clerk, 'label_apply', { last: '89' });
  await received(clerk);
  await eventually(() => balance(clerk), 'In 91 = dán 90 + hủy 0 + mất 0 + trả 0 + trên tay 1.');

  await press(clerk, 'Chốt sổ tem');
  await sign(clerk, 'batch_close', { on_hand: '0' });
  await eventually(() => clerk.locator('#batch_close-on_hand-wrong').innerText(), /Đếm được 0: thiếu 1 tem\./);
  await eventually(() => clerk.locator('#form-batch_close .sum').innerText(), /In 91 = dán 90 .* trên tay 1\./);
  await shoot(clerk, 'label-close');
  await checkFit(clerk);
  await press(clerk, 'Thôi', clerk.locator('#form-batch_close'));
  await clerk.locator('#usable a', { hasText: 'Đã in cho lô này' }).click();
  await clerk.getByRole('heading', { name: 'Tem 90', exact: true }).waitFor();
  await checkFit(clerk);
  await press(clerk, 'In lại');
  await sign(clerk, 'label_reprint', { reason: 'torn' });
  await eventually(() => clerk.locator('#label_reprint-destroyed-wrong').innerText(), /hủy tem này rồi in tem mới/);
  await press(clerk, 'Thôi', clerk.locator('#form-label_reprint'));
  await clerk.getByRole('link', { name: /^Tem 90 ?1 tem/ }).click();
  await press(clerk, 'Hủy tem');
  await clerk.locator('#label_void-photo').setInputFiles({ name: 'tem-huy.jpg', mimeType: 'image/jpeg', buffer: corpus('jpeg/exif.jpg') });
  await clerk.getByText('Đã có tệp trên máy này: ảnh').waitFor();
  await checkOffice(clerk);
  await sign(clerk, 'label_void', { reason: 'misprinted', note: 'Kẹt giấy' });
  await received(clerk);
  await clerk.locator('.rows li', { hasText: /^Tem 901 tem/ }).getByText('Đã hủy').waitFor();
  await shoot(clerk, 'label-range');
  await checkOffice(clerk);
  await openLot(clerk, 'CL-1');
  await press(clerk, 'Chốt sổ tem');
  await sign(clerk, 'batch_close', { on_hand: '0' });
  await received(clerk);
  await eventually(() => balance(clerk), 'In 91 = dán 90 + hủy 1 + mất 0 + trả 0 + trên tay 0.');
  await eventually(() => clerk.getByRole('button', { name: 'In tem' }).count(), 0);
  await press(clerk, 'Mở lại sổ');
  await sign(clerk, 'batch_reopen', { reason: 'counted_wrong' });
  await received(clerk);
  await clerk.getByRole('button', { name: 'Chốt sổ tem' }).waitFor();
});

test('what an office said of void labels for itself, a photo too, is read where it is accounted for', async () => {
  await clerk.goto(`${office.base}/office/labels`);
  const row = clerk.locator('[data-list=reports] li', { hasText: 'Tem 90' });
  await row.getByText('Ảnh và ghi chú riêng').click();
  await row.getByText('Kẹt giấy').waitFor();
  await row.getByRole('img', { name: 'Ảnh tem kèm bản ghi' }).waitFor();
  await clerk.waitForFunction(() => /** @type {HTMLImageElement} */ (document.querySelector('.paper img')).naturalWidth > 0);
  await shoot(clerk, 'label-photo');
  await checkOffice(clerk);
  const address = await row.getByRole('link', { name: /Mở tệp đã ký \(ảnh/ }).getAttribute('href');
  assert.equal((await office.log.get(address)).status, 401, 'nobody else sees it');
});

test('two clerks at once: the one who comes second reads why, and a director allows more', async () => {
  const second = await office.enrolled('director', ['clerk']);
  const runOf = (page, range) => page.locator('#usable li', { hasText: `Dải ${range}` }).getByRole('button', { name: 'In tem' });
  for (const [page, range] of [[clerk, 0], [second, 1]]) {
    await openLot(page, 'CL-2');
    await runOf(page, range).click();
    await page.waitForSelector('#form-label_print:not([hidden])');
  }
  await sign(clerk, 'label_print', { last: '99' });
  await eventually(() => clerk.locator('#label_print-last-wrong').innerText(), '', 'nine labels of the first range');
  await received(clerk);
  await sign(second, 'label_print', { last: '9' });
  await second.getByText(/Máy chủ từ chối.*Đã dán 0, đã in chờ dán 9, lần này 10: thành 19 tem, vượt 9\./).waitFor();
  await shoot(second, 'label-second');
  await checkFit(second);
  await press(second, 'Thôi', second.locator('#form-label_print'));
  await takenOver(clerk, second);
  await openLot(second, 'CL-2');

  await openLot(director, 'CL-2');
  await press(director, 'Duyệt thêm tem');
  await sign(director, 'label_more', { extra: '9', reason: 'misprints' });
  await received(director);
  await director.getByText('Bạn đã duyệt thêm 9 tem').waitFor();
  await shoot(director, 'label-batch');
  await checkOffice(director);
  await second.reload();
  await second.getByText('Giám đốc đã duyệt thêm 9 tem').waitFor();
  await runOf(second, 1).click();
  await press(second, 'Tiếp tục phiếu đó');
  const approval = await second.locator('#label_print-approval option').last().getAttribute('value');
  await sign(second, 'label_print', { first: '0', last: '9', approval });
  await received(second);
  await openLot(second, 'CL-2');
  await eventually(() => balance(second), 'In 19 = dán 0 + hủy 0 + mất 0 + trả 0 + trên tay 19.');
});

test('the list of a run of several files is every file\'s: who takes it over has them all', async () => {
  await pack('CL-3', '12', { amount: '1', unit: 'g' }, 12_000);
  const second = await office.enrolled('director', ['clerk']);
  await clerk.goto(`${office.base}/office/labels`);
  await press(clerk, 'Xin cấp tem');
  await sign(clerk, 'label_request', { count: '12000' });
  await received(clerk);
  await openLot(clerk, 'CL-3');
  await clerk.locator('#usable li', { hasText: 'Dải 2' }).getByRole('button', { name: 'In tem' }).click();
  await sign(clerk, 'label_print', { first: '0', last: '10000' });
  await received(clerk);
  await clerk.getByRole('heading', { name: /cả đợt/i }).waitFor();
  const files = (page) => page.locator('#files');
  const pdfs = await files(clerk).getByRole('link', { name: 'Tải PDF' }).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.equal(pdfs.length, 2);
  await shoot(clerk, 'label-parts');
  await checkOffice(clerk);
  const status = async (page, path) => (await page.request.head(office.base + path)).status();
  assert.match((await (await clerk.request.get(office.base + pdfs[1])).body()).subarray(0, 8).toString(), /^%PDF-1/);
  assert.deepEqual([await status(second, pdfs[0]), await status(second, pdfs[1])], [200, 409], 'each file is taken by itself');

  await second.goto(`${office.base}/office/labels#print:${/prints\/([^/]+)/.exec(pdfs[0])[1]}`);
  await eventually(() => files(second).getByText(/^⚠ Máy khác đã lấy tệp này/).count(), 2, 'the second file, and so the list');
  await eventually(() => files(second).getByRole('link', { name: 'Tải PDF' }).count(), 1);
  assert.equal(await files(second).getByRole('link', { name: 'Tải số sê-ri (CSV)' }).count(), 0);
  await shoot(second, 'label-parts-taken');
  await checkOffice(second);
  await files(second).getByRole('button', { name: 'Lấy lại về máy này' }).last().click();
  const list = await files(second).getByRole('link', { name: 'Tải số sê-ri (CSV)' }).getAttribute('href');
  const lines = (await (await second.request.get(office.base + list)).body()).toString().trim().split('\r\n');
  assert.equal(new Set(lines).size, 10_002);
  assert.deepEqual([await status(clerk, pdfs[0]), await status(clerk, pdfs[1])], [409, 409], 'both are the other one\'s now');
});

test('a blank roll goes to another organisation, which takes it', async () => {
  const { cast, log } = office;
  const other = (await cast.add(log.registrar, { type: 'org.create/1', sub: 'org', data: { name: 'HTX bên cạnh', kind: 'cooperative' } })).sub;
  await clerk.goto(`${office.base}/office/labels`);
  await clerk.locator('[data-list=ranges] a', { hasText: 'Dải 1' }).click();
  await clerk.getByRole('link', { name: /Tem 10 đến 49/ }).click();
  await press(clerk, 'Giao cuộn trắng');
  await sign(clerk, 'label_give', { first: '20' });
  await eventually(() => clerk.locator('#label_give-code-wrong').innerText(), /Chọn tổ chức nhận/);
  await sign(clerk, 'label_give', { code: other });
  await received(clerk);
  await clerk.getByText('Đang chờ bên kia nhận').waitFor();
  await clerk.getByText('HTX bên cạnh').waitFor();
  await checkFit(clerk);
  const { coop } = cast;
  cast.coop = other;
  const neighbour = await office.enrolled('registrar', ['clerk'], { size: phoneSize });
  cast.coop = coop;
  await neighbour.go('/office/labels');
  await press(neighbour, 'Nhận cuộn');
  await received(neighbour);
  await eventually(() => neighbour.locator('[data-list=ranges] .rows').innerText(), /Dải 1 · tem 20 đến 49\s+Chưa in 30/);
  await clerk.goto(`${office.base}/office/labels`);
  await clerk.locator('[data-list=ranges]').getByText('Tổ chức khác giữ 30').waitFor();
});

test('without an answer a form stays a draft; in English all is said, too', async () => {
  await openLot(clerk, 'CL-1');
  await press(clerk, 'Chốt sổ tem');
  await clerk.fill('#batch_close-on_hand', '7');
  await clerk.route('**/api/**', (route) => route.abort());
  await clerk.goto(`${office.base}/office/labels`);
  await clerk.getByText('Chốt sổ tem của lô').waitFor();
  await clerk.unroute('**/api/**');
  await clerk.goto(`${office.base}/office/labels?lang=en#${lots['CL-1']}`);
  await clerk.getByText('Net of the batch 90 kg × 102').waitFor();
  await checkFit(clerk);
});
