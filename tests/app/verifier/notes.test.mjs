// Golden checkpoint, tlog-proof and consistency path; witnesses' lines; keys and signatures made to be read
// in two ways; and which way of checking is chosen where.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ed25519 } from '../../../server/app/node_modules/@noble/curves/ed25519.js';
import { sha512 } from '../../../server/app/node_modules/@noble/hashes/sha2.js';
import {
  chooseCrypto, keyOf, openCheckpoint, parseVkey, verifyConsistency, verifyTlogProof, vkeyOf,
} from '../../../server/app/verifier/verifier.mjs';
import { Key } from '../../e2e/lib/jose.mjs';
import { paths, ruleOf } from './paths.mjs';

const golden = new URL('../../ledger/golden/log/', import.meta.url);
const read = (name) => readFileSync(new URL(name, golden), 'utf8');
const octets = (text) => new Uint8Array(Buffer.from(text, 'base64'));

/** A witness: its vkey and its line under a checkpoint's text. */
async function witness(crypto, name) {
  const key = Key.ed25519();
  const vkey = await vkeyOf(crypto, name, new Uint8Array(Buffer.from(key.jwk.x, 'base64url')), 4);
  const line = (text, time) => {
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    const signature = key.sign(`cosignature/v1\ntime ${time}\n${text}`);
    const id = Buffer.from(vkey.split('+')[1], 'hex');
    return `— ${name} ${Buffer.concat([id, stamp, signature]).toString('base64')}\n`;
  };
  return { vkey, line };
}

for (const crypto of paths) {
  test(`golden checkpoint and proofs by ${crypto.name}`, async () => {
    const log = await parseVkey(crypto, read('vkey').trim());
    const { size, root } = await openCheckpoint(crypto, read('checkpoint'), log);
    const roots = read('roots.txt').trim().split('\n').map((line) => octets(line.split(' ').at(-1)));
    assert.equal(size, 7);
    assert.deepEqual(root, roots[7]);
    const leaves = read('leaves.txt').split('\n');
    const proof = read('proof_4.tlog-proof');
    assert.equal((await verifyTlogProof(crypto, proof, leaves[4], log)).index, 4);
    const rule = (text, leaf = leaves[4]) => ruleOf(verifyTlogProof(crypto, text, leaf, log));
    assert.equal(await rule(proof, leaves[3]), 'proof.inclusion');
    assert.equal(await rule(proof.replace('index 4', 'index 3')), 'proof.inclusion');
    assert.equal(await rule(proof.replace('index 4', 'index 04')), 'proof.syntax');
    assert.equal(await rule(proof.replace('index 4\n', 'extra AAAA\nindex 4\n')), '');
    assert.equal(await rule(proof.replace('@v1', '@v2')), 'proof.syntax');
    assert.equal(await rule(proof.replace('\n7\n', '\n8\n')), 'note.signature');
    const path = read('consistency_3_7.txt').trim().split('\n').map(octets);
    const three = roots[3];
    assert.ok(await verifyConsistency(crypto, 3, 7, three, root, path));
    assert.ok(!await verifyConsistency(crypto, 3, 7, root, three, path));
    assert.ok(!await verifyConsistency(crypto, 3, 7, three, root, path.slice(1)));
  });

  test(`cosignatures by ${crypto.name}`, async () => {
    const log = await parseVkey(crypto, read('vkey').trim());
    const note = read('checkpoint');
    const text = note.slice(0, note.indexOf('\n\n') + 1);
    const [one, two] = [await witness(crypto, 'witness.example/1'), await witness(crypto, 'witness.example/2')];
    const known = [await parseVkey(crypto, one.vkey), await parseVkey(crypto, two.vkey)];
    const times = async (lines, witnesses = known) =>
      (await openCheckpoint(crypto, note + lines, log, witnesses)).cosignatures.map(({ name, time }) => [name, time]);
    assert.deepEqual(await times(''), []);
    assert.deepEqual(await times(one.line(text, 1_790_000_000)), [['witness.example/1', 1_790_000_000]]);
    assert.equal((await times(one.line(text, 1) + two.line(text, 2))).length, 2);
    assert.equal((await times(one.line(text, 1) + one.line(text, 2))).length, 1, 'a witness counts once');
    assert.deepEqual(await times(two.line(text, 2), known.slice(0, 1)), [], 'an unknown witness is passed over');
    const wrong = one.line(text.replace('\n7\n', '\n6\n'), 1);
    assert.equal(await ruleOf(times(wrong)), 'note.signature');
    assert.equal(await ruleOf(openCheckpoint(crypto, `${text}\n${one.line(text, 1)}`, log, known)), 'note.unknown-keys');
    assert.equal(await ruleOf(parseVkey(crypto, one.vkey.replace('+', '+0'))), 'note.vkey');
  });

  test(`signatures that two readers could read in two ways, by ${crypto.name}`, async () => {
    const seed = new Uint8Array(32).fill(7);
    const { scalar, pointBytes: raw } = ed25519.utils.getExtendedPublicKey(seed);
    const key = await keyOf(crypto, { crv: 'Ed25519', kty: 'OKP', x: Buffer.from(raw).toString('base64url') });
    const message = new TextEncoder().encode('thư');
    const order = ed25519.Point.Fn.ORDER;
    const little = (number) => Uint8Array.from({ length: 32 }, (_, at) => Number((number >> BigInt(8 * at)) & 255n));
    const integer = (bytes) => bytes.reduceRight((value, octet) => (value << 8n) | BigInt(octet), 0n);
    /** R = nonce·B plus a point of order 8: good only where the equation is multiplied by the cofactor. */
    const forge = (torsion) => {
      let R = ed25519.Point.BASE.multiply(12_345n);
      if (torsion) R = R.add(ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'));
      const k = integer(sha512(Buffer.concat([R.toBytes(), raw, message]))) % order;
      return [R.toBytes(), (12_345n + k * scalar) % order];
    };
    const signature = ([R, S]) => new Uint8Array(Buffer.concat([R, little(S)]));
    const [R, S] = forge(false);
    assert.equal(await crypto.verify(key, message, signature([R, S])), true);
    assert.equal(await crypto.verify(key, message, signature([R, S + order])), false, 'S is below the order');
    assert.equal(await crypto.verify(key, message, signature(forge(true))), false, 'no cofactor');
    for (const x of ['AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      'xxdqcD1N2E-6PAt2DRBnDyogU_osOczGTsf9d5KsA3o', '7v_______________________________________38']) {
      assert.equal(await ruleOf(keyOf(crypto, { crv: 'Ed25519', kty: 'OKP', x })), 'key.jwk', x);
    }
  });

  test(`P-256 takes either s, and no point beside the curve, by ${crypto.name}`, async () => {
    const own = Key.p256();
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const signature = own.sign('thư');
    const s = BigInt(`0x${signature.subarray(32).toString('hex')}`);
    const other = Buffer.concat([signature.subarray(0, 32), Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex')]);
    const message = new TextEncoder().encode('thư');
    const key = await keyOf(crypto, own.jwk);
    assert.equal(key.kid, own.kid);
    for (const one of [signature, other]) assert.equal(await crypto.verify(key, message, new Uint8Array(one)), true);
    assert.equal(await crypto.verify(key, message, new Uint8Array(63)), false);
    const beside = await keyOf(crypto, { ...own.jwk, y: own.jwk.x });
    assert.equal(await crypto.verify(beside, message, new Uint8Array(signature)), false);
    assert.equal(await ruleOf(keyOf(crypto, { ...own.jwk, d: own.jwk.x })), 'key.jwk');
    assert.equal(await ruleOf(keyOf(crypto, { ...own.jwk, crv: 'P-384' })), 'key.jwk');
  });
}

test('without WebCrypto it is JavaScript, with a whole one it is WebCrypto', async () => {
  assert.deepEqual(paths.map(({ name }) => name), ['WebCrypto', 'JavaScript', 'WebCrypto without EdDSA']);
  assert.equal((await chooseCrypto()).name, 'WebCrypto');
  const saved = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
  assert.equal((await chooseCrypto()).name, 'JavaScript');
  Object.defineProperty(globalThis, 'crypto', saved);
});
