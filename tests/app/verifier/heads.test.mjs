// Head statements: golden, honest, and what an operator who holds the service's key could sign instead.
import assert from 'node:assert/strict';
import { createHash, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  keyOf, openHead, provesAll, provesEntry, verifyBundle, verifyHead,
} from '../../../server/app/verifier/verifier.mjs';
import { base64url, Key, headerOf, signJws, signText } from '../../e2e/lib/jose.mjs';
import { leafHash, rootOf } from '../../e2e/lib/tree.mjs';
import { orderly } from '../../support/lies.mjs';
import { paths, ruleOf } from './paths.mjs';

const golden = new URL('../../ledger/golden/log/', import.meta.url);
const lines = (name) => readFileSync(new URL(name, golden), 'utf8').trim().split('\n');
const [statement] = lines('head.jwt');
const payload = JSON.parse(Buffer.from(statement.split('.')[1], 'base64url'));
const id = (n) => createHash('sha256').update(`mẫu ${n}`).digest('base64url');
const ids = (count) => Array.from({ length: count }, (_, n) => id(n));
const typ = 'nguon-head+jwt';
/** The key of seed 32 × `s`, as PKCS #8 (RFC 8410). */
const seed = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 's')]);
const signer = new Key(createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' }));

for (const crypto of paths) {
  test(`the golden head by ${crypto.name}`, async () => {
    const service = await keyOf(crypto, signer.jwk);
    const head = await openHead(crypto, statement, service);
    assert.deepEqual([head.count, head.size, head.minute], [3, 7, 1_790_000_040]);
    assert.equal(await provesAll(crypto, head, ids(3)), true);
    assert.equal(await provesAll(crypto, head, ids(4)), true, 'a newer entry is another head\'s to prove');
    assert.equal(await provesAll(crypto, head, ids(2)), false);
    assert.equal(await provesAll(crypto, head, [id(1), id(0), id(2)]), false);
    assert.equal(await provesAll(crypto, head, ['', id(1), id(2)]), false);
    const long = { ...head, count: 511, root: new Uint8Array(Buffer.from(lines('subject_root_511.txt')[0], 'base64url')) };
    const path = lines('subject_path_300_511.txt');
    assert.equal(await provesEntry(crypto, long, id(300), 300, path), true);
    assert.equal(await provesEntry(crypto, long, id(300), 301, path), false);
    assert.equal(await provesEntry(crypto, long, id(301), 300, path), false);
    assert.equal(await provesEntry(crypto, long, id(300), 300, ['x', ...path.slice(1)]), false);
  });

  test(`statements of another shape by ${crypto.name}`, async () => {
    const service = await keyOf(crypto, signer.jwk);
    const rule = (text) => ruleOf(openHead(crypto, text, service));
    const said = (parts) => rule(signJws(signer, typ, { ...payload, ...parts }));
    assert.equal(await said({}), '');
    for (const name of Object.keys(payload)) {
      assert.equal(await said({ [name]: undefined }), 'head.claims', name);
      assert.equal(await said({ [name]: [1] }), 'head.claims', name);
    }
    for (const parts of [{ more: 1 }, { count: 0 }, { count: 8 }, { count: -1 }, { minute: 61 }, { root: 'AAAA' }, { origin: 'a'.repeat(4096) }]) {
      assert.equal(await said(parts), 'head.claims', JSON.stringify(parts).slice(0, 40));
    }
    const text = JSON.stringify(payload);
    assert.equal(await rule(signText(signer, headerOf({ alg: 'EdDSA', kid: id(9) }, typ), text)), 'head.claims', 'kid');
    assert.equal(await rule(signText(signer, headerOf(signer, typ), text.replace('{', '{"count":2,'))), 'json.duplicate-key');
    assert.equal(await rule(signJws(signer, 'nguon-receipt+jwt', payload)), 'jws.typ');
    assert.equal(await rule(signJws(Key.ed25519(), typ, payload)), 'jws.signature');
  });

  test(`heads against bundles by ${crypto.name}`, async () => {
    const log = orderly();
    const sub = log.product.sub;
    const report = await verifyBundle(crypto, log.bundle(sub), log.vkey);
    const rule = (parts, key) => ruleOf(verifyHead(crypto, log.head(sub, parts, key), report));
    assert.equal(await rule(), '');
    const lies = {
      'one kept back': { count: 1 }, 'one too many': { count: 3 }, 'other entries': { root: id(0) },
      'two histories': { log_root: id(0) }, 'another log': { origin: 'other.example/log/0' },
      'another deployment': { aud: id(0) }, 'another subject': { sub: log.org },
    };
    for (const [name, parts] of Object.entries(lies)) assert.equal(await rule(parts), 'verify.head', name);
    assert.equal(await rule({}, log.keys.log), 'verify.head', 'the log key signs checkpoints alone');
    log.add('clerk', { type: 'product.update/1', sub, prev: log.edit.id, data: { org: log.org, name: 'C' } });
    assert.equal(await rule(), 'verify.head', 'an old file under a new head');
    const newer = await verifyBundle(crypto, log.bundle(sub), log.vkey);
    assert.equal(await ruleOf(verifyHead(crypto, log.head(sub), newer)), '');
    log.named = [2, 3];
    const named = await verifyBundle(crypto, log.bundle(sub), log.vkey);
    assert.equal(await ruleOf(verifyHead(crypto, log.head(sub), named)), '');
    const two = base64url(rootOf([log.product.id, log.edit.id].map((one) => leafHash(Buffer.from(one, 'base64url')))));
    const older = { size: 4, log_root: id(1), count: 2, root: two };
    assert.equal(await ruleOf(verifyHead(crypto, log.head(sub, older), named)), '', 'an older statement under a newer file');
    const swapped = { ...older, root: base64url(rootOf([log.edit.id, log.product.id].map((one) => leafHash(Buffer.from(one, 'base64url'))))) };
    assert.equal(await ruleOf(verifyHead(crypto, log.head(sub, swapped), named)), 'verify.head', 'in another order');
    const lagging = { ...older, size: 5, log_root: base64url(rootOf(log.hashes)) };
    assert.equal(await ruleOf(verifyHead(crypto, log.head(sub, lagging), named)), 'verify.head', 'all three are older than that');
  });
}
