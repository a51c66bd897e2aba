// Kill -9 at random moments under load, again and again: nothing acknowledged is lost, nothing is
// doubled, the log never forks, every restart is quick. Usage: kill.mjs KILLS; one kill = one test. Every
// hundred kills the log is begun anew, so that reading all of it after each kill stays a matter of a second.
import { appendFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment, nguon } from '../e2e/lib/deployment.mjs';
import { Dice } from '../e2e/lib/dice.mjs';

const kills = Number(process.argv[2] ?? 12);
const killsOfALog = 100;
const writers = 16;
const slowestStart = 2000;
const dice = new Dice('kill');
let passed = 0;
let failed = 0;

const total = { kills: 0, entries: 0, acknowledged: 0, lost: 0, doubled: 0, slowest: 0 };

/** @type {Map<string, object>} entries sent by id, with `receipt` once they were acknowledged. */
const sent = new Map();
const fail = (why) => {
  failed += 1;
  console.log(`FAILED: ${why}`);
};

/** An erasure rewrites files beside the running log: kills hit that too. */
const erasure = (cast, { id, sub }) =>
  cast.make(cast.keys.clerk, { type: 'erase/1', sub, prev: id, data: { scope: 'value', reason: 'request', entry: id, slot: '/note' } });

/**
 * Half of a record at the end of the newest write-ahead log, as a power cut may leave it. Records are cut into
 * fragments at every 32 KiB, so the torn one never reaches beyond: what does was not written by RocksDB, and is refused.
 */
function tearTail(log) {
  const folder = join(log.data, 'database');
  const newest = join(folder, readdirSync(folder).filter((name) => name.endsWith('.log')).sort().at(-1));
  const left = 32_768 - (statSync(newest).size % 32_768);
  if (left < 8) return false; // only padding could stand here
  const length = Math.min(1000, left - 7);
  const record = Buffer.alloc(7 + dice.between(0, length - 1), 0x5a);
  record.writeUInt16LE(length, 4); // says so many octets follow
  record[6] = length === 1000 ? 1 : 2; // a whole record, or the first part of one
  appendFileSync(newest, record);
  return true;
}

/** Sends what it makes until the service goes away. Fresh entries mostly, and some again. */
async function write(log, cast, unsure) {
  for (;;) {
    const chance = dice.next();
    const recent = [...sent.values()].slice(-50);
    const again = unsure.pop() ?? (recent.length && chance < 0.15 ? dice.of(recent) : undefined);
    const erasable = chance > 0.99 && recent.find((one) => one.receipt && one.payload.type === 'batch.harvest/1');
    const entry = again ?? (erasable ? erasure(cast, erasable) : cast.harvest(dice.of(['member', 'neighbour'])));
    // Another writer may send it while its first answer is still under way, and be the first to be answered.
    if (again) entry.resent = true;
    sent.set(entry.id, entry);
    let answer;
    try {
      answer = await log.put(entry);
    } catch {
      return; // killed: whether it is in the log is what the next start tells
    }
    if (answer.status === 503) continue;
    if (answer.status !== 201 && answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.problem)}`);
    const receipt = log.openReceipt(answer.statement, entry);
    if (entry.receipt) {
      if (receipt.index !== entry.receipt.index || receipt.recorded !== entry.receipt.recorded) {
        throw new Error(`entry ${entry.id} was ${entry.receipt.index}, now ${receipt.index}`);
      }
    } else if (answer.status === 200 && !entry.resent) {
      throw new Error('a fresh entry was answered as a repeated one');
    }
    entry.receipt ??= receipt;
  }
}

/** The whole log against every receipt ever given. Throws. */
async function check(log, seen) {
  const head = await log.head(seen.size);
  await log.checkConsistency(seen, head);
  const leaves = await log.leaves(head);
  const logged = new Map();
  for (const { index, entry } of leaves) {
    if (logged.has(entry)) {
      total.doubled += 1;
      throw new Error(`doubled: ${index} and ${logged.get(entry).index}`);
    }
    logged.set(entry, leaves[index]);
  }
  for (const entry of sent.values()) {
    const leaf = logged.get(entry.jws);
    if (!entry.receipt) continue;
    if (!leaf) {
      total.lost += 1;
      throw new Error(`acknowledged and lost: ${entry.receipt.index}`);
    }
    if (leaf.index !== entry.receipt.index || leaf.recorded !== entry.receipt.recorded) {
      throw new Error(`moved: ${entry.receipt.index} to ${leaf.index}`);
    }
  }
  return head;
}

const newest = (heads) => heads.reduce((a, b) => (b.size > a.size ? b : a));

/** One log from its beginning through `rounds` kills to its audit. */
async function campaign(rounds) {
  const log = Deployment.init();
  sent.clear();
  try {
    await log.start();
    const cast = await Cast.settle(log, ['member', 'neighbour']);
    let seen = await log.head();
    for (let round = 1; round <= rounds; round += 1) seen = await strike(log, cast, seen);

    // Everything that was never acknowledged is sent once more and ends up in the log exactly once.
    for (const entry of sent.values()) {
      if (entry.receipt) continue;
      const { status, statement } = await log.put(entry);
      if (status === 200 || status === 201) entry.receipt = log.openReceipt(statement, entry);
      else fail(`resent: ${status}`);
    }
    seen = newest([seen, ...[...sent.values()].map((entry) => entry.receipt.head)]);
    await check(log, seen).then(() => { passed += 1; }, (error) => fail(`at the end: ${error.message}`));
    const code = await log.stop();
    if (code === 0) passed += 1; else fail(`SIGTERM: exit ${code}`);
    const audit = nguon('audit', '--data', log.data);
    if (audit.code === 0) passed += 1; else fail(`audit: exit ${audit.code} ${audit.err}${audit.out}`);
    total.entries += sent.size;
    total.acknowledged += [...sent.values()].filter((entry) => entry.receipt).length;
  } catch (error) {
    fail(error.stack);
  } finally {
    log.remove();
  }
}

/** Load, a kill, a start, and the whole log read: the newest head then. */
async function strike(log, cast, shown) {
  total.kills += 1;
  let seen = shown;
  const before = sent.size;
  const unsure = [...sent.values()].filter((entry) => !entry.receipt);
  const resent = unsure.length;
  const running = Array.from({ length: writers }, () => write(log, cast, unsure));
  const settled = Promise.allSettled(running);
  await sleep(dice.between(0, dice.next() < 0.3 ? 40 : 900));
  await log.kill();
  const torn = dice.next() < 0.25 && tearTail(log);
  const bugs = (await settled).filter((one) => one.status === 'rejected').map((one) => one.reason.message);
  // The newest head that anyone was ever shown: what comes after the restart must continue it.
  seen = newest([seen, ...[...sent.values()].flatMap((entry) => (entry.receipt ? [entry.receipt.head] : []))]);
  const wall = await log.start();
  const waited = log.waitedMs();
  const ms = wall - waited; // what a crowded machine made it wait is not its own slowness
  total.slowest = Math.max(total.slowest, ms);
  try {
    if (bugs.length) throw new Error(bugs[0]);
    if (ms > slowestStart) throw new Error(`ready after ${Math.round(ms)} ms`);
    seen = await check(log, seen);
    passed += 1;
  } catch (error) {
    fail(`kill ${total.kills}: ${error.message}`);
  }
  const acknowledged = [...sent.values()].filter((entry) => entry.receipt).length;
  console.log(`kill ${total.kills}: ${sent.size - before} sent, ${resent} resent, ${acknowledged} acknowledged, log ${seen.size}${torn ? ', torn tail' : ''}, ready in ${Math.round(wall)} ms (${Math.round(waited)} of them without a processor)`);
  return seen;
}

for (let left = kills; left > 0; left -= killsOfALog) await campaign(Math.min(left, killsOfALog));
console.log(`${total.kills} kills, ${total.entries} entries, ${total.acknowledged} acknowledged, ${total.lost} lost, ${total.doubled} doubled, slowest start ${Math.round(total.slowest)} ms`);
console.log(`${passed} ${failed}`);
process.exit(failed ? 1 : 0);
