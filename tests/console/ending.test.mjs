// What ends: members who leave, plots that are sold, products that are no longer made, certificates that are withdrawn.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office } from './office.mjs';
import { checkFit, checkOffice, shoot } from './screens.mjs';

/** @type {Office} */
let office;
let clerk;
let certificate;
before(async () => {
  office = await Office.open();
  const { cast } = office;
  await cast.add(cast.keys.clerk, { type: 'member.add/1', sub: cast.persons.member, prev: cast.newest[cast.persons.member], data: { org: cast.coop, kind: 'member', name: 'Lò Thị Mẫu' } });
  certificate = await cast.add(cast.keys.clerk, { type: 'certificate.add/1', sub: 'certificate', data: { kind: 'vietgap', number: 'MẪU-01', issuer: 'Nơi cấp mẫu', holder: cast.coop, from: '2026-01-01' } });
  clerk = await office.enrolled('director', ['clerk']);
});
after(async () => {
  office.noErrors();
  await office.close();
});

const newest = async (sub) => {
  const { history } = JSON.parse((await office.log.get(`/api/subjects/${sub}`)).body);
  const { type, data } = JSON.parse(Buffer.from(history.at(-1).entry.split('.')[1], 'base64url'));
  return { type, data };
};
async function open(page, sub) {
  await clerk.go('/office/outbox');
  await clerk.goto(`${office.base}/office/${page}#${sub}`);
}
async function ask(button, form, on, reason) {
  await clerk.getByRole('button', { name: button, exact: true }).click();
  await clerk.fill(`#${form}-on`, on);
  await clerk.selectOption(`#${form}-reason`, reason);
  await checkFit(clerk);
}
async function sign(form) {
  await clerk.click(`#form-${form} button[type=submit]`);
  await clerk.getByText(/Đã nhận lúc/).waitFor();
}
const has = (name) => clerk.getByRole('button', { name, exact: true }).count();

test('a member leaves with a day and a reason, is marked in the list, and comes back as the same person', async () => {
  const { persons, coop } = office.cast;
  await open('members', persons.member);
  await ask('Rời hợp tác xã', 'member_end', '2026-03-01', 'moved');
  await shoot(clerk, 'member_end');
  await sign('member_end');
  assert.deepEqual(await newest(persons.member), { type: 'member.leave/1', data: { org: coop, on: '2026-03-01', reason: 'moved' } });
  await clerk.getByText('⚠ Đã rời hợp tác xã từ 01/03/2026 · Chuyển đi nơi khác').waitFor();
  await eventually(() => clerk.locator('ol.versions').innerText(), /Kết thúc[^]*Thêm mới/);
  assert.equal(await has('Sửa') + await has('Rời hợp tác xã'), 0);
  await shoot(clerk, 'member-left');
  await checkOffice(clerk);
  await clerk.getByRole('link', { name: 'Về danh sách' }).click();
  await clerk.locator('ul.rows li', { hasText: 'Lò Thị Mẫu' }).filter({ hasText: 'Đã ngừng' }).waitFor();

  await open('members', persons.member);
  await clerk.getByRole('button', { name: 'Vào lại hợp tác xã' }).click();
  await eventually(() => clerk.locator('#member-name:visible').inputValue(), 'Lò Thị Mẫu');
  await clerk.fill('#member-joined', '2026-06-01');
  await clerk.click('#form-member button[type=submit]');
  await clerk.getByText(/Đã nhận lúc/).waitFor();
  const back = await newest(persons.member);
  assert.deepEqual([back.type, back.data.joined], ['member.add/1', '2026-06-01']);
  await clerk.getByRole('button', { name: 'Rời hợp tác xã', exact: true }).waitFor();
});

test('a plot is sold and, should it be used again, stated anew', async () => {
  const { site } = office.cast;
  await open('plots', site);
  await ask('Ngừng dùng', 'plot_end', '2026-04-01', 'sold');
  await shoot(clerk, 'plot_end');
  await sign('plot_end');
  assert.deepEqual(await newest(site), { type: 'site.retire/1', data: { on: '2026-04-01', reason: 'sold' } });
  await clerk.getByText('⚠ Ngừng dùng từ 01/04/2026 · Đã bán, chuyển nhượng').waitFor();
  await clerk.getByRole('button', { name: 'Sửa', exact: true }).click();
  await clerk.click('#form-plot button[type=submit]');
  await clerk.getByText(/Đã nhận lúc/).waitFor();
  assert.equal((await newest(site)).type, 'site.update/1');
  await clerk.getByRole('button', { name: 'Ngừng dùng', exact: true }).waitFor();
  await eventually(() => clerk.getByText('⚠ Ngừng dùng').count(), 0);
  const { record } = JSON.parse((await office.log.get(`/api/subjects/${site}`)).body);
  assert.equal(record.retired, undefined);
});

test('a product is no longer made; a certificate is withdrawn for good', async () => {
  await clerk.setViewportSize(deskSize);
  await open('products', office.cast.product);
  await ask('Ngừng làm', 'product_end', '2026-05-01', 'discontinued');
  await shoot(clerk, 'product_end');
  await sign('product_end');
  assert.deepEqual(await newest(office.cast.product), { type: 'product.retire/1', data: { on: '2026-05-01', reason: 'discontinued' } });
  await open('certificates', certificate.sub);
  await ask('Hết hiệu lực', 'certificate_end', '2026-05-02', 'holder_request');
  await shoot(clerk, 'certificate_end');
  await sign('certificate_end');
  assert.deepEqual(await newest(certificate.sub), { type: 'certificate.withdraw/1', data: { on: '2026-05-02', reason: 'holder_request' } });
  await clerk.getByText('⚠ Hết hiệu lực từ 02/05/2026 · Bên được cấp xin thôi').waitFor();
  assert.equal(await has('Sửa') + await has('Hết hiệu lực'), 0);
});
