// Certificates and collective marks with their files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { signJws } from '../../server/app/capture/make_entry.mjs';
import { eventually } from '../browser/eventually.mjs';
import { deskSize, Office } from './office.mjs';
import { checkOffice, shoot } from './screens.mjs';

const corpus = (name) => readFileSync(new URL(`../fuzz/corpus/${name}`, import.meta.url));
const pdf = (buffer) => ({ name: 'giấy chứng nhận.pdf', mimeType: 'application/pdf', buffer });
/** A sound PDF of that many octets and somewhat more. @param {number} size @param {Buffer} [inside]  a further object */
function pdfOf(size, inside = Buffer.alloc(0)) {
  const body = Buffer.concat([Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n'), inside, Buffer.from(`%${'dữ liệu mẫu '.repeat(Math.ceil(size / 16))}\n`)]);
  return Buffer.concat([body, Buffer.from(`xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`)]);
}

/** @type {Office} */
let office;
let clerk;
before(async () => {
  office = await Office.open();
  clerk = await office.enrolled('director', ['clerk']);
});
after(async () => {
  office?.noErrors();
  await office?.close();
});

/** What the log says of the record that is open. */
async function logged(page) {
  const { body } = await office.log.get(`/api/subjects/${decodeURIComponent(new URL(page.url()).hash.slice(1))}`);
  return JSON.parse(body).history.map(({ entry }) => JSON.parse(Buffer.from(entry.split('.')[1], 'base64url')));
}
/** A read session of one of the cast. */
async function session(name) {
  const { log } = office;
  const { nonce } = JSON.parse((await log.send('POST', '/api/session/challenge')).body);
  const answer = await log.send('POST', '/api/session', await signJws(office.maker(name), 'nguon-session+jwt', { aud: log.aud, nonce }));
  return answer.headers['set-cookie'][0].split(';')[0];
}
const sign = (page) => page.click('#form-certificate button[type=submit]');
const choose = (page, file) => page.locator('#certificate-document').setInputFiles(file);
const octetsAt = (page, address) => page.evaluate(async (path) => [...new Uint8Array(await (await fetch(path)).arrayBuffer())], address);
/** A form as far as its file. */
async function begin(page, number, kind = 'vietgap') {
  await page.go('/office/certificates');
  await page.getByRole('button', { name: 'Thêm chứng nhận' }).click();
  await page.selectOption('#certificate-kind', kind);
  await page.fill('#certificate-number', number);
  await page.fill('#certificate-issuer', 'Trung tâm chứng nhận mẫu');
  await page.fill('#certificate-from', '2026-01-01');
}

test('what is no certificate\'s file is refused in words before anything is signed, and what was chosen before stays', async () => {
  const wrong = clerk.locator('#certificate-document-wrong');
  const refused = async (file, words) => {
    await choose(clerk, file);
    await wrong.filter({ hasText: words }).waitFor();
    await eventually(() => clerk.getAttribute('#certificate-document', 'aria-invalid'), 'true');
  };
  await begin(clerk, 'VG-MAU-1');
  await refused({ name: 'ghi chú.txt', mimeType: 'text/plain', buffer: Buffer.from('không phải giấy') }, 'không phải PDF hoặc ảnh');
  await refused(pdf(pdfOf(11 * 1024 * 1024)), 'lớn hơn 10 MB');
  await shoot(clerk, 'certificate-refused');
  await checkOffice(clerk);
  await choose(clerk, pdf(corpus('pdf/plain.pdf')));
  await clerk.getByText('Đã có tệp trên máy này: PDF, 1 KB').waitFor();
  await eventually(() => wrong.innerText(), '');
  await refused(pdf(corpus('pdf/acting.pdf')), 'in lại thành PDF thường');
  await refused(pdf(corpus('pdf/plain.pdf').subarray(0, 200)), 'hỏng hoặc thiếu phần cuối');
  await clerk.getByText('Đã có tệp trên máy này: PDF, 1 KB').waitFor();
  await clerk.getByRole('button', { name: 'Bỏ tệp' }).click();
  await eventually(() => clerk.getByText('Đã có tệp trên máy này').count(), 0);
});

test('a PDF is kept in the draft, arrives after its record and as it was, and only who may see it does', async () => {
  const plain = corpus('pdf/plain.pdf');
  await choose(clerk, pdf(plain));
  await clerk.getByText('Đã có tệp trên máy này: PDF').waitFor();
  await clerk.reload();
  await clerk.getByRole('button', { name: 'Thêm chứng nhận' }).click();
  await clerk.getByRole('button', { name: 'Tiếp tục phiếu đó' }).click();
  await clerk.getByText('Đã có tệp trên máy này: PDF').waitFor();
  await shoot(clerk, 'certificate-file', '.field[data-kind=file]');
  await checkOffice(clerk);
  // Signed without a network, it goes when there is one: the record first, then its file.
  await clerk.context().setOffline(true);
  await sign(clerk);
  await clerk.getByText(/Đã lưu trên máy này/).waitFor();
  await clerk.context().setOffline(false);
  await clerk.go('/office/certificates');
  await clerk.getByRole('link', { name: /VG-MAU-1/ }).click();
  const file = clerk.getByRole('link', { name: /Mở tệp đã ký \(PDF/ });
  await file.waitFor();
  await checkOffice(clerk);
  const saved = clerk.waitForEvent('download');
  await file.click();
  assert.deepEqual(readFileSync(await (await saved).path()), plain);
  const [said] = await logged(clerk);
  assert.deepEqual(Object.keys(said.data.document), ['_sd'], 'nothing of it is public');
  const address = await file.getAttribute('href');
  assert.equal((await office.log.get(address)).status, 401);
  assert.equal((await office.log.send('GET', address, undefined, { cookie: await session('member') })).status, 404);
  assert.equal((await office.log.send('GET', address, undefined, { cookie: await session('director') })).status, 200);
});

test('a picture of a collective mark loses what the camera wrote, stands small beside its record, and undoing withdraws it', async () => {
  await clerk.setViewportSize(deskSize);
  await begin(clerk, 'NHTT-MAU-2', 'collective_mark');
  await choose(clerk, { name: 'anh.jpg', mimeType: 'image/jpeg', buffer: corpus('jpeg/exif.jpg') });
  await clerk.getByText('Đã có tệp trên máy này: ảnh').waitFor();
  await sign(clerk);
  await clerk.getByText(/Đã nhận lúc/).waitFor();
  await clerk.getByRole('img', { name: 'Bản chụp chứng nhận NHTT-MAU-2' }).waitFor();
  await clerk.waitForFunction(() => /** @type {HTMLImageElement} */ (document.querySelector('.paper img')).naturalWidth > 0);
  await shoot(clerk, 'certificate');
  await checkOffice(clerk);
  const octets = Buffer.from(await octetsAt(clerk, await clerk.getByRole('link', { name: /Mở tệp đã ký \(ảnh/ }).getAttribute('href')));
  assert.deepEqual([octets.subarray(0, 2).toString('hex'), octets.includes('Exif')], ['ffd8', false]);
  await clerk.getByRole('button', { name: 'Hoàn tác' }).click();
  await clerk.getByText('Đã hoàn tác').waitFor();
  assert.deepEqual((await logged(clerk)).map(({ type }) => type), ['certificate.add/1', 'certificate.withdraw/1']);
});

test('a file whose sending broke goes on where it ended, after the tab was closed too', async () => {
  const whole = pdfOf(300_000);
  const from = (request) => Number(request.headers()['content-range'].match(/^bytes (\d+)-/)[1]);
  /** Where the pieces began. @type {number[]} */
  const begun = [];
  let broke;
  const broken = new Promise((resolve) => (broke = resolve));
  await clerk.route('**/api/blobs/*', async (route) => {
    if (route.request().method() === 'PUT') begun.push(from(route.request()));
    if (begun.length <= 2) return route.continue();
    await route.abort();
    broke();
  });
  await begin(clerk, 'VG-MAU-3');
  await choose(clerk, pdf(whole));
  await clerk.getByText('Đã có tệp trên máy này: PDF').waitFor();
  await sign(clerk);
  await clerk.getByText(/Đã nhận lúc/).waitFor();
  await clerk.getByText('Tệp còn trên máy này, đang gửi').waitFor();
  await broken;
  const arrived = begun[2];
  assert.ok(begun[0] === 0 && arrived > begun[1] && arrived < whole.length, begun.join(', '));
  await clerk.unroute('**/api/blobs/*');
  const first = clerk.waitForRequest((request) => request.method() === 'PUT' && request.url().includes('/api/blobs/'));
  await clerk.reload();
  const file = clerk.getByRole('link', { name: /Mở tệp đã ký \(PDF/ });
  await file.waitFor();
  assert.equal(from(await first), arrived, 'nothing was sent twice');
  assert.deepEqual(Buffer.from(await octetsAt(clerk, await file.getAttribute('href'))), whole);
});

test('what only the service finds is told beside the record, with the rule', async () => {
  // An object that lies packed: the page does not unpack, the service does.
  const packed = deflateSync('5 0 <</S/JavaScript/JS(x)>>');
  const inside = Buffer.concat([Buffer.from(`2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${packed.length}>>\nstream\r\n`), packed, Buffer.from('\nendstream\nendobj\n')]);
  await begin(clerk, 'VG-MAU-4');
  await choose(clerk, pdf(pdfOf(100, inside)));
  await clerk.getByText('Đã có tệp trên máy này: PDF').waitFor();
  await sign(clerk);
  await clerk.getByText(/Đã nhận lúc/).waitFor();
  await clerk.getByText('Máy chủ không nhận tệp này; bản ghi vẫn còn nguyên').waitFor();
  await eventually(() => clerk.locator('.paper a').getAttribute('href'), '/problems/blob.active');
  await checkOffice(clerk);
});
