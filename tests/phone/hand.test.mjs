// In the hand: taps counted, no mouse, in the dark, without a network from the first start on, and how much is loaded.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkAccess } from '../browser/checks.mjs';
import { eventually } from '../browser/eventually.mjs';
import { Handset, Stage } from './stage.mjs';

const mostTaps = 4;
const mostOctets = 300_000;
let stage;
let phone;
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  await phone.start({ dark: true });
  await phone.enrol();
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

test(`a harvest takes at most ${mostTaps} taps and a number`, async () => {
  const { page } = phone;
  await page.evaluate(() => {
    globalThis.taps = 0;
    addEventListener('click', () => { globalThis.taps += 1; }, true);
  });
  await page.getByRole('button', { name: 'Thu hoạch' }).click();
  await page.getByRole('button', { name: 'Chanh leo mẫu' }).click();
  await page.getByRole('button', { name: 'Vườn mẫu' }).click();
  await page.getByLabel('Số lượng').waitFor();
  // The field has the focus already.
  await page.keyboard.type('12.5');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
  const taps = await page.evaluate(() => globalThis.taps);
  console.log(`${taps} taps`);
  assert.ok(taps <= mostTaps, `${taps} taps`);
  assert.deepEqual((await stage.logged('batch.harvest/1'))[0].data.qty, { amount: '12.5', unit: 'kg' });
});

test('the keyboard alone makes a harvest, in the dark', async () => {
  const { page } = phone;
  const choose = async (name) => {
    const target = page.getByRole('button', { name, exact: true });
    await target.waitFor();
    for (let presses = 0; !(await target.evaluate((one) => document.activeElement === one)); presses += 1) {
      assert.ok(presses < 30, `${name} can be reached`);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
  };
  await choose('Về nhà');
  await page.getByText('Đã gửi hết').waitFor();
  await checkAccess(page);
  await phone.shot('40-home-dark');
  await choose('Thu hoạch');
  await choose('Cam mẫu');
  await choose('Vườn Đồi Hòa');
  await page.getByLabel('Số lượng').waitFor();
  await page.keyboard.type('3');
  await checkAccess(page);
  await phone.shot('41-number-dark');
  await page.keyboard.press('Enter');
  await page.getByText('Đã nhận').waitFor();
  await checkAccess(page);
  await phone.shot('42-received-dark');
});

test('at twice the size of letters nothing is cut off', async () => {
  const { page } = phone;
  await page.setViewportSize({ width: 180, height: 320 });
  for (const path of ['', 'records', 'harvest/product', 'deliver/product', 'passbook', 'sheet', 'people', 'pin/new', 'animal/act', 'take']) {
    await page.goto(`${stage.weather.origin}/app#/${path}`);
    await page.getByRole('heading').waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 180, path);
  }
  await page.setViewportSize({ width: 360, height: 640 });
});

/** Chromium here has no voices: some are lent to it, and what they say is written down. */
function lendVoices(voices) {
  globalThis.said = [];
  const synthesis = { speaking: false, getVoices: () => voices, addEventListener() {}, cancel() {}, speak: ({ text, voice }) => globalThis.said.push(`${voice.name}: ${text}`) };
  Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
}

test('screens are read aloud by a voice of the phone, and by no server\'s', async (t) => {
  const [near, far] = [{ lang: 'vi-VN', name: 'máy', localService: true }, { lang: 'vi-VN', name: 'mạng', localService: false }];
  const openWith = async (...voices) => {
    const page = await phone.open();
    t.after(() => page.close());
    await page.addInitScript(lendVoices, voices);
    await page.goto(`${stage.weather.origin}/app`);
    await page.getByRole('button', { name: 'Thu hoạch' }).waitFor();
    return page;
  };
  const speaker = (page) => page.getByRole('button', { name: 'Đọc to' });
  const mute = await openWith(far, { lang: 'en-US', name: 'english', localService: true });
  await speaker(mute).click();
  await mute.getByText('Máy này chưa có giọng đọc tiếng Việt').waitFor();
  assert.deepEqual([await speaker(mute).getAttribute('aria-pressed'), await mute.evaluate(() => globalThis.said)], ['false', []]);
  const page = await openWith(far, near);
  const heard = (sentence) => page.waitForFunction((wanted) => globalThis.said.includes(wanted), `máy: ${sentence}`);
  await speaker(page).click();
  await heard('Hôm nay ghi gì?');
  await eventually(() => speaker(page).getAttribute('aria-pressed'), 'true');
  await page.getByRole('button', { name: 'Thu hoạch' }).click();
  await heard('Thu hoạch gì?');
  await page.getByRole('button', { name: 'Chanh leo mẫu' }).click();
  await page.getByRole('button', { name: 'Vườn mẫu' }).click();
  await page.getByLabel('Số lượng').fill('12,5');
  await heard('12,5 kg mười hai phẩy năm kg');
  // It is kept; and what is off is silent.
  await page.goto(`${stage.weather.origin}/app#/`);
  await page.reload();
  await heard('Phiếu này chưa lưu.');
  await speaker(page).click();
  await page.evaluate(() => { globalThis.said.length = 0; });
  await page.getByRole('button', { name: 'Bỏ phiếu này' }).click();
  await page.getByRole('button', { name: 'Thu hoạch' }).waitFor();
  await eventually(() => page.evaluate(() => globalThis.said), []);
  assert.deepEqual(phone.errors, []);
});

test('it starts without a network, and asks nobody but its own service', async () => {
  const { page } = phone;
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  stage.weather.away = true;
  await page.goto(`${stage.weather.origin}/app`);
  await page.getByRole('button', { name: 'Thu hoạch' }).waitFor();
  stage.weather.away = false;
  assert.deepEqual([...new Set(asked)], [stage.weather.origin]);
});

test('the first install is small, whole, and of a strict page', async () => {
  const { page } = phone;
  const files = await page.evaluate(async () => {
    const [name, ...others] = (await caches.keys()).filter((one) => one.startsWith('nguon-app-'));
    if (others.length > 0) throw new Error('one version at a time');
    return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  });
  let octets = 0;
  for (const path of [...files, '/app/sw.js']) {
    const answer = await stage.log.send('GET', path, undefined, { 'accept-encoding': 'gzip' });
    assert.equal(answer.status, 200, path);
    octets += answer.body.length;
    assert.equal(answer.headers['set-cookie'], undefined);
    assert.match(answer.headers['content-security-policy'], /^default-src 'none'; script-src 'self'; /);
    const again = await stage.log.send('GET', path, undefined, { 'accept-encoding': 'gzip', 'if-none-match': answer.headers.etag });
    assert.equal(again.status, 304, path);
    if (/-[A-Z0-9]{8}\./.test(path)) assert.match(answer.headers['cache-control'], /immutable/);
  }
  console.log(`first install: ${octets} octets compressed, ${files.length + 1} files`);
  assert.ok(octets <= mostOctets);
  assert.ok(files.includes('/app') && files.includes('/app/icon-512.png'));
});

test('the guides: pictures that load, no violation', async () => {
  const { page } = phone;
  for (const which of ['member', 'clerk', 'registrar']) {
    await page.goto(`${stage.weather.origin}/app/guide-${which}`);
    await phone.check(`guide-${which}`);
    await page.evaluate(() => Promise.all([...document.images].map((one) => {
      one.loading = 'eager';
      return one.decode();
    })));
    await eventually(() => page.locator('nav a[aria-current]').count(), 1);
  }
});
