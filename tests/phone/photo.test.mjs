// A photo from the phone's camera: drawn anew, named by the entry beside its place, sent after it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { signJws } from '../../server/app/capture/make_entry.mjs';
import { checkAccess } from '../browser/checks.mjs';
import { checkTargets, Handset, Stage } from './stage.mjs';

/** A photo with EXIF, as a camera writes it. */
const exif = readFileSync(new URL('../fuzz/corpus/jpeg/exif.jpg', import.meta.url));
let stage;
let phone;
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  await phone.start({ slow: 1 });
  await phone.context.grantPermissions(['geolocation']);
  await phone.context.setGeolocation({ latitude: 14.35, longitude: 108, accuracy: 12 });
  await phone.enrol();
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

const shoot = (page) => page.locator('input[type=file]').setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer: exif });
/** What waits to be sent, as the phone keeps it. */
const waiting = (page) => page.evaluate(() => new Promise((resolve, reject) => {
  const request = indexedDB.open('nguon-photos');
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction('photos').objectStore('photos').getAll();
    all.onsuccess = () => {
      request.result.close();
      resolve(all.result.map(({ sha256, octets, refused }) => ({ sha256, octets: [...octets], refused })));
    };
  };
}));

test('a photo taken without a network is there after the battery died, and arrives after its record', async () => {
  let { page } = phone;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  stage.weather.away = true;
  await phone.pick();
  await shoot(page);
  await page.getByText('Đã có ảnh trong máy').waitFor();
  await page.getByText('Vị trí ghi riêng, sai số 12 m').waitFor();
  await checkAccess(page);
  await checkTargets(page, 'photo');
  await phone.shot('58-photo');
  await page.getByLabel('Số lượng').fill('12,5');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByRole('heading', { name: 'Phiếu', exact: true }).waitFor();
  const [kept] = await waiting(page);
  assert.equal(createHash('sha256').update(Buffer.from(kept.octets)).digest('base64url'), kept.sha256);
  await phone.kill();
  page = await phone.start({ slow: 1 });
  await page.goto(`${stage.weather.origin}/app`);
  assert.deepEqual((await waiting(page)).map(({ sha256 }) => sha256), [kept.sha256]);
  stage.weather.away = false;
  await page.reload();
  await stage.until(async () => (await waiting(page)).length === 0, 60_000);
  const [harvest] = await stage.logged('batch.harvest/1');
  assert.deepEqual([Object.keys(harvest.data.photo), Object.keys(harvest.data.position)], [['_sd'], ['_sd']], 'nothing of it is public');
  // What the clerk sees is what the phone made, and nothing of the camera's file.
  const { log, clerk } = stage;
  const { nonce } = JSON.parse((await log.send('POST', '/api/session/challenge')).body);
  const session = await log.send('POST', '/api/session', await signJws(clerk, 'nguon-session+jwt', { aud: log.aud, nonce }));
  const cookie = session.headers['set-cookie'][0].split(';')[0];
  const shown = await log.send('GET', `/api/blobs/${kept.sha256}`, undefined, { cookie });
  assert.deepEqual([...shown.body], kept.octets);
  assert.equal(shown.body.includes('Exif'), false);
  assert.deepEqual(phone.errors, []);
});
