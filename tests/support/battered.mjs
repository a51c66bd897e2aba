// A deployment whose files are to be damaged: grown over a restart and killed, so that there is something in tables and
// in the write-ahead log, and put back whole before each blow.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment } from '../e2e/lib/deployment.mjs';
import { Dice } from '../e2e/lib/dice.mjs';

export class Battered {
  /** Entries that were acknowledged, with their receipts. */
  receipts = [];

  /** @param {string} salt of the dice that choose what is damaged */
  constructor(salt) {
    this.dice = new Dice(salt);
    this.log = Deployment.init();
    this.whole = `${this.log.data}.whole`;
  }

  /** `before` entries, an orderly end, `after` more, and SIGKILL. */
  async grow(before, after) {
    await this.log.start();
    this.cast = await Cast.settle(this.log);
    this.receipts.push(...(await this.add(before)));
    await this.log.stop();
    // Opening replays the write-ahead log into tables.
    await this.log.start();
    this.receipts.push(...(await this.add(after)));
    await this.log.kill();
    cpSync(this.log.data, this.whole, { recursive: true });
  }
  /** That many entries: [{entry, receipt}]. */
  async add(count) {
    const added = [];
    for (let i = 0; i < count; i += 1) {
      const entry = this.cast.harvest();
      added.push({ entry, receipt: await this.log.add(entry) });
    }
    return added;
  }

  /** As it was after grow(). */
  mend() {
    rmSync(this.log.data, { recursive: true, force: true });
    cpSync(this.whole, this.log.data, { recursive: true });
  }

  /** Files of the database whose names match, by name. */
  files(pattern) {
    const folder = join(this.log.data, 'database');
    return readdirSync(folder).filter((name) => pattern.test(name)).sort().map((name) => join(folder, name));
  }

  /** Flips a bit of one octet, by default any; says what it did. */
  flip(file, from = 0, to = statSync(file).size - 1) {
    const octets = readFileSync(file);
    const at = this.dice.between(from, to);
    octets[at] ^= 1 << this.dice.between(0, 7);
    writeFileSync(file, octets);
    return `bit flipped in octet ${at} of ${basename(file)}`;
  }

  /** What `serve` says when it must not start: {code, said}; fails when it starts. */
  async refusal() {
    try {
      await this.log.start();
    } catch (error) {
      return { code: error.code, said: error.said ?? String(error) };
    }
    await this.log.stop();
    return assert.fail('it started');
  }
}
