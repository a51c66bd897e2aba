// Go's x/mod, jose, @noble/curves and @sd-jwt/core on what a running service serves: the whole demo log
// with its proofs, entries of every kind of signer, and an SD-JWT as it was submitted.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { Cast } from '../../e2e/lib/cast.mjs';
import { Deployment, program } from '../../e2e/lib/deployment.mjs';
import { Dice } from '../../e2e/lib/dice.mjs';
import { sha256 } from '../../e2e/lib/jose.mjs';
import { leavesOf, pieces } from '../../e2e/lib/tree.mjs';
import { Witness } from '../../e2e/lib/witness.mjs';

const judgeProgram = new URL('judge', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'nguon-judges-'));
const dice = new Dice('judges');
let demo;
let base;
let payloads;
let vkey;

function judge(...words) {
  const done = spawnSync(judgeProgram, words, { encoding: 'utf8', timeout: 300_000 });
  console.log(`${words[0]}: ${(done.stdout + done.stderr).trim().split('\n').at(-1)}`);
  return done;
}
const good = (...words) => {
  const done = judge(...words);
  assert.equal(done.status, 0, done.stdout + done.stderr);
};
const save = (name, value) => {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  return join(folder, name);
};

/** C2SP verifier key, from what the genesis entry says. */
function vkeyOf({ origin, log }) {
  const typed = Buffer.concat([Buffer.from([1]), Buffer.from(log.x, 'base64url')]);
  const id = sha256(`${origin}\n`, typed).subarray(0, 4).toString('hex');
  return `${origin}+${id}+${typed.toString('base64')}`;
}

before(async () => {
  demo = spawn(program, ['demo', '--data', join(folder, 'demo'), '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: demo.stdout }).once('line', resolve);
    demo.once('exit', (code) => reject(new Error(`demo ended: ${code}`)));
  });
  base = `${JSON.parse(line).base.replace(/\/$/, '')}/log/0`;
  const octets = async (path) => Buffer.from(await (await fetch(`${base}/${path}`)).arrayBuffer());
  const size = Number((await octets('checkpoint')).toString().split('\n')[1]);
  const leaves = [];
  for (const { name } of pieces(size)) leaves.push(...leavesOf(await octets(`tile/entries/${name}`)));
  payloads = leaves.map((leaf) => {
    const [header, payload] = JSON.parse(leaf).entry.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    return { kid: JSON.parse(header).kid, alg: JSON.parse(header).alg, ...JSON.parse(payload) };
  });
  vkey = vkeyOf(payloads[0].data);
});
after(() => {
  demo?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('x/mod reads the whole demo log, its tiles and its proofs', () => good('log', '-proofs', base, vkey));
test('x/mod refuses it under another key', () => {
  const other = vkeyOf({ origin: vkey.split('+')[0], log: { x: payloads[0].data.service.x } });
  assert.equal(judge('log', base, other).status, 1);
});
test('@noble/curves verifies the checkpoint', () => good('note', base, vkey));

test('jose verifies entries of services and of phones', () => {
  const keys = new Map();
  for (const { data } of payloads.filter(({ type }) => type === 'key.add/1' || type === 'genesis/1')) {
    for (const jwk of [data.jwk, data.root, data.service].filter(Boolean)) {
      const named = jwk.kty === 'EC' ? { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y } : { crv: jwk.crv, kty: jwk.kty, x: jwk.x };
      keys.set(sha256(JSON.stringify(named)).toString('base64url'), jwk);
    }
  }
  const by = (alg) => payloads.map((one, index) => ({ ...one, index })).filter((one) => one.alg === alg);
  assert.ok(by('ES256').length > 0 && by('EdDSA').length > 0);
  const picked = [payloads.length - 1, 0, dice.of(by('EdDSA')).index, ...[1, 2, 3, 4].map(() => dice.of(by('ES256')).index)];
  for (const index of picked) good('entry', base, String(index), save('key.jwk', keys.get(payloads[index].kid)));
});

// The third symbol holds the salt's first two bits: `I` for a digit or hyphen, `J` for a letter.
const changed = (body) => body.replace(/~Wy./, (start) => (start === '~WyJ' ? '~WyK' : '~WyJ'));

test('@sd-jwt/core opens a submission as the log holds it, and not a changed one', async () => {
  const log = Deployment.init();
  try {
    await log.start();
    const cast = await Cast.settle(log);
    const entry = cast.harvest();
    await log.add(entry);
    const { entry: logged } = JSON.parse((await log.get(`/api/entries/${entry.id}`)).body);
    // A slot opens to {"v": value}, a decoy to nothing.
    const opened = save('opened.json', { ...entry.payload.data, note: { v: 'hái buổi sáng' }, photo: {}, position: {} });
    const jwk = save('phone.jwk', cast.keys.member.jwk);
    const file = save('entry.sdjwt', entry.body.replace(entry.jws, logged));
    good('sd-jwt', file, jwk, opened);
    assert.equal(judge('sd-jwt', save('other.sdjwt', changed(entry.body)), jwk, opened).status, 1);
    assert.equal(judge('sd-jwt', file, save('other.jwk', cast.keys.clerk.jwk)).status, 1);
  } finally {
    log.remove();
  }
});

test('@noble/curves verifies the cosignature of a running witness, and not under another key', async () => {
  const log = Deployment.init();
  const [witness, other] = ['w.example', 'other.example'].map((name) => Witness.init(log.home, name, log.vkey));
  try {
    await witness.start();
    const policy = join(log.home, 'witnesses.policy');
    writeFileSync(policy, `witness truong ${witness.vkey} ${witness.url}\nquorum truong\n`);
    log.configure({ witnesses: { policy: `"${policy}"` } });
    await log.start();
    const address = `http://127.0.0.1:${log.port}/log/0`;
    // Every witness is asked once before the log serves: its first checkpoint is cosigned.
    good('note', address, log.vkey, witness.vkey);
    assert.equal(judge('note', address, log.vkey, other.vkey).status, 1);
  } finally {
    await witness.stop();
    log.remove();
  }
});
