// One deployment in a folder of its own: `nguon init`, `serve`, and everything that happens to it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Key, openJws } from './jose.mjs';
import { consistent, includes, leafHash, leavesOf, openCheckpoint, pieces, rootOf } from './tree.mjs';

export const program = process.env.NGUON_BIN ?? new URL('../../../build/release/nguon', import.meta.url).pathname;

/** Runs a subcommand to its end. */
export function nguon(...words) {
  const done = spawnSync(program, words, { encoding: 'utf8', timeout: 120_000 });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

export class Deployment {
  /** Begins one: keys, entry 0 and entry 1. `settings` are further lines of nguon.toml, by table. */
  static init(settings = {}) {
    const home = mkdtempSync(join(tmpdir(), 'nguon-e2e-'));
    const made = nguon(
      'init', '--data', join(home, 'data'), '--host', 'nguon.example', '--name', 'Nguồn – dữ liệu mẫu',
      '--operator', 'Liên minh HTX mẫu', '--root', join(home, 'root.pem'), '--recovery', join(home, 'recovery.pem'),
      '--registrar', join(home, 'registrar.pem'),
    );
    if (made.code !== 0) throw new Error(`init: ${made.code} ${made.err}`);
    const said = Object.fromEntries(made.out.trim().split('\n').map((line) => /^(.*) (\S+)$/.exec(line).slice(1)));
    return new Deployment(home, {
      aud: said.deployment, operator: said.operator, vkey: said['log key'],
      service: Key.fromFile(join(home, 'data/keys/service.pem')).jwk,
      registrar: Key.fromFile(join(home, 'registrar.pem')), root: Key.fromFile(join(home, 'root.pem')),
    }, settings);
  }

  constructor(home, identity, settings = {}) {
    this.home = home;
    this.data = join(home, 'data');
    this.path = '/log/0';
    Object.assign(this, identity);
    this.agent = new Agent({ keepAlive: true, maxSockets: 256 });
    this.configure(settings);
  }

  configure(settings) {
    const tables = {
      listen: { address: '"127.0.0.1:0"' },
      hosts: { log: '"nguon.example"', labels: '["tem.nguon.example"]' },
      ledger: { free_space_reserve: '"1M"' },
      logging: { level: '"warning"' },
    };
    for (const [table, keys] of Object.entries(settings)) tables[table] = { ...tables[table], ...keys };
    const lines = [`data_directory = "${this.data}"`];
    for (const [table, keys] of Object.entries(tables)) {
      lines.push(`[${table}]`, ...Object.entries(keys).map(([key, value]) => `${key} = ${value}`));
    }
    writeFileSync(join(this.home, 'nguon.toml'), `${lines.join('\n')}\n`);
  }

  /**
   * Starts `nguon serve` and waits until it is ready; the milliseconds it took. A refusal to start
   * throws an error with `code` and what it said. `before` are words in front of the program, such as a
   * shell that lowers a limit.
   */
  async start(before = []) {
    const words = [...before, program, 'serve', '--config', join(this.home, 'nguon.toml')];
    const began = process.hrtime.bigint();
    const child = spawn(words[0], words.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    this.said = '';
    this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    const port = await new Promise((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text) => {
        this.said += text;
        const found = /listening on \S+:(\d+)/.exec(this.said);
        if (found) resolve(Number(found[1]));
      });
      child.once('error', reject);
      child.once('close', (code) => reject(Object.assign(new Error(`refused: ${code}\n${this.said}`), { code, said: this.said })));
    });
    this.port = port;
    for (;;) {
      const ready = await this.get('/readyz').catch(() => undefined);
      if (ready?.status === 200) break;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended before it was ready: ${this.said}`);
    }
    return Number(process.hrtime.bigint() - began) / 1e6;
  }

  /** SIGTERM and the exit code. */
  async stop() {
    this.child.kill('SIGTERM');
    const { code } = await this.ended;
    this.hangUp();
    return code;
  }

  /** SIGKILL; resolves when the process is gone. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
    this.hangUp();
  }

  hangUp() {
    this.agent.destroy();
    this.agent = new Agent({ keepAlive: true, maxSockets: 256 });
  }

  remove() {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    this.agent.destroy();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** One request over a kept connection: {status, headers, body: Buffer}. Rejects when cut off. */
  send(method, path, body, headers = {}) {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, method, path, headers, agent: this.agent };
      const outgoing = request(options, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
        answer.on('error', reject);
        answer.on('aborted', () => reject(new Error('cut off')));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
  get(path) {
    return this.send('GET', path);
  }
  /** {status, statement or problem}. */
  async put(entry) {
    const answer = await this.send('PUT', `/api/entries/${entry.id}`, entry.body, { 'content-type': 'application/sd-jwt' });
    const text = answer.body.toString();
    if (/^application\/(jwt|vnd\.nguon\.receipt)/.test(answer.headers['content-type'] ?? '')) {
      return { status: answer.status, statement: text };
    }
    return { status: answer.status, problem: JSON.parse(text) };
  }
  /** Logs it or throws; the receipt's claims. */
  async add(entry) {
    const { status, statement, problem } = await this.put(entry);
    if (status !== 201) throw new Error(`${entry.payload.type} not logged: ${status} ${JSON.stringify(problem ?? statement)}`);
    return this.openReceipt(statement, entry);
  }

  /** The claims of a receipt, checked as a phone checks them: signature, checkpoint, inclusion. */
  openReceipt(statement, entry) {
    const [jws, encoded, place, steps] = statement.split('~');
    const group = openJws(jws, 'nguon-receipt+jwt', this.service);
    const octets = Buffer.from(steps, 'base64url');
    const groupPath = Array.from({ length: octets.length / 32 }, (_, at) => octets.subarray(at * 32, at * 32 + 32));
    const root = Buffer.from(group.root, 'base64url');
    if (!includes(Number(place), group.count, leafHash(encoded), groupPath, root)) throw new Error('a receipt of another group');
    const claims = JSON.parse(Buffer.from(encoded, 'base64url'));
    const head = openCheckpoint(group.checkpoint, this.vkey);
    const leaf = leafHash(`{"recorded":${claims.recorded},"entry":"${entry.jws}"}`);
    const path = claims.path.map((hash) => Buffer.from(hash, 'base64url'));
    if (group.aud !== this.aud || claims.entry !== entry.id) throw new Error('a receipt for something else');
    if (!includes(claims.index, head.size, leaf, path, head.root)) throw new Error(`receipt ${claims.index} proves nothing`);
    return { ...claims, head };
  }

  /** The newest signed head once it is at least `size` long: published with up to a second's delay. */
  async head(size = 0) {
    for (let tries = 0; ; tries += 1) {
      const head = openCheckpoint((await this.get(`${this.path}/checkpoint`)).body.toString(), this.vkey);
      if (head.size >= size || tries > 40) return head;
      await new Promise((later) => setTimeout(later, 50));
    }
  }

  /** Throws unless the log at `to` continues the log at `from`. */
  async checkConsistency(from, to) {
    const answer = await this.get(`${this.path}/consistency/${from.size}/${to.size}`);
    if (answer.status !== 200) throw new Error(`consistency ${from.size} ${to.size}: ${answer.status}`);
    const path = answer.body.toString().split('\n').filter(Boolean).map((line) => Buffer.from(line, 'base64'));
    if (!consistent(from.size, to.size, path, from.root, to.root)) throw new Error(`a fork between ${from.size} and ${to.size}`);
  }

  /** All leaves below `head`, whose hashes give its root: [{index, recorded, entry}]. */
  async leaves(head) {
    const leaves = [];
    for (const { name } of pieces(head.size)) {
      leaves.push(...leavesOf((await this.get(`${this.path}/tile/entries/${name}`)).body));
    }
    if (!rootOf(leaves.map(leafHash)).equals(head.root)) throw new Error('the leaves do not give the signed root');
    return leaves.map((text, index) => ({ index, ...JSON.parse(text) }));
  }

  /** What any outsider may keep: a folder copy of the log. */
  async mirror(folder) {
    const save = async (path) => {
      const answer = await this.get(`${this.path}/${path}`);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), answer.body);
    };
    await save('checkpoint');
    const head = openCheckpoint(readFileSync(join(folder, 'checkpoint'), 'utf8'), this.vkey);
    for (const { name } of pieces(head.size)) {
      await save(`tile/entries/${name}`);
      await save(`tile/0/${name}`);
    }
    const [genesis] = await this.leaves(head);
    const { data } = JSON.parse(Buffer.from(genesis.entry.split('.')[1], 'base64url'));
    await save(`rules/${Buffer.from(data.bundle, 'base64url').toString('hex')}`);
    return head;
  }

  /** Milliseconds the service's first thread was ready to run but other programs had the processors. */
  waitedMs() {
    return Number(readFileSync(`/proc/${this.child.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  }
  /** Resident memory of the service in kB. */
  residentKb() {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]);
  }
  alive() {
    return this.child.exitCode === null && this.child.signalCode === null && existsSync(`/proc/${this.child.pid}`);
  }
}
