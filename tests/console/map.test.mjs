// Boundaries: tapped, walked, taken from a file; and who else claims the ground.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

/** @type {Office} */
let office;
let page;
const commune = { code: '04132', vintage: '2026-09-25' };
const corner = (lat, lon) => ({ lat: Math.round(lat * 1e7), lon: Math.round(lon * 1e7) });
const east = [corner(21.1, 103.9008), corner(21.1, 103.902), corner(21.101, 103.902), corner(21.101, 103.9008), corner(21.1, 103.9008)];
before(async () => {
  office = await Office.open();
  const { cast } = office;
  await cast.add(cast.keys.clerk, { type: 'site.add/1', sub: 'site', data: {
    org: cast.coop, kind: 'plot', name: 'Vườn phía đông Mẫu', commune, boundary: east } });
  page = await office.enrolled('director', ['clerk'], { dark: true });
  await page.context().grantPermissions(['geolocation']);
});
after(async () => {
  office.noErrors();
  await office.close();
});

async function begin(name) {
  await page.go('/office/outbox');
  await page.go('/office/plots');
  await page.getByRole('button', { name: 'Thêm vườn, cơ sở' }).click();
  await page.waitForSelector('#form-plot:not([hidden])');
  await page.fill('#plot-name', name);
  const found = (await office.log.get('/api/places?q=04132')).body;
  const place = JSON.parse(found).places.find(({ code }) => code === commune.code);
  await page.fill('#plot-commune', place.name);
  await page.locator('.found button', { hasText: place.name }).first().click();
  await eventually(() => page.locator('#plot-commune').getAttribute('data-code'), commune.code);
}
const lines = async () => (await page.locator('#plot-boundary:visible').inputValue()).split('\n').filter(Boolean);
const map = () => page.locator('#form-plot .map');

test('four taps are a plot; the last is taken back; a neighbour is broken lines, the ground of both is hatched', async () => {
  await begin('Vườn chạm Mẫu');
  await map().locator('polygon.near').waitFor();
  await page.fill('#plot-boundary', '21.1000, 103.9000\n21.1000, 103.9010');
  const tap = async (x, y) => {
    const box = await map().locator('svg').boundingBox();
    await map().locator('svg').click({ position: { x: box.width * x, y: box.height * y } });
  };
  await tap(0.8, 0.2);
  await tap(0.2, 0.2);
  await tap(0.5, 0.9);
  await eventually(async () => (await lines()).length, 5);
  await page.getByRole('button', { name: 'Bỏ góc cuối' }).click();
  await eventually(async () => (await lines()).length, 4);
  await page.getByText(/⚠ Chồng lên “Vườn phía đông Mẫu”/).waitFor();
  await eventually(() => map().locator('polygon.claimed').count(), 1);
  await eventually(() => map().locator('svg').getAttribute('aria-label'), /Diện tích.*Chồng lên/);
  await shoot(page, 'map-overlap');
  await checkOffice(page);
  // Moved off the neighbour's ground, by typing alone.
  await page.fill('#plot-boundary', '21.1000, 103.9000\n21.1000, 103.9008\n21.1010, 103.9008\n21.1010, 103.9000');
  await page.getByText('Không chồng lên thửa nào trong 1 thửa cùng xã.').waitFor();
  await eventually(() => map().locator('polygon.claimed').count(), 0);
  await page.click('#form-plot button[type=submit]');
  await page.getByText(/Đã nhận lúc/).waitFor();
  await page.getByText('Bản đồ thửa').waitFor();
  await shoot(page, 'map-record', '.sheet:has(.map)');
  await checkOffice(page);
});

test('walked with GPS: a corner where the position is sure and far enough from the last', async () => {
  await begin('Vườn đi Mẫu');
  const at = (latitude, longitude, accuracy = 5) => page.context().setGeolocation({ latitude, longitude, accuracy });
  const count = (wanted) => page.waitForFunction((most) =>
    /** @type {HTMLTextAreaElement} */ (document.querySelector('#plot-boundary')).value.split('\n').filter(Boolean).length === most, wanted);
  await at(21.2, 103.9);
  await page.getByRole('button', { name: 'Đi vòng bờ' }).click();
  await count(1);
  await at(21.2, 103.901, 80);
  await page.getByText(/Vị trí chưa chắc \(±80 m\)/).waitFor();
  await at(21.2, 103.90101, 6);
  await count(2);
  await at(21.20001, 103.90101, 7);  // One metre on.
  await page.getByText('Sai số khoảng 7 m.').waitFor();
  await at(21.201, 103.901);
  await count(3);
  await page.getByRole('button', { name: 'Dừng đi' }).click();
  await eventually(async () => (await lines())[1], '21.200000, 103.901010');
  await page.getByText(/Diện tích theo ranh giới: 5\.\d{3} m²/).waitFor();
});

test('from a file: each outline with its doubts, one that crosses itself cannot be taken', async () => {
  await begin('Vườn tệp Mẫu');
  await page.getByText('Lấy từ tệp bản đồ').click();
  const feature = (name, ...ring) => ({ type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [ring] } });
  const put = (name, text) => page.setInputFiles('#map-file', { name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await put('thửa.geojson', JSON.stringify({ type: 'FeatureCollection', features: [
    feature('Thửa bắt chéo', [103.9, 21.3], [103.901, 21.301], [103.901, 21.3], [103.9, 21.301], [103.9, 21.3]),
    feature('Thửa đảo ngược', [21.3, 103.9], [21.3, 103.901], [21.301, 103.901], [21.301, 103.9]),
  ] }));
  await page.getByText('Trong tệp có 2 ranh giới').waitFor();
  const row = (name) => page.locator('.file li', { hasText: name });
  await eventually(() => row('Thửa bắt chéo').innerText(), /Các cạnh cắt nhau/);
  await eventually(() => row('Thửa bắt chéo').locator('button').count(), 0);
  await eventually(() => row('Thửa đảo ngược').innerText(), /11\.4\d\d m²[\s\S]*đã đổi lại[\s\S]*đã khép/);
  await shoot(page, 'map-file');
  await checkOffice(page);
  await row('Thửa đảo ngược').getByRole('button').click();
  await eventually(async () => (await lines()).length, 4);
  await eventually(async () => (await lines())[0], /^21\.30/);
  await put('sai.kml', 'no map');
  await page.locator('.file .wrong').waitFor();
  await eventually(async () => (await lines()).length, 4, 'what is drawn stays');
});

test('a code of GS1 whose last digit does not fit is asked about before anything is signed', async () => {
  const desk = page;
  await desk.setViewportSize(deskSize);
  await desk.goto(`${office.base}/office/products?lang=en`);
  await desk.getByRole('button', { name: 'Add a product' }).click();
  await desk.fill('#product-name', 'Chanh leo hộp mẫu');
  await desk.selectOption('#product-stage', 'passion_fruit/fruit');
  await desk.fill('#product-gtin', '952 0000 00001 2');
  await desk.click('#form-product button[type=submit]');
  const wrong = () => desk.locator('#product-gtin-wrong').innerText();
  await eventually(wrong, /it must be \d/);
  const [, digit] = /it must be (\d)/.exec(await wrong());
  await desk.fill('#product-gtin', `952 0000 00001 ${digit}`);
  await desk.click('#form-product button[type=submit]');
  await desk.getByText(/^✓ Received /).waitFor();
  await checkOffice(desk);
});
