// The resolver of the running binary: links imported, followed, refused with their line, kept by a backup; and every
// stated case of GS1's conformance list over HTTP, linksets held against GS1's own schema.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Deployment, nguon } from './lib/deployment.mjs';

const log = Deployment.init();
const vectors = process.env.NGUON_VECTORS && join(process.env.NGUON_VECTORS, 'epcis');
const place = (name) => join(log.home, name);
const kept = join(log.data, 'notes/links.json');

const link = (linkType, href, more = {}) => ({ linkType, href, title: 'Trang mẫu', ...more });
const item = (anchor, ...links) => ({ anchor, itemDescription: 'Chanh leo (dữ liệu mẫu)', links });
const product = '/01/09521234001010';
const toWeb = (href) => item(product, link('gs1:defaultLink', href));

function importing(name, content) {
  writeFileSync(place(name), typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  return nguon('import', 'links', place(name), '--data', log.data);
}

/** Asks until the answer's Location is that one; the service reads a new file within two seconds. */
async function leadsTo(path, location) {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await log.get(path);
    if (answer.headers.location === location) return answer;
    await sleep(50);
  }
  throw new Error(`${path} does not lead to ${location}`);
}

before(() => log.start());
after(() => log.remove());

test('nothing is known before links are imported', async () => {
  assert.equal((await log.get(product)).status, 404);
  assert.equal((await log.get('/01/09521234001011')).status, 400);
  assert.equal((await log.get('/.well-known/gs1resolver')).status, 200);
});

test('any site may read every answer of a resolver, those that reached no route too', async () => {
  const refused = [['/01/09521234001011', 400], ['/01/%zz', 400], ['/01', 404], ['/01/', 404], [product, 404], ['/coop-a/class', 404],
    ['/99/1', 404], [`/${'a'.repeat(20_000)}`, 431]];
  for (const accept of ['text/html', 'application/linkset+json', '*/*']) {
    for (const [path, status] of refused) {
      const answer = await log.send('GET', path, undefined, { accept });
      assert.equal(answer.status, status, path);
      assert.equal(answer.headers['access-control-allow-origin'], '*', `${path} as ${accept}`);
      assert.match(answer.headers['access-control-expose-headers'], /\bLink\b/, path);
    }
  }
  const wrongVerb = await log.send('POST', product);
  assert.equal(wrongVerb.status, 405);
  assert.equal(wrongVerb.headers['access-control-allow-origin'], '*');
  const others = [['/api/session', 'GET', 401], ['/api/session', 'PUT', 405], ['/office', 'GET', 200]];
  for (const [path, method, status] of others) {
    const answer = await log.send(method, path);
    assert.equal(answer.status, status, path);
    assert.equal(answer.headers['access-control-allow-origin'], undefined, `${path} is nobody else's to read`);
  }
});

test('imported links are followed by the running service, and replaced as a whole', async () => {
  const first = importing('first.json', { entries: [toWeb('https://web.example/1'), item('/coop-a/loc/kho', link('gs1:defaultLink', 'https://web.example/kho'))] });
  assert.equal(first.code, 0, first.err);
  assert.equal(first.out, 'links of 2 items: 2 new, 0 changed, 0 as before, 0 gone\n');
  const answer = await leadsTo(`${product}?a=%2F`, 'https://web.example/1?a=%2F');
  assert.equal(answer.status, 307);
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  assert.match(answer.headers['access-control-expose-headers'], /\bLink\b/);
  assert.match(answer.headers.link, /^<https:\/\/tem\.nguon\.example\/01\/09521234001010\?linkType=linkset>; rel="linkset"/i);
  const second = importing('second.json', { entries: [toWeb('https://web.example/2')] });
  assert.equal(second.out, 'links of 1 items: 0 new, 1 changed, 0 as before, 1 gone\n');
  await leadsTo(product, 'https://web.example/2');
  assert.equal((await log.get('/coop-a/loc/kho')).status, 404);
});

test('a wrong file is refused with its line and changes nothing', async () => {
  const earlier = readFileSync(kept);
  const wrong = [
    [JSON.stringify({ entries: [toWeb('https://web.example/3'), toWeb('javascript:alert(1)')] }, null, 1), /links\.file at \/entries\/1\/links\/0\/href: line \d+:/],
    ['{\n"entries": [\n,]}', /links\.file: line 3: json\.syntax/],
    ['{"entries": []', /links\.file: line 1: json\.syntax/],
    ['{"entries": [], "entries": []}', /json\.duplicate-key/],
    ['{"entries": [{"anchor": "/01/09521234001011"}]}', /\/entries\/0\/anchor: line 1: neither/],
  ];
  for (const [text, said] of wrong) {
    const done = importing('wrong.json', text);
    assert.equal(done.code, 1, text);
    assert.match(done.err, said);
  }
  assert.equal(nguon('import', 'links', place('none.json'), '--data', log.data).code, 4);
  assert.equal(nguon('import', 'links', place('first.json')).code, 2, 'no data directory');
  assert.equal(nguon('import', 'links', place('first.json'), '--data', log.home).code, 3, 'no deployment');
  assert.equal(nguon('import', '--from', log.home).code, 2, 'the other import still asks for its words');
  assert.deepEqual(readFileSync(kept), earlier);
  assert.ok(!existsSync(`${kept}.part`));
  await leadsTo(product, 'https://web.example/2');
});

test('links are in a backup and in what is restored from it', async () => {
  const pass = place('passphrase');
  writeFileSync(pass, 'mật khẩu sao lưu mẫu\n', { mode: 0o600 });
  const made = nguon('backup', '--data', log.data, '--to', place('backups'), '--passphrase-file', pass);
  assert.equal(made.code, 0, made.err);
  const restored = nguon('restore', '--from', place('backups'), '--to', place('restored'), '--passphrase-file', pass, '--no-witnesses');
  assert.equal(restored.code, 0, restored.err);
  assert.deepEqual(readFileSync(place('restored/notes/links.json')), readFileSync(kept));
});

/** What is wrong with `value` by the words of JSON Schema that GS1's linkset schema uses; throws on any other. */
function faults(schema, value, at = '') {
  const known = new Set(['$schema', '@id', 'title', 'name', 'description', 'type', 'properties', 'patternProperties',
    'required', 'additionalProperties', 'items', 'pattern']);
  for (const word of Object.keys(schema)) if (!known.has(word)) throw new Error(`schema word ${word}`);
  const is = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  if (schema.type && is !== schema.type) return [`${at}: ${is}, not ${schema.type}`];
  const found = [];
  if (is === 'string' && schema.pattern && !new RegExp(schema.pattern).test(value)) found.push(`${at}: ${value}`);
  if (is === 'array' && schema.items) value.forEach((one, i) => found.push(...faults(schema.items, one, `${at}/${i}`)));
  if (is !== 'object') return found;
  for (const name of schema.required ?? []) if (!(name in value)) found.push(`${at}: lacks ${name}`);
  for (const [name, member] of Object.entries(value)) {
    const fitting = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) => new RegExp(pattern).test(name)).map(([, of]) => of);
    if (schema.properties?.[name]) fitting.push(schema.properties[name]);
    if (fitting.length === 0 && schema.additionalProperties === false) found.push(`${at}: ${name} is too much`);
    for (const of of fitting) found.push(...faults(of, member, `${at}/${name}`));
  }
  return found;
}

const fetched = (name) => JSON.parse(readFileSync(join(vectors, 'fetched', name)));

function holds(expect, answer, where) {
  const body = answer.body.toString();
  const header = (name) => answer.headers[name] ?? '';
  for (const [fact, wanted] of Object.entries(expect)) {
    const check = {
      status: () => assert.ok([wanted].flat().includes(answer.status), `${where}: ${answer.status} ${body}`),
      location: () => assert.equal(header('location'), wanted, where),
      locationStartsWith: () => assert.ok(header('location').startsWith(wanted), `${where}: ${header('location')}`),
      linkHeaderHas: () => assert.ok(header('link').includes(wanted), `${where}: ${header('link')}`),
      contentType: () => assert.equal(header('content-type'), wanted, where),
      body: () => assert.equal(body, '', where),
      bodyHas: () => wanted.forEach((part) => assert.ok(body.includes(part), `${where}: ${body}`)),
      neverHas: () => assert.ok(!body.includes(wanted), where),
      jsonHas: () => wanted.forEach((name) => assert.ok(name in JSON.parse(body), `${where}: ${name}`)),
      anchors: () => assert.deepEqual(JSON.parse(body).linkset.map(({ anchor }) => anchor), wanted, where),
      corsAllows: () => wanted.forEach((method) => assert.ok(header('access-control-allow-methods').includes(method), where)),
      schema: () => assert.deepEqual(faults(fetched(`schema/${wanted}`), JSON.parse(body)), [], where),
    }[fact];
    assert.ok(check, `${where}: nobody checks ${fact}`);
    check();
  }
}

test('every stated case of the conformance list over HTTP', async () => {
  if (!vectors || !existsSync(vectors)) {
    console.log('not run: resolver cases (no NGUON_VECTORS)');
    return;
  }
  const schema = fetched('schema/gs1-linkset-schema.json');
  assert.deepEqual(faults(schema, fetched('linkset/valid-gs1-example.json')), [], "GS1's own good example");
  assert.notDeepEqual(faults(schema, fetched('linkset/invalid-gs1-example.json')), [], "GS1's own bad example");
  for (const folder of readdirSync(vectors)) {
    const cases = join(vectors, folder, 'resolver-cases.jsonl');
    if (!existsSync(cases)) continue;
    const done = nguon('import', 'links', join(vectors, folder, 'resolver-fixture.json'), '--data', log.data);
    assert.equal(done.code, 0, done.err);
    const rows = readFileSync(cases, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
    const first = rows.find(({ expect }) => expect.location);
    await leadsTo(first.path, first.expect.location);
    let linksets = 0;
    for (const [at, { method, path, headers = {}, expect }] of rows.entries()) {
      const answer = await log.send(method, path, undefined, headers);
      holds(expect, answer, `${folder} ${at + 1} ${method} ${path}`);
      assert.ok(answer.headers['access-control-allow-origin'] === '*' || answer.status === 404, `${path}: CORS`);
      if (answer.headers['content-type'] === 'application/linkset+json') {
        assert.deepEqual(faults(schema, JSON.parse(answer.body)), [], path);
        linksets += 1;
      }
    }
    assert.ok(linksets > 3);
    console.log(`${folder}/resolver-cases: ${rows.length} as stated, ${linksets} linksets valid by GS1's schema`);
  }
});
