// Drives the real binary as people do: start it, talk to it, end it. Nothing here knows its insides.
import { spawn, execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const binary = process.env.NGUON_BIN ?? 'build/release/nguon';
const run = promisify(execFile);

/** @type {WeakMap<object, (() => Promise<unknown>)[]>} */
const ends = new WeakMap();

/** What `t` does in the end, the newest first: a folder outlives whoever writes into it, and one failure stops no other. */
function atEnd(t, work) {
  let all = ends.get(t);
  if (!all) {
    all = [];
    ends.set(t, all);
    t.after(async () => {
      const done = [];
      for (const one of all.reverse()) done.push(...await Promise.allSettled([one()]));
      const failed = done.find(({ status }) => status === 'rejected');
      if (failed) throw failed.reason;
    });
  }
  all.push(work);
}

/** A folder of this test's own; `t` removes it in the end. */
export async function scratch(t) {
  const folder = await mkdtemp(join(tmpdir(), 'nguon-e2e-'));
  atEnd(t, () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a command to its end: {code, stdout, stderr}. */
export async function nguon(args, options = {}) {
  try {
    const { stdout, stderr } = await run(binary, args, { timeout: 60_000, ...options });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (typeof error.code !== 'number') throw error;
    return { code: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

/** What zbarimg reads in an image, one text per symbol. */
export async function decode(image) {
  const { stdout } = await run('zbarimg', ['--quiet', '--raw', image]);
  return stdout.trim().split('\n');
}

/** Resolves with the exit code once the child has ended. */
export function ended(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.on('exit', (code) => resolve(code));
  });
}

/** Asks a child to end, so that it clears up after itself, and insists after a while. */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const insist = setTimeout(() => child.kill('SIGKILL'), 20_000);
  child.kill('SIGTERM');
  await ended(child);
  clearTimeout(insist);
}

/**
 * Starts `nguon demo` and waits for its line: {child, lines, ready, seconds, told}. `lines` goes on
 * collecting standard output, `told()` is what it said on standard error; `t` ends the process.
 */
export async function startDemo(t, args = []) {
  const began = Date.now();
  const child = spawn(binary, ['demo', '--listen', '127.0.0.1:0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  atEnd(t, () => end(child));
  const lines = [];
  let errors = '';
  child.stderr.on('data', (text) => { errors += text; });
  const reader = createInterface({ input: child.stdout });
  const first = await new Promise((resolve, reject) => {
    reader.on('line', (line) => { lines.push(line); resolve(line); });
    child.on('exit', (code) => reject(new Error(`demo ended with ${code}: ${errors}`)));
  });
  return { child, lines, ready: JSON.parse(first), seconds: (Date.now() - began) / 1000, told: () => errors };
}

/** Starts `nguon serve` on a free port: {child, base}. */
export async function startServe(t, config) {
  const child = spawn(binary, ['serve', '--config', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  atEnd(t, () => end(child));
  let errors = '';
  const port = await new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => {
      errors += text;
      const found = /listening on [^ ]*:(\d+)/.exec(errors);
      if (found) resolve(found[1]);
    });
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${errors}`)));
  });
  return { child, base: `http://127.0.0.1:${port}` };
}
