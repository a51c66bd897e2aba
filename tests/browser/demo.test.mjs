// The demo's own labels, by the real binary, as a phone sees them.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { launch, phone, scratch } from './browser.mjs';
import { checkAccess, checkCost, checkFirstScreen, checkTouch, inTime, open } from './checks.mjs';
import { eventually } from './eventually.mjs';

const binary = process.env.NGUON_BIN;
const status = { valid: 200, recalled: 200, void: 200, lapsed: 200, withdrawn: 200, other_product: 200,
  never_issued: 404, mistyped: 400 };
const goods = ['h1', '.product h2', '.facts dd', '.place', '.facts div:nth-child(2) dd', '#serial'];

let browser, demo, ready;

before(async () => {
  assert.ok(binary && existsSync(binary), 'NGUON_BIN names the binary');
  demo = spawn(binary, ['demo', '--data', scratch(after), '--listen', '127.0.0.1:0'],
    { stdio: ['ignore', 'pipe', 'ignore'] });
  const line = await new Promise((resolve, reject) => {
    createInterface(demo.stdout).once('line', resolve);
    demo.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
  });
  ready = JSON.parse(line);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  demo.kill('SIGTERM');
});

const here = (label) => ready.base + new URL(label.url).pathname;
const isAnimal = (label) => new URL(label.url).pathname.startsWith('/T/');

test('every label: right status, cost, cookies, touch, first screen, without scripts', async () => {
  const context = await phone(browser);
  for (const label of ready.labels) {
    const opened = await open(context, here(label));
    assert.equal(opened.response.status(), status[label.what], label.what);
    await checkCost(context, opened);
    await checkTouch(opened.page);
    const known = status[label.what] === 200 && label.what !== 'recalled' && !isAnimal(label);
    if (known && label.what !== 'void') await checkFirstScreen(opened.page, goods);
    await opened.page.close();
  }
  await context.close();
});

test('on a slow line the answer can be read within two seconds', async () => {
  const context = await phone(browser);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  // 400 kbit/s, 400 ms before each answer.
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  const began = performance.now();
  await page.goto(here(ready.labels.find(({ what }) => what === 'valid')), { waitUntil: 'commit' });
  await page.locator('#serial').waitFor();
  const ms = Math.round(performance.now() - began);
  console.log(`a label on a slow line: ${ms} ms to the serial`);
  assert.ok(ms >= 400, `${ms} ms: the line was not slow`);
  inTime(ms, 2000);
  await context.close();
});

test('stars stand on the first screen of valid goods and nowhere else', async () => {
  const context = await phone(browser);
  let starred = 0;
  for (const label of ready.labels) {
    const { page } = await open(context, here(label));
    const stars = await page.locator('.stars').count();
    if (['lapsed', 'withdrawn', 'other_product', 'never_issued', 'mistyped'].includes(label.what)) {
      assert.equal(stars, 0, label.what);
    }
    if (label.what === 'valid' && stars > 0) {
      await checkFirstScreen(page, ['h1', '.stars']);
      await eventually(() => page.locator('#ocop').innerText(), /OCOP [345] sao[\s\S]*Quyết định [\s\S]*\d\d\/\d\d\/\d{4}/);
      starred += 1;
    }
    await page.close();
  }
  assert.ok(starred >= 1, 'some valid label bears stars');
  await context.close();
});

test('nothing in the season reads as entered late, and its times say that they are a sample', async () => {
  const context = await phone(browser);
  for (const label of ready.labels.filter((one) => status[one.what] === 200)) {
    for (const [language, late, season] of [['vi', /muộn hơn một tuần/, /theo lịch của mùa mẫu/],
      ['en', /a week late/, /follow the sample season/]]) {
      const { page } = await open(context, `${here(label)}?lang=${language}`);
      const text = await page.locator('body').innerText();
      assert.doesNotMatch(text, late, label.what);
      assert.match(text, season, label.what);
      await page.close();
    }
  }
  await context.close();
});

test('a certificate says who entered it', async () => {
  const context = await phone(browser);
  const marks = new Set();
  for (const label of ready.labels) {
    const { page } = await open(context, here(label));
    for (const line of await page.locator('.certificate').all()) {
      await eventually(() => line.locator('.vouch').count(), 1, label.what);
      marks.add(await line.locator('.vouch').innerText());
    }
    await page.close();
  }
  assert.deepEqual([...marks], ['Trung tâm Chứng nhận Hoa Ban (dữ liệu mẫu) xác nhận']);
  await context.close();
});

test('axe-core finds nothing on any label of the demo', async () => {
  const context = await phone(browser, { scripts: true });
  for (const label of ready.labels) {
    const { page } = await open(context, here(label));
    await checkAccess(page);
    await page.close();
  }
  await context.close();
});

test('a shopper types the serial and gets the same page', async () => {
  const context = await phone(browser);
  const label = ready.labels.find((one) => one.what === 'valid' && !isAnimal(one));
  const { page } = await open(context, `${ready.base}/`);
  const serial = new URL(label.url).pathname.split('/').pop();
  await page.fill('#s', `${serial.slice(0, 4)} ${serial.slice(4).toLowerCase()}`);
  await Promise.all([page.waitForNavigation(), page.click('form button')]);
  assert.equal(new URL(page.url()).pathname, `/Q/${serial}`);
  await eventually(() => page.locator('h1').innerText(), /Tem hợp lệ/);
  await page.click('.acts a[hreflang=en]');
  await eventually(() => page.locator('h1').innerText(), /Valid label/);
  await context.close();
});
