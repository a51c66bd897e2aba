// A passkey through the real console: made on a device that signs, reads on one that does not, and is taken out again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

/** @type {Office} */
let office;
/** @type {import('playwright-core').Page} */
let signs;
/** @type {import('playwright-core').Page} */
let reads;
before(async () => {
  office = await Office.open();
  signs = await office.enrolled('director', ['clerk'], { size: deskSize });
  reads = await office.device();
});
after(async () => {
  office.noErrors();
  await office.close();
});

/** Chromium's own authenticator in software, asked for the person as a phone would. */
async function authenticator(page) {
  const chromium = await page.context().newCDPSession(page);
  await chromium.send('WebAuthn.enable');
  const { authenticatorId } = await chromium.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
  } });
  return {
    send: (command, more) => chromium.send(`WebAuthn.${command}`, { authenticatorId, ...more }),
    async credentials() {
      return (await this.send('getCredentials')).credentials;
    },
  };
}

const told = (page, words) => page.locator('#notice', { hasText: words }).waitFor();
const making = (page) => page.getByRole('button', { name: 'Tạo khóa truy cập' });

let made;

test('on a device that signs one is made, named, and found in the list', async () => {
  const own = await authenticator(signs);
  await signs.go('/office/passkeys');
  await making(signs).click();
  await told(signs, 'Hãy đặt tên');
  await signs.fill('#passkey-name', 'Điện thoại của tôi');
  await making(signs).click();
  await told(signs, 'Đã lưu khóa truy cập “Điện thoại của tôi”');
  await eventually(() => signs.locator('li[data-id]').innerText(), /Điện thoại của tôi[^]*Chưa dùng lần nào/);
  await checkOffice(signs);
  await shoot(signs, 'passkeys');
  [made] = await own.credentials();
  assert.equal(made.rpId, 'localhost');
  await signs.fill('#passkey-name', 'Thêm một lần nữa');
  await making(signs).click();
  await told(signs, 'Máy này đã có khóa truy cập của bạn');
});

test('a device that nobody invited reads with it, is told that it cannot sign, and does not', async () => {
  const other = await authenticator(reads);
  await reads.go('/office');
  const open = reads.getByRole('button', { name: 'Xem bằng khóa truy cập' });
  await open.waitFor();
  await checkOffice(reads);
  await shoot(reads, 'passkey-door');
  await other.send('addCredential', { credential: made });
  await other.send('setUserVerified', { isUserVerified: false });
  await open.click();
  await told(reads, 'Chưa làm gì');
  await other.send('setUserVerified', { isUserVerified: true });
  await open.click();
  await reads.locator('.tiles').waitFor();
  await eventually(() => reads.locator('#reads-only').innerText(), /không có khóa ký/);
  await eventually(() => reads.locator('#who').innerText(), /Chỉ xem/);
  await checkOffice(reads);
  const { roles } = await reads.evaluate(async () => (await fetch('/api/session')).json());
  assert.deepEqual(roles, ['clerk']);

  // The session lasts from page to page, and shows what the clerk may read.
  await reads.go('/office/rights');
  await reads.locator('#reads-only').waitFor();
  const before = (await office.ask('GET', '/log/0/checkpoint')).text;
  await reads.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  await told(reads, 'chỉ xem được, không ghi được');
  assert.equal((await office.ask('GET', '/log/0/checkpoint')).text, before);
  await reads.go('/office/passkeys');
  await reads.locator('li[data-id]', { hasText: 'Dùng lần cuối' }).waitFor();
  await eventually(() => making(reads).count(), 0);
  await eventually(() => reads.getByRole('button', { name: 'Gỡ' }).count(), 0);
  await eventually(() => reads.locator('#stage').innerText(), /trên máy có khóa ký/);
});

test('taken out it reads no more, here and now', async () => {
  await signs.go('/office/passkeys');
  await signs.getByRole('button', { name: 'Gỡ' }).click();
  await told(signs, 'Đã gỡ “Điện thoại của tôi”');
  await eventually(() => signs.locator('li[data-id]').count(), 0);
  await reads.go('/office/members');
  const open = reads.getByRole('button', { name: 'Xem bằng khóa truy cập' });
  await open.click();
  await told(reads, 'Không có khóa truy cập này');
  await eventually(() => reads.locator('#reads-only').count(), 0);
});
