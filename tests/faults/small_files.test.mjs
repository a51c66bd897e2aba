// Files that a command replaces beside the log: the links of a resolver, and the queue of the office's printers. Every
// call that changes them is made to fail, or to be the last: the old file is there or the new one, whole, and what was
// said to be done is done.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Deployment } from '../e2e/lib/deployment.mjs';
import { callsIn, counting, injecting, struck } from './trace.mjs';
import { copyOf, discard, run } from './world.mjs';

/** A full disk is met where octets are written; the same answer comes of it as of a broken one elsewhere. */
const faultsOf = ({ syscall }) => (syscall === 'write' ? ['EIO', 'ENOSPC', 'KILL'] : ['EIO', 'KILL']);
const notes = mkdtempSync(join(tmpdir(), 'nguon-strace-'));
let files = 0;
const fresh = () => join(notes, `${(files += 1)}`);
after(() => rmSync(notes, { recursive: true, force: true }));

/**
 * Runs `words(home)` once well and then once with each of its calls in `folder(home)` gone wrong, each time in a copy of `whole`;
 * `check({home, ended, what})` says what must hold then. How often something went wrong, of how many tries.
 */
async function everyCallWrong(whole, folder, words, check) {
  const home = copyOf(whole);
  const file = fresh();
  const well = await run(words(home), counting(file));
  assert.equal(well.code, 0, well.err);
  const calls = callsIn(file, folder(home));
  discard(home);
  let [wrong, tried] = [0, 0];
  for (const call of calls) {
    for (const fault of faultsOf(call)) {
      tried += 1;
      const copy = copyOf(whole);
      const told = fresh();
      const what = `${fault} at ${call.syscall} ${call.path} ${call.nth}`;
      const ended = await run(words(copy), injecting(told, call, join(folder(copy), call.path), fault));
      if (ended.signal === 'SIGKILL' || (await struck(told)) !== undefined) wrong += 1;
      else console.log(`${what}: never came`);
      await check({ home: copy, ended, what });
      discard(copy);
    }
  }
  return { calls, wrong, tried };
}

test('links.json: the old file or the new one, and the service starts with it', async (t) => {
  const log = Deployment.init({ ledger: { free_space_reserve: '"0"' } });
  t.after(() => log.remove());
  const anchor = '/01/09521234001010';
  const links = (href) => JSON.stringify({ entries: [{ anchor, itemDescription: 'Chanh leo (dữ liệu mẫu)',
    links: [{ linkType: 'gs1:defaultLink', href, title: 'Trang mẫu' }] }] });
  const [before, next] = ['https://web.example/before', 'https://web.example/next'];
  for (const [name, href] of [['before', before], ['next', next]]) writeFileSync(join(log.home, `${name}.json`), links(href));
  const words = (name) => (home) => ['import', 'links', join(home, `${name}.json`), '--data', join(home, 'data')];
  assert.equal((await run(words('before')(log.home))).code, 0);

  const seen = new Set();
  const { calls, wrong, tried } = await everyCallWrong(log.home, (home) => join(home, 'data/notes'), words('next'), async ({ home, ended, what }) => {
    const held = readFileSync(join(home, 'data/notes/links.json'), 'utf8');
    assert.ok([links(before), links(next)].includes(held), `${what}: half a file`);
    if (ended.code === 0) assert.equal(held, links(next), `${what}: said to be taken`);
    else assert.ok(ended.signal === 'SIGKILL' || /file\.write/.test(ended.err), `${what}: ${ended.code} ${ended.err}`);
    const { aud, operator, vkey, service, registrar, root } = log;
    const copy = new Deployment(home, { aud, operator, vkey, service, registrar, root }, { ledger: { free_space_reserve: '"0"' } });
    await copy.start();
    const answer = await copy.get(anchor);
    assert.equal(answer.status, 307, what);
    assert.equal(answer.headers.location, held === links(next) ? next : before, what);
    await copy.stop();
    copy.hangUp();
    seen.add(answer.headers.location);
    // What lies about hinders nobody.
    const again = await run(words('next')(home));
    assert.equal(again.code, 0, `${what}, then again: ${again.err}`);
    assert.equal(readFileSync(join(home, 'data/notes/links.json'), 'utf8'), links(next), what);
    assert.ok(!existsSync(join(home, 'data/notes/links.json.part')), what);
  });
  for (const syscall of ['write', 'fsync', 'rename']) assert.ok(calls.some((call) => call.syscall === syscall), syscall);
  assert.ok(calls.filter((call) => call.syscall === 'fsync').length >= 2, 'the file and the name of it');
  assert.equal(wrong, tried, 'every call was met again');
  assert.equal(seen.size, 2, 'some end with the old one, some with the new one');
});

test('the print queue: a job is in it whole or not at all, and once', async (t) => {
  const whole = mkdtempSync(join(tmpdir(), 'nguon-queue-'));
  t.after(() => discard(whole));
  const record = (kind, octets) => `${kind} ${octets.length}\n${octets}\n`;
  const label = (serial) => record('L', `^XA^XFR:NGUON.ZPL^FS^FN1^FDMA,${serial}^FS^PQ1^XZ\n`);
  const job = `nguon-print/1 zpl\n${record('S', '^XA^JZN^XZ')}${['A1', 'A2', 'A3'].map(label).join('')}E 3\n`;
  writeFileSync(join(whole, 'labels.job'), job);
  const queue = (home, ...words) => ['print', '--queue', join(home, 'queue'), ...words];
  const adding = (home) => queue(home, 'add', join(home, 'labels.job'), '--to', 'tcp://127.0.0.1:9');
  assert.equal((await run(adding(whole))).code, 0, 'an earlier job is there');

  const { calls, wrong, tried } = await everyCallWrong(whole, (home) => join(home, 'queue'), adding, async ({ home, ended, what }) => {
    const listed = await run(queue(home, 'list'));
    assert.equal(listed.code, 0, `${what}: ${listed.err}`);
    const jobs = listed.out.trim().split('\n');
    assert.match(jobs[0], /^000001 waiting 0\/3 /, what);
    for (const line of jobs) assert.match(line, /^\d{6} waiting 0\/3 begun 0 zpl tcp:\/\/127\.0\.0\.1:9$/, what);
    if (ended.code === 0) assert.equal(jobs.length, 2, `${what}: said to be taken`);
    // Who is told that it failed adds it again: were it there already, its serials would be printed twice.
    else if (ended.signal === null) assert.equal(jobs.length, 1, `${what}: said to have failed`);
    for (const line of jobs) assert.equal(readFileSync(join(home, 'queue', `${line.slice(0, 6)}.job`), 'utf8'), job, what);
    assert.equal((await run(adding(home))).code, 0, `${what}, then again`);
    assert.equal((await run(queue(home, 'list'))).out.trim().split('\n').length, jobs.length + 1, what);
  });
  for (const syscall of ['write', 'fsync', 'rename']) assert.ok(calls.some((call) => call.syscall === syscall), syscall);
  assert.equal(wrong, tried, 'every call was met again');
});
