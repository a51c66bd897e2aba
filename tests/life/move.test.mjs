// The sample deployment moves to another host in one file, and its log is written out and read in again.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { Deployment, nguon, program } from '../e2e/lib/deployment.mjs';
import { openCheckpoint } from '../e2e/lib/tree.mjs';
import { flip, passphrase, refusal } from './support.mjs';

const home = mkdtempSync(join(tmpdir(), 'nguon-life-'));
const place = (name) => join(home, name);
let log;
let labels;
let pages;

/** Answers of a running deployment to every label that was drawn. */
async function scan(running) {
  const answers = [];
  for (const path of labels) {
    const { status, body } = await running.get(path);
    // What is no label gets a statement signed and dated anew each time.
    answers.push({ path, status, body: status === 200 ? body.toString() : '' });
  }
  return answers;
}

/** Every file below a folder and its octets. */
function tree(folder) {
  return Object.fromEntries(readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile()).sort().map((path) => [relative(folder, path), readFileSync(path, 'latin1')]));
}

function serving(data) {
  const copy = new Deployment(home, {});
  copy.data = data;
  copy.configure({ hosts: { log: '"nguon.example"', labels: '["tem.mau.example"]' } });
  return copy;
}

before(async () => {
  const demo = spawn(program, ['demo', '--data', place('data'), '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => demo.once('exit', resolve));
  const line = await new Promise((resolve) => createInterface({ input: demo.stdout }).once('line', resolve));
  labels = JSON.parse(line).labels.map(({ url }) => new URL(url).pathname).filter((path) => /^\/(Q|T|01)\//.test(path));
  assert.ok(labels.length >= 3, line);
  demo.kill('SIGTERM');
  await ended;
  log = serving(place('data'));
  await log.start();
  const exported = await log.get('/log/0/checkpoint');
  const origin = exported.body.toString().split('\n')[0];
  pages = await scan(log);
  assert.ok(pages.some(({ status }) => status === 200));
  await log.stop();
  log.origin = origin;
});
after(() => rmSync(home, { recursive: true, force: true }));

test('a service that runs is not moved away', async () => {
  await log.start();
  const words = ['backup', '--data', log.data, '--file', place('so.nguon'), '--passphrase-file', passphrase(home), '--move'];
  const refused = nguon(...words);
  await log.stop();
  assert.equal(refused.code, 1);
  assert.match(refused.err, /backup\.served/);
  assert.ok(!existsSync(place('so.nguon')));
});

test('one file moves it, old codes answer the same, the log goes on and the old copy never starts', async () => {
  cpSync(place('data'), place('kept'), { recursive: true });
  const config = join(home, 'nguon.toml');
  const made = nguon('backup', '--data', log.data, '--file', place('so.nguon'), '--passphrase-file', passphrase(home),
    '--config', config, '--move');
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /  last\n/);
  assert.ok(!existsSync(place('so.nguon.parts')) && !existsSync(place('so.nguon.new')));
  assert.equal(statSync(place('so.nguon')).mode & 0o777, 0o600);
  const { code, said } = await refusal(log);
  assert.equal(code, 3);
  assert.match(said, /start\.moved/);

  const restored = nguon('restore', '--from', place('so.nguon'), '--to', place('there'),
    '--passphrase-file', passphrase(home), '--no-witnesses');
  assert.equal(restored.code, 0, restored.err);
  assert.equal(restored.err, '', 'nothing was signed after the last copy, so there is nothing to warn of');
  const there = serving(place('there'));
  await there.start();
  assert.deepEqual(await scan(there), pages);
  const note = (await there.get('/log/0/checkpoint')).body.toString();
  assert.equal(note.split('\n')[0], log.origin);
  await there.stop();
  const audited = nguon('audit', '--data', place('there'));
  assert.equal(audited.code, 0, audited.err);
});

test('in another folder the configuration that came along names that folder, and old codes answer the same', async () => {
  const settings = {
    hosts: { log: '"nguon.example"', labels: '["tem.mau.example"]' },
    witnesses: { policy: `"${place('old.policy')}"` },
  };
  writeFileSync(place('old.policy'), 'quorum none\n');
  cpSync(place('kept'), place('abroad'), { recursive: true });
  const abroad = new Deployment(home, {});
  abroad.data = place('abroad');
  abroad.configure(settings);
  const made = nguon('backup', '--data', abroad.data, '--file', place('kept.nguon'), '--passphrase-file', passphrase(home),
    '--config', join(home, 'nguon.toml'));
  assert.equal(made.code, 0, made.err);
  // The old host cannot be seen from the new one.
  rmSync(place('old.policy'));
  rmSync(abroad.data, { recursive: true });
  const data = place('đĩa mới "2"');
  const restored = nguon('restore', '--from', place('kept.nguon'), '--to', data, '--passphrase-file', passphrase(home), '--no-witnesses');
  assert.equal(restored.code, 0, restored.err);
  const config = join(data, 'config/nguon.toml');
  assert.ok(restored.out.includes(`configuration: ${config}`), restored.out);
  assert.ok(!readFileSync(config, 'utf8').includes(abroad.data));
  const there = new Deployment(home, {});
  there.home = join(data, 'config');
  await there.start();
  assert.deepEqual(await scan(there), pages);
  await there.stop();
});

test('a move that was interrupted before its file had its name goes on', async () => {
  const data = place('half-moved');
  cpSync(place('kept'), data, { recursive: true });
  const words = ['backup', '--data', data, '--file', place('half.nguon'), '--passphrase-file', passphrase(home), '--move'];
  writeFileSync(join(data, 'moved'), place('half.ng'));
  assert.equal(nguon(...words).code, 0);
  writeFileSync(join(data, 'moved'), `${place('another.nguon')}\n`);
  rmSync(place('half.nguon'));
  const refused = nguon(...words);
  assert.equal(refused.code, 3, refused.err);
  assert.match(refused.err, /start\.moved/);
  assert.ok(!existsSync(place('half.nguon')));
});

test('a changed archive is refused and leaves nothing that starts', async () => {
  const changed = place('changed.nguon');
  cpSync(place('so.nguon'), changed);
  flip(changed);
  const refused = nguon('restore', '--from', changed, '--to', place('changed'), '--passphrase-file', passphrase(home), '--no-witnesses');
  assert.notEqual(refused.code, 0);
  assert.match(refused.err, /backup\.(file|archive|manifest)|passphrase\.box/);
  assert.ok(!existsSync(place('changed')) || existsSync(join(place('changed'), 'restore-incomplete')));
  writeFileSync(place('none.nguon'), 'no archive at all');
  assert.match(nguon('restore', '--from', place('none.nguon'), '--to', place('none'), '--passphrase-file', passphrase(home),
    '--no-witnesses').err, /backup\.archive/);
});

test('the log is written out, read in again, and written out the same octet for octet', async () => {
  const written = nguon('export', '--data', place('kept'), '--to', place('log'));
  assert.equal(written.code, 0, written.err);
  const vkey = /^log key (\S+)$/m.exec(written.out)[1];
  const audited = nguon('audit', '--folder', place('log'), '--vkey', vkey);
  assert.equal(audited.code, 0, audited.err);
  const read = nguon('import', '--from', place('log'), '--vkey', vkey, '--to', place('again'));
  assert.equal(read.code, 0, read.err);
  assert.match(read.out, /private slots without a value: [1-9]/);
  const root = (text) => /\d+ \S{44}/.exec(text)[0];
  assert.equal(root(read.out), root(written.out));
  const whole = nguon('audit', '--data', place('again'));
  assert.equal(whole.code, 0, whole.err);
  assert.equal((await refusal(serving(place('again')))).code, 4, 'no key is in a log');

  cpSync(join(place('kept'), 'keys'), join(place('again'), 'keys'), { recursive: true });
  const twice = nguon('export', '--data', place('again'), '--to', place('log-again'));
  assert.equal(twice.code, 0, twice.err);
  assert.deepEqual(tree(place('log-again')), tree(place('log')));
  assert.equal(nguon('export', '--data', place('again'), '--to', place('log')).code, 1, 'never over something');
});

test('what is exported is what is served', async () => {
  const running = serving(place('kept'));
  await running.start();
  const files = tree(place('log'));
  const head = openCheckpoint(Buffer.from(files.checkpoint, 'latin1').toString(), /^log key (\S+)$/m.exec(
    nguon('export', '--data', place('again'), '--to', place('log-thrice')).out)[1]);
  assert.ok(head.size > 1000);
  for (const name of Object.keys(files).filter((one) => one !== 'checkpoint')) {
    const answer = await running.get(`/log/0/${name}`);
    assert.equal(answer.status, 200, name);
    assert.equal(answer.body.toString('latin1'), files[name], name);
  }
  await running.stop();
});
