// A mirror whose disk fails while it takes what is new: what it held it holds still, whole; no failure of its own looks
// like a lie of the log; and the next run has all of it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Command } from './commands.mjs';
import { tree } from './copies.mjs';
import { run } from './world.mjs';

/** Entries of two full tiles and of a third that has begun, so that partial ones make way. */
const sizes = [20, 520];

export class Mirroring extends Command {
  /** The copy grows in `folder`; one that is not there is begun. */
  constructor(operation = 'mirror', folder = 'mirror') {
    super(operation);
    this.folder = folder;
  }
  words = (home, folder = this.folder) =>
    ['mirror', '--url', `http://127.0.0.1:${this.server.address().port}/log/0`, '--vkey', this.log.vkey, '--to', join(home, folder)];
  async prepare() {
    await super.prepare();
    this.server = createServer((asked, answer) => {
      const file = join(this.served, asked.url.slice('/log/0/'.length));
      answer.writeHead(existsSync(file) ? 200 : 404).end(existsSync(file) ? readFileSync(file) : '');
    });
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    for (const size of sizes) {
      await this.grow(size);
      this.served = join(this.log.home, `served-${size}`);
      await this.well('export', '--data', this.log.data, '--to', this.served);
      await this.well(...this.words(size === sizes[0] ? this.whole : this.log.home, 'mirror'));
    }
    this.earlier = tree(join(this.whole, 'mirror'));
    this.files = tree(join(this.log.home, 'mirror'));
  }
  async grow(size) {
    await this.log.start();
    const missing = Array.from({ length: size - (await this.log.head()).size }, () => this.cast.harvest());
    await Promise.all(Array.from({ length: 16 }, async () => {
      while (missing.length > 0) await this.log.add(missing.pop());
    }));
    await this.log.stop();
  }
  remove() {
    this.server?.close();
    super.remove();
  }
  audit = (home) => run(['audit', '--folder', join(home, this.folder), '--vkey', this.log.vkey]);

  async recheck({ home, ended }) {
    assert.ok(ended.signal || ended.code === 0 || ended.code === 4, `a failing disk was told as exit ${ended.code}`);
    const held = existsSync(join(home, this.folder, 'checkpoint'));
    assert.ok(held || this.folder !== 'mirror', 'the copy that was held is gone');
    const before = held ? await this.audit(home) : { code: 0 };
    assert.equal(before.code, 0, `what is held is not whole: ${before.err}`);
    const done = await this.well(...this.words(home));
    assert.match(done, ended.code === 0 ? / \(0 new\)/ : new RegExp(`^${sizes[1]} `));
    // A partial tile that could not be deleted stays, as true as it was; half a file of ours does not.
    const there = Object.entries(tree(join(home, this.folder)));
    const left = ([name, hash]) => !(name in this.files) && this.earlier[name] === hash;
    assert.deepEqual(Object.fromEntries(there.filter((file) => !left(file))), this.files);
    const after = await this.audit(home);
    assert.equal(after.code, 0, after.err);
  }
}

export class Beginning extends Mirroring {
  constructor() {
    super('first mirror', 'anew');
  }
}
