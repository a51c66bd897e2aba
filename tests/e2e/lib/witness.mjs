// `nguon witness serve` as a process of its own, with a state that outlives it.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nguon, program } from './deployment.mjs';

export class Witness {
  /** Makes its key, and lets it watch the log of `vkey`. `home`: a folder of the caller's. */
  static init(home, name, watched) {
    const state = join(home, `state-${name}`);
    const begun = nguon('witness', 'init', '--state', state, '--name', name);
    if (begun.code !== 0) throw new Error(`witness init: ${begun.code} ${begun.err}`);
    const policy = join(home, `${name}.policy`);
    writeFileSync(policy, `log ${watched}\nquorum none\n`);
    return new Witness(state, policy, name, begun.out.trim());
  }

  constructor(state, policy, name, vkey) {
    Object.assign(this, { state, policy, name, vkey, port: 0 });
  }

  get url() { return `http://127.0.0.1:${this.port}`; }

  /** On the port it had before. */
  async start() {
    const words = ['witness', 'serve', '--state', this.state, '--policy', this.policy, '--listen', `127.0.0.1:${this.port}`];
    this.child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.ended = new Promise((resolve) => { this.child.once('exit', resolve); });
    this.port = await new Promise((resolve, reject) => {
      let said = '';
      this.child.stderr.setEncoding('utf8').on('data', (text) => {
        said += text;
        const found = /listening on \S+:(\d+)/.exec(said);
        if (found) resolve(Number(found[1]));
      });
      this.child.once('exit', (code) => reject(new Error(`the witness ended with ${code}: ${said}`)));
    });
  }

  async stop(signal = 'SIGTERM') {
    this.child?.kill(signal);
    await this.ended;
  }
}
