// Copies that others are given while the disk fails: one file that moves a deployment, the log written out and read in
// again. What is half-written never passes for whole, and the command run again ends well.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { sha256 } from '../e2e/lib/jose.mjs';
import { Command, elsewhere } from './commands.mjs';
import { run } from './world.mjs';

/** Every file below a folder, by name: its SHA-256. */
export const tree = (folder) => Object.fromEntries(readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
  .filter((path) => statSync(path).isFile()).sort().map((path) => [relative(folder, path), sha256(readFileSync(path)).toString('hex')]));

export class Moving extends Command {
  constructor() {
    super('move');
  }
  words = (home) => ['backup', '--data', join(home, 'data'), '--file', join(home, 'so.nguon'), '--passphrase-file', join(home, 'passphrase'), '--move'];
  async prepare() {
    await super.prepare();
    writeFileSync(join(this.whole, 'passphrase'), 'mật khẩu của bản mẫu\n', { mode: 0o600 });
  }

  async recheck(world) {
    const { home, ended, log } = world;
    const [file, mark] = ['so.nguon', 'data/moved'].map((name) => join(home, name));
    if (ended.code === 0) assert.ok(existsSync(file) && existsSync(mark), 'a move was claimed and did not happen');
    // Two that sign are a fork: where there is a file, the old copy is marked.
    if (existsSync(file)) assert.ok(existsSync(mark), 'there is a file, and the old copy would start');
    else await this.well(...this.words(home));
    await log.start().then(() => assert.fail('the old copy starts'), ({ code }) => assert.equal(code, 3));
    log.hangUp();
    await this.well('restore', '--from', file, '--to', join(home, 'there'), '--passphrase-file', join(home, 'passphrase'), '--no-witnesses');
    world.log = elsewhere(this, home, join(home, 'there'));
    await super.recheck(world);
  }
}

const exportWords = (home) => ['export', '--data', join(home, 'data'), '--to', join(home, 'written')];

/** A log of which a copy was written out; `files` is what belongs in it. */
class Copying extends Command {
  async prepare() {
    await super.prepare();
    await this.well(...exportWords(this.whole));
    this.files = tree(join(this.whole, 'written'));
  }
  auditFolder = (folder) => run(['audit', '--folder', folder, '--vkey', this.log.vkey]);
}

export class Exporting extends Copying {
  constructor() {
    super('export');
  }
  words = exportWords;
  async prepare() {
    await super.prepare();
    rmSync(join(this.whole, 'written'), { recursive: true });
  }

  async recheck(world) {
    const { home, ended } = world;
    const written = join(home, 'written');
    const passes = existsSync(written) && (await this.auditFolder(written)).code === 0;
    if (ended.code === 0) assert.ok(passes, 'a copy was claimed and is none');
    if (!passes) {
      rmSync(written, { recursive: true, force: true });
      await this.well(...this.words(home));
    }
    assert.deepEqual(tree(written), this.files, 'half a copy passed for whole');
    await super.recheck(world);
  }
}

export class Importing extends Copying {
  constructor() {
    super('import');
  }
  words = (home) => ['import', '--from', join(home, 'written'), '--vkey', this.log.vkey, '--to', join(home, 'again')];

  async recheck(world) {
    const { home, ended } = world;
    const again = join(home, 'again');
    const passes = existsSync(again) && (await run(['audit', '--data', again])).code === 0;
    if (ended.code === 0) assert.ok(passes, 'a database was claimed and is none');
    if (!passes) await this.well(...this.words(home));
    cpSync(join(home, 'data/keys'), join(again, 'keys'), { recursive: true });
    // No bit of the log may differ, whether it passed at once or after the second run.
    await this.well('export', '--data', again, '--to', join(home, 'twice'));
    assert.deepEqual(tree(join(home, 'twice')), this.files, 'half a database passed for whole');
    world.log = elsewhere(this, home, again);
    await super.recheck(world);
  }
}
