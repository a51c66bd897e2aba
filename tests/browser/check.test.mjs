// The check of a label in the phone's own browser, against the real binary: what it says, how fast on a slow phone, and the
// single file that goes on saying it without a network.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, scratch } from './browser.mjs';
import { checkAccess, checkTouch, inTime } from './checks.mjs';
import { eventually } from './eventually.mjs';

const binary = process.env.NGUON_BIN;
const shots = process.env.NGUON_SHOTS;
/** The phone that is reckoned with has a sixth of this machine's speed. */
const slower = 6;
let browser, demo, ready, folder;

before(async () => {
  assert.ok(binary && existsSync(binary), 'NGUON_BIN names the binary');
  folder = scratch(after);
  demo = spawn(binary, ['demo', '--data', folder, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
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

const labelled = (what) => new URL(ready.labels.find((label) => label.what === what && !label.url.includes('/T/')).url).pathname;

/** A fresh phone on the check page of a label; `spoil` runs before any script of the page. */
async function checked(what, { lang = 'vi', spoil, route, offline = false } = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, acceptDownloads: true, locale: 'vi-VN' });
  if (spoil) await context.addInitScript(spoil);
  if (route) await context.route(...route);
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(`${ready.base}${labelled(what)}?lang=${lang}`);
  const requested = [];
  page.on('request', (request) => requested.push(new URL(request.url())));
  await page.click('#proof a.go');
  if (!offline) await page.waitForFunction(() => document.documentElement.dataset.checked || document.querySelector('.verdict.warn'));
  return { context, page, requested, errors };
}

const text = (page) => page.locator('body').innerText();

test('a valid label is checked with WebCrypto: the words, the time, nobody else asked', async () => {
  const { context, page, requested, errors } = await checked('valid');
  await eventually(() => page.locator('h1').innerText(), /Khớp: mọi chữ ký đều đúng/);
  assert.match(await text(page), /\d+ việc làm nên lô hàng này[\s\S]*Tính đến [\s\S]*nhân chứng[\s\S]*Không có lệnh thu hồi[\s\S]*không thay cho kiểm nghiệm/);
  for (const url of requested) assert.equal(url.origin, ready.base, url.href);
  assert.deepEqual(errors, []);
  assert.deepEqual(await context.cookies(), []);
  if (shots) await page.screenshot({ path: join(shots, 'check.png'), fullPage: true });
  const ms = Number(await page.evaluate(() => document.documentElement.dataset.checked));
  console.log(`check with WebCrypto at ${slower}x: ${ms} ms`);
  inTime(ms, 250);
  await checkTouch(page);
  await context.close();
});

test('in English, and axe-core finds nothing', async () => {
  const { context, page } = await checked('valid', { lang: 'en' });
  await eventually(() => page.locator('h1').innerText(), /every signature is right/);
  await context.close();
  const open = await browser.newContext({ viewport: { width: 360, height: 640 }, bypassCSP: true });
  const again = await open.newPage();
  await again.goto(page.url());
  await again.waitForFunction(() => document.documentElement.dataset.checked);
  await checkAccess(again);
  await open.close();
});

test('a browser without WebCrypto comes to the same words by JavaScript', async () => {
  const { context, page } = await checked('valid', { spoil: () => Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined }) });
  await eventually(() => page.locator('h1').innerText(), /Khớp/);
  assert.match(await text(page), /mã JavaScript của trang này/);
  const ms = Number(await page.evaluate(() => document.documentElement.dataset.checked));
  console.log(`check by JavaScript at ${slower}x: ${ms} ms`);
  inTime(ms, 1500);
  await context.close();
});

test('a recalled label says so first; a changed proof does not fit; no network is no verdict', async () => {
  const recalled = await checked('recalled');
  await eventually(() => recalled.page.locator('h1').innerText(), /thu hồi/);
  await eventually(() => recalled.page.locator('.verdict.bad').count(), 1);
  await recalled.context.close();

  const changed = await checked('valid', { route: ['**/bundle', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace('"kg', '"ta') });
  }] });
  await eventually(() => changed.page.locator('h1').innerText(), /Không khớp/);
  assert.match(await text(changed.page), /quy tắc [a-z.-]+/);
  await changed.context.close();

  const cut = await checked('valid', { route: ['**/bundle', (route) => route.abort()] });
  await eventually(() => cut.page.locator('h1').innerText(), /Chưa kiểm tra được/);
  await cut.context.close();
});

test('the file to keep checks itself again from a disk, without a network, and sees a changed letter', async () => {
  const { context, page } = await checked('valid');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#tools button').first().click()]);
  const kept = join(folder, 'kept.html');
  await download.saveAs(kept);
  await context.close();
  const reopened = async (path) => {
    const alone = await browser.newContext({ viewport: { width: 360, height: 640 }, offline: true });
    const opened = await alone.newPage();
    const asked = [];
    opened.on('request', (request) => asked.push(request.url()));
    await opened.goto(`file://${path}`);
    await opened.waitForFunction(() => document.documentElement.dataset.checked);
    const said = await opened.locator('h1').innerText();
    assert.deepEqual(asked, [`file://${path}`], 'nothing but itself');
    await alone.close();
    return said;
  };
  assert.match(await reopened(kept), /Khớp: mọi chữ ký đều đúng/);
  const { writeFileSync } = await import('node:fs');
  const changed = join(folder, 'changed.html');
  const whole = readFileSync(kept, 'utf8');
  const at = whole.indexOf('batch.harvest');
  assert.ok(at > 0);
  writeFileSync(changed, `${whole.slice(0, at)}Batch.harvest${whole.slice(at + 13)}`);
  assert.match(await reopened(changed), /Không khớp/);
});
