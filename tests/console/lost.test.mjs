// A lost phone: its key ended and the next one invited in one flow.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { Office } from './office.mjs';
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

test('lost phone: revoked and replaced within two minutes, what the found one signs is held', async () => {
  const { member } = office.cast.persons;
  const clerk = await office.enrolled('director', ['clerk']);
  await clerk.goto(`${office.base}/office/members#${member}`);
  const began = Date.now();
  await clerk.getByRole('button', { name: 'Báo mất, thu hồi' }).click();
  await shoot(clerk, 'lost', '.sheet:has(.note)');
  await checkOffice(clerk);
  await clerk.getByRole('button', { name: 'Thu hồi và mời máy mới' }).click();
  await clerk.waitForSelector('#form-enrol:not([hidden])');
  await clerk.fill('#enrol-name', 'Người Mẫu');
  await clerk.click('#form-enrol button[type=submit]');
  const code = await clerk.locator('#enrol-code').innerText();
  const phone = await office.device();
  await phone.go('/office');
  await phone.fill('#code', code);
  await phone.click('#stage form button[type=submit]');
  await phone.click('section .btn.go');
  await clerk.click('#offer .btn.go');
  await clerk.waitForSelector('.note.good');
  assert.ok(Date.now() - began < 120_000);

  const held = await office.log.put(office.cast.harvest());
  assert.equal(held.status, 202, 'signed by the found phone: held, not lost');
  await clerk.goto(`${office.base}/office/members#${member}`);
  await clerk.reload();
  await clerk.getByText(/Thu hồi .*: Mất máy/).waitFor();
  await eventually(() => clerk.getByRole('button', { name: 'Báo mất, thu hồi' }).count(), 1);
});
