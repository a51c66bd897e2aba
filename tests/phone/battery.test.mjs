// Fifty harvests without a network, a battery that dies, and then the worst network there is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { Dice } from '../e2e/lib/dice.mjs';
import { Handset, Stage } from './stage.mjs';

const records = 50;
let stage;
let phone;
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  // What is told here is about the disk and the network; the other files have the slow processor.
  await phone.start({ slow: process.env.NGUON_FULL === '1' ? 4 : 1 });
  await phone.enrol();
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

test(`${records} harvests offline, the browser killed: all are there and the draft stands at its field`, async () => {
  const { weather } = stage;
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  weather.away = true;
  const slowest = { ms: 0 };
  for (let at = 1; at <= records; at += 1) {
    if (at === 1) await phone.pick();
    else {
      await phone.page.getByRole('button', { name: 'Ghi phiếu nữa' }).click();
      await phone.page.getByRole('button', { name: 'Chanh leo mẫu' }).click();
      await phone.page.getByRole('button', { name: 'Vườn mẫu' }).click();
    }
    await phone.page.getByLabel('Số lượng').fill(String(at));
    const began = performance.now();
    await phone.page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await phone.page.getByText('Đã lưu trên máy').or(phone.page.getByText('Đang gửi')).waitFor();
    slowest.ms = Math.max(slowest.ms, performance.now() - began);
  }
  console.log(`slowest from the tap on "Lưu" to the words on the screen: ${Math.round(slowest.ms)} ms`);
  await phone.page.getByRole('button', { name: 'Về nhà' }).click();
  await phone.page.getByText(`${records} phiếu chưa gửi`).waitFor();
  await phone.pick('Cam mẫu', 'Vườn Đồi Hòa');
  await phone.page.getByLabel('Số lượng').pressSequentially('12,5');
  await phone.page.getByText('mười hai phẩy năm').waitFor();
  // The last letter is on the disk before the battery dies.
  await phone.page.waitForFunction(() => new Promise((resolve) => {
    indexedDB.open('nguon').onsuccess = ({ target }) => {
      target.result.transaction('drafts').objectStore('drafts').getAll().onsuccess = (event) => resolve(event.target.result[0]?.fields.number === '12,5');
    };
  }));
  await phone.kill();

  const page = await phone.start({ slow: 1 });
  await page.goto(`${weather.origin}/app`);
  await page.getByRole('heading', { name: /^Tiếp tục phiếu \d\d:\d\d\?$/ }).waitFor();
  await phone.shot('20-draft');
  for (const line of ['Cam mẫu', 'Vườn Đồi Hòa', '12,5 kg']) await page.getByText(line).waitFor();
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  const field = page.getByLabel('Số lượng');
  await field.waitFor();
  await eventually(() => field.inputValue(), '12,5');
  await eventually(() => field.evaluate((input) => document.activeElement === input), true);
  await page.goto(`${weather.origin}/app`);
  await page.getByRole('button', { name: 'Bỏ phiếu này' }).click();
  await page.getByText(`${records} phiếu chưa gửi`).waitFor();
  await phone.shot('21-unsent');
});

test('half the answers lost, and cut, late, doubled, wrong: exactly as many in the log, none told too early', async () => {
  const { weather } = stage;
  const roll = new Dice('phone');
  const fates = ['lost', 'lost', 'lost', 'lost', 'lost', 'gone', 'cut', 'error', 'portal', 'twice', 'late', 'good'];
  weather.fate = () => fates[roll.between(0, fates.length - 1)];
  // Another tab watches: whenever it changes, never more "Đã nhận" than receipts that came through whole.
  const watcher = await phone.open('about:blank');
  const early = [];
  let told = 0;
  await watcher.exposeFunction('told', (count) => {
    told = Math.max(told, count);
    if (count > weather.receipts.size) early.push(`${count} told, ${weather.receipts.size} receipts`);
  });
  await watcher.goto(`${weather.origin}/app#/records`);
  await watcher.locator('.badge').nth(records - 1).waitFor();
  await watcher.evaluate(() => {
    const look = () => globalThis.told([...document.querySelectorAll('.badge')].filter((one) => one.textContent === 'Đã nhận').length);
    new MutationObserver(look).observe(document.getElementById('app'), { childList: true, subtree: true, characterData: true });
  });
  weather.away = false;
  const { page } = phone;
  const until = Date.now() + 150_000;
  const done = page.getByText('Đã gửi hết');
  const send = page.getByRole('button', { name: /Gửi ngay|Đang gửi/ });
  // As somebody who keeps pressing the button; how long the engine waits by itself is its own tests' matter.
  while (!(await done.isVisible())) {
    await send.click({ timeout: 2_000 }).catch(() => {});
    await new Promise((later) => setTimeout(later, 100));
    assert.ok(Date.now() < until, 'it ends');
  }
  await watcher.waitForFunction((count) => [...document.querySelectorAll('.badge')].filter((one) => one.textContent === 'Đã nhận').length === count, records);
  assert.deepEqual(early, []);
  assert.equal(told, records);
  const harvests = await stage.logged('batch.harvest/1');
  assert.equal(harvests.length, records);
  assert.deepEqual(harvests.map(({ data }) => Number(data.qty.amount)).sort((a, b) => a - b), Array.from({ length: records }, (_, at) => at + 1));
  const sent = [...weather.arrived.values()].reduce((sum, count) => sum + count, 0);
  assert.equal(weather.receipts.size, records);
  console.log(`${sent} sendings reached the service for ${records} records`);
  assert.ok(sent > records, 'the network was bad');
  assert.deepEqual(phone.errors, []);
});
