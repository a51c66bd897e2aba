// What the tests of backups share: the command beside a running service, folders, and what refuses to start.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment, program } from '../e2e/lib/deployment.mjs';

/** Runs a subcommand without holding up this process: {code, signal, out, err}; `child` may be killed. */
export function beside(...words) {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
  const done = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, out, err })));
  return { child, done };
}

export function passphrase(home) {
  const file = join(home, 'passphrase');
  writeFileSync(file, 'mật khẩu sao lưu mẫu\n', { mode: 0o600 });
  return file;
}

/** Words of `nguon backup` for a deployment. */
export const backupWords = (log, to, more = []) =>
  ['backup', '--data', log.data, '--to', to, '--passphrase-file', passphrase(log.home), ...more];
export const restoreWords = (log, from, to, more = ['--no-witnesses']) =>
  ['restore', '--from', from, '--to', to, '--passphrase-file', passphrase(log.home), ...more];

/** The same deployment in another data directory. */
export function elsewhere(log, data) {
  const { aud, operator, vkey, service, registrar, root } = log;
  const copy = new Deployment(log.home, { aud, operator, vkey, service, registrar, root });
  copy.data = data;
  copy.configure({});
  return copy;
}

/** What `serve` says when it must not start: {code, said}. */
export async function refusal(log) {
  try {
    await log.start();
  } catch (error) {
    return { code: error.code, said: error.said ?? String(error) };
  }
  await log.stop();
  throw new Error('it started');
}

export const filesIn = (folder) =>
  readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile()).sort().map((name) => join(folder, name));

export function flip(file) {
  const octets = readFileSync(file);
  octets[Math.floor(octets.length / 2)] ^= 1;
  writeFileSync(file, octets);
}
