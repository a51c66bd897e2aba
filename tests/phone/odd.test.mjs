// What goes wrong with phones that nobody broke: clocks, two tabs, keys that were taken back, offices that change things.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { Handset, Stage } from './stage.mjs';

const year = 365 * 86_400_000;
let stage;
before(async () => {
  stage = await Stage.build();
});
after(() => stage?.close());

/** A phone that is enrolled, for one test. */
async function enrolled(t, how = {}) {
  const phone = new Handset(stage);
  t.after(() => phone.remove());
  await phone.start({ slow: 1, ...how });
  phone.kid = await phone.enrol();
  return phone;
}

for (const [words, clock] of [['a year slow', -year], ['a year fast', year]]) {
  test(`a clock that is ${words}: taken in, and shown`, async (t) => {
    const before = (await stage.logged('batch.harvest/1')).length;
    const { page, ...phone } = await enrolled(t, { clock }).then((one) => Object.assign(one, { harvest: one.harvest.bind(one) }));
    await phone.harvest('7');
    await page.getByText('Đã nhận').waitFor();
    await page.getByText(/Đồng hồ máy lệch 36[45] ngày/).waitFor();
    const logged = await stage.logged('batch.harvest/1');
    assert.equal(logged.length, before + 1);
    assert.ok(Math.abs(logged.at(-1).iat * 1000 - (Date.now() + clock)) < 600_000, 'its own word on the time stands');
  });
}

test('two tabs and the browser\'s own event send each record once', async (t) => {
  const phone = await enrolled(t);
  const { weather } = stage;
  const worker = await registration(phone);
  weather.away = true;
  for (const number of ['1', '2', '3', '4', '5']) {
    await phone.harvest(number);
    await phone.page.getByRole('button', { name: 'Về nhà' }).click();
  }
  const other = await phone.open('/app');
  await other.getByText('5 phiếu chưa gửi').waitFor();
  weather.arrived.clear();
  weather.fate = () => 'late';
  weather.away = false;
  await Promise.all([
    // Whoever is first sends; the other's button may be gone before it is pressed.
    ...[phone.page, other].map((page) => page.getByRole('button', { name: 'Gửi ngay' }).click({ timeout: 5_000 }).catch(() => {})), worker.sync(),
  ]);
  for (const page of [phone.page, other]) await page.getByText('Đã gửi hết').waitFor();
  weather.fate = () => 'good';
  assert.deepEqual([...weather.arrived.values()], [1, 1, 1, 1, 1]);
});

/** The service worker of a phone, by the door for developers. */
async function registration(phone) {
  const wire = await phone.context.newCDPSession(phone.page);
  const found = new Promise((resolve) => wire.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0])));
  await wire.send('ServiceWorker.enable');
  const { registrationId, scopeURL } = await found;
  const { origin } = new URL(scopeURL);
  return { sync: () => wire.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag: 'nguon-send', lastChance: false }) };
}

test('a key that was revoked meanwhile: the record is held, and shown as that', async (t) => {
  const phone = await enrolled(t);
  const { cast, log } = stage;
  const persons = await stage.logged('key.add/1');
  const { sub } = persons.at(-1);
  const { history } = JSON.parse((await log.get(`/api/subjects/${sub}`)).body);
  const prev = JSON.parse((await log.get(`/api/subjects/${sub}`)).body).head.head;
  assert.equal(history.length, 1);
  await cast.add(cast.keys.clerk, { type: 'key.revoke/1', sub, prev, data: { kid: phone.kid, reason: 'lost' } });
  await phone.harvest('30');
  await phone.page.getByText('Văn phòng đang giữ').waitFor();
  await eventually(() => phone.page.getByText('Đã nhận').isVisible(), false);
  await phone.shot('30-held');
  await phone.page.getByRole('button', { name: 'Về nhà' }).click();
  await phone.page.getByText('Đã gửi hết').waitFor();
});

test('a plot that the office retired while records wait: they are taken in', async (t) => {
  const phone = await enrolled(t);
  const { cast, weather } = stage;
  const { clerk } = cast.keys;
  const plot = await cast.add(clerk, { type: 'site.add/1', sub: 'site', data: {
    org: cast.coop, kind: 'plot', name: 'Vườn sắp bỏ', commune: { code: '04132', vintage: '2026-09-25' },
  } });
  await phone.page.reload();
  weather.away = false;
  await phone.page.getByRole('button', { name: 'Thu hoạch' }).waitFor();
  await phone.page.waitForFunction(() => new Promise((resolve) => {
    indexedDB.open('nguon').onsuccess = ({ target }) => {
      target.result.transaction('device').objectStore('device').getAll().onsuccess = (event) => resolve(event.target.result.some((one) => one?.sites?.some(({ name }) => name === 'Vườn sắp bỏ')));
    };
  }));
  weather.away = true;
  await phone.pick('Cam mẫu', 'Vườn sắp bỏ');
  await phone.page.getByLabel('Số lượng').fill('9');
  await phone.page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await phone.page.getByText('Đã lưu trên máy').or(phone.page.getByText('Đang gửi')).waitFor();
  await cast.add(clerk, { type: 'site.retire/1', sub: plot.sub, prev: plot.id, data: { reason: 'sold', on: '2026-11-22' } });
  weather.away = false;
  await phone.page.evaluate(() => dispatchEvent(new Event('online')));
  await phone.page.getByRole('button', { name: 'Về nhà' }).click();
  // It may have been sent already.
  await phone.page.getByRole('button', { name: 'Gửi ngay' }).click({ timeout: 1_000 }).catch(() => {});
  await phone.page.getByText('Đã gửi hết').waitFor();
  assert.equal((await stage.logged('batch.harvest/1')).at(-1).data.site, plot.sub);
});

test('three days without a network: amber, in words, with how old', async (t) => {
  const phone = await enrolled(t);
  stage.weather.away = true;
  await phone.harvest('4');
  await phone.page.evaluate((ms) => {
    const now = Date.now;
    Date.now = () => now() + ms;
  }, 3 * 86_400_000 + 1000);
  await phone.page.getByRole('button', { name: 'Về nhà' }).click();
  await phone.page.getByText('Lâu rồi chưa gửi! 1 phiếu').waitFor();
  await phone.page.getByText('3 ngày trước').waitFor();
  await phone.shot('31-late');
  stage.weather.away = false;
});
