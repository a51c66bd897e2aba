// A registrar, a director and a clerk with nothing but the command line: from an empty folder to a label
// that a shopper can scan.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { paperPrinter } from '../printers/paper_printer.mjs';
import { ended, nguon, scratch, startServe } from './run.mjs';

/** One line of `name value` output as an object. */
const fields = (text) => Object.fromEntries(text.trim().split('\n').map((line) => {
  const space = line.lastIndexOf(' ');
  return [line.slice(0, space), line.slice(space + 1)];
}));

async function newKey(file) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}

async function begin(t) {
  const folder = await scratch(t);
  const file = (name) => join(folder, name);
  const answer = await nguon(['init', '--data', file('data'), '--host', 'nguon.example', '--name', 'Nguồn thử',
    '--operator', 'Liên minh Mẫu (dữ liệu mẫu)', '--commune', '04105', '--root', file('root.pem'),
    '--recovery', file('recovery.pem'), '--registrar', file('registrar.pem')]);
  assert.equal(answer.code, 0, answer.stderr);
  await writeFile(file('nguon.toml'), `data_directory = "${file('data')}"
[listen]
address = "127.0.0.1:0"
[hosts]
log = "nguon.example"
labels = ["tem.example"]
`);
  return { file, ...fields(answer.stdout) };
}

/** Speaks for one key: signs drafts and submits them to `base`. */
function speaker(office, base, key) {
  return async (draft, expected = 0) => {
    const name = office.file(`${Math.random()}`);
    await writeFile(`${name}.json`, JSON.stringify(draft));
    const signed = await nguon(['entry', 'sign', `${name}.json`, '--key', office.file(key), '--deployment', office.deployment]);
    assert.equal(signed.code, 0, signed.stderr);
    await writeFile(`${name}.sdjwt`, signed.stdout);
    const sent = await nguon(['entry', 'submit', `${name}.sdjwt`, '--to', base]);
    assert.equal(sent.code, expected, `${JSON.stringify(draft)}: ${sent.stderr}${sent.stdout}`);
    const said = fields(signed.stderr);
    return { id: said.entry, sub: said.subject, status: Number(sent.stderr.trim().split('\n')[0]), body: sent.stdout };
  };
}

async function enrol(office, base, registrar, org, key, roles) {
  await newKey(office.file(key));
  const person = await registrar({ type: 'member.add/1', sub: 'person', data: { org, kind: 'worker', name: 'Người mẫu' } });
  const proof = await nguon(['entry', 'prove', '--key', office.file(key), '--deployment', office.deployment,
    '--person', person.sub, '--org', org]);
  assert.equal(proof.code, 0, proof.stderr);
  await registrar({ type: 'key.add/1', sub: person.sub, prev: person.id, data: { org, roles, ...JSON.parse(proof.stdout) } });
  return speaker(office, base, key);
}

const day = '2026-10-01';
const kg = (amount) => ({ amount, unit: 'kg' });

test('from an empty folder to a pack in the shop', async (t) => {
  const office = await begin(t);
  const { child, base } = await startServe(t, office.file('nguon.toml'));
  const registrar = speaker(office, base, 'registrar.pem');
  const coop = await registrar({ type: 'org.create/1', sub: 'org', data: { name: 'HTX Thử Tay (dữ liệu mẫu)', kind: 'cooperative',
    commune: { code: '04105', vintage: '2026-09-25' } } });
  assert.equal(coop.status, 201);
  const office_ = await enrol(office, base, registrar, coop.sub, 'director.pem', ['director']);
  const product = await office_({ type: 'product.add/1', sub: 'product',
    data: { org: coop.sub, name: 'Chanh leo thử (mẫu)', crop: 'passion_fruit', stage: 'fruit' } });
  const plot = await office_({ type: 'site.add/1', sub: 'site', data: { org: coop.sub, kind: 'plot', name: 'Vườn thử (mẫu)',
    commune: { code: '04105', vintage: '2026-09-25' }, area: { amount: '1', unit: 'ha' }, crop: 'passion_fruit' } });
  const harvest = await office_({ type: 'batch.harvest/1', sub: 'batch', data: { product: product.sub, site: plot.sub, on: day,
    qty: kg('100'), note: 'Ghi chú riêng' } });
  const pack = await office_({ type: 'batch.pack/1', sub: 'batch', from: [{ sub: harvest.sub, head: harvest.id, qty: kg('100') }],
    data: { product: product.sub, on: day, lot: 'TT-1', qty: kg('90'), pack: kg('1'), count: 90 } });
  const request = await office_({ type: 'label.request/1', sub: 'request', data: { count: 100 } });

  // The service answers the request by itself; the range is number 0 of epoch 0.
  let range;
  for (let attempt = 0; attempt < 50 && !range; ++attempt) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const bundle = Buffer.from(await (await fetch(`${base}/log/0/tile/entries/000.p/${11}`)).arrayBuffer());
    range = /"entry":"([^"]*)"/.exec(bundle.subarray(bundle.lastIndexOf('{"recorded"')).toString());
  }
  assert.ok(range, 'the request was never answered');
  const claims = JSON.parse(Buffer.from(range[1].split('.')[1], 'base64url').toString());
  assert.equal(claims.type, 'label.range/1');
  assert.equal(claims.data.request, request.id);
  const rangeId = createHash('sha256').update(range[1].slice(0, range[1].lastIndexOf('.'))).digest('base64url');
  // 90 kg in packs of 1 kg allow 91 labels: one more is refused, with the sum.
  const print = (prev, last, code = 0) => office_({ type: 'label.print/1', sub: claims.sub, prev,
    data: { first: 0, last, on: day, batch: pack.sub, pack: kg('1') } }, code);
  const tooMany = JSON.parse((await print(rangeId, 91, 1)).body);
  assert.equal(tooMany.rule, 'label.allowance');
  assert.match(tooMany.vi, /90 kg × 102 ÷ \(gói 1 kg × 100\) = 91 tem.*thành 92 tem, vượt 1\.$/);
  assert.match(tooMany.en, /90 kg × 102 ÷ \(pack 1 kg × 100\) = 91 labels.*92, which is 1 too many\.$/);
  const printed = await print(rangeId, 90);

  // The office's computer takes that print from the service and prints it: each of its labels, once.
  const printer = await paperPrinter(t);
  const queue = (...words) => nguon(['print', '--queue', office.file('queue'), ...words]);
  const fetchJob = () => queue('fetch', printed.id, '--server', base, '--key', office.file('director.pem'),
    '--deployment', office.deployment, '--to', printer.address);
  const fetched = await fetchJob();
  assert.equal(fetched.code, 0, fetched.stderr);
  assert.equal((await queue('run')).stdout, '000001 printed 91/91\n');
  assert.match((await fetchJob()).stderr, /print\.fetched/);
  const serials = printer.paper.map((one) => /\^FN2\^FD([0-9A-Z-]{17})\^FS/.exec(one)?.[1].replaceAll('-', ''));
  assert.equal(new Set(serials).size, 91);

  const applied = await office_({ type: 'label.apply/1', sub: claims.sub, prev: printed.id,
    data: { first: 0, last: 89, batch: pack.sub, pack: kg('1') } });

  const label = await nguon(['label', '--keys', office.file('data/keys'), '--deployment', office.deployment,
    '--place', '0/0/7', '--host', 'tem.example', '--out', office.file('qr.png')]);
  assert.equal(label.code, 0, label.stderr);
  const url = label.stdout.trim();
  assert.ok(url.endsWith(`/${serials[7]}`), 'the eighth on the roll');
  assert.match(url, /^https:\/\/TEM\.EXAMPLE\/Q\/[0-9A-Z]{14}$/);
  const page = await fetch(base + new URL(url).pathname);
  assert.equal(page.status, 200);
  const html = await page.text();
  assert.match(html, /Chanh leo thử/);
  assert.match(html, /HTX Thử Tay/);
  assert.doesNotMatch(html, /Ghi chú riêng/, 'a private note is never on a page');

  // The last one is not on the roll: the lot closes once somebody says so, and a shopper would read it.
  const close = (onHand, code = 0) => office_({ type: 'batch.close/1', sub: pack.sub, prev: pack.id,
    data: { on: day, on_hand: onHand } }, code);
  assert.match(JSON.parse((await close(0, 1)).body).vi,
    /In 91 = dán 90 \+ hủy 0 \+ mất 0 \+ trả 0 \+ trên tay 1\. Đếm được trên tay 0: thiếu 1 tem\.$/);
  await office_({ type: 'label.lose/1', sub: claims.sub, prev: applied.id, data: { first: 90, last: 90, on: day, reason: 'missing' } });
  assert.equal((await close(0)).status, 201);
  const lost = await nguon(['label', '--keys', office.file('data/keys'), '--deployment', office.deployment,
    '--place', '0/0/90', '--host', 'tem.example', '--out', office.file('lost.png')]);
  assert.match(await (await fetch(base + new URL(lost.stdout.trim()).pathname)).text(), /Tem đã báo mất/);

  child.kill('SIGTERM');
  assert.equal(await ended(child), 0);
  const audit = await nguon(['audit', '--data', office.file('data')]);
  assert.equal(audit.code, 0, audit.stderr);
});

test('what a role may not do is refused with 1, and the same file sent twice is logged once', async (t) => {
  const office = await begin(t);
  const { base } = await startServe(t, office.file('nguon.toml'));
  const registrar = speaker(office, base, 'registrar.pem');
  const coop = await registrar({ type: 'org.create/1', sub: 'org', data: { name: 'HTX Mẫu (dữ liệu mẫu)', kind: 'cooperative' } });
  const refused = await registrar({ type: 'product.add/1', sub: 'product',
    data: { org: coop.sub, name: 'Không được', crop: 'coffee', stage: 'green' } }, 1);
  assert.equal(refused.status, 422);

  await writeFile(office.file('twice.json'), JSON.stringify({ type: 'org.create/1', sub: 'org', data: { name: 'HTX Hai (dữ liệu mẫu)', kind: 'cooperative' } }));
  const signed = await nguon(['entry', 'sign', office.file('twice.json'), '--key', office.file('registrar.pem'), '--deployment', office.deployment]);
  await writeFile(office.file('twice.sdjwt'), signed.stdout);
  const first = await nguon(['entry', 'submit', office.file('twice.sdjwt'), '--to', base]);
  const second = await nguon(['entry', 'submit', office.file('twice.sdjwt'), '--to', base]);
  assert.equal(first.stderr.trim(), '201');
  assert.equal(second.stderr.trim(), '200');
});

test('a deployment is begun once, and its keys stay its own', async (t) => {
  const office = await begin(t);
  const again = await nguon(['init', '--data', office.file('data'), '--host', 'x.example', '--name', 'n', '--operator', 'o',
    '--root', office.file('root.pem'), '--recovery', office.file('recovery.pem'), '--registrar', office.file('registrar.pem')]);
  assert.equal(again.code, 3);
  assert.match((await readFile(office.file('root.pem'))).toString(), /BEGIN PRIVATE KEY/);
});
