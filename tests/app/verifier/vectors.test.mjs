// Vectors of independent origin (NGUON_VECTORS) against every way of the verifier.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  keyOf, leafHash, openCheckpoint, openNote, parseVkey, verifyConsistency, verifyInclusion,
} from '../../../server/app/verifier/verifier.mjs';
import { leavesOf, rootOf } from '../../e2e/lib/tree.mjs';
import { paths, ruleOf } from './paths.mjs';

// A relative folder is one beside the project.
const clone = fileURLToPath(new URL('../../../', import.meta.url));
const folder = resolve(clone, process.env.NGUON_VECTORS || '../shared/vectors', 'tlog');
const found = existsSync(folder);
if (!found) console.log('note: vectors: not run (no NGUON_VECTORS, no ../shared/vectors)');

const read = (name) => readFileSync(`${folder}/${name}`, 'utf8');
/** Integers beyond 2^53 come as bigints. */
const lines = (name) => read(name).trim().split('\n').map((line) =>
  JSON.parse(line.replace(/: ?(\d{16,})\b/g, ':"big$1"'), (_, value) =>
    (typeof value === 'string' && value.startsWith('big') ? BigInt(value.slice(3)) : value)));
const octets = (text) => new Uint8Array(Buffer.from(text, 'base64'));
const all = (list) => (list ?? []).map(octets);
const hex = (text) => new Uint8Array(Buffer.from(text, 'hex'));

for (const crypto of found ? paths : []) {
  test(`merkle_probes by ${crypto.name}`, async () => {
    const counts = { pass: 0, fail: 0 };
    const notRun = {};
    let shortRoots = 0;
    for (const one of lines('merkle_probes.jsonl')) {
      if (one.kind.startsWith('subtree')) {
        notRun[one.kind] = (notRun[one.kind] ?? 0) + 1;
        continue;
      }
      const good = one.kind === 'inclusion'
        ? await verifyInclusion(crypto, one.leafIdx, one.treeSize, octets(one.leafHash), all(one.proof), octets(one.root))
        : await verifyConsistency(crypto, one.size1, one.size2, octets(one.root1), octets(one.root2), all(one.proof));
      // A root that is not 32 octets is refused before any proof is looked at.
      if (!one.wantErr && one.kind === 'consistency' && octets(one.root1).length !== 32) {
        assert.equal(good, false);
        shortRoots += 1;
        continue;
      }
      assert.equal(good, !one.wantErr, `${one.kind} ${one.case}`);
      counts[good ? 'pass' : 'fail'] += 1;
    }
    assert.ok(counts.pass > 0 && counts.fail > 0 && shortRoots <= 1);
    console.log(`${crypto.name}: merkle_probes ${counts.pass} pass, ${counts.fail} fail, ${shortRoots} short root refused;`
      + ` not run: ${JSON.stringify(notRun)} (no format of ours carries subtree proofs)`);
  });

  test(`xmod_proofs by ${crypto.name}`, async () => {
    const seen = { inclusion: 0, consistency: 0, root: 0, tile: 0, meta: 0 };
    for (const one of lines('xmod_proofs.jsonl')) {
      seen[one.kind] += 1;
      const path = all(one.proof);
      if (one.kind === 'inclusion') {
        const leaf = await leafHash(crypto, new TextEncoder().encode(one.leaf));
        assert.deepEqual(leaf, octets(one.leafHash));
        assert.ok(await verifyInclusion(crypto, one.index, one.size, leaf, path, octets(one.root)));
        leaf[one.index % 32] ^= 1;
        assert.ok(!await verifyInclusion(crypto, one.index, one.size, leaf, path, octets(one.root)));
      } else if (one.kind === 'consistency') {
        const roots = [octets(one.oldRoot), octets(one.root)];
        assert.ok(await verifyConsistency(crypto, one.oldSize, one.size, ...roots, path));
        if (one.oldSize < one.size && one.oldSize > 0) {
          assert.ok(!await verifyConsistency(crypto, one.oldSize, one.size, roots[1], roots[0], path));
        }
      }
    }
    assert.ok(seen.inclusion > 0 && seen.consistency > 0);
    console.log(`${crypto.name}: xmod_proofs ${seen.inclusion} inclusion, ${seen.consistency} consistency;`
      + ` not run: ${seen.root} root, ${seen.tile} tile (the verifier reads no tiles)`);
  });

  test(`xmod_notes by ${crypto.name}`, async () => {
    const counts = { opened: 0, refused: 0 };
    for (const { case: name, note, vkeys, ok, text, verified } of lines('xmod_notes.jsonl')) {
      const known = [];
      for (const vkey of vkeys) known.push(await parseVkey(crypto, vkey));
      let opened;
      const rule = await ruleOf(openNote(crypto, note, known).then((found) => { opened = found; }));
      assert.equal(rule === '', ok, `${name}: ${rule}`);
      counts[ok ? 'opened' : 'refused'] += 1;
      if (!ok) continue;
      assert.equal(opened.text, text);
      assert.equal(new Set(opened.good.map(({ vkey }) => vkey)).size, verified); // x/mod counts a repeated line once
    }
    assert.ok(counts.opened > 0 && counts.refused > 0);
    console.log(`${crypto.name}: xmod_notes ${counts.opened} open, ${counts.refused} refused`);
  });

  test(`tessera_log by ${crypto.name}`, async () => {
    const log = await parseVkey(crypto, 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx');
    let count = 0;
    for (const name of readdirSync(`${folder}/tessera_log/log`).filter((one) => one.startsWith('checkpoint'))) {
      const { size, root: signed } = await openCheckpoint(crypto, read(`tessera_log/log/${name}`), log);
      count += 1;
      if (size === 0) continue;
      const leaves = leavesOf(readFileSync(`${folder}/tessera_log/log/tile/entries/000.p/${size}`));
      const hashes = await Promise.all(leaves.map((leaf) => leafHash(crypto, leaf)));
      assert.ok(Buffer.from(signed).equals(rootOf(hashes.map((hash) => Buffer.from(hash)))), name);
    }
    assert.ok(count > 0);
    console.log(`${crypto.name}: tessera_log ${count} checkpoints`);
  });

  const suites = {
    'wycheproof_ed25519.json': ({ publicKey }) => ({ crv: 'Ed25519', kty: 'OKP', x: Buffer.from(publicKey.pk, 'hex').toString('base64url') }),
    'wycheproof_p256_p1363.json': ({ publicKey }) => {
      const point = Buffer.from(publicKey.uncompressed, 'hex');
      return { crv: 'P-256', kty: 'EC', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
    },
  };
  for (const [name, jwkOf] of Object.entries(suites)) {
    test(`${name} by ${crypto.name}`, async () => {
      const counts = { valid: 0, invalid: 0 };
      const { testGroups, numberOfTests } = JSON.parse(read(name));
      for (const group of testGroups) {
        const key = await keyOf(crypto, jwkOf(group));
        for (const one of group.tests) {
          const good = await crypto.verify(key, hex(one.msg), hex(one.sig));
          assert.equal(good, one.result === 'valid', `tcId ${one.tcId}: ${one.comment}`);
          counts[one.result] += 1;
        }
      }
      assert.ok(counts.valid > 0 && counts.invalid > 0);
      assert.equal(counts.valid + counts.invalid, numberOfTests);
      console.log(`${crypto.name}: ${name} ${counts.valid} valid, ${counts.invalid} invalid`);
    });
  }
}
