// Kiểm tra đọc: three photographs release a run or hold it, on a phone's screen, also when the network went away meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { deadDot, good, imageOf, scaled, symbolOn } from '../app/readcheck/press.mjs';
import { eventually } from '../browser/eventually.mjs';
import { chance } from '../phone/lens.mjs';
import { Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

const [first, middle, last] = ['0PDNST6BT16Y0S', '07M177VH6Y3Z4Q', '03THPG5ZH8T6GT'];
const sheet = good(first);
const run = `#${new URLSearchParams({ range: '17', first, middle, last, template: 'roll-50x30', module: symbolOn(sheet).mm.toFixed(4) })}`;
const random = chance(1);

/** @param {{data: Uint8ClampedArray, width: number, height: number}} image  RGBA */
function png({ data, width, height }) {
  const chunk = (name, octets) => {
    const body = Buffer.concat([Buffer.from(name), octets]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(octets.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = data[4 * (y * width + x)];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

let office;
let clerk;
before(async () => {
  office = await Office.open();
  clerk = await office.enrolled('director', ['clerk']);
});
after(async () => {
  office.noErrors();
  await office.close();
});

/** @param {string} place @param {import('../phone/png.mjs').Sheet} printed @param {import('../phone/lens.mjs').Shot} shot @param {string} outcome */
async function take(place, printed, shot, outcome) {
  await clerk.setInputFiles(`#photo-${place}`, { name: 'anh.png', mimeType: 'image/png', buffer: png(imageOf(printed, shot, random)) });
  await clerk.locator(`#place-${place} [data-outcome=${outcome}]`).waitFor();
  return clerk.locator(`#place-${place}`).innerText();
}
const released = () => clerk.locator('#released').getAttribute('data-released');

test('a run is held by a dead dot, a wrong label and a print at 90 %, and released by three good ones without a network', async () => {
  await clerk.go(`/office/readcheck${run}`);
  await clerk.waitForSelector('#photo-first');
  await shoot(clerk, 'readcheck');
  await checkOffice(clerk);
  assert.match(await take('first', sheet, { turn: 8, tilt: 12, fill: 0.65 }, 'pass'), /0PDN-ST6-BT16-Y0S/);
  const lined = good(middle);
  assert.match(await take('middle', deadDot(lined, symbolOn(lined).x + 58), {}, 'fail'), /vạch trắng[^]*lau đầu in bằng cồn/);
  const wrong = await take('last', good(middle), {}, 'wrong');
  assert.match(wrong, /Số cần chụp:\s+03TH-PG5-ZH8T-6GT\s+Số đọc được:\s+07M1-77V-H6Y3-Z4Q\s+Nhóm khác nhau:\s+1, 2, 3, 4/);
  await clerk.getByText('Giữ cuộn lại').waitFor();
  await eventually(released, 'false');
  await shoot(clerk, 'readcheck-held');
  await checkOffice(clerk);

  await clerk.context().setOffline(true);
  assert.match(await take('last', scaled(good(last), 0.9), {}, 'fail'), /Tem in ở 90 % cỡ mẫu \(ô 0,56 mm, mẫu 0,63 mm\)[^]*Vừa trang giấy/);
  assert.match(await take('middle', lined, { ink: 0.004, paper: 0.06, desk: 0.01, noise: 0.02 }, 'again'), /Ảnh thiếu sáng/);
  await take('middle', lined, {}, 'pass');
  await eventually(released, 'false');
  await take('last', good(last), { turn: 90, fill: 0.6 }, 'pass');
  await eventually(released, 'true');
  await clerk.locator('#place-last summary').click();
  await eventually(() => clerk.locator('#place-last dl').innerText(), /0,6[23] mm \(theo cỡ tem\)/);
  await shoot(clerk, 'readcheck-released');
  await checkOffice(clerk);
  await clerk.context().setOffline(false);
});

test('what was found stays on this device, and is said in English, too', async () => {
  await clerk.goto(`${office.base}/office/readcheck?lang=en${run}`);
  await clerk.getByText('All three are good: the run is released.').waitFor();
  await clerk.evaluate(() => { location.hash = 'range=18'; });
  await clerk.getByText('0 of 3 labels are good').waitFor();
  // Nobody said how large the label is, nor which it should be.
  const text = await take('first', sheet, { ink: 0.5 }, 'fail');
  assert.match(text, /The ink is pale on this paper \(contrast 2\d %[^]*measured in pixels[^]*the label's size is not known/);
  assert.match(await take('middle', sheet, {}, 'wrong'), /taken for another place/);
  await checkOffice(clerk);
});
