// Those who look at a log without being its operator. Each says what it saw: {caught, why, seconds}.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chooseCrypto, keyOf, openHead, parseVkey, provesAll, recheckQuestion, recheckReceipts, verifyBundle, verifyHead, verifyReceipt,
} from '../../../server/app/verifier/verifier.mjs';
import { program } from '../../e2e/lib/deployment.mjs';
import { Witness } from '../../e2e/lib/witness.mjs';
import { witnessPath } from './liar.mjs';

const crypto = await chooseCrypto();

/** Runs a subcommand; the rule it ended with, when it is an alarm. */
export function run(...words) {
  const began = performance.now();
  return new Promise((resolve) => {
    execFile(program, words, { timeout: 60_000 }, (error, out, err) => {
      const why = [...err.matchAll(/^nguon: ([a-z]+\.[a-z-]+)/gm)].at(-1)?.[1] ?? '';
      const code = error ? error.code : 0;
      resolve({ caught: code === 1, why, code, out, err, seconds: (performance.now() - began) / 1000 });
    });
  });
}

const folders = [];
process.once('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
/** A folder of its own, gone with the process. */
export function scratch() {
  folders.push(mkdtempSync(join(tmpdir(), 'nguon-lies-')));
  return folders.at(-1);
}
const copyOf = (folder) => {
  const copy = join(scratch(), 'copy');
  cpSync(folder, copy, { recursive: true });
  return copy;
};

export const mirror = (base, vkey, folder, policy) =>
  run('mirror', '--url', `${base}/log/0`, '--vkey', vkey, '--to', folder, '--policy', policy);
export const watch = (base, vkey, folder, policy, sub) =>
  run('watch', '--url', `${base}/log/0`, '--vkey', vkey, '--state', folder, '--sub', sub, '--policy', policy);

/** One phone: what it keeps, and what it makes of a service. */
export class Phone {
  constructor(vkey, aud, service) {
    Object.assign(this, { vkey, aud, service, kept: [], known: { size: 0 }, bundles: {} });
  }
  copy() {
    return Object.assign(new Phone(), this, { kept: [...this.kept], bundles: { ...this.bundles } });
  }
  async #log() {
    return parseVkey(crypto, this.vkey);
  }
  /** A receipt as it comes from the service. */
  async keep(receipt, entry) {
    const deployment = { aud: this.aud, service: await keyOf(crypto, this.service) };
    const { index, recorded, checkpoint } = await verifyReceipt(crypto, receipt, entry.jws, deployment, await this.#log());
    this.kept.push({ index, recorded, entry: entry.id });
    if (checkpoint.size >= this.known.size) this.known = { size: checkpoint.size, root: checkpoint.root };
  }
  /** Scans the batch: its bundle, and the statement that nothing is missing. */
  async scan(base, sub) {
    const get = async (path) => (await fetch(base + path)).text();
    const report = await verifyBundle(crypto, await get(`/api/batches/${sub}/bundle`), this.vkey);
    const statement = await get(`/api/subjects/${sub}/head`);
    const head = await openHead(crypto, statement, report.service);
    const before = this.bundles[sub];
    if (before) {
      // All that was seen once must be counted still, whatever was added.
      const ids = before.entries.filter(({ entry }) => entry.sub === sub).map(({ entry }) => entry.id);
      if (head.count < ids.length) throw new Error('verify.head');
      if (head.count === ids.length && !(await provesAll(crypto, head, ids))) throw new Error('verify.head');
    }
    await verifyHead(crypto, statement, report);
    this.bundles[sub] = report;
  }
  /** Asks for its receipts again. */
  async recheck(base) {
    const asked = await fetch(`${base}/api/receipts/check`, { method: 'POST', body: recheckQuestion(this.known, this.kept) });
    const text = await asked.text();
    if (asked.status === 409) throw new Error(/receipts\.[a-z-]+/.exec(text)?.[0] ?? 'receipts.newer');
    if (asked.status !== 200) throw new Error(`status ${asked.status}`);
    this.known = await recheckReceipts(crypto, text, this.known, this.kept, await this.#log());
  }
  /** Both, as when somebody opens the app and scans a pack. */
  async look(base, sub) {
    const began = performance.now();
    let why = '';
    for (const step of [() => this.recheck(base), () => this.scan(base, sub)]) {
      try {
        await step();
      } catch (error) {
        why ||= error.rule ?? error.message;
      }
    }
    return { caught: why !== '', why, seconds: (performance.now() - began) / 1000 };
  }
}

/**
 * All of them on one service. `seen` is what they knew before: {mirror, watch} folders, the witness's
 * folder, a Phone. Each works on a copy.
 */
export async function lookAll(base, log, sub, seen, offer) {
  const home = scratch();
  const witness = new Witness(copyOf(seen.witness), seen.logs, 'w.example', seen.witnessKey);
  await witness.start();
  const policy = join(home, 'witnesses.policy');
  writeFileSync(policy, `log ${log.vkey}\nwitness w ${seen.witnessKey} ${witness.url}\nquorum w\n`);
  const [phone, mirrored, watched, audited] = await Promise.all([
    seen.phone.copy().look(base, sub),
    mirror(base, log.vkey, copyOf(seen.mirror), policy),
    watch(base, log.vkey, copyOf(seen.watch), policy, sub),
    run('audit', '--url', `${base}/log/0`, '--vkey', log.vkey),
  ]);
  const found = { phone, mirror: mirrored, watch: watched, audit: audited };
  if (offer) {
    // Last, for a witness that is deceived cosigns.
    const note = await (await fetch(witness.url + witnessPath('nguon.example/log/0'))).text();
    const began = performance.now();
    const { status } = await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body: offer(Number(note.split('\n')[1])) });
    found.witness = { caught: status === 409 || status === 422, why: String(status), seconds: (performance.now() - began) / 1000 };
  }
  await witness.stop('SIGKILL');
  return found;
}
