// A mirror as a process of its own: killed at any moment, its folder is whole or becomes so; it refills a log
// that lost its tail; an audit over the network; a watch that goes on while the log is away.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from './lib/cast.mjs';
import { Deployment, nguon, program } from './lib/deployment.mjs';
import { Dice } from './lib/dice.mjs';

const log = Deployment.init();
const dice = new Dice('mirror');
const folder = join(log.home, 'mirror');
let cast;

const url = () => `http://127.0.0.1:${log.port}/log/0`;
const words = (to) => ['mirror', '--url', url(), '--vkey', log.vkey, '--to', to];
const audit = (copy) => nguon('audit', '--folder', copy, '--vkey', log.vkey);
async function grow(count) {
  let left = count;
  const one = async () => {
    for (; left > 0; left -= 1) await log.add(cast.harvest());
  };
  await Promise.all(Array.from({ length: 16 }, one));
  const { size } = await log.head();
  await sleep(1_100);
  return (await log.head(size)).size;
}

before(async () => {
  await log.start();
  cast = await Cast.settle(log);
  await grow(300);
});
after(() => log.remove());

test('killed at any moment the copy is whole, or the next run makes it so', async () => {
  let whole = 0;
  // How long a run takes on this machine as it is now, so that kills fall into it; its checkpoint comes last.
  const began = Date.now();
  assert.equal(nguon(...words(join(log.home, 'first'))).code, 0);
  const run = Date.now() - began;
  for (let round = 0; round < 8; round += 1) {
    const child = spawn(program, words(folder), { stdio: 'ignore' });
    const ended = new Promise((resolve) => { child.once('exit', resolve); });
    await sleep(dice.between(0, Math.round(1.3 * run)));
    child.kill('SIGKILL');
    await ended;
    if (existsSync(join(folder, 'checkpoint'))) {
      const found = audit(folder);
      assert.equal(found.code, 0, found.err);
      whole += 1;
    }
    if (round === 3) rmSync(folder, { recursive: true, force: true });
    if (round === 5) await grow(3);
  }
  console.log(`${whole} of 8 copies had a checkpoint`);
  const done = nguon(...words(folder));
  assert.equal(done.code, 0, done.err);
  assert.match(done.out, new RegExp(`^${(await log.head()).size} [A-Za-z0-9+/]{43}= `));
  const found = audit(folder);
  assert.equal(found.code, 0, found.err);
});

test('the whole log is audited over the network', () => {
  const found = nguon('audit', '--url', url(), '--vkey', log.vkey);
  assert.equal(found.code, 0, found.err);
  assert.match(found.out, /^whole: 3\d\d /);
});

test('a log that lost its tail is refilled from the mirror', async () => {
  await log.stop();
  cpSync(join(log.data, 'database'), join(log.home, 'older'), { recursive: true });
  await log.start();
  const size = await grow(5);
  assert.equal(nguon(...words(folder)).code, 0);
  const head = await log.head(size);
  await log.stop();
  rmSync(join(log.data, 'database'), { recursive: true });
  cpSync(join(log.home, 'older'), join(log.data, 'database'), { recursive: true });
  await assert.rejects(log.start(), /start\.behind-anchor/);
  const done = nguon('recover', '--data', log.data, '--from', folder);
  assert.equal(done.code, 0, done.err);
  await log.start();
  assert.deepEqual(await log.head(size), head);
  const again = nguon(...words(folder));
  assert.equal(again.code, 0, again.err);
});

test('a log that is away is no alarm: once it says so, again and again it waits', async () => {
  const away = ['--url', 'http://127.0.0.1:1/log/0', '--vkey', log.vkey];
  const once = nguon('mirror', ...away, '--to', folder);
  assert.equal(once.code, 5, once.err);
  const watching = ['watch', ...away, '--state', join(log.home, 'watch'), '--sub', cast.product, '--interval', '1'];
  const child = spawn(program, watching, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { said += text; });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  await sleep(2_500);
  assert.equal(child.exitCode, null, said);
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
  assert.equal(said.match(/^nguon: client\.connect/gm).length, 1, said);
});

test('another vkey, another folder, a log behind a wrong address: each is said', () => {
  const wrong = nguon('mirror', '--url', url(), '--vkey', 'nonsense', '--to', folder);
  assert.equal(wrong.code, 1, wrong.err);
  assert.match(wrong.err, /note\.vkey/);
  const elsewhere = nguon('mirror', '--url', url().replace('/log/0', '/log/7'), '--vkey', log.vkey, '--to', folder);
  assert.equal(elsewhere.code, 5, elsewhere.err);
  assert.match(elsewhere.err, /monitor\.answer/);
});
