// A deployment that serves while the disk fails: start, appends, published checkpoints, an erasure with its purge,
// the end. Whatever was acknowledged or signed before the fault must hold after an ordinary start without one.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment } from '../e2e/lib/deployment.mjs';
import { copyOf, discard, now, oneRootEach, run, within } from './world.mjs';

/** A failed write or sync of these is one whose outcome nobody knows (invariant 7): nothing may be signed after it. */
const mustStop = ({ path, syscall }) =>
  /^(data\/anchor|data\/database\/\d+\.log)$/.test(path) && /write|sync/.test(syscall);

export class Serving {
  async prepare() {
    this.log = Deployment.init({ ledger: { free_space_reserve: '"0"' } });
    await this.log.start();
    this.cast = await Cast.settle(this.log);
    this.acked = [];
    for (let i = 0; i < 12; i += 1) {
      const entry = this.cast.harvest();
      this.acked.push({ entry, receipt: await this.log.add(entry) });
    }
    // Not stopped: what is in the write-ahead log alone is what a start has to bring in.
    await this.log.kill();
    this.whole = `${this.log.home}.whole`;
    mkdirSync(this.whole);
    cpSync(this.log.data, join(this.whole, 'data'), { recursive: true });
  }
  remove() {
    this.log?.remove();
    if (this.whole) discard(this.whole);
  }

  stage() {
    const home = copyOf(this.whole);
    const { aud, operator, vkey, service, registrar, root } = this.log;
    const log = new Deployment(home, { aud, operator, vkey, service, registrar, root }, { ledger: { free_space_reserve: '"0"' } });
    this.unhurried(log);
    const cast = Object.assign(new Cast(log), this.cast, { log });
    return { home, log, cast, folder: home, acked: [...this.acked], sent: [], heads: [], marks: [], unanswered: 0 };
  }

  /** A service that ends waits for connections kept open; thousands of ends should not. */
  unhurried(log) {
    log.agent = new Agent({ keepAlive: false });
    log.hangUp = () => {};
    return log;
  }

  /** Ends what a failed case left running. */
  abandon({ log }) {
    if (log.child && log.alive()) log.child.kill('SIGKILL');
    log.hangUp();
  }

  /** Does everything once, as long as the service lives; what it was told is in `world`. */
  async play(world, before) {
    const { log, cast } = world;
    const mark = (operation) => world.marks.push({ operation, at: now() });
    mark('start');
    const starting = log.start(before);
    const closed = new Promise((resolve) => log.child.once('close', resolve));
    try {
      await within(30_000, 'a start', starting, () => log.child.kill('SIGKILL'));
    } catch (error) {
      if (/did not end/.test(error.message)) throw error;
      world.ended = { refused: true, code: log.child.exitCode, signal: log.child.signalCode, said: log.said };
      return;
    }
    mark('append');
    for (let i = 0; i < 3; i += 1) await this.put(world, cast.harvest());
    await Promise.all(Array.from({ length: 6 }, () => this.put(world, cast.harvest())));
    await this.put(world, world.acked.at(-1).entry);
    await this.look(world);
    mark('erase and purge');
    const { entry: { id, sub } } = world.acked[0];
    await this.put(world, cast.make(cast.keys.clerk, { type: 'erase/1', sub, prev: id, data: { scope: 'value', reason: 'request', entry: id, slot: '/note' } }));
    await this.rest(world);
    await this.put(world, cast.harvest());
    await this.look(world);
    mark('stop');
    log.child.kill('SIGTERM');
    try {
      await within(20_000, 'stopping', log.ended, () => log.child.kill('SIGKILL'));
      await closed;
    } finally {
      log.hangUp();
    }
    world.ended = { code: log.child.exitCode, signal: log.child.signalCode, said: log.said };
  }

  async put(world, entry) {
    const { log } = world;
    if (!log.alive()) return;
    const sentAt = now();
    world.sent.push(entry);
    let answer;
    try {
      answer = await within(20_000, 'an append', log.put(entry));
    } catch (error) {
      if (/did not end/.test(error.message)) throw error;
      world.unanswered += 1;
      return;
    }
    if (answer.status === 503) return;
    assert.ok(answer.status === 201 || answer.status === 200, `${answer.status} ${JSON.stringify(answer.problem)}`);
    const receipt = log.openReceipt(answer.statement, entry);
    world.heads.push(receipt.head);
    world.acked.push({ entry, receipt, sentAt });
  }
  /** Until the purge has rewritten what it will: no file came or went for a while. */
  async rest({ log }) {
    const files = () => readdirSync(join(log.data, 'database')).sort().join(' ');
    for (let [before, still] = ['', 0]; still < 5 && log.alive(); ) {
      await sleep(20);
      const after = files();
      still = after === before ? still + 1 : 0;
      before = after;
    }
  }
  /** The published checkpoint, as a monitor sees it. */
  async look(world) {
    try {
      if (world.log.alive()) world.heads.push(await world.log.head(0));
    } catch {
      world.unanswered += 1;
    }
  }

  /** Where a call belongs: moving the anchor is what a checkpoint needs before it may be signed. */
  operationOf({ path, at }, marks) {
    const { operation } = marks.findLast((mark) => mark.at <= at) ?? marks[0];
    return path === 'data/anchor' && operation === 'append' ? 'checkpoint' : operation;
  }

  /** Starts again without faults and asks for all that was promised. Throws at what was broken. */
  async recheck(world, fault) {
    const { log, cast } = world;
    if (fault && fault.name !== 'KILL' && mustStop(fault)) {
      assert.ok(world.ended.code !== 0, `went on after ${fault.name} at ${fault.syscall} of ${fault.path}`);
      const late = world.acked.find(({ sentAt }) => sentAt > fault.at);
      assert.ok(!late, `signed after ${fault.name} at ${fault.syscall} of ${fault.path}`);
    }
    await within(30_000, 'the start afterwards', log.start(), () => log.child.kill('SIGKILL'));
    try {
      const heads = oneRootEach([...world.heads, ...world.acked.map(({ receipt }) => receipt.head)]);
      const least = Math.max(...heads.map(({ size }) => size));
      const head = await log.head(least);
      assert.ok(head.size >= least, `a signature over ${least} entries was out, the log has ${head.size}`);
      for (const seen of heads) await log.checkConsistency(seen, head);
      const leaves = await log.leaves(head);
      assert.equal(new Set(leaves.map(({ entry }) => entry)).size, leaves.length, 'an entry is there twice');
      for (const { entry, receipt } of world.acked) {
        const leaf = leaves[receipt.index];
        assert.equal(leaf?.entry, entry.jws, `acknowledged at ${receipt.index} and lost`);
        assert.equal(leaf.recorded, receipt.recorded);
      }
      // The same bytes again: the same index where it was logged, an index once where it was not.
      const known = new Map(world.acked.map(({ entry, receipt }) => [entry.id, receipt]));
      for (const entry of world.sent) {
        const { status, statement, problem } = await log.put(entry);
        assert.ok(status === 200 || (status === 201 && !known.has(entry.id)), `sent again: ${status} ${JSON.stringify(problem)}`);
        const again = log.openReceipt(statement, entry);
        const before = known.get(entry.id);
        if (before) assert.deepEqual([again.index, again.recorded], [before.index, before.recorded]);
      }
      await log.add(cast.harvest());
    } finally {
      log.child.kill('SIGTERM');
      await within(20_000, 'stopping', log.ended, () => log.child.kill('SIGKILL'));
      log.hangUp();
    }
    assert.equal(log.child.exitCode, 0, log.said);
    const audit = await run(['audit', '--data', log.data]);
    assert.equal(audit.code, 0, audit.err + audit.out);
  }

  /** What the service did at the fault, in two words. */
  outcomeOf({ ended }) {
    if (ended.signal === 'SIGABRT') return 'aborted'; // Debian's RocksDB has its assertions on
    if (ended.signal) return 'killed';
    if (ended.refused) return 'refused to start';
    return ended.code === 0 ? 'went on' : 'stopped itself';
  }
}
