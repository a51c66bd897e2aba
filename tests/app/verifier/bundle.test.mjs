// Proof bundles and receipts: golden, honest, and every lie, by every way of the verifier.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { verifyBundle, verifyReceipt } from '../../../server/app/verifier/verifier.mjs';
import { Dice } from '../../e2e/lib/dice.mjs';
import { lies, lyingLog, namings, orderly, truths } from '../../support/lies.mjs';
import { paths, ruleOf } from './paths.mjs';

const golden = new URL('../../ledger/golden/audit/', import.meta.url);
const vkey = readFileSync(new URL('log.vkey', golden), 'utf8').trim();
const text = readFileSync(new URL('bundle.json', golden), 'utf8');
const dice = new Dice('app bundles');

for (const crypto of paths) {
  test(`the golden bundle by ${crypto.name}`, async () => {
    const report = await verifyBundle(crypto, text, vkey);
    assert.equal(report.checkpoint.size, 4);
    assert.equal(report.checkpoint.origin, 'nguon.example/log/0');
    assert.deepEqual(report.entries.map(({ entry }) => entry.type), ['genesis/1', 'key.add/1', 'product.add/1', 'product.update/1']);
    assert.equal(report.entries[3].entry.sub, report.sub);
    assert.deepEqual(report.missing, []);
    assert.equal(report.aud, report.entries[0].entry.id);
  });

  test(`flipped octets by ${crypto.name}`, async () => {
    const octets = new TextEncoder().encode(text);
    let count = 0;
    for (let at = dice.between(0, 10); at < octets.length; at += 11) {
      const copy = octets.slice();
      copy[at] ^= 1 << dice.between(0, 7);
      assert.notEqual(await ruleOf(verifyBundle(crypto, copy, vkey)), '', `octet ${at}`);
      count += 1;
    }
    console.log(`${crypto.name}: ${count} flipped octets refused`);
    assert.ok(count > 300);
  });

  test(`other spellings and other keys by ${crypto.name}`, async () => {
    const rule = (file, key = vkey) => ruleOf(verifyBundle(crypto, file, key));
    assert.equal(await rule(`${text}\n`), 'verify.canonical');
    assert.equal(await rule(text.replace('/2', '\\/2')), 'verify.canonical');
    assert.equal(await rule(`\ufeff${text}`), 'verify.syntax');
    assert.equal(await rule('{}'), 'verify.syntax');
    assert.equal(await rule(' '.repeat(16 * 1024 * 1024 + 1)), 'verify.too-large');
    assert.equal(await rule(text, orderly().vkey), 'note.unknown-keys');
    assert.equal(await rule(text, 'nonsense'), 'note.vkey');
    assert.equal(await rule(text.replace('"index":3', '"index":1')), 'verify.order');
    assert.equal(await rule(text.replace('"index":3', '"index":4')), 'verify.order');
    assert.equal(await rule(text.replace('"missing":[]', `"missing":["${'A'.repeat(43)}"]`)), 'verify.missing');
    assert.equal(await rule(text.replace('"sub":"product', '"sub":"batch')), 'verify.sub');
    assert.equal(await rule(text.replace('"origin":"nguon', '"origin":"other')), 'verify.origin');
  });

  // What the browser's own JSON reader lets pass is still refused by the one that knows this format.
  test(`numbers, members and texts that two readers could read differently by ${crypto.name}`, async () => {
    const rule = (from, to) => {
      assert.ok(text.includes(from), from);
      return ruleOf(verifyBundle(crypto, text.replace(from, to), vkey));
    };
    for (const index of ['3.5', '3.0', '3e0', '9007199254740993', '9007199254740992', '-1', '1e400']) {
      assert.equal(await rule('"index":3', `"index":${index}`), 'verify.syntax', index);
    }
    assert.equal(await rule('{"index":3,', '{"index":3,"index":3,'), 'verify.syntax');
    assert.equal(await rule('{"index":3,', '{"index":3,"__proto__":{},'), 'verify.syntax');
    assert.equal(await rule('"origin":"nguon', '"origin":"\\ud800nguon'), 'verify.syntax');
    assert.equal(await rule('"origin":"nguon', '"origin":"e\u0301nguon'), 'verify.syntax', 'not in normal form C');
    assert.equal(await rule('"proof":[', '"proof":[[[[[[[[[]]]]]]]],'), 'verify.syntax');
    assert.equal(await rule('"format":', ' "format":'), 'verify.canonical');
  });

  test(`honest logs by ${crypto.name}`, async () => {
    for (const [name, how] of Object.entries(truths)) {
      const log = lyingLog(how);
      assert.equal(await ruleOf(verifyBundle(crypto, log.bundle(), log.vkey)), '', name);
    }
  });

  test(`lies by ${crypto.name}`, async () => {
    for (const [name, [rule, how]] of Object.entries(lies)) {
      const log = lyingLog(how);
      assert.equal(await ruleOf(verifyBundle(crypto, log.bundle(), log.vkey)), rule, name);
    }
    console.log(`${crypto.name}: ${Object.keys(lies).length} lies refused by the rule that nguon verify names`);
  });

  test(`entries without a path by ${crypto.name}`, async () => {
    for (const [name, [rule, how]] of Object.entries(namings)) {
      const log = lyingLog(how);
      assert.equal(await ruleOf(verifyBundle(crypto, log.bundle(), log.vkey)), rule, name);
    }
    const log = lyingLog(namings['a chain behind the newest'][1]);
    const { entries } = await verifyBundle(crypto, log.bundle(), log.vkey);
    assert.deepEqual(entries.map(({ named, index }) => [named, index]), [[false, 0], [false, 1], [true, 4], [true, 4], [false, 4]]);
    assert.equal(await ruleOf(verifyBundle(crypto, log.bundle().replace(/"signature":"[^"]*"/, '"signature":1'), log.vkey)), 'verify.syntax');
  });

  test(`receipts by ${crypto.name}`, async () => {
    const log = orderly();
    const { aud, keys } = await verifyBundle(crypto, log.bundle(), log.vkey);
    const at = 3;
    const rule = (receipt, of = log.logged[at]) => ruleOf(verifyReceipt(crypto, receipt, of, { aud, keys }));
    assert.equal(await rule(log.receipt(at)), '');
    assert.equal(await rule(log.receipt(at), log.logged[2]), 'receipt.entry');
    assert.equal(await rule(log.receipt(at, { index: 2 })), 'receipt.inclusion');
    assert.equal(await rule(log.receipt(at, { recorded: 1 })), 'receipt.inclusion');
    assert.equal(await rule(log.receipt(at, { path: [] })), 'receipt.inclusion');
    assert.equal(await rule(log.receipt(at, { aud: 'A'.repeat(43) })), 'receipt.aud');
    assert.equal(await rule(log.receipt(at, { more: 1 })), 'receipt.syntax');
    assert.equal(await rule(log.receipt(at, { path: ['x'] })), 'receipt.syntax');
    assert.equal(await rule(log.receipt(at, {}, log.keys.root)), 'receipt.key');
    const [group, claims, place, path] = log.receipt(at).split('~');
    const other = log.receipt(at, { slots: ['/note'] }).split('~')[1];
    assert.equal(await rule([group, other, place, path].join('~')), 'receipt.group');
    for (const wrong of ['0', '2', '3']) assert.equal(await rule([group, claims, wrong, path].join('~')), 'receipt.group');
    assert.equal(await rule([group, claims, place, path.slice(0, 44)].join('~')), 'receipt.syntax');
    assert.equal(await rule([group, claims, place, ''].join('~')), 'receipt.group');
    assert.equal(await rule(log.receipt(at, { count: 1 })), 'receipt.group');
    for (const wrong of [[group], [group, claims, '01', path], [group, claims, '-1', path], [group, `${claims}=`, place, path],
      [group, claims, place, path, '']]) assert.equal(await rule(wrong.join('~')), 'receipt.syntax');
    assert.equal(await rule(log.receipt(at, {}, log.keys.service, 'nguon-held+jwt')), 'jws.typ');
    assert.equal(await rule(log.receipt(at, { checkpoint: log.note(log.checkpoint().split('\n—')[0], log.keys.root) })), 'note.signature');
  });
}
