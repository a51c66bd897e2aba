// Plots: made, changed, drafted, and two people at one of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

/** @type {Office} */
let office;
let one;
let two;
before(async () => {
  office = await Office.open();
  one = await office.enrolled('director', ['clerk'], { size: deskSize });
  two = await office.enrolled('director', ['clerk'], { dark: true });
});
after(async () => {
  office.noErrors();
  await office.close();
});

const at = (sub) => `/office/plots#${sub}`;
async function edit(page, sub) {
  await page.go('/office/outbox');
  await page.goto(`${office.base}${at(sub)}`);
  await page.getByRole('button', { name: 'Sửa', exact: true }).click();
  await page.waitForSelector('#form-plot:not([hidden])');
}
const save = (page) => page.click('#form-plot button[type=submit]');
/** The claims of a subject's newest entry. */
async function newest(sub) {
  const { history } = JSON.parse((await office.log.get(`/api/subjects/${sub}`)).body);
  return JSON.parse(Buffer.from(history.at(-1).entry.split('.')[1], 'base64url'));
}

test('a plot with a commune found by its old name, a doubtful number asked about, its boundary measured', async () => {
  await one.go('/office/plots');
  await one.getByRole('button', { name: 'Thêm vườn, cơ sở' }).click();
  await save(one);
  await eventually(() => one.locator('#plot-name-wrong').innerText(), /Cần điền/);
  await one.fill('#plot-name', 'Vườn đồi Mẫu');
  await one.fill('#plot-commune', 'mai son');
  await one.locator('.found button').first().click();
  await eventually(() => one.locator('#plot-commune:visible').inputValue(), /, /);
  await one.selectOption('#plot-crop', 'passion_fruit');
  await one.fill('#plot-boundary', '21.100000, 103.900000\n21.101000, 103.901000\n21.101000, 103.900000\n21.100000, 103.901000');
  await save(one);
  await eventually(() => one.locator('#plot-boundary-wrong').innerText(), /cắt nhau/);
  await one.fill('#plot-boundary', '21.100000, 103.900000\n21.101000, 103.900000\n21.101000, 103.901000\n21.100000, 103.901000');
  await eventually(() => one.locator('.map').innerText(), /11\.5\d\d m²/);
  await one.fill('#plot-area', '1.200');
  await save(one);
  await eventually(() => one.locator('#plot-area-wrong').innerText(), /“1\.200” là 1\.200 hay 1,2/);
  await one.fill('#plot-area', '1,2');
  await shoot(one, 'plot-form');
  await checkOffice(one);
  await save(one);
  await one.getByText(/Đã nhận lúc/).waitFor();
  await shoot(one, 'plot');
  await checkOffice(one);
  const { type, data } = await newest(decodeURIComponent(new URL(one.url()).hash.slice(1)));
  assert.equal(type, 'site.add/1');
  assert.deepEqual([data.name, data.area, data.crop], ['Vườn đồi Mẫu', { amount: '1.2', unit: 'ha' }, 'passion_fruit']);
  assert.doesNotMatch(JSON.stringify(data), /103900000|1039000000/);
  await eventually(() => one.locator('.facts').first().innerText(), /4 góc, khoảng 11\.5\d\d m²/);
});

test('a page that dies in the middle of a form asks whether to go on, and has every field', async () => {
  await two.go('/office/plots');
  await two.getByRole('button', { name: 'Thêm vườn, cơ sở' }).click();
  await two.fill('#plot-name', 'Vườn dở dang');
  await two.selectOption('#plot-crop', 'coffee');
  await two.fill('#plot-planted', '2019');
  // Kept soon, though nobody pressed anything: a page that dies in the very moment of a key may lack what it typed.
  await two.waitForFunction(() => new Promise((resolve) => {
    const opening = indexedDB.open('nguon-office');
    opening.onsuccess = () => {
      const db = opening.result;
      db.transaction('device').objectStore('device').get('draft:plot:').onsuccess = ({ target }) => {
        db.close();
        resolve(target.result?.raw.planted === '2019');
      };
    };
  }), undefined, { timeout: 5000 });
  await two.reload();
  await two.getByRole('button', { name: 'Thêm vườn, cơ sở' }).click();
  await two.getByText(/phiếu làm dở .*Vườn dở dang/).waitFor();
  await eventually(() => two.locator('#plot-name:visible').inputValue(), '', 'never silently');
  await shoot(two, 'draft');
  await checkOffice(two);
  await two.getByRole('button', { name: 'Tiếp tục phiếu đó' }).click();
  assert.deepEqual([await two.locator('#plot-name:visible').inputValue(), await two.locator('#plot-crop:visible').inputValue(), await two.locator('#plot-planted:visible').inputValue()],
    ['Vườn dở dang', 'coffee', '2019']);
});

test('a plot with several codes: each with issuer, status and dates, none lost by an edit, on a phone', async () => {
  await two.go('/office/plots');
  await two.getByRole('button', { name: 'Thêm vườn, cơ sở' }).click();
  await two.getByRole('button', { name: 'Bỏ, làm lại' }).click();
  await two.fill('#plot-name', 'Vườn nhiều mã');
  await two.fill('#plot-commune', 'mai son');
  await two.locator('.found button').first().click();
  const add = two.getByRole('button', { name: 'Thêm mã số' });
  const code = async (at, scheme, said, from, until) => {
    await add.click();
    await eventually(() => two.evaluate(() => document.activeElement?.id), `plot-codes-${at}-scheme`);
    await two.selectOption(`#plot-codes-${at}-scheme`, scheme);
    await two.fill(`#plot-codes-${at}-code`, said);
    await two.fill(`#plot-codes-${at}-from`, from);
    await two.fill(`#plot-codes-${at}-until`, until);
  };
  await code(0, 'planting_area_export', 'VN-SLOR-0952', '2026-01-01', '2026-12-31');
  await code(1, 'planting_area_export', 'VN-SLOR-0952', '2026-03-01', '2026-02-01');
  await code(2, 'planting_area_domestic', 'VN-14-mẫu', '', '');
  await add.click();  // And forgotten: nothing was typed, nothing is missed.
  for (const at of [1, 2]) await two.fill(`#plot-codes-${at}-issuer`, 'Sở mẫu (dữ liệu mẫu)');
  const wrong = (field) => two.locator(`#plot-codes-${field}-wrong`).innerText();
  await save(two);
  await eventually(() => wrong('0-issuer'), /Cần điền/);
  await eventually(() => two.evaluate(() => document.activeElement?.id), 'plot-codes-0-issuer');
  await two.fill('#plot-codes-0-issuer', 'Cục mẫu (dữ liệu mẫu)');
  await save(two);
  await eventually(() => wrong('1-code'), /đã ghi ở mục trên/);
  await eventually(() => wrong('1-until'), /không được trước ngày đầu/);
  await two.fill('#plot-codes-1-code', 'VN-SLOR-0953');
  await two.fill('#plot-codes-1-until', '2027-02-28');
  await shoot(two, 'plot-codes');
  await checkOffice(two);
  await save(two);
  await two.getByText(/Đã nhận lúc/).waitFor();
  const sub = decodeURIComponent(new URL(two.url()).hash.slice(1));
  const said = (await newest(sub)).data.codes;
  assert.deepEqual(said, [
    { scheme: 'planting_area_export', code: 'VN-SLOR-0952', issuer: 'Cục mẫu (dữ liệu mẫu)', status: 'active', from: '2026-01-01', until: '2026-12-31' },
    { scheme: 'planting_area_export', code: 'VN-SLOR-0953', issuer: 'Sở mẫu (dữ liệu mẫu)', status: 'active', from: '2026-03-01', until: '2027-02-28' },
    { scheme: 'planting_area_domestic', code: 'VN-14-mẫu', issuer: 'Sở mẫu (dữ liệu mẫu)', status: 'active' },
  ]);
  await eventually(() => two.locator('.facts').first().innerText(), /VN-SLOR-0952[^\n]*đến 31\/12\/2026\n[^\n]*VN-SLOR-0953/);

  await edit(two, sub);
  await two.selectOption('#plot-codes-1-status', 'revoked');
  await two.getByRole('button', { name: 'Bỏ mục này' }).first().click();
  await eventually(() => two.locator('#plot-codes-0-code:visible').inputValue(), 'VN-SLOR-0953', 'counted anew');
  await save(two);
  await two.getByText(/Đã nhận lúc/).waitFor();
  assert.deepEqual((await newest(sub)).data.codes, [{ ...said[1], status: 'revoked' }, said[2]]);
  await two.goto(`${office.base}/office/plots#`);
  await two.fill('#search', 'slor 0953');
  await two.locator('ul.rows li', { hasText: 'Vườn nhiều mã' }).waitFor();
});

test('what was asked for first and is answered last does not take the place of what is shown', async () => {
  await two.go('/office/plots');
  let answer;
  const held = new Promise((resolve) => {
    answer = resolve;
  });
  await two.route('**/api/subjects/**', (route) => held.then(() => route.continue()));
  const asked = two.waitForRequest('**/api/subjects/**');
  await two.goto(`${office.base}${at(office.cast.site)}`);
  await asked;
  await two.goto(`${office.base}/office/plots#`);
  await two.locator('ul.rows li').first().waitFor();
  answer();
  // Until it asks nothing more: by then it would have been drawn.
  while (await two.waitForResponse(() => true, { timeout: 500 }).catch(() => undefined));
  await two.unroute('**/api/subjects/**');
  await eventually(() => two.locator('#search').count(), 1);
});

test('two clerks change one plot, one of them offline: a person decides, both versions are kept', async () => {
  const { site } = office.cast;
  await edit(two, site);
  await two.context().setOffline(true);
  await two.fill('#plot-name', 'Vườn mẫu (ngoài đồng)');
  await save(two);
  await two.getByText(/Đã lưu trên máy này/).waitFor();

  await edit(one, site);
  await one.fill('#plot-name', 'Vườn mẫu số 1');
  await save(one);
  await one.getByText(/Đã nhận lúc/).waitFor();
  const theirs = await newest(site);

  await two.context().setOffline(false);
  await two.go('/office/outbox');
  await two.waitForSelector('.conflict');
  await eventually(() => two.locator('.conflict').innerText(), /Vườn mẫu \(ngoài đồng\)[\s\S]*Vườn mẫu số 1/);
  await eventually(() => two.locator('.conflict tr.differs').count(), 1);
  await shoot(two, 'conflict');
  await checkOffice(two);
  assert.deepEqual((await newest(site)).jti, theirs.jti, 'nothing was logged by itself');
  await two.getByRole('button', { name: 'Lấy bản của tôi' }).click();
  await two.getByText(/cả hai vẫn đọc được/).waitFor();
  const chosen = await newest(site);
  assert.equal(chosen.data.name, 'Vườn mẫu (ngoài đồng)');
  assert.equal(chosen.data.replaces, chosen.prev);
  await two.locator('.tag.replaced').waitFor();
  await two.locator('#unsent').waitFor({ state: 'hidden' });
  await shoot(two, 'outbox');

  await one.goto(`${office.base}${at(site)}`);
  await one.reload();
  await one.locator('.sheet h2', { hasText: 'ngoài đồng' }).first().waitFor();
  await eventually(() => one.locator('.versions li').count(), 3);
});

test('two clerks and a member at one plot, two of them offline: no version is lost, and no choice is made but by a person', async () => {
  const { site } = office.cast;
  const member = await office.enrolled('clerk', ['member']);
  const offline = async (page, name) => {
    await edit(page, site);
    await page.context().setOffline(true);
    await page.fill('#plot-name', name);
    await save(page);
    await page.getByText(/Đã lưu trên máy này/).waitFor();
  };
  const rename = async (name) => {
    await edit(one, site);
    await one.fill('#plot-name', name);
    await save(one);
    await one.getByText(/Đã nhận lúc/).waitFor();
  };
  const back = async (page) => {
    await page.context().setOffline(false);
    await page.go('/office/outbox');
  };
  await offline(two, 'Vườn mẫu, bản của nhân viên hai');
  await offline(member, 'Vườn mẫu, bản của thành viên');
  await rename('Vườn mẫu, bản của nhân viên một');
  const before = (await newest(site)).jti;

  // While the second clerk compares, the first one changes it again: the choice was between other versions, so it is asked anew.
  await back(two);
  await two.waitForSelector('.conflict');
  await rename('Vườn mẫu, bản mới hơn');
  await two.getByRole('button', { name: 'Lấy bản của tôi' }).click();
  await two.getByText(/Người khác vừa sửa cùng mục này/).waitFor();
  await two.locator('.conflict', { hasText: 'bản mới hơn' }).waitFor();
  assert.equal((await newest(site)).data.name, 'Vườn mẫu, bản mới hơn');
  await checkOffice(two);
  await two.getByRole('button', { name: 'Giữ bản trong sổ' }).click();
  await two.getByText(/bản của bạn còn trong Hộp gửi/).waitFor();
  await two.locator('li', { hasText: 'bản của nhân viên hai' }).first().locator('.tag.replaced').waitFor();
  assert.equal((await newest(site)).data.name, 'Vườn mẫu, bản mới hơn');

  // A member's role changes no plot: the log says so, and the member's version stays to be shown to the office.
  await back(member);
  const refused = member.locator('li', { hasText: 'bản của thành viên' });
  await refused.locator('.tag.refused').waitFor();
  await refused.locator('a[href="/problems/role.none"]').waitFor();
  await refused.locator('summary').click();
  await eventually(() => refused.innerText(), /bản của thành viên[\s\S]*bản mới hơn/);
  await shoot(member, 'refused-member');
  await checkOffice(member);
  await rename('Vườn mẫu, bản của thành viên');

  const { history } = JSON.parse((await office.log.get(`/api/subjects/${site}`)).body);
  const said = history.map(({ entry }) => JSON.parse(Buffer.from(entry.split('.')[1], 'base64url')));
  assert.deepEqual(said.slice(said.findIndex(({ jti }) => jti === before)).map(({ data }) => data.name),
    ['Vườn mẫu, bản của nhân viên một', 'Vườn mẫu, bản mới hơn', 'Vườn mẫu, bản của thành viên']);
});

test('undo signs the version before, and keyboard alone is enough', async () => {
  const { product } = office.cast;
  await one.goto(`${office.base}/office/products#${product}`);
  await one.getByRole('button', { name: 'Sửa', exact: true }).focus();
  await one.keyboard.press('Enter');
  await one.waitForSelector('#form-product:not([hidden])');
  await eventually(() => one.evaluate(() => document.activeElement?.id), 'product-name');
  await one.keyboard.press('Control+A');
  await one.keyboard.type('Chanh leo đổi tên');
  await one.keyboard.press('Enter');
  await shoot(one, 'product');
  await one.getByText(/Đã nhận lúc/).waitFor({ timeout: 8000 });
  assert.equal((await newest(product)).data.name, 'Chanh leo đổi tên');
  await one.getByRole('button', { name: 'Hoàn tác' }).focus();
  await one.keyboard.press('Enter');
  await one.getByText('Đã hoàn tác.').waitFor();
  const undone = await newest(product);
  assert.equal(undone.data.name, 'Chanh leo mẫu');
  assert.equal(undone.data.replaces, undone.prev);
});

test('no answer from the service: what was begun and what waits on this device is listed, and goes on after', async () => {
  await two.go('/office/products');
  await two.getByRole('button', { name: 'Thêm sản phẩm' }).click();
  await two.fill('#product-name', 'Chanh leo dở dang');
  await two.locator('#product-name').press('Tab');
  const away = (route) => route.abort();
  await two.route('**/api/**', away);
  await two.reload();
  await two.getByText('Chưa nối được máy chủ').waitFor({ timeout: 30_000 });
  await two.locator('a', { hasText: 'Chanh leo dở dang' }).waitFor();
  await two.getByText('Không còn gì chờ gửi').waitFor();
  await shoot(two, 'offline');
  await checkOffice(two);
  await two.unroute('**/api/**', away);
  await two.getByRole('button', { name: 'Thử lại' }).click();
  await two.getByRole('button', { name: 'Thêm sản phẩm' }).click();
  await two.getByRole('button', { name: 'Tiếp tục phiếu đó' }).click();
  await eventually(() => two.locator('#product-name:visible').inputValue(), 'Chanh leo dở dang');
});

test('a product with pack sizes, a GTIN for one of them, its OCOP group and set, on a phone', async () => {
  await two.go('/office/products');
  await two.getByRole('button', { name: 'Thêm sản phẩm' }).click();
  await two.fill('#product-name', 'Cam V2 Mẫu');
  await two.selectOption('#product-stage', 'orange/fruit');
  await two.selectOption('#product-variety', 'orange/v2');
  const add = two.getByRole('button', { name: 'Thêm quy cách' });
  for (const [at, [size, unit]] of [['500', 'g'], ['0,5', 'kg'], ['24', 'piece']].entries()) {
    await add.click();
    await two.fill(`#product-packs-${at}-size`, size);
    await two.selectOption(`#product-packs-${at}-unit`, unit);
  }
  await two.fill('#product-packs-0-gtin', '952 1234 543214');
  await two.fill('#product-ocop_set', 'Bộ mẫu (dữ liệu mẫu)');
  const saving = () => two.click('#form-product button[type=submit]');
  await saving();
  await eventually(() => two.locator('#product-packs-0-gtin-wrong').innerText(), /nó phải là 3/);
  await eventually(() => two.locator('#product-ocop_group-wrong').innerText(), /Chọn nhóm OCOP/);
  await two.fill('#product-packs-0-gtin', '9521234543213');
  await two.selectOption('#product-ocop_group', 'food');
  await saving();
  await eventually(() => two.locator('#product-packs-1-size-wrong').innerText(), /đã ghi ở mục trên/);
  await shoot(two, 'product-form');
  await checkOffice(two);
  await two.fill('#product-packs-1-size', '1');
  await saving();
  await two.getByText(/Đã nhận lúc/).waitFor();
  const sub = decodeURIComponent(new URL(two.url()).hash.slice(1));
  const { type, data } = await newest(sub);
  assert.equal(type, 'product.add/2');
  assert.deepEqual(data.packs, [
    { size: { amount: '500', unit: 'g' }, gtin: '09521234543213' }, { size: { amount: '1', unit: 'kg' } }, { size: { amount: '24', unit: 'piece' } },
  ]);
  assert.deepEqual(data.ocop, { decision: '148/QĐ-TTg', group: 'food', set: 'Bộ mẫu (dữ liệu mẫu)' });
  await eventually(() => two.locator('.facts').first().innerText(), /\nCam\n/, 'the crop has its name, not its code');
  await eventually(() => two.locator('.facts').first().innerText(), /500 g · GTIN 09521234543213\n1 kg\n24 cái, quả[\s\S]*Thực phẩm · bộ Bộ mẫu/);
  await shoot(two, 'product-packs');
  await checkOffice(two);

  // Another product may not bear it: the service says why, and names the rule.
  await two.go('/office/products');
  await two.getByRole('button', { name: 'Thêm sản phẩm' }).click();
  await two.fill('#product-name', 'Cam khác Mẫu');
  await two.selectOption('#product-stage', 'orange/fruit');
  await add.click();
  await two.fill('#product-packs-0-size', '2');
  await two.fill('#product-packs-0-gtin', '9521234543213');
  await saving();
  await two.getByRole('link', { name: 'product.gtin-taken' }).waitFor();
  // What an older page would say of a product is still said in the older words.
  await two.getByRole('button', { name: 'Bỏ mục này' }).click();
  await saving();
  await two.getByText(/Đã nhận lúc/).waitFor();
  assert.equal((await newest(decodeURIComponent(new URL(two.url()).hash.slice(1)))).type, 'product.add/1');
  await two.go('/office/products');
  await two.fill('#search', '0952 1234 5432 13');
  await two.locator('ul.rows li', { hasText: '500 g, 1 kg, 24 cái, quả' }).waitFor();
});
