// The diary, corrections, and what a member can do for the soundness of the log.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { checkAccess } from '../browser/checks.mjs';
import { Handset, Stage } from './stage.mjs';

let stage;
let phone;
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  await phone.start();
  await phone.enrol();
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

test('a spraying is kept, and a picking within its interval is warned of and taken in', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Phun, bón' }).click();
  await page.getByRole('button', { name: 'Phun thuốc' }).waitFor();
  await checkAccess(page);
  await phone.shot('50-kind');
  await page.getByRole('button', { name: 'Phun thuốc' }).click();
  await page.getByRole('button', { name: 'Vườn mẫu' }).click();
  await page.getByLabel('Tên thuốc hay phân').fill('Thuốc Mẫu 25EC');
  await page.getByLabel('Thời gian cách ly').fill('400');
  await page.getByRole('button', { name: 'Tiếp' }).click();
  await page.getByText('Gõ số ngày, từ 0 đến 365').waitFor();
  await page.getByLabel('Thời gian cách ly').fill('14');
  await checkAccess(page);
  await phone.shot('51-name');
  await page.getByRole('button', { name: 'Tiếp' }).click();
  await page.getByLabel('Số lượng').fill('250');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
  await phone.shot('52-sprayed');
  const [spraying] = await stage.logged('input.apply/1');
  assert.deepEqual([spraying.data.name, spraying.data.phi_days, spraying.data.amount], ['Thuốc Mẫu 25EC', 14, { amount: '250', unit: 'ml' }]);

  await page.getByRole('button', { name: 'Về nhà' }).click();
  await phone.pick();
  await page.getByText(/trong thời gian cách ly/).waitFor();
  await page.getByLabel('Số lượng').fill('125');
  await checkAccess(page);
  await phone.shot('53-warned');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
});

test('what was sprayed before is chosen and not typed', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Về nhà' }).click();
  await page.getByRole('button', { name: 'Phun, bón' }).click();
  await page.getByRole('button', { name: 'Phun thuốc' }).click();
  await page.getByRole('button', { name: 'Vườn Đồi Hòa' }).click();
  await page.getByRole('button', { name: 'Thuốc Mẫu 25EC' }).click();
  await page.getByLabel('Số lượng').fill('1,5');
  await page.getByLabel('lít', { exact: true }).check();
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
  const sprayings = await stage.logged('input.apply/1');
  assert.deepEqual([sprayings[1].data.phi_days, sprayings[1].data.amount], [14, { amount: '1.5', unit: 'l' }]);
  await page.getByRole('button', { name: 'Về nhà' }).click();
});

test('a wrong number is put right by a record of its own', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  await page.getByRole('button', { name: /Chanh leo mẫu/ }).click();
  await page.getByRole('button', { name: 'Sửa phiếu này' }).click();
  await page.getByLabel('Số lượng').fill('12,5');
  await checkAccess(page);
  await phone.shot('54-correct');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
  const [harvest] = await stage.logged('batch.harvest/1');
  const [correction] = await stage.logged('batch.correct/1');
  assert.equal(correction.sub, harvest.sub);
  assert.deepEqual([correction.data.pointer, correction.data.value, correction.data.reason], ['/qty', { amount: '12.5', unit: 'kg' }, 'typing']);
  await page.getByRole('button', { name: 'Về nhà' }).click();
  await page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  await page.getByRole('button', { name: /Chanh leo mẫu/ }).click();
  await page.getByText('Đã sửa thành 12,5 kg').waitFor();
  await phone.shot('55-corrected');
});

test('receipts are held against the log, and a log that lost one is found out', async () => {
  const { page } = phone;
  await page.goto(`${stage.weather.origin}/app#/records`);
  const again = page.getByRole('button', { name: 'Soát lại biên nhận' });
  await again.click();
  await page.getByText('còn giữ đủ 4 phiếu').waitFor();
  await checkAccess(page);
  await phone.shot('56-rechecked');
  stage.weather.alter = (path, body) => (path === '/api/receipts/check' ? body.replace(/"path":\["./, (start) => `${start.slice(0, -1)}${start.endsWith('A') ? 'B' : 'A'}`) : body);
  await again.click();
  await page.getByText('KHÔNG còn giữ đúng').waitFor();
  stage.weather.alter = undefined;
});

test('unsent records leave as a file that anybody may send', async () => {
  const { page } = phone;
  stage.weather.away = true;
  await page.goto(`${stage.weather.origin}/app`);
  await phone.harvest('44');
  await page.getByRole('button', { name: 'Về nhà' }).click();
  await page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  const wire = await phone.context.newCDPSession(page);
  await wire.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: phone.profile, eventsEnabled: true });
  const [download] = await Promise.all([
    new Promise((resolve) => wire.on('Browser.downloadWillBegin', resolve)),
    new Promise((resolve) => wire.on('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve())),
    page.getByRole('button', { name: 'Lưu phiếu chưa gửi ra tệp' }).click(),
  ]);
  const [body, ...more] = readFileSync(`${phone.profile}/${download.suggestedFilename}`, 'utf8').trim().split('\n');
  assert.equal(more.length, 0);
  const { createHash } = await import('node:crypto');
  const jws = body.slice(0, body.indexOf('~'));
  const id = createHash('sha256').update(jws.slice(0, jws.lastIndexOf('.'))).digest('base64url');
  assert.equal((await stage.log.put({ id, body })).status, 201);
  stage.weather.away = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.getByText('Đã nhận').nth(4).waitFor();
  assert.equal((await stage.logged('batch.harvest/1')).length, 2);
});
