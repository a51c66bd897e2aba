// verify.py, written from ledger/FORMAT.md alone, on golden files, on a running service's log, bundles
// and receipts, and on lies. `nguon verify` reads the same bundles: two hands must come to one verdict.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { Cast } from '../../e2e/lib/cast.mjs';
import { Deployment, program } from '../../e2e/lib/deployment.mjs';
import { Dice } from '../../e2e/lib/dice.mjs';
import { leavesOf, pieces } from '../../e2e/lib/tree.mjs';
import { ForgedLog, idOf } from '../../support/forged_log.mjs';
import { lies, lyingLog, namings, orderly, truths } from '../../support/lies.mjs';

const stranger = new URL('verify.py', import.meta.url).pathname;
const golden = new URL('../../ledger/golden/audit/', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'nguon-stranger-'));
const dice = new Dice('stranger');
after(() => rmSync(folder, { recursive: true, force: true }));

const save = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
/** The stranger's verdict: '' when good, else why not. The system's Python has the packaged library. */
function why(about, ...words) {
  const done = spawnSync('/usr/bin/python3', [stranger, ...words], { encoding: 'utf8', timeout: 300_000 });
  const said = (done.stdout + done.stderr).trim();
  console.log(`${about}: ${said.split('\n').at(-1)}`);
  assert.equal(done.status === 0, said.startsWith('good: '), said);
  assert.ok(done.status === 0 || /^refused: ./.test(said), said);
  return done.status === 0 ? '' : said.slice('refused: '.length);
}
const good = (about, ...words) => assert.equal(why(about, ...words), '', about);
const refused = (about, wanted, ...words) => assert.match(why(about, ...words), wanted, about);

/** The rule that `nguon verify` names, '' when all is good. */
function ruleOf(file, vkey) {
  const done = spawnSync(program, ['verify', file, '--vkey', vkey], { encoding: 'utf8' });
  assert.ok(done.status === 0 || done.status === 1, done.stderr);
  return done.status === 0 ? '' : /\b([a-z0-9]+(?:[.-][a-z0-9]+)+)\b/.exec(done.stderr)[1];
}

test('it is one file of 300 lines that uses nothing of ours', () => {
  const text = readFileSync(stranger, 'utf8');
  assert.ok(text.split('\n').length <= 301, `${text.split('\n').length} lines`);
  const imported = [...text.matchAll(/^(?:import|from) ([\w., ]+)/gm)].flatMap(([, names]) => names.split(/, |\.| import/));
  assert.deepEqual(imported.filter((name) => /nguon|ledger|tests/.test(name)), []);
});

test('the golden bundle is good, and none of its copies', () => {
  const vkey = readFileSync(join(golden, 'log.vkey'), 'utf8').trim();
  const text = readFileSync(join(golden, 'bundle.json'), 'utf8');
  good('golden bundle', 'bundle', join(golden, 'bundle.json'), vkey);
  const copies = {
    'another spelling': [/spelling/, `${text}\n`],
    'another order of members': [/grammar/, text.replace(/("format":[^,]*),("origin":[^,]*)/, '$2,$1')],
    'half of it': [/not JSON/, text.slice(0, text.length / 2)],
    'a member too many': [/grammar/, text.replace(/}$/, ',"more":1}')],
    'entries swapped': [/order of the log|index 3/, edited(text, ({ entries }) => entries.splice(1, 0, entries.pop()))],
    'an entry doubled': [/order of the log/, edited(text, ({ entries }) => entries.push(entries.at(-1)))],
    'no genesis': [/index 0/, edited(text, ({ entries }) => entries.shift())],
    'no enrolment': [/no enrolment/, edited(text, ({ entries }) => entries.splice(1, 1))],
    'a history cut in the middle': [/index 3: it continues/, edited(text, ({ entries }) => entries.splice(2, 1))],
    'another index': [/proof/, edited(text, ({ entries }) => { entries[3].index = 5; })],
    'a proof cut short': [/proof/, edited(text, ({ proof }) => { proof.pop(); })],
    'a proof too long': [/proof/, edited(text, ({ proof }) => { proof.push(proof[0]); })],
    'something missing that is here': [/missing/, edited(text, ({ missing }) => missing.push('A'.repeat(43)))],
    'another subject': [/sub/, edited(text, (bundle) => { bundle.sub = bundle.sub.replace('product', 'batch'); })],
    'another origin': [/origin/, edited(text, (bundle) => { bundle.origin = 'other.example/log/0'; })],
    'another size': [/checkpoint: a signature/, text.replace('\\n4\\n', '\\n5\\n')],
    'a checkpoint without its signature': [/checkpoint/, text.replace(/— [^"]*/, '')],
    'another time of recording': [/proof: /, text.replace('"recorded":1', '"recorded":2')],
  };
  for (const [about, [wanted, copy]] of Object.entries(copies)) {
    const file = save('copy.json', copy);
    refused(about, wanted, 'bundle', file, vkey);
    assert.notEqual(ruleOf(file, vkey), '', about);
  }
  refused('under another key', /vkey|line/, 'bundle', join(golden, 'bundle.json'), orderly().vkey);
});
const edited = (text, change) => {
  const bundle = JSON.parse(text);
  change(bundle);
  return JSON.stringify(bundle);
};

test('none of the octets of the golden bundle may differ', () => {
  const flips = `
import random, sys
sys.path.insert(0, sys.argv[1])
import verify
vkey = open(sys.argv[2] + 'log.vkey').read().strip()
text, dice, refused = open(sys.argv[2] + 'bundle.json', 'rb').read(), random.Random(int(sys.argv[3])), 0
for place in range(dice.randrange(3), len(text), 3):
    copy = bytearray(text)
    copy[place] ^= 1 << dice.randrange(8)
    open(sys.argv[4], 'wb').write(copy)
    try: verify.read_bundle(sys.argv[4], vkey)
    except (verify.Refused, UnicodeDecodeError): refused += 1
    else: sys.exit(f'octet {place} changed and not seen')
print(refused)`;
  const words = ['-c', flips, new URL('.', import.meta.url).pathname, golden, String(dice.between(0, 2 ** 31)), join(folder, 'flip')];
  const done = spawnSync('/usr/bin/python3', words, { encoding: 'utf8', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
  assert.equal(done.status, 0, done.stderr);
  console.log(`flipped octets refused: ${done.stdout.trim()}`);
  assert.ok(Number(done.stdout) > 1000);
});

for (const [name, how] of Object.entries(truths)) {
  test(`${name}: good in both hands, as bundle and as log`, () => {
    const log = lyingLog(how);
    const file = save('truth.json', log.bundle());
    good(name, 'bundle', file, log.vkey);
    good(name, 'log', log.save(mkdtempSync(join(folder, 'log-'))), log.vkey);
    assert.equal(ruleOf(file, log.vkey), '');
  });
}
for (const [name, [rule, how]] of Object.entries(lies)) {
  test(`${name}: refused in both hands`, () => {
    const log = lyingLog(how);
    const file = save('lie.json', log.bundle());
    refused(name, /^(index \d+|\/checkpoint|\/proof): |not NFC|not base64/, 'bundle', file, log.vkey);
    refused(name, /^(index \d+|checkpoint): /, 'log', log.save(mkdtempSync(join(folder, 'log-'))), log.vkey);
    assert.equal(ruleOf(file, log.vkey), rule);
  });
}

for (const [name, [rule, how]] of Object.entries(namings)) {
  test(`${name}, shown without its path: one verdict in both hands`, () => {
    const log = lyingLog(how);
    const file = save('named.json', log.bundle());
    if (rule === '') good(name, 'bundle', file, log.vkey);
    else refused(name, /^\/entries\/\d: /, 'bundle', file, log.vkey);
    assert.equal(ruleOf(file, log.vkey), rule);
  });
}

test('a log whose keys and name changed', () => {
  const log = new ForgedLog();
  log.enrol('clerk');
  const { vkey } = log;
  log.changeKeys('root', { log: 'log-2', service: 'service-2' }, ['service'], { before: log.before('log') });
  const file = (checkpoint) => save('keys.json', log.bundle(log.persons.clerk, { checkpoint }));
  good('both lines, the old key', 'bundle', file(log.checkpointBy('log', 'log-2')), vkey);
  good('both lines, the new key', 'bundle', file(log.checkpointBy('log', 'log-2')), log.vkeyOf('log-2'));
  log.changeKeys('recovery', {}, ['log']);
  refused('a retired key', /no log key/, 'bundle', file(log.checkpointBy('log')), vkey);
  refused('a newer key', /newer vkey/, 'bundle', file(log.checkpointBy('log-2')), vkey);
  good('the key in force', 'bundle', file(log.checkpointBy('log-2')), log.vkeyOf('log-2'));
  const entry = save('entry', `${log.logged[1]}~`);
  const receipt = (name) => save('receipt', log.receipt(1, { checkpoint: log.checkpointBy('log-2') }, log.keys[name]));
  const source = file(log.checkpointBy('log-2'));
  good('a receipt by the new service key', 'receipt', receipt('service-2'), entry, source, log.vkeyOf('log-2'));
  refused('a receipt by the old one', /no service key/, 'receipt', receipt('service'), entry, source, log.vkeyOf('log-2'));
  log.succeed('root');
  good('a successor', 'bundle', file(log.checkpointBy('log-2')), log.vkeyOf('log-2'));
  refused('under its old name', /newer vkey/, 'bundle', file(log.checkpointBy('log-2')), vkey);
});

test('a receipt is good for one entry, one key, one place', () => {
  const log = orderly();
  log.add('clerk', { type: 'batch.harvest/1', sub: 'batch', data: { note: 'hái buổi sáng' } });
  const at = 4;
  const source = save('source.json', log.bundle());
  const entry = save('entry', `${log.logged[at]}~`);
  const judge = (about, wanted, receipt, of = entry) => {
    const words = ['receipt', save('receipt', receipt), of, source, log.vkey];
    if (wanted === undefined) good(about, ...words);
    else refused(about, wanted, ...words);
  };
  judge('receipt', undefined, log.receipt(at));
  judge('receipt with slots', undefined, log.receipt(at, { slots: ['/note'] }));
  judge('slots the entry does not have', /slots/, log.receipt(at, { slots: ['/price'] }));
  judge('another index', /path|index/, log.receipt(at, { index: at - 1 }));
  judge('another time of recording', /root/, log.receipt(at, { recorded: 1 }));
  judge('another entry', /something else/, log.receipt(at), save('other', `${log.logged[3]}~`));
  judge('another deployment', /something else/, log.receipt(at, { aud: 'A'.repeat(43) }));
  judge('an older checkpoint', /path|index/, log.receipt(at, { checkpoint: log.checkpoint(4) }));
  const own = log.note(log.checkpoint().split('\n—')[0], log.keys.root);
  judge('a checkpoint of its own making', /signature/, log.receipt(at, { checkpoint: own }));
  judge('the root key instead of the service', /key/, log.receipt(at, {}, log.keys.root));
  judge('a held note', /header/, log.receipt(at, {}, log.keys.service, 'nguon-held+jwt'));
  judge('a claim too many', /grammar/, log.receipt(at, { note: 1 }));
  const [group, claims, , path] = log.receipt(at).split('~');
  const other = log.receipt(at, { slots: ['/note'] }).split('~')[1];
  judge('claims of another group', /group/, [group, other, 1, path].join('~'));
  judge('another place in the group', /path/, [group, claims, 2, path].join('~'));
  judge('the whole group is one', /index|path/, log.receipt(at, { count: 1 }));
  judge('no group', /not a receipt/, claims);
});

let demo;
let base;
let vkey;
before(async () => {
  demo = spawn(program, ['demo', '--data', join(folder, 'demo'), '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: demo.stdout }).once('line', resolve);
    demo.once('error', reject);
    demo.once('exit', (code) => reject(new Error(`demo ended: ${code}`)));
  });
  base = JSON.parse(line).base.replace(/\/$/, '');
});
after(() => demo?.kill('SIGKILL'));

test('the demo: its whole log, a folder copy, a bundle, a receipt sent again', async () => {
  const octets = async (path) => Buffer.from(await (await fetch(`${base}${path}`)).arrayBuffer());
  const size = Number((await octets('/log/0/checkpoint')).toString().split('\n')[1]);
  const entries = [];
  for (const { name } of pieces(size)) {
    for (const leaf of leavesOf(await octets(`/log/0/tile/entries/${name}`))) {
      const { entry } = JSON.parse(leaf);
      entries.push({ entry, ...JSON.parse(Buffer.from(entry.split('.')[1], 'base64url')) });
    }
  }
  const forKey = orderly();
  forKey.origin = entries[0].data.origin;
  forKey.keys.log = { jwk: entries[0].data.log };
  vkey = forKey.vkey;
  good(`demo, ${size} entries over HTTP`, 'log', `${base}/log/0`, vkey);
  const packed = entries.findLast(({ type }) => type === 'batch.pack/1').sub;
  const bundle = save('demo.json', await octets(`/api/batches/${packed}/bundle`));
  good('demo, bundle of a packed batch', 'bundle', bundle, vkey);
  assert.equal(ruleOf(bundle, vkey), '');
  const founded = entries.find(({ type }) => type === 'org.create/1').entry;
  const answer = await fetch(`${base}/api/entries/${idOf(founded)}`, {
    method: 'PUT', body: `${founded}~`, headers: { 'content-type': 'application/sd-jwt' },
  });
  assert.equal(answer.status, 200);
  const words = ['receipt', save('demo.receipt', await answer.text()), save('demo.entry', `${founded}~`)];
  good('demo, receipt and bundle', ...words, bundle, vkey);
  good('demo, receipt and log', ...words, `${base}/log/0`, vkey);
});

test('a mirrored log with a key revoked and an entry adopted, and copies of it that were touched', async () => {
  const log = Deployment.init();
  try {
    await log.start();
    const cast = await Cast.settle(log);
    const entry = cast.harvest();
    const statement = (await log.put(entry)).statement;
    const [person, { clerk, member }] = [cast.persons.member, cast.keys];
    await cast.add(clerk, {
      type: 'key.revoke/1', sub: person, prev: cast.newest[person], data: { kid: member.kid, reason: 'lost' },
    });
    const late = cast.harvest();
    assert.equal((await log.put(late)).status, 202);
    await cast.add(clerk, { type: 'entry.adopt/1', sub: late.sub, data: { entry: late.jws } });
    await new Promise((later) => setTimeout(later, 1100)); // a checkpoint is at most a second behind
    const copy = join(folder, 'mirror');
    const { size } = await log.mirror(copy);
    assert.ok(size > 8);
    good('mirror', 'log', copy, log.vkey);
    good('receipt and mirror', 'receipt', save('r', statement), save('e', entry.body), copy, log.vkey);
    const touched = (about, wanted, name, change) => {
      const other = mkdtempSync(join(folder, 'touched-'));
      cpSync(copy, other, { recursive: true });
      writeFileSync(join(other, name), change(readFileSync(join(other, name))));
      refused(about, wanted, 'log', other, log.vkey);
    };
    const flip = (octets) => {
      octets[dice.between(0, octets.length - 1)] ^= 1 << dice.between(0, 6);
      return octets;
    };
    const bundle = `tile/entries/${pieces(size)[0].name}`;
    const tile = `tile/0/${pieces(size)[0].name}`;
    touched('a flipped bit in a hash tile', /tile/, tile, flip);
    for (let i = 0; i < 5; i += 1) touched('a flipped bit in an entry bundle', /./, bundle, flip);
    touched('a bundle cut off', /not a leaf|index/, bundle, (octets) => octets.subarray(0, octets.length - 9));
    touched('an entry too many', /more than/, bundle, (octets) => Buffer.concat([octets, Buffer.from('0001', 'hex'), Buffer.from('x')]));
    touched('entries swapped', /index/, bundle, (octets) => {
      const leaves = leavesOf(octets);
      const last = octets.length - leaves.at(-1).length - 2;
      const before = last - leaves.at(-2).length - 2;
      return Buffer.concat([octets.subarray(0, before), octets.subarray(last), octets.subarray(before, last)]);
    });
    touched('another size in the checkpoint', /checkpoint: a signature/, 'checkpoint',
      (octets) => octets.toString().replace(`\n${size}\n`, `\n${size - 1}\n`));
  } finally {
    log.remove();
  }
});
