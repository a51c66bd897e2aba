// At the scales: weigh tickets in a member's name.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signJws } from '../../server/app/capture/make_entry.mjs';
import { passbookOf, totalOf } from '../../server/app/phone/passbook.mjs';
import { eventually } from '../browser/eventually.mjs';
import { Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

/** @type {Office} */
let office;
let clerk;
before(async () => {
  office = await Office.open();
  const { cast } = office;
  await cast.add(cast.keys.clerk, { type: 'member.add/1', sub: cast.persons.member, prev: cast.newest[cast.persons.member], data: { org: cast.coop, kind: 'member', name: 'Lò Thị Mẫu' } });
  clerk = await office.enrolled('director', ['clerk']);
});
after(async () => {
  office.noErrors();
  await office.close();
});

const logged = async (sub) => JSON.parse((await office.log.get(`/api/subjects/${sub}`)).body).history
  .map(({ entry }) => JSON.parse(Buffer.from(entry.split('.')[1], 'base64url')));
/** A read session of one of the cast. */
async function session(name) {
  const { log } = office;
  const { nonce } = JSON.parse((await log.send('POST', '/api/session/challenge')).body);
  const answer = await log.send('POST', '/api/session', await signJws(office.maker(name), 'nguon-session+jwt', { aud: log.aud, nonce }));
  return answer.headers['set-cookie'][0].split(';')[0];
}
/** What the member's phone reckons its passbook from. */
async function passbook() {
  const { rows } = JSON.parse((await office.log.send('GET', '/api/mine', undefined, { cookie: await session('member') })).body);
  const lines = rows.map(({ id, index, entry, values }) => ({ id, index, values, claims: JSON.parse(Buffer.from(entry.split('.')[1], 'base64url')) }));
  return { lines, days: passbookOf(lines, office.cast.persons.member) };
}

test('a weigh ticket is signed in the member\'s name: their passbook counts its kilos and its money', async () => {
  const { cast } = office;
  assert.deepEqual((await passbook()).days, []);
  await clerk.go('/office/members');
  await clerk.getByRole('link', { name: /Lò Thị Mẫu/ }).click();
  await clerk.getByRole('link', { name: 'Ghi phiếu cân' }).click();
  await clerk.waitForSelector('#form-ticket:not([hidden])');
  await eventually(() => clerk.locator('#ticket-person:visible').inputValue(), cast.persons.member, 'the one whose page led here');
  await clerk.selectOption('#ticket-product', cast.product);
  await clerk.fill('#ticket-amount', '118,5');
  await clerk.fill('#ticket-ticket', 'pc 0317');
  await clerk.fill('#ticket-price', '31.00');
  await clerk.click('#form-ticket button[type=submit]');
  await eventually(() => clerk.locator('#ticket-price-wrong').innerText(), /số đồng tròn/);
  await clerk.fill('#ticket-price', '31.000');
  await clerk.fill('#ticket-stranger', 'Ai đó');
  await clerk.click('#form-ticket button[type=submit]');
  await eventually(() => clerk.locator('#ticket-person-wrong').innerText(), /Chỉ một người giao/);
  await clerk.fill('#ticket-stranger', '');
  await shoot(clerk, 'weigh');
  await checkOffice(clerk);
  await clerk.click('#form-ticket button[type=submit]');
  await clerk.getByText(/Đã nhận lúc/).waitFor();
  await clerk.getByText('Hôm nay trên máy này: 1 phiếu, 118,5 kg').waitFor();

  // The next one goes into the same lot; the form kept what stays the same, and nobody's name.
  assert.deepEqual([await clerk.locator('#ticket-product:visible').inputValue(), await clerk.locator('#ticket-person:visible').inputValue(), await clerk.locator('#ticket-amount:visible').inputValue()], [cast.product, '', '']);
  await clerk.selectOption('#ticket-person', cast.persons.member);
  await clerk.fill('#ticket-amount', '1');
  await clerk.selectOption('#ticket-unit', 'ta');
  await clerk.fill('#ticket-price', '');
  await clerk.click('#form-ticket button[type=submit]');
  await clerk.getByText('Hôm nay trên máy này: 2 phiếu, 218,5 kg').waitFor();
  await clerk.locator('summary').click();
  await clerk.locator('details li', { hasText: 'Lò Thị Mẫu' }).nth(1).waitFor();
  await checkOffice(clerk);

  const { lines, days } = await passbook();
  const total = totalOf(days);
  assert.deepEqual([total.weighed.get('kg'), total.money, total.unpriced, total.tickets], [218_500_000n, 3_673_500n, 1, 2]);
  const tickets = lines.filter(({ claims }) => claims.type === 'batch.receive/1').map(({ claims }) => claims);
  assert.deepEqual([...new Set(tickets.map((claims) => claims.for))], [cast.persons.member]);
  const [lot] = [...new Set(tickets.map(({ sub }) => sub))];
  const history = await logged(lot);
  assert.deepEqual([history.length, history[0].data.ticket, history[1].prev !== undefined], [2, 'PC-0317', true], 'one lot, one after the other');
});

test('one who is no member is named privately, and nobody\'s passbook counts it', async () => {
  await clerk.go('/office/members');
  await clerk.getByRole('link', { name: 'Ghi phiếu cân' }).click();
  await clerk.waitForSelector('#form-ticket:not([hidden])');
  await clerk.selectOption('#ticket-product', office.cast.product);
  await clerk.fill('#ticket-amount', '20');
  await clerk.click('#form-ticket button[type=submit]');
  await eventually(() => clerk.locator('#ticket-person-wrong').innerText(), /Chọn thành viên, hoặc gõ tên/);
  await clerk.fill('#ticket-stranger', 'Vàng A Mẫu');
  await clerk.click('#form-ticket button[type=submit]');
  await clerk.getByText('Hôm nay trên máy này: 3 phiếu, 238,5 kg').waitFor();
  assert.equal((await passbook()).days[0].tickets.length, 2);
});
