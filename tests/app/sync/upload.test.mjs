// Photos from a phone to a real service, over a line that breaks where a test wants it to.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { signJws } from '../../../server/app/capture/make_entry.mjs';
import { fitted, positionOf, stripJpeg } from '../../../server/app/capture/photo.mjs';
import { upload, uploadAll } from '../../../server/app/sync/upload.mjs';
import { Cast } from '../../e2e/lib/cast.mjs';
import { Deployment, nguon } from '../../e2e/lib/deployment.mjs';
import { Phone } from './phone.mjs';

const sample = (name) => new Uint8Array(readFileSync(new URL(`../../fuzz/corpus/jpeg/${name}`, import.meta.url)));
const log = Deployment.init();
let cast;
let phone;
let cookie;
let sent;
let signedIn;
before(async () => {
  await log.start();
  cast = await Cast.settle(log);
});
after(() => log.remove());
beforeEach(async () => {
  phone = await Phone.enrolled(log, cast, 'member');
  cookie = '';
  sent = [];
  signedIn = 0;
});

/** A JPEG of some size, another one for each `copies`: its tables said over and over, which is allowed. */
function photoOf(copies) {
  const jpeg = Buffer.from(sample('baseline.jpg'));
  const table = jpeg.indexOf(Buffer.from([0xff, 0xdb]));
  const end = table + 2 + jpeg.readUInt16BE(table + 2);
  const tables = Array(copies).fill(jpeg.subarray(table, end));
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, table), ...tables, jpeg.subarray(end)]));
}
const nameOf = (octets) => ({ sha256: createHash('sha256').update(octets).digest('base64url'), size: octets.length, type: 'image/jpeg' });

/** A record that names the photo, received unless told otherwise. */
async function recorded(octets, logged = true) {
  const name = nameOf(octets);
  const made = await phone.save('12.5', { photo: name });
  if (logged) assert.equal((await log.send('PUT', `/api/entries/${made.id}`, made.body, { 'content-type': 'application/sd-jwt' })).status, 201);
  return { sha256: name.sha256, type: name.type, entry: made.id, octets };
}
async function ask(method, path, headers, body) {
  if (method === 'PUT') sent.push([Number(/bytes (\d+)/.exec(headers['Content-Range'])[1]), body.length]);
  const answer = await log.send(method, path, body, { ...headers, cookie });
  const { 'upload-offset': offset = '', 'retry-after': retryAfter = '' } = answer.headers;
  return { status: answer.status, offset, retryAfter, text: answer.body.toString() };
}
async function signIn() {
  signedIn += 1;
  const { nonce } = JSON.parse((await log.send('POST', '/api/session/challenge')).body);
  const jws = await signJws(phone.maker, 'nguon-session+jwt', { aud: log.aud, nonce });
  const answer = await log.send('POST', '/api/session', jws, { 'content-type': 'application/jwt' });
  assert.equal(answer.status, 201, answer.body.toString());
  [cookie] = answer.headers['set-cookie'][0].split(';');
}
const line = (parts = {}) => ({ ask, signIn, busy: async () => false, now: () => performance.now(), ...parts });
const held = async ({ sha256 }) => (await log.send('GET', `/api/blobs/${sha256}`, undefined, { cookie })).body;
const octetsSent = () => sent.reduce((sum, [, length]) => sum + length, 0);

test('a photo arrives octet for octet, each octet sent once', async () => {
  const photo = await recorded(photoOf(3000));
  assert.ok(photo.octets.length > 150_000);
  assert.deepEqual(await upload(line(), photo), { kind: 'held' });
  assert.deepEqual(new Uint8Array(await held(photo)), photo.octets);
  assert.equal(octetsSent(), photo.octets.length);
  assert.ok(sent.length > 2, 'in pieces');
  // Asked again, nothing is sent again.
  assert.deepEqual(await upload(line(), photo), { kind: 'held' });
  assert.equal(octetsSent(), photo.octets.length);
});

test('the record comes first: before it is logged, and between any two pieces', async () => {
  const photo = await recorded(photoOf(2500), false);
  const early = await upload(line(), photo);
  assert.deepEqual([early.kind, early.why, early.after], ['again', 'blob.entry', 5]);
  assert.equal(octetsSent(), 0);
  const record = phone.shelf.records.get(photo.entry);
  assert.equal((await log.send('PUT', `/api/entries/${record.id}`, record.body, { 'content-type': 'application/sd-jwt' })).status, 201);
  const busy = async () => sent.length === 1;
  assert.deepEqual(await upload(line({ busy }), photo), { kind: 'put off' });
  assert.equal(sent.length, 1);
  assert.deepEqual(await upload(line(), photo), { kind: 'held' });
  assert.equal(octetsSent(), photo.octets.length);
});

test('after a break it goes on at the octet, also when the service was killed meanwhile', async () => {
  const photo = await recorded(photoOf(2600));
  const breaking = async (...words) => {
    if (sent.length === 2) throw new TypeError('Failed to fetch');
    return ask(...words);
  };
  await assert.rejects(upload(line({ ask: breaking }), photo), TypeError);
  const before = octetsSent();
  await log.kill();
  await log.start();
  cookie = '';
  assert.deepEqual(await upload(line(), photo), { kind: 'held' });
  assert.equal(sent[2][0], before);
  assert.equal(octetsSent(), photo.octets.length);
  assert.deepEqual(new Uint8Array(await held(photo)), photo.octets);
});

test('an answer that was lost costs nothing but a question', async () => {
  const photo = await recorded(photoOf(2700));
  const losing = async (...words) => {
    const said = await ask(...words);
    if (sent.length === 1) throw new TypeError('Failed to fetch');
    return said;
  };
  await assert.rejects(upload(line({ ask: losing }), photo), TypeError);
  assert.deepEqual(await upload(line(), photo), { kind: 'held' });
  assert.equal(octetsSent(), photo.octets.length);
});

test('pieces grow with the network, and shrink so that a record waits two seconds at most', async () => {
  const photo = await recorded(photoOf(3100));
  let clock = 0;
  // 8,000 octets a second: 64 kbit/s.
  const slow = async (method, path, headers, body) => {
    clock += method === 'PUT' ? body.length / 8 : 100;
    return ask(method, path, headers, body);
  };
  assert.deepEqual(await upload(line({ ask: slow, now: () => clock }), photo), { kind: 'held' });
  for (const [, length] of sent.slice(0, -1)) assert.ok(length <= 16_384 && length >= 4_096, String(length));
  sent = [];
  const other = await recorded(photoOf(3200));
  assert.deepEqual(await upload(line({ now: () => 0 }), other), { kind: 'held' });
  assert.deepEqual(sent.slice(0, 3).map(([, length]) => length), [16_384, 32_768, 65_536]);
});

test('a picture with metadata is refused for ever; stripped it is taken', async () => {
  const located = sample('exif.jpg');
  const photo = await recorded(located);
  assert.deepEqual(await upload(line(), photo), { kind: 'refused', rule: 'blob.metadata' });
  const bare = await recorded(stripJpeg(located));
  assert.deepEqual(await upload(line(), bare), { kind: 'held' });
  assert.throws(() => stripJpeg(located.subarray(0, 30)), RangeError);
  assert.throws(() => stripJpeg(new Uint8Array([1, 2, 3])), RangeError);
  assert.deepEqual(stripJpeg(sample('baseline.jpg')), sample('baseline.jpg'));
});

test('what does not come from the service proves nothing', async () => {
  const photo = await recorded(photoOf(5));
  const portal = { status: 200, offset: '', retryAfter: '', text: '<html>Đăng nhập Wi-Fi</html>' };
  for (const said of [portal, { ...portal, text: '{}' }, { ...portal, text: 'null' },
    { ...portal, text: '{"offset":3,"held":true,"piece":9}' }, { ...portal, text: '{"offset":-1,"held":false,"piece":9}' },
    { ...portal, status: 409, offset: '0', text: '{"rule":"blob.offset"}' }, { ...portal, status: 502 }]) {
    const fate = await upload(line({ ask: async () => said }), photo);
    assert.equal(fate.kind, 'again', said.text);
  }
});

test('on a shared phone it is sent by whoever made the record', async () => {
  const photo = await recorded(photoOf(31));
  const mine = phone;
  phone = await Phone.enrolled(log, cast, 'other member');
  await signIn();
  phone = mine;
  assert.deepEqual(await upload(line(), photo), { kind: 'held' });
  assert.equal(signedIn, 2);
  // Nobody's session helps where the entry does not name it: asked twice, and no more.
  const stray = { ...photo, sha256: nameOf(photoOf(32)).sha256 };
  assert.equal((await upload(line(), stray)).why, 'blob.not-named');
  assert.equal(signedIn, 3);
});

test('one photo that is refused never holds up another', async () => {
  const photos = [await recorded(photoOf(11)), await recorded(sample('exif.jpg')), await recorded(photoOf(12), false), await recorded(photoOf(13))];
  const fates = new Map();
  const shelf = { waiting: async () => photos, settle: async (sha256, fate) => void fates.set(sha256, fate.kind) };
  assert.equal(await uploadAll(line(), shelf), 5);
  assert.deepEqual(photos.map(({ sha256 }) => fates.get(sha256)), ['held', 'refused', undefined, 'held']);
  assert.equal(await uploadAll(line({ busy: async () => true }), shelf), Infinity);
});

test('a backup taken beside the service holds every photo but the erased, and a restore brings them back', async () => {
  const [stays, goes] = [await recorded(photoOf(21)), await recorded(photoOf(22))];
  for (const photo of [stays, goes]) assert.deepEqual(await upload(line(), photo), { kind: 'held' });
  const { sub } = JSON.parse(Buffer.from(phone.shelf.records.get(goes.entry).jws.split('.')[1], 'base64url'));
  await cast.add(cast.keys.clerk, { type: 'erase/1', sub, prev: goes.entry, data: { scope: 'value', reason: 'request', entry: goes.entry, slot: '/photo' } });
  const home = mkdtempSync(join(tmpdir(), 'nguon-photos-'));
  const { aud, operator, vkey, service, registrar, root } = log;
  const back = new Deployment(home, { aud, operator, vkey, service, registrar, root });
  try {
    const words = ['--passphrase-file', join(home, 'pass')];
    writeFileSync(words[1], 'mật khẩu mẫu', { mode: 0o600 });
    // At once: a backup asked for after an erasure was answered waits for what it has to take away.
    const taken = nguon('backup', '--data', log.data, '--to', join(home, 'backups'), ...words);
    assert.equal(taken.code, 0, taken.err);
    const restored = nguon('restore', '--from', join(home, 'backups'), '--to', back.data, '--no-witnesses', ...words);
    assert.equal(restored.code, 0, restored.err);
    await back.start();
    const nonce = JSON.parse((await back.send('POST', '/api/session/challenge')).body).nonce;
    const jws = await signJws(phone.maker, 'nguon-session+jwt', { aud: log.aud, nonce });
    const session = await back.send('POST', '/api/session', jws, { 'content-type': 'application/jwt' });
    const headers = { cookie: session.headers['set-cookie'][0].split(';')[0] };
    const shown = await back.send('GET', `/api/blobs/${stays.sha256}`, undefined, headers);
    assert.deepEqual(new Uint8Array(shown.body), stays.octets);
    assert.equal((await back.send('GET', `/api/blobs/${goes.sha256}`, undefined, headers)).status, 404);
    const hex = (photo) => createHash('sha256').update(photo.octets).digest('hex');
    const kept = readdirSync(join(home, 'backups/files'));
    assert.deepEqual([kept.includes(hex(stays)), kept.includes(hex(goes))], [true, false]);
  } finally {
    back.remove();
    rmSync(home, { recursive: true, force: true });
  }
});

test('a picture keeps its shape, and a reading is what the entry may hold', () => {
  assert.deepEqual(fitted(4000, 3000), { width: 1600, height: 1200 });
  assert.deepEqual(fitted(30, 20), { width: 30, height: 20 });
  assert.deepEqual(fitted(10_000, 1), { width: 1600, height: 1 });
  const coords = { latitude: 14.35, longitude: 107.9999999, accuracy: 12.4 };
  assert.deepEqual(positionOf({ coords, timestamp: 1000 }, 61_000), { lat: 143500000, lon: 1079999999, accuracy_m: 12, age_s: 60 });
});
