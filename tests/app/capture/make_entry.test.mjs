import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeDeviceKey, signerOf } from '../../../server/app/capture/device_key.mjs';
import { makeEntry } from '../../../server/app/capture/make_entry.mjs';
import { uuid7 } from '../../../server/app/capture/uuid7.mjs';
import { chooseCrypto, firstSubject, keyOf, verifySubmission } from '../../../server/app/verifier/verifier.mjs';
import * as e2e from '../../e2e/lib/entry.mjs';

const crypto = await chooseCrypto();
const subtle = globalThis.crypto.subtle;
const random = (count) => globalThis.crypto.getRandomValues(new Uint8Array(count));
const key = await makeDeviceKey(crypto, subtle);
const hash = (symbol) => `${symbol.repeat(42)}A`;
const aud = hash('A');
const maker = { crypto, signer: signerOf(key, subtle), aud, now: () => 1_790_000_000_999, random };
const harvest = {
  type: 'batch.harvest/1', sub: 'batch', slots: ['position', 'photo', 'note'],
  data: { product: `product:${'0'.repeat(26)}`, site: `site:${'0'.repeat(26)}`, on: '2026-11-22', qty: { amount: '12.5', unit: 'kg' },
    note: 'hái sớm, trời mưa — Chiềng Ban' },
};

test('a made entry is one that the verifier opens', async () => {
  const made = await makeEntry(maker, harvest);
  const { entry, disclosed } = await verifySubmission(crypto, made.body, await keyOf(crypto, key.jwk));
  assert.equal(entry.id, made.id);
  assert.equal(entry.sub, made.sub);
  assert.equal(entry.sub, await firstSubject(crypto, entry));
  assert.equal(entry.sub, e2e.subjectId('batch', aud, key.kid, made.jti));
  assert.equal(entry.iat, 1_790_000_000);
  assert.equal(entry.slots.length, 3);
  assert.deepEqual(disclosed.map(({ pointer, value }) => [pointer, value]), [['/note', harvest.data.note]]);
  assert.ok(!Buffer.from(made.jws.split('.')[1], 'base64url').toString().includes('Chiềng'));
});

test('two entries of one draft are two, and each slot has a digest of its own', async () => {
  const [one, other] = [await makeEntry(maker, harvest), await makeEntry(maker, harvest)];
  assert.notEqual(one.id, other.id);
  assert.notEqual(one.sub, other.sub);
  const digests = [one, other].flatMap(({ jws }) => Buffer.from(jws.split('.')[1], 'base64url').toString().match(/[\w-]{43}(?="\])/g));
  assert.equal(new Set(digests).size, 6);
});

test('what it continues, consumes, has seen and speaks for stands in it', async () => {
  const seen = { origin: 'nguon.example/log/0', size: 7, root: hash('B') };
  const from = [{ sub: `batch:${'1'.repeat(26)}`, head: hash('C'), qty: { amount: '1', unit: 'kg' } }];
  const made = await makeEntry(maker, { ...harvest, sub: `batch:${'2'.repeat(26)}`, prev: hash('D'), from, seen, for: `person:${'3'.repeat(26)}` });
  const { entry } = await verifySubmission(crypto, made.body, await keyOf(crypto, key.jwk));
  assert.equal(entry.prev, hash('D'));
  assert.deepEqual(JSON.parse(JSON.stringify(entry.from)), from);
  const payload = JSON.parse(Buffer.from(made.jws.split('.')[1], 'base64url').toString());
  assert.deepEqual(payload.seen, seen);
  assert.equal(payload.for, `person:${'3'.repeat(26)}`);
});

test('the private key cannot be taken out', async () => {
  await assert.rejects(subtle.exportKey('jwk', key.pair.privateKey));
  await assert.rejects(subtle.exportKey('pkcs8', key.pair.privateKey));
});

test('a UUIDv7 holds its time and says its version', () => {
  const made = uuid7(0x0123456789ab, new Uint8Array(10).fill(255));
  assert.equal(made, '01234567-89ab-7fff-bfff-ffffffffffff');
  assert.equal(uuid7(0, new Uint8Array(10)), '00000000-0000-7000-8000-000000000000');
});

test('the slots of a form are those of its schema', () => {
  const schema = JSON.parse(readFileSync(new URL('../../../schemas/types/batch.harvest.1.json', import.meta.url)));
  assert.deepEqual(harvest.slots, Object.keys(schema.properties).filter((name) => schema.properties[name]['x-private']));
});
