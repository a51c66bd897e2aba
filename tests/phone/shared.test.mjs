// One phone, several people: each with a key, a PIN and a queue of their own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { chance, photograph } from './lens.mjs';
import { readPng } from './png.mjs';
import { Handset, Stage } from './stage.mjs';

let stage;
let phone;
const names = ['Lò Thị Mẫu', 'Vàng A Mẫu'];
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  await phone.start({ slow: 1 });
  phone.kids = [await phone.enrol()];
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

async function setPin(digits) {
  const { page } = phone;
  await page.getByLabel('Mã mới, 4 đến 6 số').fill(digits);
  await page.getByLabel('Gõ lại mã mới').fill(digits);
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
}

async function switchTo(name, digits) {
  const { page } = phone;
  await page.getByRole('button', { name: /Đổi người/ }).click();
  await page.getByRole('button', { name }).click();
  await page.getByLabel('Mã PIN của bà con').fill(digits);
  await page.getByRole('button', { name: 'Vào', exact: true }).click();
  await page.getByRole('heading', { name: 'Hôm nay ghi gì?' }).waitFor();
}

test('a second person is added by the office\'s code, and sets a PIN', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: /Đổi người/ }).click();
  await page.getByRole('heading', { name: 'Ai đang dùng máy?' }).waitFor();
  await phone.check('70-people-one');
  await page.getByRole('button', { name: 'Thêm người vào máy' }).click();
  const sent = await stage.invite({ name: names[1] });
  await page.getByLabel('Hoặc gõ mã văn phòng đọc').fill(sent.code);
  await page.getByRole('button', { name: 'Mở mã' }).click();
  await page.getByRole('button', { name: 'Đúng là tôi' }).click();
  phone.kids.push(await stage.agree(sent));
  await page.getByRole('button', { name: 'Bắt đầu ghi' }).click({ timeout: 20_000 });
  await page.getByRole('heading', { name: 'Đặt mã PIN' }).waitFor();
  await phone.check('71-pin-new');
  for (const [typed, again, said] of [['12', '12', 'Mã phải có 4 đến 6 chữ số'], ['1234', '1234', 'Mã này dễ đoán quá'], ['2580', '2581', 'Hai lần gõ không giống nhau']]) {
    await page.getByLabel('Mã mới, 4 đến 6 số').fill(typed);
    await page.getByLabel('Gõ lại mã mới').fill(again);
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.getByText(said).waitFor();
  }
  await setPin('2580');
  await page.getByRole('button', { name: new RegExp(names[1]) }).waitFor();
});

test('switching is two taps; the first person sets a PIN before anything is recorded', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: /Đổi người/ }).click();
  await page.getByRole('button', { name: names[0] }).waitFor();
  await phone.check('72-people');
  await page.getByRole('button', { name: names[0] }).click();
  await page.getByRole('heading', { name: 'Đặt mã PIN' }).waitFor();
  // Nothing is to be had by typing an address.
  await page.goto(`${stage.weather.origin}/app#/records`);
  await page.getByRole('heading', { name: 'Ai đang dùng máy?' }).waitFor();
  await page.getByRole('button', { name: names[0] }).click();
  await setPin('1379');
  await page.getByRole('button', { name: new RegExp(names[0]) }).waitFor();
});

test('each one\'s records are signed by their own key, shown to them alone, and sent whoever has the screen', async () => {
  const { page } = phone;
  stage.weather.away = true;
  await phone.harvest('11');
  await page.getByRole('button', { name: 'Về nhà' }).click();
  await switchTo(names[1], '2580');
  await page.getByText('Đã gửi hết').waitFor();
  await phone.harvest('22');
  await page.getByRole('button', { name: 'Về nhà' }).click();
  await page.getByText('1 phiếu chưa gửi').waitFor();
  await page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  await page.getByRole('button', { name: /22 kg/ }).waitFor();
  await eventually(() => page.getByRole('button', { name: /11 kg/ }).count(), 0);
  // A draft is its person's alone, and waits for them.
  await page.goto(`${stage.weather.origin}/app`);
  await page.getByRole('heading', { name: 'Ai đang dùng máy?' }).waitFor();
  await eventually(() => page.getByText('1 phiếu chưa gửi').count(), 2);
  await phone.check('73-people-waiting');
  // Nobody types a PIN, and both are sent.
  stage.weather.away = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.getByText('1 phiếu chưa gửi').first().waitFor({ state: 'detached' });
  await stage.until(async () => (await stage.logged('batch.harvest/1')).length === 2);
  const signed = await stage.signers('batch.harvest/1');
  assert.deepEqual(signed.sort(), [['11', phone.kids[0]], ['22', phone.kids[1]]]);
});

test('wrong PINs keep out that person alone, also after the phone was switched off', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: names[1] }).click();
  const field = page.getByLabel('Mã PIN của bà con');
  for (const said of ['Sai mã', 'Sai mã', 'Hãy chờ']) {
    await field.fill('9999');
    await page.getByRole('button', { name: 'Vào', exact: true }).click();
    await page.getByText(said).waitFor();
    await page.waitForFunction(() => document.getElementById('pin').value === '');
  }
  await phone.check('74-pin-wait');
  await page.goto(`${stage.weather.origin}/app`);
  await page.getByRole('button', { name: names[1] }).click();
  await field.fill('2580');
  await page.getByRole('button', { name: 'Vào', exact: true }).click();
  await page.getByText('Hãy chờ').waitFor();
  await page.getByRole('button', { name: 'Quay lại' }).click();
  await page.getByRole('button', { name: names[0] }).click();
  await field.fill('1379');
  await page.getByRole('button', { name: 'Vào', exact: true }).click();
  await page.getByRole('heading', { name: 'Hôm nay ghi gì?' }).waitFor();
});

test('a forgotten PIN: the office\'s code lets in again, and not a record is gone', async () => {
  const { page } = phone;
  stage.weather.away = true;
  await phone.harvest('33');
  await page.getByRole('button', { name: 'Về nhà' }).click();
  stage.weather.away = false;
  const sub = (await stage.logged('key.add/1')).at(-2).sub;
  const { head } = JSON.parse((await stage.log.get(`/api/subjects/${sub}`)).body).head;
  const sent = await stage.invite({ name: names[0], person: sub, head });
  stage.weather.fate = () => 'lost';
  await page.goto(`${stage.weather.origin}/E/${sent.code}`);
  await page.getByRole('button', { name: 'Đúng là tôi' }).click();
  await stage.agree(sent);
  await page.getByRole('button', { name: 'Bắt đầu ghi' }).click({ timeout: 20_000 });
  await setPin('8642');
  await page.getByText('1 phiếu chưa gửi').waitFor();
  stage.weather.fate = () => 'good';
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await page.getByText('Đã gửi hết').waitFor();
  await page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  await page.getByRole('button', { name: /33 kg/ }).waitFor();
  await page.getByRole('button', { name: /11 kg/ }).waitFor();
  const signed = await stage.signers('batch.harvest/1');
  assert.deepEqual(signed.at(-1), ['33', phone.kids[0]]);
  assert.deepEqual(phone.errors, []);
});

test('without any network: unsent records go by QR codes to the office\'s phone, which sends them', async (t) => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Quay lại' }).click();
  stage.weather.away = true;
  for (const number of ['101', '102', '103']) {
    await phone.harvest(number);
    await page.getByRole('button', { name: 'Về nhà' }).click();
  }
  await page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  await page.getByRole('button', { name: 'Đưa phiếu sang máy khác' }).click();
  await page.getByText('Có 3 phiếu').waitFor();
  await page.getByRole('button', { name: 'Dừng' }).click();
  await phone.check('75-give');
  // Photographed from the screen, one after the other; zbar, which is another reader than ours, reads them too.
  const folder = mkdtempSync(join(tmpdir(), 'nguon-frames-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const total = Number(/\/ (\d+)/.exec(await page.getByText(/^Mã \d+ \//).textContent())[1]);
  const seen = [];
  for (let at = 0; at < total; at += 1) {
    const file = join(folder, `${at}.png`);
    await page.locator('.qr').screenshot({ path: file });
    const read = spawnSync('zbarimg', ['--raw', '-q', file], { encoding: 'utf8' });
    assert.equal(read.status, 0, `code ${at} is read from the screen`);
    assert.match(read.stdout, /^NG1\./);
    seen.push(photograph(readPng(readFileSync(file)), { fill: 0.62, turn: 3, tilt: 8, shade: 0.2, blur: 0.8 }, chance(at + 1)));
    await page.getByRole('button', { name: 'Mã sau' }).click();
  }
  // The member's phone stays in the valley; the office's comes to a network now and then.
  await page.close();
  stage.weather.away = false;
  const office = new Handset(stage);
  t.after(() => office.remove());
  office.sees(seen);
  await office.start({ slow: 1, camera: true });
  await office.enrol({ name: 'Nhân viên mẫu' });
  await office.page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  await office.reader();
  stage.weather.away = true;
  await office.page.getByRole('button', { name: 'Nhận hộ phiếu' }).click();
  await office.page.getByText('Đủ 3 phiếu').waitFor();
  await office.check('76-taken');
  await office.page.goto(`${stage.weather.origin}/app`);
  await office.page.getByText('Đang mang hộ 3 phiếu').waitFor();
  const before = (await stage.logged('batch.harvest/1')).length;
  stage.weather.away = false;
  await office.page.getByRole('button', { name: /Gửi ngay|Đang gửi/ }).click();
  await office.page.getByText('Đang mang hộ').waitFor({ state: 'detached' });
  await stage.until(async () => (await stage.logged('batch.harvest/1')).length === before + 3);
  const signed = await stage.signers('batch.harvest/1');
  assert.deepEqual(signed.slice(-3).map(([amount]) => amount).sort(), ['101', '102', '103']);
  // Sent again by the phone itself, they are the same entries, and it gets its receipts.
  phone.page = await phone.open('/app');
  await phone.page.getByRole('button', { name: names[0] }).click();
  await phone.page.getByLabel('Mã PIN của bà con').fill('8642');
  await phone.page.getByRole('button', { name: 'Vào', exact: true }).click();
  await phone.page.getByText('Đã gửi hết').waitFor();
  assert.equal((await stage.logged('batch.harvest/1')).length, before + 3);
  assert.deepEqual([...phone.errors, ...office.errors], []);
});
