// What a shopper's browser says of a label's evidence: good only where all of it holds, and in the words of the rule else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../server/app/check/judge.mjs';
import { minute, words } from '../../../server/app/check/words.mjs';
import { vkeyOf } from '../../../server/app/verifier/verifier.mjs';
import { Key } from '../../e2e/lib/jose.mjs';
import { lies, lyingLog, orderly } from '../../support/lies.mjs';
import { paths } from '../verifier/paths.mjs';

/** A witness: its vkey and its line under a checkpoint's text. */
async function witness(crypto, name) {
  const key = Key.ed25519();
  const vkey = await vkeyOf(crypto, name, new Uint8Array(Buffer.from(key.jwk.x, 'base64url')), 4);
  const line = (text, time) => {
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    const signed = key.sign(`cosignature/v1\ntime ${time}\n${text}`);
    return `— ${name} ${Buffer.concat([Buffer.from(vkey.split('+')[1], 'hex'), stamp, signed]).toString('base64')}\n`;
  };
  return { vkey, line };
}

const evidenceOf = (log, sub, more = {}) => ({ bundle: log.bundle(sub), vkey: log.vkey, witnesses: [], head: log.head(sub), ...more });

for (const crypto of paths) {
  test(`an orderly batch is good, and complete until the minute of the head, by ${crypto.name}`, async () => {
    const log = orderly();
    const found = await judge(crypto, evidenceOf(log, log.product.sub), log.product.sub);
    assert.equal(found.good, true);
    assert.ok(found.entries >= 3 && found.size === log.leaves.length);
    assert.ok(found.complete > 0 && found.complete % 60 === 0);
    assert.deepEqual([found.asked, found.cosigned, found.recalls], [0, 0, 0]);
    const alone = await judge(crypto, evidenceOf(log, log.product.sub, { head: undefined }), log.product.sub);
    assert.equal(alone.good, true);
    assert.equal(alone.complete, undefined, 'nobody said that this is all');
  });

  test(`another batch, a flipped sign, another key, a recall kept back: not good, by ${crypto.name}`, async () => {
    const log = orderly();
    const { sub } = log.product;
    const evidence = evidenceOf(log, sub);
    assert.equal((await judge(crypto, evidence, log.org)).rule, 'verify.sub');
    const at = evidence.bundle.indexOf('Chanh leo');
    const flipped = `${evidence.bundle.slice(0, at)}c${evidence.bundle.slice(at + 1)}`;
    const changed = await judge(crypto, { ...evidence, bundle: flipped }, sub);
    assert.deepEqual([changed.good, changed.rule], [false, 'jws.signature']);
    const other = orderly();
    assert.equal((await judge(crypto, { ...evidence, vkey: other.vkey }, sub)).good, false);
    assert.equal((await judge(crypto, { ...evidence, bundle: '{}' }, sub)).rule, 'verify.syntax');
    const before = log.bundle(sub);
    log.add('clerk', { type: 'batch.recall/1', sub, prev: log.edit.id, data: { on: '2026-09-11' } });
    const hidden = await judge(crypto, { ...evidenceOf(log, sub), bundle: before }, sub);
    assert.deepEqual([hidden.good, hidden.rule], [false, 'verify.head']);
  });

  test(`recalls count until they are lifted, by ${crypto.name}`, async () => {
    const log = orderly();
    const { sub } = log.product;
    const recall = log.add('clerk', { type: 'batch.recall/1', sub, prev: log.edit.id, data: { on: '2026-09-11' } });
    assert.equal((await judge(crypto, evidenceOf(log, sub), sub)).recalls, 1);
    log.add('clerk', { type: 'batch.recall/1', sub, prev: recall.id, data: { on: '2026-09-12', lifts: recall.id } });
    assert.equal((await judge(crypto, evidenceOf(log, sub), sub)).recalls, 0);
  });
}

test('witnesses are counted, k of those asked, and a wrong line damns', async () => {
  const [crypto] = paths;
  const log = orderly();
  const { sub } = log.product;
  const text = `${log.checkpoint().split('\n\n')[0]}\n`;
  const [one, two] = [await witness(crypto, 'w1.example'), await witness(crypto, 'w2.example')];
  const cosigned = (...lines) => ({ ...evidenceOf(log, sub), bundle: log.bundle(sub, { checkpoint: log.checkpoint() + lines.join('') }) });
  const both = [one.vkey, two.vkey];
  const found = await judge(crypto, { ...cosigned(one.line(text, 1_790_000_000)), witnesses: both }, sub);
  assert.deepEqual([found.good, found.cosigned, found.asked, found.since], [true, 1, 2, 1_790_000_000]);
  const stranger = await judge(crypto, { ...cosigned(one.line(text, 1_790_000_000)), witnesses: [two.vkey] }, sub);
  assert.deepEqual([stranger.good, stranger.cosigned, stranger.asked], [true, 0, 1], 'who was not asked does not count');
  const wrong = await judge(crypto, { ...cosigned(one.line(`${text}x`, 1_790_000_000)), witnesses: both }, sub);
  assert.deepEqual([wrong.good, wrong.rule], [false, 'note.signature']);
});

test('every lie known is told by its rule, and none is thrown at the shopper', async () => {
  for (const [name, [rule, how]] of Object.entries(lies)) {
    const log = lyingLog(how);
    const sub = log.product.sub;
    const found = await judge(paths[0], { bundle: log.bundle(sub), vkey: log.vkey, witnesses: [] });
    assert.deepEqual([found.good, found.rule], [false, rule], name);
  }
});

test('no sentence promises more than was checked', () => {
  for (const lang of ['vi', 'en']) {
    const said = Object.values(words[lang]).map((one) => (typeof one === 'function' ? one({ entries: 1, size: 2, asked: 3, cosigned: 1 }, 'x') : one));
    for (const sentence of said) assert.doesNotMatch(sentence, /hàng giả|fake|blockchain|100 ?%/i);
  }
});

test('a minute is told as it is in Vietnam, whatever zone and language the phone has', () => {
  const lastOfYear = Date.UTC(2026, 11, 31, 17, 5) / 1000;
  assert.equal(minute(lastOfYear, 'vi'), '00:05 ngày 01/01/2027');
  assert.equal(minute(lastOfYear, 'en'), '01 Jan 2027, 00:05');
  assert.equal(minute(lastOfYear - 360, 'vi'), '23:59 ngày 31/12/2026');
  for (let month = 0; month < 12; month += 1) {
    const seconds = Date.UTC(2026, month, 15) / 1000;
    assert.equal(minute(seconds, 'en'), `15 ${new Date(seconds * 1000).toLocaleString('en-US', { month: 'short', timeZone: 'UTC' })} 2026, 07:00`);
  }
});
