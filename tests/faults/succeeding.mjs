// A successor log opened while the disk fails: either nothing starts, and the command run again ends well, or the
// successor is there; the entries that remained stand where they stood, and there is one successor, never two.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from './commands.mjs';
import { within } from './world.mjs';

export class Succeeding extends Command {
  constructor() {
    super('successor');
  }
  words = (home) => ['successor', '--data', join(home, 'data'), '--key', join(home, 'root.pem'), '--checkpoint', join(home, 'kept')];
  async prepare() {
    await super.prepare();
    const { log, whole } = this;
    cpSync(join(log.home, 'root.pem'), join(whole, 'root.pem'));
    // What follows is acknowledged, and then lost: of the database only the older copy remains.
    await log.start();
    this.lost = Array.from({ length: 3 }, () => this.cast.harvest());
    for (const entry of this.lost) await log.add(entry);
    const { size } = await log.head(this.acked.length + this.lost.length);
    assert.ok(size > this.acked.at(-1).receipt.index + this.lost.length);
    writeFileSync(join(whole, 'kept'), (await log.get('/log/0/checkpoint')).body);
    await log.stop();
    rmSync(join(whole, 'data/anchor'));
    cpSync(join(log.data, 'anchor'), join(whole, 'data/anchor'));
  }

  async recheck(world, fault) {
    const { home, ended, log } = world;
    const refused = await within(30_000, 'a start', log.start()).then(() => log.stop().then(() => false), (error) => {
      assert.equal(error.code, 3, error.said ?? error);
      return true;
    });
    if (ended.code === 0) assert.ok(!refused, 'a successor was claimed and does not start');
    if (refused) await this.well(...this.words(home));
    await log.start();
    const text = async (path) => (await log.get(path)).body.toString();
    const keys = (await text('/log/1/keys')).split('\n').filter((line) => line.startsWith('log '));
    assert.equal(keys.length, 2, keys.join('\n'));
    assert.equal(await text('/log/0/checkpoint'), readFileSync(join(home, 'kept'), 'utf8'));
    assert.equal((await log.get('/log/2/checkpoint')).status, 404, 'two successors');
    assert.equal(await log.stop(), 0);
    [, log.vkey] = keys[1].split(' ');
    log.path = '/log/1';
    world.sent.push(...this.lost);
    await super.recheck(world, fault);
  }
}
