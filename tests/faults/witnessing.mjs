// A witness whose disk fails while it cosigns: what it signed once it must never forget, or it would sign a fork.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256, verifyEd25519 } from '../e2e/lib/jose.mjs';
import { rootOf } from '../e2e/lib/tree.mjs';
import { ForgedLog } from '../support/forged_log.mjs';
import { copyOf, discard, now, Program, run } from './world.mjs';

const sizes = [1, 3, 4, 9, 17];

/** RFC 6962 §2.1.2: that the tree over all `hashes` continues the one over the first `size`. */
function consistency(size, hashes, whole = true) {
  if (size === hashes.length) return whole ? [] : [rootOf(hashes)];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return size <= split
    ? [...consistency(size, left, whole), rootOf(right)]
    : [...consistency(size - split, right, false), rootOf(left)];
}

export class Witnessing {
  async prepare() {
    this.whole = mkdtempSync(join(tmpdir(), 'nguon-witness-'));
    this.log = new ForgedLog();
    while (this.log.leaves.length < sizes.at(-1) + 1) this.log.leaves.push(`leaf ${this.log.leaves.length}`);
    this.fork = new ForgedLog();
    Object.assign(this.fork, { keys: this.log.keys, leaves: this.log.leaves.map((leaf) => `other ${leaf}`) });
    writeFileSync(join(this.whole, 'logs.policy'), `log ${this.log.vkey}\nquorum none\n`);
    const begun = await run(['witness', 'init', '--state', join(this.whole, 'state'), '--name', 'w.example']);
    assert.equal(begun.code, 0, begun.err);
    this.vkey = begun.out.trim();
  }
  remove() {
    if (this.whole) discard(this.whole);
  }
  stage() {
    const home = copyOf(this.whole);
    return { home, folder: join(home, 'state'), marks: [], cosigned: 0 };
  }

  abandon({ witness }) {
    witness?.child.kill('SIGKILL');
  }

  /** Starts a witness in `world`; false when it refused. */
  async start(world, before = []) {
    const words = ['witness', 'serve', '--state', join(world.home, 'state'), '--policy', join(world.home, 'logs.policy'), '--listen', '127.0.0.1:0'];
    world.witness = await Program.listen(words, before);
    return world.witness.port !== undefined;
  }

  /** Offers `log` at `size` to whoever holds `old`: {status, text}, or nothing when cut off. */
  async offer(world, log, old, size) {
    const hashes = log.hashes.slice(0, size);
    const path = old === 0 ? [] : consistency(old, hashes).map((hash) => `${hash.toString('base64')}\n`);
    const body = `old ${old}\n${path.join('')}\n${log.checkpoint(size)}`;
    try {
      const answer = await fetch(`http://127.0.0.1:${world.witness.port}/add-checkpoint`, { method: 'POST', body, signal: AbortSignal.timeout(20_000) });
      return { status: answer.status, text: await answer.text() };
    } catch (error) {
      if (error.name === 'TimeoutError') throw error;
      return undefined;
    }
  }

  async play(world, before) {
    world.marks.push({ operation: 'cosign', at: now() });
    if (!(await this.start(world, before))) {
      world.ended = { refused: true, code: world.witness.child.exitCode, signal: world.witness.child.signalCode };
      return;
    }
    let failed = false;
    for (const size of sizes) {
      const answer = await this.offer(world, this.log, world.cosigned, size);
      if (answer === undefined) break;
      if (answer.status === 200) {
        assert.ok(!failed, 'it cosigned again after its disk had failed');
        this.checkCosignature(answer.text, size);
        world.cosigned = size;
      } else {
        assert.equal(answer.status, 503, answer.text);
        failed = true;
      }
    }
    await world.witness.stop();
    world.ended = { failed, code: world.witness.child.exitCode, signal: world.witness.child.signalCode };
  }

  checkCosignature(lines, size) {
    const [, , , encoded] = /^(\S+) (\S+) (\S+)\n$/.exec(lines);
    const octets = Buffer.from(encoded, 'base64');
    const typed = Buffer.from(this.vkey.split('+').slice(2).join('+'), 'base64');
    assert.deepEqual(octets.subarray(0, 4), sha256('w.example\n', typed).subarray(0, 4));
    const note = this.log.checkpoint(size);
    const message = `cosignature/v1\ntime ${octets.readBigUInt64BE(4)}\n${note.slice(0, note.indexOf('\n\n') + 1)}`;
    assert.ok(verifyEd25519(typed.subarray(1), Buffer.from(message), octets.subarray(12)), 'a cosignature that does not verify');
  }

  operationOf() {
    return 'cosign';
  }

  async recheck(world, fault) {
    if (fault && fault.name !== 'KILL' && !world.ended.refused && !world.ended.failed) {
      // Only what came after the last cosignature may fail without a word.
      assert.equal(world.cosigned, sizes.at(-1), `went on after ${fault.name} at ${fault.syscall}`);
    }
    assert.ok(await this.start(world), `it does not start again: ${world.witness.said}`);
    try {
      const size = sizes.at(-1);
      const probe = await this.offer(world, this.log, size, size);
      const held = probe.status === 409 ? Number(probe.text) : size;
      assert.ok(probe.status === 409 || probe.status === 200, `${probe.status} ${probe.text}`);
      assert.ok(held >= world.cosigned, `it cosigned ${world.cosigned} and remembers ${held}`);
      if (world.cosigned > 0) {
        const lie = await this.offer(world, this.fork, held, size + 1);
        assert.equal(lie.status, 422, 'it cosigned a fork');
      }
      const next = await this.offer(world, this.log, held, size + 1);
      assert.equal(next.status, 200, next.text);
      this.checkCosignature(next.text, size + 1);
    } finally {
      await world.witness.stop();
    }
  }

  outcomeOf({ ended }) {
    if (ended.signal) return 'killed';
    if (ended.refused) return 'refused to start';
    return ended.failed ? 'stopped signing' : 'went on';
  }
}
