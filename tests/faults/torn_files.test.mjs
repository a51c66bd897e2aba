// Every kind of file of a deployment cut, flipped, emptied or gone: either the start is refused and says why, or all that
// was acknowledged is served as it was, or reading fails and the audit names what is wrong. Never a quiet loss.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { Battered } from '../support/battered.mjs';
import { run } from './world.mjs';

const battered = new Battered('torn');
const { dice, log, receipts } = battered;
const rounds = process.env.NGUON_FULL === '1' ? 12 : 1;
const slot = 512;
const anchor = join(log.data, 'anchor');
const flip = battered.flip.bind(battered);
const filesOf = battered.files.bind(battered);

before(() => battered.grow(30, 10));
beforeEach(() => battered.mend());
after(() => log.remove());

function cut(file, size = dice.between(0, statSync(file).size - 1)) {
  truncateSync(file, size);
  return `${basename(file)} cut to ${size} octets`;
}
function remove(file) {
  rmSync(file);
  return `${basename(file)} gone`;
}

/** What came of it: `refused RULE`, `all there`, or `named by audit`; anything else throws. */
async function outcome(done) {
  try {
    await log.start();
  } catch (error) {
    assert.ok(error.code === 3 || error.code === 4, `${done}: exit ${error.code} ${error.said}`);
    const [, rule] = /nguon: ((?:start|store|anchor)\.[a-z-]+)/.exec(error.said) ?? [];
    assert.ok(rule, `${done}: refused without a reason: ${error.said}`);
    return `refused ${rule}`;
  }
  let unread;
  try {
    const { index } = receipts.at(-1).receipt;
    const head = await log.head(index + 1);
    assert.ok(head.size > index, `${done}: serves ${head.size}, acknowledged was ${index}`);
    const leaves = await log.leaves(head).catch((error) => { unread = error; });
    for (const { entry, receipt } of leaves ? receipts : []) assert.equal(leaves[receipt.index].entry, entry.jws, done);
  } finally {
    await log.stop();
  }
  const audit = await run(['audit', '--data', log.data]);
  if (audit.code === 0) {
    assert.equal(unread, undefined, `${done}: unreadable, and the audit found nothing`);
    return 'all there';
  }
  assert.match(audit.err + audit.out, /\d{6}\.(sst|log)|MANIFEST|store\.corrupt|audit\.[a-z]+/, done);
  return 'named by audit';
}

/** Tries it `times` over; every outcome is one of `wanted`. */
function damaged(name, how, wanted, times = rounds) {
  test(name, async () => {
    for (let round = 0; round < times; round += 1) {
      if (round > 0) battered.mend();
      const done = how();
      const came = await outcome(done);
      console.log(`${done}: ${came}`);
      assert.match(came, wanted, done);
    }
  });
}

const refused = /^refused/;
const anything = /^(refused|all there|named by audit)/;
const sst = () => dice.of(filesOf(/\.sst$/));
/** Where in a table's last octets the zeros lie that fill the space of its two handles up to its version and magic
 * number: [first, end). No checksum covers them, and nothing reads them (RocksDB's footer, format version 5). */
function padding(file) {
  const octets = readFileSync(file);
  const end = octets.length - 12;
  let first = end;
  while (octets[first - 1] === 0) first -= 1;
  return [first, end];
}
damaged('a table with a flipped bit', () => {
  const file = sst();
  const [first, end] = padding(file);
  const size = statSync(file).size;
  return dice.between(0, size - 1 - (end - first)) < first ? flip(file, 0, first - 1) : flip(file, end);
}, /^(refused|named by audit)/, 2 * rounds);
damaged('a flipped bit where a table holds nothing does not matter', () => {
  const file = sst();
  const [first, end] = padding(file);
  assert.ok(first < end);
  return flip(file, first, end - 1);
}, /^all there/, 1);
damaged('a table that was cut', () => cut(sst()), refused);
damaged('a table that is gone', () => remove(sst()), refused);
damaged('a manifest with a flipped bit', () => flip(filesOf(/^MANIFEST/).at(-1)), refused);
damaged('a manifest that was cut', () => cut(filesOf(/^MANIFEST/).at(-1)), /^(refused|all there)/, 3 * rounds);
damaged('a manifest that is gone', () => remove(filesOf(/^MANIFEST/).at(-1)), refused, 1);
damaged('a CURRENT that names nothing', () => flip(filesOf(/^CURRENT/)[0]), refused);
damaged('a CURRENT that is gone, and the tables with their rows are still there after the refusal', () => {
  const tables = filesOf(/\.sst$/).length;
  const done = remove(filesOf(/^CURRENT/)[0]);
  assert.ok(tables > 0);
  return done;
}, /^refused store\.corrupt/, 1);
test('… so that putting CURRENT back is all it takes', async () => {
  const [current] = filesOf(/^CURRENT/);
  const octets = readFileSync(current);
  rmSync(current);
  assert.match(await outcome('CURRENT gone'), refused);
  writeFileSync(current, octets);
  assert.equal(await outcome('CURRENT back'), 'all there');
});
damaged('options with a flipped bit do not matter', () => flip(filesOf(/^OPTIONS/).at(-1)), /^(all there|refused)/, 1);
damaged('a write-ahead log with a flipped bit', () => flip(filesOf(/\.log$/).at(-1)), anything, 2 * rounds);
damaged('a write-ahead log that was cut', () => cut(filesOf(/\.log$/).at(-1)), /^refused/);

/** Which of the two slots holds the greater size. */
const newest = () => {
  const octets = readFileSync(anchor);
  return octets.readBigUInt64BE(16) > octets.readBigUInt64BE(slot + 16) ? 0 : 1;
};
const used = 88; // the rest of a slot is zeros that nothing covers
const flipSlot = (which) => flip(anchor, which * slot, which * slot + used - 1);
damaged('the newest slot of the anchor with a flipped bit', () => flipSlot(newest()), /^all there/);
damaged('the older slot of the anchor with a flipped bit', () => flipSlot(1 - newest()), /^all there/);
damaged('both slots of the anchor with a flipped bit', () => `${flipSlot(0)}, ${flipSlot(1)}`, /^refused anchor\.corrupt/);
damaged('a slot of the anchor half written', () => {
  const octets = readFileSync(anchor);
  const which = newest();
  octets.fill(0x5a, which * slot + dice.between(1, used - 1), which * slot + slot);
  writeFileSync(anchor, octets);
  return `slot ${which} of the anchor half written`;
}, /^all there/);
damaged('an anchor cut within its second slot', () => cut(anchor, dice.between(slot, 2 * slot - 1)), /^all there/);
damaged('an anchor without a whole slot', () => cut(anchor, dice.between(1, slot - 1)), /^refused anchor\.corrupt/);
damaged('an empty anchor', () => cut(anchor, 0), /^refused start\.no-anchor/, 1);
damaged('no anchor', () => remove(anchor), /^refused start\.no-anchor/, 1);
