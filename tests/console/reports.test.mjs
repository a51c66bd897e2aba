// What shoppers reported, on the office's screen: the due day, words and photo, seen, answered by signature, many of them, an answer begun
// that is not lost.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../browser/eventually.mjs';
import { nguon } from '../e2e/lib/deployment.mjs';
import { deskSize, Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

const many = 12;

/** @type {Office} */
let office;
/** @type {import('playwright-core').Page & Record<string, any>} */
let clerk;
/** Reply codes, oldest first. @type {string[]} */
const codes = [];

/** Serials of labels granted to the co-operative. */
async function serials(count) {
  const { cast, log } = office;
  await cast.add(cast.keys.clerk, { type: 'label.request/1', sub: 'request', data: { count: 50 } });
  const made = [];
  for (let index = 0; index < count; index += 1) {
    const { code, out, err } = nguon('label', '--keys', join(log.data, 'keys'), '--deployment', log.aud, '--place', `0/0/${index}`, '--host', 'tem.nguon.example', '--out', join(log.home, `${index}.svg`));
    assert.equal(code, 0, err);
    made.push(out.trim().split('/').at(-1));
  }
  return made;
}

/** A shopper's three taps, without a browser. @param {Record<string, string | Blob>} said */
async function report(serial, seal, said) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind: 'label', seal, text: '', ...said })) form.append(name, value, ...(value instanceof Blob ? ['anh.jpg'] : []));
  const answer = await fetch(`${office.base}/R/${serial}`, { method: 'POST', body: form, redirect: 'manual' });
  assert.equal(answer.status, 303, await answer.text());
  codes.push(answer.headers.get('location').split('/').at(-1));
}

before(async () => {
  office = await Office.open();
  clerk = await office.enrolled('director', ['clerk']);
  const made = await serials(many);
  const seals = await Promise.all(made.map(async (serial) => /name="seal" value="([^"]*)"/.exec(await (await fetch(`${office.base}/R/${serial}?k=label`)).text())[1]));
  const photo = new Blob([await clerk.screenshot({ type: 'jpeg' })], { type: 'image/jpeg' });
  // The service takes no form that was filled in faster than a person could.
  await pause(2_100);
  await report(made[0], seals[0], { text: 'Tem bị dán đè, mua ở chợ Mẫu', photo });
  for (let at = 1; at < many; at += 1) await report(made[at], seals[at], {});
});
after(async () => {
  office.noErrors();
  await office.close();
});

const sheet = (page, code) => page.locator(`[data-report="${code}"]`);
const statusOf = async (code) => (await fetch(`${office.base}/R/status/${code}`)).text();

test('words, photo and the day it is due; seen and answered by signature; the shopper reads the answer', async () => {
  await clerk.go('/office/reports');
  const first = sheet(clerk, codes[0]);
  await first.waitFor();
  await eventually(() => clerk.locator('#count').innerText(), `${many} chưa trả lời. 10 trong ${many}`);
  assert.match(await first.innerText(), /Tem rách, bị dán đè hoặc bị chép[^]*○ Mới[^]*Trả lời trước hết ngày \d\d\/\d\d\/\d{4}\.[^]*Tem bị dán đè, mua ở chợ Mẫu/);
  await eventually(() => first.locator('img').evaluate((image) => image.naturalWidth > 0), true);
  await shoot(clerk, 'reports');
  await checkOffice(clerk);
  await first.getByRole('button', { name: 'Báo đã xem' }).click();
  await first.getByText('◐ Đã xem').waitFor();
  assert.match(await statusOf(codes[0]), /Đã có người xem/);

  // What was begun is there again after the page was left.
  await first.locator('textarea').fill('Cảm ơn bạn, chúng tôi đang kiểm tra.');
  await first.locator('select').selectOption('checked');
  await clerk.go('/office/reports');
  await eventually(() => first.locator('textarea').inputValue(), 'Cảm ơn bạn, chúng tôi đang kiểm tra.');
  await clerk.route('**/api/office/reports/answers', (route) => route.abort());
  await first.getByRole('button', { name: 'Ký và trả lời' }).click();
  await clerk.getByText('Máy chủ chưa trả lời.').waitFor();
  await clerk.unroute('**/api/office/reports/answers');
  await first.getByRole('button', { name: 'Ký và trả lời' }).click();
  await first.getByText('✓ Đã trả lời').waitFor();
  await eventually(() => first.getByRole('button', { name: 'Ký và trả lời' }).count(), 0);
  const told = await statusOf(codes[0]);
  assert.match(told, /Chúng tôi đã kiểm tra lô hàng\./);
  assert.match(told, /Cảm ơn bạn, chúng tôi đang kiểm tra\./);
  await first.getByRole('button', { name: 'Xóa lời và ảnh' }).click();
  await eventually(() => first.locator('img').count(), 0);
});

test('many are read page by page, on a desktop and in English, too', async () => {
  const desk = await office.enrolled('director', ['clerk'], { size: deskSize, dark: true });
  await desk.goto(`${office.base}/office/reports?lang=en`);
  await sheet(desk, codes[1]).waitFor();
  await eventually(() => desk.locator('#count').innerText(), `${many - 1} not answered. 10 of ${many}`);
  await shoot(desk, 'reports');
  await checkOffice(desk);
  await desk.getByRole('button', { name: 'More' }).click();
  await sheet(desk, codes[0]).getByText('✓ Answered').waitFor();
  assert.equal(await desk.locator('[data-report]').count(), many);
});

test('a registrar reads all of them; another organisation none', async () => {
  const { cast, log } = office;
  cast.keys.registrar = log.registrar;
  const other = (await cast.add(log.registrar, { type: 'org.create/1', sub: 'org', data: { name: 'HTX bên cạnh', kind: 'cooperative' } })).sub;
  const { coop } = cast;
  cast.coop = other;
  const neighbour = await office.enrolled('registrar', ['clerk']);
  cast.coop = log.operator;
  const registrar = await office.enrolled('registrar', ['registrar']);
  cast.coop = coop;
  await neighbour.go('/office/reports');
  await neighbour.getByText('Chưa có báo nào về tem của bạn.').waitFor();
  await registrar.go('/office/reports');
  await sheet(registrar, codes[1]).getByText('HTX mẫu').waitFor();
});
