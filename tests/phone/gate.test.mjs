// At the gate and after: deliveries by one's own word, the office's tickets, the passbook on screen and on paper, and all
// of it again on a new phone.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { nguon } from '../e2e/lib/deployment.mjs';
import { Handset, Stage } from './stage.mjs';

let stage;
let phone;
before(async () => {
  stage = await Stage.build();
  phone = new Handset(stage);
  await phone.start({ slow: 1 });
  await herd();
  await phone.enrol({ roles: ['member', 'herdsman'] });
});
after(async () => {
  await phone?.remove();
  stage?.close();
});

const tags = ['704000012345678', '704000012345687', '704000099995678'];
/** A barn with three animals, the third of which ends in the same four digits as the first. */
async function herd() {
  const { cast } = stage;
  const { clerk } = cast.keys;
  const [barn, meadow] = await Promise.all(['Chuồng mẫu', 'Bãi chăn mẫu'].map((name) => cast.add(clerk, { type: 'site.add/1', sub: 'site', data: {
    org: cast.coop, kind: 'barn', name, commune: { code: '04132', vintage: '2026-09-25' },
  } })));
  stage.meadow = meadow.sub;
  stage.animals = [];
  for (const number of tags) {
    const { sub, id } = await cast.add(clerk, { type: 'animal.arrive/1', sub: 'animal', data: { site: barn.sub, species: 'cattle', breed: 'yellow', sex: 'female', on: '2026-05-04', source: 'bought' } });
    const tag = await cast.add(clerk, { type: 'animal.tag/1', sub, prev: id, data: { scheme: 'rfid', number, on: '2026-05-04', reason: 'first' } });
    stage.animals.push({ sub, head: tag.id });
  }
}

/** A weigh ticket of the office in the phone's person's name, on one lot. */
let lot;
async function weigh(amount, on, price, ticket) {
  const { cast } = stage;
  const entry = await cast.add(cast.keys.clerk, {
    type: 'batch.receive/1', sub: lot?.sub ?? 'batch', ...(lot && { prev: lot.id }), for: phone.person,
    data: { product: cast.product, on, qty: { amount, unit: 'kg' }, supplier: phone.person, ...(price && { price: { vnd: price, per: 'kg' } }), ...(ticket && { ticket }) },
  });
  lot = entry;
  return entry;
}

test('before anything: an empty passbook says what it is for', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Sổ của tôi' }).click();
  await page.getByText('Chưa có lần giao hàng nào').waitFor();
  await page.getByText(/^Sổ lấy lúc/).waitFor();
  await phone.check('60-book-empty');
  await page.getByRole('button', { name: 'Quay lại' }).click();
});

test('a delivery is stated in three taps and a number', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Giao hàng' }).click();
  await page.getByRole('button', { name: 'Chanh leo mẫu' }).waitFor();
  await phone.check('61-deliver-product');
  await page.getByRole('button', { name: 'Chanh leo mẫu' }).click();
  await page.getByLabel('Số lượng').fill('120');
  await page.getByLabel('Số phiếu cân').fill('pc 0317');
  await phone.check('62-deliver-number');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
  await phone.check('63-delivered');
  const [delivery] = await stage.logged('batch.deliver/1');
  assert.deepEqual([delivery.data.qty, delivery.data.ticket, delivery.data.product], [{ amount: '120', unit: 'kg' }, 'PC-0317', stage.cast.product]);
  phone.day = delivery.data.on;
  await page.getByRole('button', { name: 'Về nhà' }).click();
});

test('the passbook: both words, the difference, money by corrected prices, offline, a second page', async () => {
  const { page } = phone;
  const first = await weigh('118', phone.day, 31_000, 'PC-0317');
  await page.getByRole('button', { name: 'Sổ của tôi' }).click();
  await page.getByText('Lệch 2 kg').waitFor();
  await page.getByText('3.658.000 đồng').first().waitFor();
  await phone.check('64-book');
  // The office corrects the amount and the price: entries of its own, in nobody's name.
  const { cast } = stage;
  for (const change of [{ pointer: '/qty', value: { amount: '120', unit: 'kg' } }, { pointer: '/price', secret: { vnd: 32_000, per: 'kg' } }]) {
    lot = await cast.add(cast.keys.clerk, { type: 'batch.correct/1', sub: lot.sub, prev: lot.id, for: phone.person, data: { target: first.id, reason: 'weighing', ...change } });
  }
  for (let day = 1; day <= 12; day += 1) await weigh('10.5', `2026-09-${String(day).padStart(2, '0')}`, day > 1 && 30_000);
  await page.getByRole('button', { name: 'Quay lại' }).click();
  await page.getByRole('button', { name: 'Sổ của tôi' }).click();
  await page.getByText('Khớp số tôi khai').waitFor();
  // 120 · 32.000 + 11 · 10,5 · 30.000, one ticket without a price.
  await page.getByText('7.305.000 đồng').waitFor();
  await page.getByText('1 phiếu chưa có giá').waitFor();
  await page.getByText('246 kg').waitFor();
  await phone.check('65-book-corrected');
  await page.getByText('Trang 1 / 2').waitFor();
  stage.weather.away = true;
  await page.getByRole('button', { name: 'Cũ hơn' }).click();
  await page.getByText('Trang 2 / 2').waitFor();
  await page.getByText('Không có mạng').waitFor();
  await page.getByText('1 phiếu chưa có giá').nth(1).waitFor();
  await phone.check('66-book-offline');
  stage.weather.away = false;
});

test('on paper: the whole book, and nothing of the app around it', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Xem bản để in' }).click();
  await page.getByRole('button', { name: 'In sổ' }).waitFor();
  await phone.check('67-sheet');
  await eventually(() => page.locator('tbody tr').count(), 13);
  await page.emulateMedia({ media: 'print' });
  await eventually(() => page.getByRole('button').count(), 0);
  await page.locator('tfoot').getByText('7.305.000 đồng · 1 phiếu chưa có giá').waitFor();
  await phone.shot('68-paper');
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${stage.weather.origin}/app`);
});

/** From the first screen to an animal by its number. */
async function take(act, tag) {
  const { page } = phone;
  await page.getByRole('button', { name: 'Vật nuôi' }).click();
  await page.getByRole('button', { name: act }).click();
  await page.getByLabel(/^Số tai/).fill(tag);
  await page.getByLabel('Gõ lại số tai').fill(tag);
  await page.getByRole('button', { name: 'Tiếp', exact: true }).click();
}
async function save() {
  const { page } = phone;
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
}
const goHome = () => phone.page.getByRole('button', { name: 'Về nhà' }).click();

test('an ear tag is typed twice: two that differ ask, a part of several asks, one that nobody wears is told', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: 'Vật nuôi' }).click();
  await page.getByRole('button', { name: 'Cân' }).waitFor();
  await phone.check('80-act');
  await page.getByRole('button', { name: 'Cân' }).click();
  const [first, again] = [page.getByLabel(/^Số tai/), page.getByLabel('Gõ lại số tai')];
  const next = () => page.getByRole('button', { name: 'Tiếp', exact: true }).click();
  await first.fill('9999');
  await again.fill('9999');
  await next();
  await page.getByText('Trong đàn không có số 9999').waitFor();
  await first.fill('5678');
  await again.fill('5678');
  await next();
  await page.getByText('Có nhiều con như vậy').waitFor();
  await eventually(() => page.getByRole('button', { name: /704 0000/ }).count(), 2);
  await first.fill(tags[1]);
  await again.fill(tags[0]);
  await next();
  await page.getByText('Hai lần gõ khác nhau').waitFor();
  await phone.check('81-tag-differs');
  await page.getByRole('button', { name: '704 0000 1234 5687' }).click();
  await page.getByText(/704 0000 1234 5687 · Bò cái · Chuồng mẫu/).waitFor();
  await page.getByLabel('Số lượng').fill('212,5');
  await page.getByLabel('Thước dây').check();
  await phone.check('82-weigh');
  await save();
  const [weighing] = await stage.logged('animal.weigh/1');
  assert.deepEqual([weighing.sub, weighing.prev, weighing.data.weight, weighing.data.method], [stage.animals[1].sub, stage.animals[1].head, { amount: '212.5', unit: 'kg' }, 'tape']);
  await goHome();
});

test('a treatment says until when nothing is to be sold, then and the next time', async () => {
  const { page } = phone;
  await take('Chữa bệnh', '5687');
  await page.getByLabel('Tên thuốc').fill('Thuốc thú y mẫu');
  await page.getByLabel('Ngừng thuốc trước khi bán').fill('21');
  await phone.check('83-treat');
  await page.getByRole('button', { name: 'Tiếp', exact: true }).click();
  await page.getByLabel('Số lượng').fill('10');
  await save();
  await page.getByText(/21 ngày, bán được từ/).waitFor();
  await phone.check('84-treated');
  const [treatment] = await stage.logged('animal.treat/1');
  const [weighing] = await stage.logged('animal.weigh/1');
  assert.deepEqual([treatment.sub, treatment.data.withdrawal_days, treatment.data.dose], [weighing.sub, 21, { amount: '10', unit: 'ml' }]);
  await goHome();
  await take('Tiêm phòng', '5687');
  await page.getByRole('button', { name: 'Lở mồm long móng' }).waitFor();
  await phone.check('85-disease');
  await page.getByRole('button', { name: 'Lở mồm long móng' }).click();
  await page.getByText('không bán thịt đến hết ngày').waitFor();
  await page.getByLabel('Tên vắc-xin').fill('Vắc-xin mẫu');
  await phone.check('86-vaccinate');
  await save();
  const [dose] = await stage.logged('animal.vaccinate/1');
  assert.deepEqual([dose.data.disease, dose.data.name], ['foot_and_mouth', 'Vắc-xin mẫu']);
  await goHome();
});

test('without a network: born, moved, dead; each goes on where the one before stopped', async () => {
  const { page } = phone;
  stage.weather.away = true;
  const save = async () => {
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.getByRole('heading', { name: 'Phiếu', exact: true }).waitFor();
    await goHome();
  };
  await take('Sinh bê', '5687');
  await page.getByRole('button', { name: 'Chuồng mẫu' }).click();
  await page.getByLabel('Đực').check();
  await phone.check('87-birth');
  await save();
  await page.getByRole('button', { name: 'Vật nuôi' }).click();
  await page.getByRole('button', { name: 'Chuyển chuồng' }).click();
  await page.getByRole('button', { name: /^Bò đực, chưa có số tai/ }).waitFor();
  await phone.check('88-untagged');
  await page.getByRole('button', { name: /^Bò đực, chưa có số tai/ }).click();
  await page.getByRole('button', { name: 'Bãi chăn mẫu' }).click();
  await page.getByLabel('Chăn thả').check();
  await save();
  await take('Chết, mất', tags[2]);
  await page.getByLabel('Tai nạn').check();
  await phone.check('89-die');
  await save();
  await page.getByRole('button', { name: 'Vật nuôi' }).click();
  await page.getByRole('button', { name: 'Cân' }).click();
  await page.getByLabel(/^Số tai/).fill(tags[2]);
  await page.getByLabel('Gõ lại số tai').fill(tags[2]);
  await page.keyboard.press('Enter');
  await page.getByText('Trong đàn không có số').waitFor();
  stage.weather.away = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.goto(`${stage.weather.origin}/app`);
  await page.getByRole('button', { name: 'Bỏ phiếu này' }).click();
  await page.getByText('Đã gửi hết').waitFor();
  const [[birth], [move], [death]] = await Promise.all(['birth', 'move', 'die'].map((act) => stage.logged(`animal.${act}/1`)));
  assert.deepEqual([birth.data.dam, birth.data.sex, birth.prev], [stage.animals[1].sub, 'male', undefined]);
  assert.deepEqual([move.sub, move.data.to, move.data.reason], [birth.sub, stage.meadow, 'grazing']);
  assert.deepEqual([death.sub, death.data.cause, death.data.disposal], [stage.animals[2].sub, 'accident', 'buried']);
  const { record } = JSON.parse((await stage.log.get(`/api/subjects/${birth.sub}`)).body);
  assert.equal(record.site, stage.meadow);
});

test('nobody else\'s: a member without deliveries sees none of it, and without a session nothing is told', async (t) => {
  const answer = await stage.log.get('/api/mine');
  assert.equal(answer.status, 401);
  const other = new Handset(stage);
  t.after(() => other.remove());
  await other.start({ slow: 1 });
  await other.enrol({ name: 'Vàng A Mẫu' });
  await other.page.getByRole('button', { name: 'Sổ của tôi' }).click();
  await other.page.getByText('Chưa có lần giao hàng nào').waitFor();
});

test('a new phone in place of the old one: ninety days of records are back, and their receipts hold', async (t) => {
  await phone.harvest('77');
  await phone.page.getByText('Đã nhận').waitFor();
  const { head } = JSON.parse((await stage.log.get(`/api/subjects/${phone.person}`)).body).head;
  const next = new Handset(stage);
  t.after(() => next.remove());
  await next.start({ slow: 1 });
  await next.enrol({ person: phone.person, head });
  const { page } = next;
  await page.getByRole('button', { name: 'Phiếu đã ghi' }).click();
  await page.getByRole('button', { name: /Chanh leo mẫu 77 kg/ }).waitFor();
  await page.getByRole('button', { name: /Giao Chanh leo mẫu 120 kg/ }).waitFor();
  assert.equal(await page.locator('.badge.received').count(), await page.locator('.badge').count());
  await next.check('69-history-back');
  await page.getByRole('button', { name: 'Soát lại biên nhận' }).click();
  await page.getByText(/còn giữ đủ \d+ phiếu/).waitFor();
  // It goes on where the other phone stopped: a correction of what that one recorded.
  await page.getByRole('button', { name: /Chanh leo mẫu 77 kg/ }).click();
  await page.getByRole('button', { name: 'Sửa phiếu này' }).click();
  await page.getByLabel('Số lượng').fill('78');
  await page.getByRole('button', { name: 'Lưu', exact: true }).click();
  await page.getByText('Đã nhận').waitFor();
  assert.deepEqual(next.errors, []);
});

// The last one: the stage itself goes on with the keys it was built with.
test('the log changed its keys: the phone learns the new ones by itself, and receipts count again', async () => {
  const { page } = phone;
  const { log } = stage;
  await log.stop();
  const change = (...words) => {
    const done = nguon('keys', 'rotate', '--data', log.data, ...words, '--key', join(log.home, 'root.pem'));
    assert.equal(done.code, 0, done.err);
  };
  change('--new', 'log', '--new', 'service');
  change('--retire', log.vkey, '--retire', nguon('keys', 'show', '--data', log.data).out.split('\n').find((line) => line.startsWith('service ')).split(' ')[1]);
  await log.start();
  await page.goto(`${stage.weather.origin}/app`);
  await phone.harvest('55');
  await page.getByText('Đã nhận').waitFor();
  // Receipts of before are still good under the new keys.
  await page.goto(`${stage.weather.origin}/app#/records`);
  await page.getByRole('button', { name: 'Soát lại biên nhận' }).click();
  await page.getByText(/còn giữ đủ \d+ phiếu/).waitFor();
  await page.getByRole('button', { name: 'Quay lại' }).click();
});
