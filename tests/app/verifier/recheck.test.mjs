// A phone asks for its receipts again: an honest answer, and every way in which the log may have changed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseVkey, recheckQuestion, recheckReceipts } from '../../../server/app/verifier/verifier.mjs';
import { base64url } from '../../e2e/lib/jose.mjs';
import { rootOf } from '../../e2e/lib/tree.mjs';
import { consistencyOf, pathOf } from '../../support/forged_log.mjs';
import { orderly } from '../../support/lies.mjs';
import { paths, ruleOf } from './paths.mjs';

/** What the service answers about a log as it stands; `from` is the size the phone knows. */
function answerOf(log, from, kept, parts = {}) {
  const { hashes } = log;
  const receipts = kept.map(({ index, entry }) => ({
    index, entry, leaf: log.leaves[index], path: pathOf(index, hashes).map(base64url),
  }));
  const consistency = consistencyOf(from, hashes).map(base64url);
  return JSON.stringify({ checkpoint: log.checkpoint(), consistency, receipts, ...parts });
}
const parsed = (answer) => JSON.parse(answer);

for (const crypto of paths) {
  test(`receipts again by ${crypto.name}`, async () => {
    const log = orderly();
    const vkey = await parseVkey(crypto, log.vkey);
    const kept = [2, 3].map((index) => {
      const [, time, jws] = /^\{"recorded":(\d+),"entry":"(.*)"\}$/.exec(log.leaves[index]);
      return { index, recorded: Number(time), entry: [log.product, log.edit].find((one) => one.jws === jws).id };
    });
    const known = { size: log.leaves.length, root: new Uint8Array(rootOf(log.hashes)) };
    const rule = (answer, promised = kept) => ruleOf(recheckReceipts(crypto, answer, known, promised, vkey));
    const asked = parsed(recheckQuestion(known, kept));
    assert.deepEqual(asked.receipts, kept.map(({ index, entry }) => ({ index, entry })));
    assert.equal(asked.root, base64url(known.root));
    assert.equal(await rule(answerOf(log, known.size, kept)), '');
    for (let more = 0; more < 3; more += 1) log.add('clerk', { type: 'product.add/1', sub: 'product', data: { org: log.org, name: 'B' } });
    const answer = answerOf(log, known.size, kept);
    assert.equal((await recheckReceipts(crypto, answer, known, kept, vkey)).size, log.leaves.length);
    assert.equal(await rule(answerOf(log, known.size, []), []), '');

    const honest = [...log.leaves];
    log.leaves = honest.slice(0, 3);
    assert.equal(await rule(answerOf(log, 3, [kept[0]]), [kept[0]]), 'receipts.newer');
    log.leaves = [...honest];
    [log.leaves[2], log.leaves[3]] = [honest[3], honest[2]];
    assert.equal(await rule(answerOf(log, known.size, kept)), 'receipts.other-log');
    log.leaves = honest;
    const said = parsed(answer);
    const [first, second] = said.receipts;
    const told = (receipts) => rule(JSON.stringify({ ...said, receipts }));
    assert.equal(await told([first, { index: 3, entry: kept[1].entry, fault: 'receipts.other-entry' }]), 'receipts.missing');
    assert.equal(await told([first, { ...second, leaf: first.leaf }]), 'receipts.missing', 'another entry');
    assert.equal(await told([first, { ...second, path: first.path }]), 'receipts.missing', 'another path');
    assert.equal(await rule(answer, [kept[0], { ...kept[1], recorded: 1 }]), 'receipts.missing', 'another time');
    for (const wrong of [[first], [second, first], [first, null], [first, { ...second, more: 1 }], [first, { ...second, leaf: '{}' }], [first, { ...second, path: ['x'] }]]) {
      assert.equal(await told(wrong), 'receipts.answer');
    }
    for (const wrong of ['[]', '{}', JSON.stringify({ ...said, more: 1 })]) assert.equal(await rule(wrong), 'receipts.answer');
    assert.equal(await rule(JSON.stringify({ ...said, consistency: [] })), 'receipts.other-log');
    const [text] = said.checkpoint.split('\n\n');
    const forged = log.note(`${text}\n`, log.keys.service);
    assert.equal(await rule(JSON.stringify({ ...said, checkpoint: forged })), 'note.signature');
  });
}
