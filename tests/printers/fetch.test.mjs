// `nguon print fetch`: a signed print comes from the service into the queue, whole and once. The service is a stand-in
// that answers as server/api/label_print.hpp says, so that it can break where a real one seldom does.
import test from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { generateKeyPairSync, verify } from 'node:crypto';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nguon, scratch } from '../e2e/run.mjs';
import { paperPrinter } from './paper_printer.mjs';

const entry = 'abcDEF-_0123456789abcDEF-_0123456789abcDEF-';
const deployment = 'A'.repeat(43);
const cookie = '__Host-nguon=a-token-of-this-test';

const label = (serial) => `^XA^XFR:NGUON.ZPL^FS^FN1^FDMA,${serial}^FS^PQ1^XZ\n`;
function job(serials) {
  const record = (kind, octets) => `${kind} ${octets.length}\n${octets}\n`;
  return `nguon-print/1 zpl\n${record('S', '^XA^JZN^XZ')}${serials.map((one) => record('L', label(one))).join('')}E ${serials.length}\n`;
}

/** A service with these parts; `service.refuse` may answer a path before it does. */
async function service(t, publicKey, parts) {
  const made = { asked: [], refuse: () => null };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const more of request) body += more;
    const url = new URL(request.url, 'http://x');
    made.asked.push(`${request.method} ${request.url}`);
    const answer = (status, said, headers = {}) => response.writeHead(status, headers).end(said);
    const refusal = made.refuse(url);
    if (refusal !== null) return answer(...refusal);
    if (url.pathname === '/api/session/challenge') return answer(200, '{"nonce":"a-nonce"}');
    if (url.pathname === '/api/session' && request.method === 'POST') {
      const [head, payload, signature] = body.split('.');
      const part = (text) => JSON.parse(Buffer.from(text, 'base64url').toString());
      const good = verify('sha256', Buffer.from(`${head}.${payload}`), { key: publicKey, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'));
      if (!good || part(head).typ !== 'nguon-session+jwt' || part(payload).nonce !== 'a-nonce' ||
          part(payload).aud !== deployment) return answer(403, '{}');
      return answer(201, '{}', { 'Set-Cookie': `${cookie}; Path=/; HttpOnly; Secure; SameSite=Strict` });
    }
    if (request.headers.cookie !== cookie) return answer(401, '{"rule":"session.none"}');
    if (request.method === 'DELETE') return answer(204, '');
    if (url.pathname === `/api/office/labels/prints/${entry}`) return answer(200, JSON.stringify({ module_mm: 0.625, parts: parts.length }));
    if (url.pathname === `/api/office/labels/prints/${entry}/labels.zpl-job`) {
      return answer(200, parts[Number(url.searchParams.get('part'))], { 'Content-Type': 'application/octet-stream' });
    }
    return answer(404, '{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  made.url = `http://127.0.0.1:${server.address().port}`;
  return made;
}

async function setting(t, parts) {
  const folder = await scratch(t);
  const key = join(folder, 'key.pem');
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const office = await service(t, publicKey, parts);
  const printer = await paperPrinter(t);
  const queue = join(folder, 'queue');
  const command = (...words) => nguon(['print', '--queue', queue, ...words]);
  const fetch = (...more) => command('fetch', entry, '--server', office.url, '--key', key, '--deployment', deployment,
    '--to', printer.address, ...more);
  const left = async () => (await readdir(queue)).filter((name) => name.startsWith('fetch-'));
  return { office, printer, command, fetch, left };
}

test('a signed print is fetched in its parts and printed; fetched again it goes on, and never comes twice', async (t) => {
  const serials = ['A1', 'A2', 'A3', 'B1', 'B2'];
  const { office, printer, command, fetch, left } = await setting(t, [job(serials.slice(0, 3)), job(serials.slice(3))]);
  office.refuse = (url) => (url.searchParams.get('part') === '1' ? [503, '{}'] : null);
  const broken = await fetch();
  assert.equal(broken.code, 5, broken.stderr);
  assert.match((await command('list')).stdout, /^000001 waiting 0\/3 [^\n]*\n$/);

  office.refuse = () => null;
  const rest = await fetch('--dpi', '300', '--template', 'roll-70x50');
  assert.equal(rest.code, 0, rest.stderr);
  assert.equal(rest.stdout, '000002\n');
  assert.ok(office.asked.includes(
    `GET /api/office/labels/prints/${entry}/labels.zpl-job?layout=roll-70x50&dpi=300&part=1`));
  assert.equal(office.asked.at(-1), 'DELETE /api/session', 'the session is ended');

  const again = await fetch();
  assert.equal(again.code, 1);
  assert.match(again.stderr, /print\.fetched/);
  assert.deepEqual(await left(), []);
  assert.equal((await command('run')).code, 0);
  assert.deepEqual(printer.paper.map((one) => /MA,(\w+)/.exec(one)[1]), serials);
  assert.equal((await fetch()).code, 1, 'nor after it was printed');
});

test('what another computer has comes only when it is taken over in so many words', async (t) => {
  const { office, command, fetch, left } = await setting(t, [job(['A1', 'A2'])]);
  const taken = JSON.stringify({ rule: 'label.print-taken', detail: 'person:X 1790000000000' });
  office.refuse = (url) => (url.pathname.endsWith('.zpl-job') && url.searchParams.get('over') !== '1' ? [409, taken] : null);
  const refused = await fetch();
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /label\.print-taken.*person:X 1790000000000/, 'who has it, and since when');
  assert.equal((await command('list')).stdout, '');
  assert.deepEqual(await left(), []);
  assert.equal((await fetch('--take-over')).stdout, '000001\n');
  assert.match((await command('list')).stdout, /^000001 waiting 0\/2 [^\n]*\n$/);
});

test('what is not whole, or not given, never comes into the queue', async (t) => {
  const whole = job(['A1', 'A2']);
  const { office, command, fetch, left } = await setting(t, [whole.slice(0, -5)]);
  assert.equal((await fetch()).code, 2, 'a torn job');
  office.refuse = (url) => (url.pathname.endsWith('-job') ? [403, '{"rule":"directory.org"}'] : null);
  const refused = await fetch();
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /directory\.org[\s\S]*client\.refused/);
  office.refuse = (url) => (url.pathname.endsWith(entry) ? [200, '{"parts":1000000}'] : null);
  assert.equal((await fetch()).code, 5, 'an answer that is none');
  assert.equal((await command('list')).stdout, '');
  assert.deepEqual(await left(), []);
  assert.equal((await command('fetch', '../../x', '--server', office.url, '--key', 'k', '--deployment', deployment,
    '--to', 'tcp://127.0.0.1:1')).code, 2);
});
