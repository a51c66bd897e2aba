// Commands that are run to their end while the disk fails: backup, restore, key rotation. Each may fail; run again on a
// sound disk it ends well, and neither the deployment nor an earlier backup has lost anything.
import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from '../e2e/lib/deployment.mjs';
import { Serving } from './serving.mjs';
import { now, run } from './world.mjs';

/** One command on a stopped deployment; then the deployment must be as good as ever. */
export class Command extends Serving {
  constructor(operation) {
    super();
    this.operation = operation;
  }
  operationOf() {
    return this.operation;
  }
  async play(world, before) {
    world.marks.push({ operation: this.operation, at: now() });
    world.ended = await run(this.words(world.home), before);
  }
  outcomeOf({ ended }) {
    if (ended.signal === 'SIGABRT') return 'aborted';
    if (ended.signal) return 'killed';
    return ended.code === 0 ? 'went on' : 'said it failed';
  }
  async well(...words) {
    const done = await run(words);
    assert.equal(done.code, 0, `nguon ${words.join(' ')}: ${done.code} ${done.err}`);
    return done.out;
  }
}

/** The deployment of a scene in another data directory. */
export function elsewhere(scene, home, data) {
  const { aud, operator, vkey, service, registrar, root } = scene.log;
  const log = new Deployment(home, { aud, operator, vkey, service, registrar, root });
  log.data = data;
  log.configure({ ledger: { free_space_reserve: '"0"' } });
  return scene.unhurried(log);
}

const backupWords = (home) => ['backup', '--data', join(home, 'data'), '--to', join(home, 'backups'), '--passphrase-file', join(home, 'passphrase')];
const restoreWords = (home, to) => [
  'restore', '--from', join(home, 'backups'), '--to', to, '--passphrase-file', join(home, 'passphrase'), '--no-witnesses', '--anchor', join(home, 'data/anchor'),
];
const countOf = (listing) => listing.split('\n').filter((line) => /^\d+ /.test(line)).length;

/** An earlier backup is there; the log has grown since. */
async function prepareBackups(scene) {
  writeFileSync(join(scene.whole, 'passphrase'), 'mật khẩu của bản mẫu\n', { mode: 0o600 });
  await scene.well(...backupWords(scene.whole));
  rmSync(scene.log.data, { recursive: true });
  cpSync(join(scene.whole, 'data'), scene.log.data, { recursive: true });
  await scene.log.start();
  for (let i = 0; i < 3; i += 1) {
    const entry = scene.cast.harvest();
    scene.acked.push({ entry, receipt: await scene.log.add(entry) });
  }
  await scene.log.kill();
  rmSync(join(scene.whole, 'data'), { recursive: true });
  cpSync(scene.log.data, join(scene.whole, 'data'), { recursive: true });
}

export class BackingUp extends Command {
  constructor() {
    super('backup');
  }
  words = backupWords;
  async prepare() {
    await super.prepare();
    await prepareBackups(this);
  }

  async recheck(world) {
    const { home, ended } = world;
    const list = () => this.well('backup', '--to', join(home, 'backups'), '--list');
    const held = countOf(await list());
    assert.ok(held >= 1, 'the earlier backup is gone');
    if (ended.code === 0) assert.equal(held, 2, 'a backup was claimed and is not there');
    await this.well('backup', '--to', join(home, 'backups'), '--check');
    await this.well(...backupWords(home));
    await this.well('backup', '--to', join(home, 'backups'), '--check');
    assert.ok(!/damaged/.test(await list()));
    // The newest holds all that was acknowledged: restored, it starts and is whole.
    await this.well(...restoreWords(home, join(home, 'restored')));
    await this.well('audit', '--data', join(home, 'restored'));
    await super.recheck(world);
  }
}

export class Restoring extends Command {
  constructor() {
    super('restore');
  }
  words = (home) => restoreWords(home, join(home, 'restored'));
  async prepare() {
    await super.prepare();
    await prepareBackups(this);
    await this.well(...backupWords(this.whole));
  }

  async recheck(world) {
    const { home, ended, log } = world;
    const restored = join(home, 'restored');
    const copy = elsewhere(this, home, restored);
    // Until it is through nothing starts there. What does start, though the command failed, failed when all was done.
    const through = ended.code === 0 || await copy.start().then(() => copy.stop().then(() => true), ({ code }) => {
      assert.ok(code === 3 || code === 4, `a start on half a restored deployment ended with ${code}`);
      return false;
    });
    if (!through) await this.well(...restoreWords(home, restored));
    await this.well('backup', '--to', join(home, 'backups'), '--check');
    // From here on the restored deployment is the one.
    Object.assign(world, { log: copy });
    log.hangUp();
    await super.recheck(world);
  }
}

export class Rotating extends Command {
  constructor() {
    super('rotation');
  }
  words = (home) => ['keys', 'rotate', '--data', join(home, 'data'), '--new', 'log', '--key', join(home, 'root.pem')];
  async prepare() {
    await super.prepare();
    cpSync(join(this.log.home, 'root.pem'), join(this.whole, 'root.pem'));
  }

  async recheck(world) {
    const { home, ended } = world;
    const keys = async () => (await this.well('keys', 'show', '--data', join(home, 'data'))).split('\n').filter((line) => line.startsWith('log ')).length;
    const before = await keys();
    if (ended.code === 0) assert.equal(before, 2, 'a rotation was claimed and did not happen');
    // Run again it makes no third key where the first run had come to its entry.
    if (before === 1) await this.well(...this.words(home));
    assert.equal(await keys(), 2);
    await super.recheck(world);
  }
}
