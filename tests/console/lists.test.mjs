// Lists of ten thousand rows, the one search box, and what is taken away as a file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office, phoneSize } from './office.mjs';
import { checkFit, shoot } from './screens.mjs';

const many = 10_000;
const atOnce = 200;
const given = ['An', 'Bình', 'Chính', 'Dung', 'Đông', 'Hòa', 'Khánh', 'Lường', 'Mẫn', 'Thảo'];

/** @type {Office} */
let office;
let page;
let desk;
before(async () => {
  office = await Office.open();
  page = await office.enrolled('director', ['clerk'], { size: phoneSize });
  desk = await office.enrolled('director', ['clerk'], { size: deskSize, dark: true });
  const { clerk } = office.cast.keys;
  // Invented: a number stands for the family.
  const entries = (function* make() {
    for (let at = 1; at <= many; at += 1) {
      yield office.cast.make(clerk, { type: 'member.add/1', sub: 'person', data: {
        org: office.cast.coop, kind: 'member', name: `Mẫu ${String(at).padStart(5, '0')} ${given[at % given.length]}`,
        ...(at === 777 && { phone: '0912000777' }),
      } });
    }
  })();
  const work = async () => {
    for (const entry of entries) {
      const { status, problem } = await office.log.put(entry);
      assert.equal(status, 201, JSON.stringify(problem));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
});
after(async () => {
  office.noErrors();
  await office.close();
});

const rows = (of) => of.locator('ul.rows li');
const shown = (of) => of.locator('#count').innerText();

test('ten thousand members: the second page follows the first, and the search finds blind to marks', async () => {
  const answered = page.waitForResponse((response) => response.url().includes('/api/office/members'));
  await page.go('/office/members');
  await answered;
  await rows(page).nth(49).waitFor();
  await eventually(() => shown(page), /50 trong 10[.,]?00\d/);
  const last = await rows(page).nth(49).innerText();
  await shoot(page, 'members');
  await checkFit(page);
  await page.getByRole('button', { name: 'Xem tiếp' }).click();
  await rows(page).nth(99).waitFor();
  const next = rows(page).nth(50);
  assert.ok(last.localeCompare(await next.innerText(), 'vi') < 0, 'in order');
  await eventually(() => next.locator('a').evaluate((link) => document.activeElement === link), true, 'keyboards go on where the page ended');

  await page.fill('#search', 'mau 04007 luong');
  await page.waitForFunction(() => document.querySelectorAll('ul.rows li').length === 1);
  await eventually(() => rows(page).first().innerText(), /Mẫu 04007 Lường/);
  await page.fill('#search', '0912000777');
  await page.waitForFunction(() => /00777/.test(document.querySelector('ul.rows')?.textContent ?? ''));
  await page.fill('#search', 'không có ai như vậy');
  await page.getByText('Không tìm thấy.').first().waitFor();
  await eventually(() => rows(page).count(), 0);
});

test('what is shown is what is taken away, as CSV and as XLSX', async () => {
  await page.fill('#search', 'mau 0777');
  await page.waitForFunction(() => /trong 10$/.test(document.querySelector('#count')?.textContent ?? ''));
  const take = async (name) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    return { name: file.suggestedFilename(), octets: readFileSync(await file.path()) };
  };
  const csv = await take('Tải CSV');
  assert.equal(csv.name, 'members.csv');
  const lines = csv.octets.toString('utf8').split('\r\n').slice(0, -1);
  assert.equal(lines[0].slice(0, 7), '\uFEFFHọ tên');
  assert.equal(lines.length, 11);
  assert.match(lines.join('\n'), /Mẫu 07777 Lường/);
  const xlsx = await take('Tải Excel (.xlsx)');
  assert.equal(xlsx.name, 'members.xlsx');
  assert.equal(xlsx.octets.subarray(0, 2).toString('latin1'), 'PK');
});

test('one box on the first page finds a plot, a product and a person, and leads there', async () => {
  await desk.go('/office');
  await desk.fill('#find', 'mau');
  await desk.locator('#found section').nth(2).waitFor();
  await eventually(() => desk.locator('#found').innerText(), /Vườn mẫu[\s\S]*1,5 ha/);
  await eventually(() => desk.locator('#found').innerText(), /Chanh leo mẫu/);
  await shoot(desk, 'find');
  await checkFit(desk);
  // The whole list of what was asked for; what was typed is in no address.
  await desk.getByRole('link', { name: /Xem cả 10[.,]?00\d/ }).click();
  await desk.waitForURL(/\/office\/members$/);
  await rows(desk).nth(49).waitFor();
  await eventually(() => desk.inputValue('#search'), 'mau');
  await desk.go('/office');
  await desk.fill('#find', office.cast.site);
  await desk.locator('#found a', { hasText: 'Vườn mẫu' }).focus();
  await desk.keyboard.press('Enter');
  await desk.locator('h2', { hasText: 'Vườn mẫu' }).waitFor();
});

test('a list without rows says what to do', async () => {
  await page.go('/office/certificates');
  await page.getByText('Chưa có chứng nhận nào.').first().waitFor();
  await shoot(page, 'empty');
  await checkFit(page);
});

test('cards for the gate: eight on a sheet, a code that opens the record, no name unless the office wants it', async () => {
  const { member } = office.cast.persons;
  await desk.route('**/api/office/members?**', async (route) => {
    // Nine of the ten thousand are enough to look at.
    const answer = await route.fetch();
    const body = await answer.json();
    await route.fulfill({ response: answer, json: { ...body, rows: body.rows.slice(0, 9), next: undefined } });
  });
  await desk.go('/office/cards');
  await desk.locator('.card').nth(8).waitFor();
  assert.doesNotMatch(await desk.locator('.cards').innerText(), /Mẫu 0/);
  await eventually(() => desk.getByRole('status').first().innerText(), /^9 thẻ, 2 tờ/);
  await desk.getByLabel('In họ tên').check();
  await eventually(() => desk.locator('.cards').innerText(), /Mẫu 00/);
  await Promise.all((await desk.locator('.card img').all()).map((image) => image.evaluate((one) => one.decode())));
  await shoot(desk, 'cards');
  await checkFit(desk);
  await desk.emulateMedia({ media: 'print' });
  const pdf = (await desk.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal(pdf.match(/\/Type \/Page\b/g).length, 2, 'nine cards are two sheets');
  await desk.emulateMedia({ media: 'screen' });
  assert.equal((await office.log.get('/office/card/person:0')).status, 404);

  // What the card shows is enough to find its bearer by.
  await page.go('/office');
  await page.fill('#find', `${member.slice(-8, -4)} ${member.slice(-4)}`.toLowerCase());
  await page.locator(`#found a[href$="${member}"]`).waitFor();
});
