// What every part of the fault table shares: folders to break, programs to wait for, the questions asked afterwards.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../e2e/lib/deployment.mjs';

/** Milliseconds since 1970 with their fractions, as strace -ttt gives them. */
export const now = () => performance.timeOrigin + performance.now();

/** A copy of a prepared folder under a name of its own; nothing of it is shared. */
export function copyOf(prepared) {
  const home = mkdtempSync(join(tmpdir(), 'nguon-fault-'));
  cpSync(prepared, home, { recursive: true });
  return home;
}
export const discard = (home) => rmSync(home, { recursive: true, force: true });

/** `nguon words…` to its end, behind `before`: {code, signal, out, err}. Does not hold up the others. */
export function run(words, before = []) {
  const [first, ...rest] = [...before, program, ...words];
  const child = spawn(first, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => { said.out += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { said.err += text; });
  // `close` comes after strace, which holds the same pipes, has written its last line.
  return within(60_000, `nguon ${words[0]}`, new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  }), () => child.kill('SIGKILL'));
}

/**
 * `promise`, or an error after `ms`; what hangs is a fault too. Counted in short steps of our own: when everything was
 * stopped for a while, the programs waited for were as well.
 */
export async function within(ms, what, promise, give_up = () => {}) {
  const step = 250;
  let left = ms;
  let clock;
  const limit = new Promise((_, reject) => {
    clock = setInterval(() => {
      left -= step;
      if (left > 0) return;
      give_up();
      reject(new Error(`${what} did not end within ${ms} ms`));
    }, step);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearInterval(clock);
  }
}

/** No two of these signed heads contradict each other: one root for each size. */
export function oneRootEach(heads) {
  const roots = new Map();
  for (const { size, root } of heads) {
    const known = roots.get(size) ?? root;
    assert.ok(known.equals(root), `a fork: two roots were signed for size ${size}`);
    roots.set(size, root);
  }
  return [...roots].map(([size, root]) => ({ size, root }));
}

/** A service of ours that says where it listens. */
export class Program {
  /** Resolves once it listens; `port` is absent when it ended instead, and `said` tells why. */
  static async listen(words, before = []) {
    const [first, ...rest] = [...before, program, ...words];
    const made = new Program();
    made.said = '';
    made.child = spawn(first, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
    made.closed = new Promise((resolve) => made.child.once('close', resolve));
    made.port = await within(30_000, 'a start', new Promise((resolve, reject) => {
      made.child.stderr.setEncoding('utf8').on('data', (text) => {
        made.said += text;
        const found = /listening on \S+:(\d+)/.exec(made.said);
        if (found) resolve(Number(found[1]));
      });
      made.child.once('error', reject);
      made.closed.then(() => resolve(undefined));
    }), () => made.child.kill('SIGKILL'));
    return made;
  }
  /** SIGTERM and the exit code. */
  async stop() {
    this.child.kill('SIGTERM');
    await within(20_000, 'stopping', this.closed, () => this.child.kill('SIGKILL'));
    return this.child.exitCode;
  }
}
