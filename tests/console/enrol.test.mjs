import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkAccess } from '../browser/checks.mjs';
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

test('a browser that nobody knows is told how it is invited', async () => {
  const page = await office.device();
  await page.go('/office');
  await page.waitForSelector('#code');
  await eventually(() => page.locator('#nav').isVisible(), false);
  await shoot(page, 'join');
  await checkOffice(page);
  await page.fill('#code', 'not a code');
  await page.click('#stage form button[type=submit]');
  await eventually(() => page.locator('#notice [role=alert]').innerText(), /mã|lời mời/i);
  assert.equal((await office.browser.newContext().then((context) => context.cookies())).length, 0);
});

test('policy: own files alone, no inline script, nothing taken as markup', async () => {
  const answer = await office.log.get('/office');
  const policy = answer.headers['content-security-policy'];
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'sha256-[^']+'; img/);
  assert.match(policy, /require-trusted-types-for 'script'/);
  assert.equal((await office.log.get('/office/nowhere')).status, 404);
  assert.equal((await office.log.get('/office/home')).status, 404);
});

test('a member\'s phone, from the form to the log: both screens show the same 8 symbols', async () => {
  const clerk = await office.enrolled('director', ['clerk'], { size: deskSize });
  await clerk.click('nav a[href="/office/enrol"]');
  await clerk.fill('#enrol-name', 'Lò Thị Mẫu');
  await clerk.fill('#enrol-phone', '0912 345 678');
  await shoot(clerk, 'enrol-form');
  await clerk.click('#form-enrol button[type=submit]');
  const code = await clerk.locator('#enrol-code').innerText();
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4} ?){4}$/);
  await eventually(() => clerk.locator('#left').innerText(), /29:|30:00/);
  await clerk.locator('.qr').evaluate((image) => image.decode());
  await shoot(clerk, 'enrol-code');
  await checkOffice(clerk);

  // A page that is closed in between goes on where it was.
  await clerk.reload();
  await eventually(() => clerk.locator('#enrol-code').innerText(), code);

  const phone = await office.device();
  await phone.go('/office');
  await phone.fill('#code', `https://nguon.example/E/${code.replaceAll(' ', '')}`);
  await phone.click('#stage form button[type=submit]');
  await eventually(() => phone.locator('section').innerText(), /Lò Thị Mẫu[\s\S]*HTX mẫu[\s\S]*Thành viên/);
  await shoot(phone, 'join-invited');
  await phone.click('section .btn.go');
  const own = await phone.locator('#own-key').innerText();
  await eventually(() => clerk.locator('#offered-key').innerText(), own);
  await shoot(clerk, 'enrol-compare', '#enrol-code');
  await checkAccess(clerk);
  await clerk.click('#offer .btn.go');
  await clerk.waitForSelector('.note.good');
  await phone.waitForSelector('.tiles');
  await eventually(() => phone.locator('#who').innerText(), /Lò Thị Mẫu · HTX mẫu · Thành viên/);

  // What was typed is private: the log has two entries, and neither says it.
  const newest = async () => (await office.log.leaves(await office.log.head())).slice(-2).map(({ entry }) => JSON.parse(Buffer.from(entry.split('.')[1], 'base64url')));
  let entries = await newest();
  // A checkpoint may be a second behind what was answered.
  for (const end = Date.now() + 5_000; entries[1].type !== 'key.add/1' && Date.now() < end;) entries = await newest();
  assert.deepEqual(entries.map(({ type }) => type), ['member.add/1', 'key.add/1']);
  assert.doesNotMatch(JSON.stringify(entries), /Lò Thị Mẫu|0912345678/);
  assert.equal(entries[1].sub, entries[0].sub);

  // Taken back at once: the inverse is signed too.
  await clerk.getByRole('button', { name: 'Hoàn tác' }).click();
  await clerk.getByText('Đã thu hồi khóa vừa nhận.').waitFor();
  await phone.reload();
  await phone.getByRole('alert').filter({ hasText: 'đã bị thu hồi' }).waitFor();
});

test('an invitation is taken back, and its code opens nothing', async () => {
  const clerk = await office.enrolled('director', ['clerk'], { size: deskSize });
  await clerk.go('/office/enrol');
  await clerk.fill('#enrol-name', 'Người Khác Mẫu');
  await clerk.click('#form-enrol button[type=submit]');
  const code = await clerk.locator('#enrol-code').innerText();
  await clerk.getByRole('button', { name: 'Rút lại' }).click();
  await clerk.getByText('Đã rút lời mời.').waitFor();
  const phone = await office.device();
  await phone.go(`/office#${code.replaceAll(' ', '')}`);
  await phone.click('#stage form button[type=submit]');
  await phone.locator('#notice [role=alert]').waitFor();
});

test('signed out, nothing is read; signed in again without a password', async () => {
  const clerk = await office.enrolled('director', ['clerk']);
  await shoot(clerk, 'home');
  await checkOffice(clerk);
  await clerk.getByRole('button', { name: 'Ra khỏi' }).click();
  await clerk.getByText('Bạn đã ra khỏi văn phòng').waitFor();
  await clerk.reload();
  await clerk.getByText('Bạn đã ra khỏi văn phòng').waitFor();
  assert.deepEqual(await clerk.context().cookies(), []);
  await clerk.getByRole('button', { name: 'Vào lại' }).click();
  await clerk.waitForSelector('.tiles');
});
