// `nguon print` as an office uses it, against a printer that breaks: no serial twice, none missing.
import test, { before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary, ended, nguon, scratch } from '../e2e/run.mjs';
import { paperPrinter } from './paper_printer.mjs';

const full = process.env.NGUON_FULL === '1';
// Each group is noted on the disk twice; the full run has the groups that offices have.
const group = full ? 50 : 500;
const many = 5000;
const jamLabel = 4317;

let keys;
let deployment;
before(async () => {
  keys = await mkdtemp(join(tmpdir(), 'nguon-printers-'));
  // Any 32 octets are a key and any hash a deployment: what is printed here was never issued.
  deployment = 'A'.repeat(43);
  const { generateKeyPairSync, randomBytes } = await import('node:crypto');
  for (const name of ['log', 'service']) {
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeFile(join(keys, `${name}.pem`), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  }
  for (const name of ['vault', 'serial-0']) {
    await writeFile(join(keys, `${name}.key`), randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
});
after(() => rm(keys, { recursive: true, force: true }));

async function makeJob(folder, count, language = 'zpl', range = 12) {
  const file = join(folder, `tem-${language}-${range}.job`);
  const made = await nguon(['label', '--host', 'txng.example', '--keys', keys, '--deployment', deployment,
    '--place', `0/${range}/0`, '--last', String(count - 1), '--template', 'roll-50x30', '--product', 'Cam sành ươ ễ ặ Đ',
    '--coop', 'HTX Mẫu', '--lot', 'CS-2601', '--sample', '--language', language, '--out', file]);
  assert.equal(made.code, 0, made.stderr);
  return file;
}

/** The queue of one test, as its commands. */
function office(queue) {
  const command = (...words) => nguon(['print', '--queue', queue, ...words]);
  return {
    command,
    run: () => command('run', '--group', String(group)),
    async job(id) {
      const line = (await command('list')).stdout.split('\n').find((row) => row.startsWith(id));
      const [, state, counted, , begun] = line.split(' ');
      const [sure, all] = counted.split('/').map(Number);
      return { state, sure, all, begun: Number(begun) };
    },
  };
}

/** Every label once, in order: what is on paper beside what the job file holds. */
async function expectWholeJob(printer, file, count) {
  const octets = await readFile(file, 'latin1');
  const wanted = [...octets.matchAll(/^L (\d+)\n/gm)]
    .map((found) => octets.slice(found.index + found[0].length, found.index + found[0].length + Number(found[1])))
    .filter((label) => label.startsWith('^XA^XF')).map((label) => label.trimEnd());
  assert.equal(wanted.length, count);
  assert.equal(new Set(wanted).size, count, 'the job itself has every serial once');
  assert.deepEqual(printer.paper.map((label) => label.trimEnd()), wanted);
}

for (const how of ['no paper', 'closes']) {
  test(`a jam at label 4,317 of 5,000 (${how}) goes on at 4,317, and no serial is on paper twice`, async (t) => {
    const folder = await scratch(t);
    const file = await makeJob(folder, many);
    const printer = await paperPrinter(t, 'zpl', { at: jamLabel - 1, how });
    const { command, run, job } = office(join(folder, 'queue'));
    assert.equal((await command('add', file, '--to', printer.address)).stdout, '000001\n');

    const jammed = await run();
    assert.equal(jammed.code, how === 'closes' ? 5 : 1, jammed.stderr);
    assert.match(jammed.stderr, how === 'closes' ? /print\.link/ : /print\.printer: hết tem/);
    assert.match(jammed.stderr, /việc 000001: tem \d+ đến \d+ đã gửi nhưng chưa chắc đã in/);
    await printer.quiet();
    assert.equal(printer.paper.length, jamLabel - 1);
    const stopped = await job('000001');
    assert.equal(stopped.state, 'in-doubt');
    assert.ok(stopped.sure < jamLabel && jamLabel <= stopped.begun && stopped.begun - stopped.sure <= group);

    printer.mend();
    assert.equal((await run()).code, 1, 'nothing is printed before somebody looked');
    assert.equal(printer.paper.length, jamLabel - 1);
    const twice = await command('resume', '000001', '--resume-from', String(stopped.sure));
    assert.equal(twice.code, 1);
    assert.match(twice.stderr, /print\.resume/);
    assert.equal((await command('resume', '000001', '--resume-from', String(jamLabel))).code, 0);
    const rest = await run();
    assert.equal(rest.code, 0, rest.stderr);
    assert.equal(rest.stdout, '000001 printed 5000/5000\n');
    await expectWholeJob(printer, file, many);
  });
}

test('killed in the middle it goes on where a person says', async (t) => {
  const folder = await scratch(t);
  const count = 1200;
  const file = await makeJob(folder, count);
  const printer = await paperPrinter(t);
  const { command, run, job } = office(join(folder, 'queue'));
  await command('add', file, '--to', printer.address);
  let kills = 0;
  for (const at of [137, 650, 1000]) {
    const child = spawn(binary, ['print', '--queue', join(folder, 'queue'), 'run', '--group', '100'], { stdio: 'ignore' });
    const over = ended(child);
    while (printer.paper.length < at && child.exitCode === null) await new Promise(setImmediate);
    child.kill('SIGKILL');
    await over;
    await printer.quiet();
    kills += child.signalCode === 'SIGKILL' ? 1 : 0;
    if ((await job('000001')).state === 'in-doubt') {
      const next = await command('resume', '000001', '--resume-from', String(printer.paper.length + 1));
      assert.equal(next.code, 0, next.stderr);
    }
  }
  assert.equal(kills, 3);
  assert.equal((await run()).code, 0);
  assert.ok(printer.forgotten >= 4, 'what a broken connection left is forgotten first');
  await expectWholeJob(printer, file, count);
});

test('a job waits while a person wants it to, and goes on at the next label', async (t) => {
  const folder = await scratch(t);
  const file = await makeJob(folder, 600);
  const printer = await paperPrinter(t);
  const { command, run, job } = office(join(folder, 'queue'));
  await command('add', file, '--to', printer.address);
  const child = spawn(binary, ['print', '--queue', join(folder, 'queue'), 'run', '--group', '60'], { stdio: 'ignore' });
  const over = ended(child);
  while (printer.paper.length < 100) await new Promise(setImmediate);
  assert.equal((await command('pause', '000001')).code, 0);
  assert.equal(await over, 0);
  const paused = await job('000001');
  assert.equal(paused.state, 'paused');
  assert.equal(paused.sure, paused.begun, 'nothing is in doubt');
  assert.ok(paused.sure >= 100 && paused.sure < 600);
  assert.equal((await run()).stdout, '', 'a job that waits is passed over');
  assert.equal((await command('resume', '000001')).code, 0);
  assert.equal((await run()).code, 0);
  await expectWholeJob(printer, file, 600);
});

test('a TSPL printer gets each label once too, and says when it is out of labels', async (t) => {
  const folder = await scratch(t);
  const file = await makeJob(folder, 40, 'tspl');
  const printer = await paperPrinter(t, 'tspl', { at: 25, how: 'no paper' });
  const { command, run } = office(join(folder, 'queue'));
  await command('add', file, '--to', printer.address);
  assert.match((await run()).stderr, /print\.printer: hết tem/);
  printer.mend();
  assert.equal((await command('resume', '000001', '--resume-from', '26')).code, 0);
  assert.equal((await run()).code, 0);
  const links = printer.paper.map((label) => /M2,"([^"]+)"/.exec(label)[1]);
  assert.equal(links.length, 40);
  assert.equal(new Set(links).size, 40);
});

test('a device file gets the octets of the job; a printer that says nothing leaves all in doubt', async (t) => {
  const folder = await scratch(t);
  const file = await makeJob(folder, 30);
  const device = join(folder, 'lp0');
  execFileSync('mkfifo', [device]);
  const { command, job } = office(join(folder, 'queue'));
  await command('add', file, '--to', device);
  const taken = spawn('cat', [device], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => taken.kill());
  let octets = '';
  taken.stdout.on('data', (more) => { octets += more.toString('latin1'); });
  assert.equal((await command('run', '--silent')).code, 1, 'somebody has to look');
  await ended(taken);
  assert.equal(octets.match(/\^XFR:NGUON\.ZPL/g).length, 30);
  assert.ok(octets.startsWith('~JA\r\n^XA^JZN^XZ~DGR:NGUON.GRF,'));
  assert.deepEqual(await job('000001'), { state: 'in-doubt', sure: 0, all: 30, begun: 30 });
  assert.equal((await command('resume', '000001', '--resume-from', '31')).code, 0);
  assert.equal((await job('000001')).state, 'printed');
});

test('by its configuration it prints to listed printers and nowhere else', async (t) => {
  const folder = await scratch(t);
  const file = await makeJob(folder, 3);
  const printer = await paperPrinter(t);
  const config = join(folder, 'nguon.toml');
  await writeFile(config, `data_directory = "${folder}/data"\n[hosts]\nlog = "log.example"\nlabels = ["txng.example"]\n` +
    `[labels]\nprinters = ["kho ${printer.address}"]\n`);
  const { command, run } = office(join(folder, 'queue'));
  for (const other of ['khac', printer.address, '']) {
    const refused = await command('add', file, '--config', config, '--printer', other);
    assert.notEqual(refused.code, 0, other);
    if (other !== '') assert.match(refused.stderr, /print\.not-listed/);
  }
  assert.equal((await command('list')).stdout, '');
  assert.equal((await command('add', file, '--config', config, '--printer', 'kho')).code, 0);
  assert.equal((await run()).code, 0);
  await expectWholeJob(printer, file, 3);
});

test('what makes no sense ends with 2, a printer that is not there with 5', async (t) => {
  const folder = await scratch(t);
  const file = await makeJob(folder, 3);
  const { command, run } = office(join(folder, 'queue'));
  assert.equal((await command('add', file, '--to', 'http://printer.example')).code, 2);
  await writeFile(join(folder, 'torn.job'), (await readFile(file)).subarray(0, 500));
  assert.equal((await command('add', join(folder, 'torn.job'), '--to', 'tcp://127.0.0.1:1')).code, 2);
  assert.equal((await command('resume', '000009')).code, 2);
  assert.equal((await command('add', file, '--to', 'tcp://127.0.0.1:1')).code, 0);
  assert.equal((await run()).code, 5);
});
