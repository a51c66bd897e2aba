import test from 'node:test';
import assert from 'node:assert/strict';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, nguon, scratch } from './run.mjs';

const commands = ['demo', 'init', 'serve', 'entry', 'label', 'print', 'recover', 'backup', 'restore', 'export', 'import'];

test('help is good, teaches by example and names the exit codes', async () => {
  const top = await nguon(['--help']);
  assert.equal(top.code, 0);
  assert.match(top.stdout, /Exit codes: 0 good, 1 a check failed, 2 usage, 3 refused to start, 4 storage, 5 network/);
  for (const command of commands) {
    const help = await nguon([command, '--help']);
    assert.equal(help.code, 0, command);
    assert.match(help.stdout, new RegExp(`nguon ${command} `), command);
  }
});

test('a command line that makes no sense ends with 2', async () => {
  for (const args of [[], ['no-such-command'], ['demo', '--no-such-option'], ['init'], ['label', '--out', 'x.png'],
    ['label', '--url', 'https://A.EXAMPLE/', '--out', 'x.gif'], ['demo', '--listen', 'nowhere']]) {
    assert.equal((await nguon(args)).code, 2, args.join(' '));
  }
});

test('serve refuses with 3 what it cannot keep promises about', async (t) => {
  const folder = await scratch(t);
  const config = join(folder, 'nguon.toml');
  assert.equal((await nguon(['serve', '--config', config])).code, 3);
  await writeFile(config, 'no_such_key = 1\n');
  assert.equal((await nguon(['serve', '--config', config])).code, 3);
});

test('a port in use ends with 5', async (t) => {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const listen = `127.0.0.1:${server.address().port}`;
  assert.equal((await nguon(['demo', '--listen', listen])).code, 5);
});

test('submit ends with 5 when nobody answers', async (t) => {
  const folder = await scratch(t);
  const key = join(folder, 'key.pem');
  const file = join(folder, 'entry.sdjwt');
  const { generateKeyPairSync } = await import('node:crypto');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await writeFile(join(folder, 'draft.json'), '{"type":"org.create/1","sub":"org","data":{"name":"HTX","kind":"cooperative"}}');
  const deployment = 'A'.repeat(43);
  const signed = await nguon(['entry', 'sign', join(folder, 'draft.json'), '--key', key, '--deployment', deployment]);
  assert.equal(signed.code, 0, signed.stderr);
  await writeFile(file, signed.stdout);
  assert.equal((await nguon(['entry', 'submit', file, '--to', 'http://127.0.0.1:1'])).code, 5);
  await chmod(key, 0o644);
  const open = await nguon(['entry', 'sign', join(folder, 'draft.json'), '--key', key, '--deployment', deployment]);
  assert.equal(open.code, 3, 'a key others may read');
});

test('a draft that is no JSON ends with 2', async (t) => {
  const folder = await scratch(t);
  await writeFile(join(folder, 'draft.json'), '{"type":');
  const answer = await nguon(['entry', 'sign', join(folder, 'draft.json'), '--key', 'none.pem', '--deployment', 'x']);
  assert.equal(answer.code, 2);
  assert.match(answer.stderr, /json\.syntax/);
});

test('labels are drawn as PNG and PDF that decode, and as SVG', async (t) => {
  const folder = await scratch(t);
  const url = 'https://TEM.EXAMPLE/Q/0PDNST6BT16Y0S';
  const whole = ['--host', 'tem.example', '--serial', '0pdn-st6-bt16-y0s', '--product', 'Chanh leo tím (mẫu)',
    '--coop', 'HTX Mẫu (dữ liệu mẫu)', '--lot', 'CL-2601', '--sample'];
  const out = (name) => join(folder, name);
  assert.equal((await nguon(['label', '--url', url, '--out', out('qr.png')])).code, 0);
  assert.deepEqual(await decode(out('qr.png')), [url]);
  const label = await nguon(['label', ...whole, '--out', out('label.png')]);
  assert.equal(label.code, 0, label.stderr);
  assert.deepEqual(await decode(out('label.png')), [url]);
  assert.equal((await nguon(['label', ...whole, '--out', out('label.pdf')])).code, 0);
  assert.match((await readFile(out('label.pdf'))).subarray(0, 5).toString(), /%PDF-/);
  assert.equal((await nguon(['label', '--url', url, '--out', out('qr.svg')])).code, 0);
  assert.match(await readFile(out('qr.svg'), 'utf8'), /^<svg /);
  assert.equal((await nguon(['label', '--url', url, '--out', out('qr.png')])).code, 4, 'never overwrites');
  assert.equal((await nguon(['label', '--host', 'tem.example', '--serial', '0PDNST6BT16Y0T', '--out', out('bad.png')])).code, 2);
});

test('a kept folder of another seed is left alone', async (t) => {
  const folder = await scratch(t);
  const data = join(folder, 'data');
  const { startDemo, ended } = await import('./run.mjs');
  const { child } = await startDemo(t, ['--data', data, '--seed', '5']);
  child.kill('SIGTERM');
  assert.equal(await ended(child), 0);
  const other = await nguon(['demo', '--data', data, '--seed', '6', '--listen', '127.0.0.1:0']);
  assert.notEqual(other.code, 0);
  assert.match(other.stderr, /demo\.other|start\.keys/);
});

test('to look changes nothing, not even where there is no log', async (t) => {
  const folder = await scratch(t);
  for (const words of [['audit', '--data', folder], ['keys', 'show', '--data', folder]]) {
    const looked = await nguon(words);
    assert.match(looked.stderr, /start\.not-initialised/);
    assert.deepEqual(await readdir(folder), [], words[0]);
  }
});
