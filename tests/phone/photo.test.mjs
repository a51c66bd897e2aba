// A photo from the phone's camera: drawn anew, named by the entry beside its place, sent after it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { signJws } from '../../server/app/capture/make_entry.mjs';
import { checkAccess } from '../browser/checks.mjs';
import { eventually } from '../browser/eventually.mjs';
import { checkTargets, Handset, Stage } from './stage.mjs';

/** A photo with EXIF, as a camera writes it. */
const exif = readFileSync(new URL('../fuzz/corpus/jpeg/exif.jpg', import.meta.url));
const others = ['jpeg/progressive.jpg', 'webp/lossy.webp'].map((name) => readFileSync(new URL(`../fuzz/corpus/${name}`, import.meta.url)));
const tag = '704000012345678';
let animal;
let stage;
let phone;
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  await phone.start({ slow: 1 });
  await place();
  const { cast } = stage;
  const { clerk } = cast.keys;
  const barn = await cast.add(clerk, { type: 'site.add/1', sub: 'site', data: { org: cast.coop, kind: 'barn', name: 'Chuồng mẫu', commune: { code: '04132', vintage: '2026-09-25' } } });
  const { sub, id } = await cast.add(clerk, { type: 'animal.arrive/1', sub: 'animal', data: { site: barn.sub, species: 'cattle', breed: 'yellow', sex: 'female', on: '2026-05-04', source: 'bought' } });
  await cast.add(clerk, { type: 'animal.tag/1', sub, prev: id, data: { scheme: 'rfid', number: tag, on: '2026-05-04', reason: 'first' } });
  animal = sub;
  await phone.enrol({ roles: ['member', 'herdsman'] });
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

/** A place that the phone may read; asked for anew after each start. */
async function place() {
  await phone.context.grantPermissions(['geolocation']);
  await phone.context.setGeolocation({ latitude: 14.35, longitude: 108, accuracy: 12 });
}
const shoot = (page, buffer = exif) => page.locator('input[type=file]').setInputFiles({ name: 'anh.jpg', mimeType: 'image/jpeg', buffer });
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
  await place();
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

test('a delivery and an animal have their photo too: beside the record, in the passbook, small from the service', async () => {
  const { page } = phone;
  const saved = async () => {
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.getByRole('heading', { name: 'Phiếu', exact: true }).waitFor();
    await page.locator('figure.photo img').waitFor();
  };
  await page.goto(`${stage.weather.origin}/app`);
  await page.getByRole('button', { name: 'Giao hàng' }).click();
  await page.getByRole('button', { name: 'Chanh leo mẫu' }).click();
  await shoot(page, others[0]);
  await page.getByText('Vị trí ghi riêng, sai số 12 m').waitFor();
  await page.getByLabel('Số lượng').fill('7');
  await phone.check('59-deliver-photo');
  await saved();
  await eventually(() => page.locator('figure.photo img').getAttribute('alt'), 'Ảnh kèm: Giao Chanh leo mẫu');
  await phone.check('59-delivered-photo');
  await page.getByRole('button', { name: 'Về nhà' }).click();

  await page.getByRole('button', { name: 'Vật nuôi' }).click();
  await page.getByRole('button', { name: 'Cân', exact: true }).click();
  await page.getByLabel(/^Số tai/).fill(tag);
  await page.getByLabel('Gõ lại số tai').fill(tag);
  await page.keyboard.press('Enter');
  await page.getByLabel('Số lượng').waitFor();
  await shoot(page, others[1]);
  await page.getByText('Đã có ảnh trong máy').waitFor();
  await eventually(() => page.getByText('Vị trí').count(), 0, 'an animal is where its barn is: its entry has no place of its own');
  await page.getByLabel('Số lượng').fill('310');
  await phone.check('59-animal-photo');
  await saved();
  await stage.until(async () => (await waiting(page)).length === 0, 60_000);
  const [[delivery], [weighed]] = await Promise.all(['batch.deliver/1', 'animal.weigh/1'].map((type) => stage.logged(type)));
  assert.deepEqual([weighed.sub, Object.keys(weighed.data.photo), Object.keys(delivery.data.photo)], [animal, ['_sd'], ['_sd']]);

  // Both left this phone: what is seen now is the service's own small copy, named as one.
  await page.reload();
  await page.getByText('Ảnh thu nhỏ').waitFor();
  await page.getByRole('button', { name: 'Quay lại' }).click();
  await page.goto(`${stage.weather.origin}/app`);
  await page.getByRole('button', { name: 'Sổ của tôi' }).click();
  await page.locator('section.card figure.photo img').waitFor();
  await page.getByText('Ảnh thu nhỏ').waitFor();
  await phone.check('59-passbook-photo');
  assert.deepEqual(phone.errors, []);
});
