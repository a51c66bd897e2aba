// The wall clock set a year forth and back under a running service: the log neither stops nor reorders, `recorded` is
// the clock's word as it was, and all that goes by time goes on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment } from '../e2e/lib/deployment.mjs';
import { openJws } from '../e2e/lib/jose.mjs';
import { run, Program } from './world.mjs';

const shim = process.env.NGUON_CLOCK_SHIFT ?? new URL('../../build/release/tests/faults/clock_shift.so', import.meta.url).pathname;
const year = 365 * 24 * 3600;
const log = Deployment.init();
const file = join(log.home, 'clock');
const behind = ['env', `LD_PRELOAD=${shim}`, `NGUON_CLOCK=${file}`];
const receipts = [];
let shift = 0;
let cast;
let witness;

function setClock(seconds) {
  shift = seconds;
  writeFileSync(file, `${seconds}`);
}
const clock = () => Date.now() + shift * 1000;
async function add(entry = cast.harvest()) {
  const receipt = await log.add(entry);
  receipts.push({ entry, receipt });
  return receipt;
}

before(async () => {
  setClock(0);
  const state = join(log.home, 'witness');
  const vkey = (await run(['witness', 'init', '--state', state, '--name', 'w.example'])).out.trim();
  writeFileSync(join(log.home, 'logs.policy'), `log ${log.vkey}\nquorum none\n`);
  witness = await Program.listen(['witness', 'serve', '--state', state, '--policy', join(log.home, 'logs.policy'), '--listen', '127.0.0.1:0'], behind);
  writeFileSync(join(log.home, 'witnesses.policy'), `witness truong ${vkey} http://127.0.0.1:${witness.port}\nquorum truong\n`);
  log.configure({ witnesses: { policy: `"${join(log.home, 'witnesses.policy')}"` } });
  await log.start(behind);
  cast = await Cast.settle(log);
});
after(() => {
  witness?.child.kill('SIGKILL');
  log.remove();
});

for (const [name, seconds] of [['a year ahead', year], ['right again', 0], ['a year behind', -year], ['right at last', 0]]) {
  test(`with a clock ${name}: entries, head statements and cosignatures`, async () => {
    setClock(seconds);
    const began = clock();
    const { index, recorded } = await add();
    assert.equal(index, (receipts.at(-2)?.receipt.index ?? index - 1) + 1);
    assert.ok(recorded >= began - 2 && recorded <= clock() + 2, `recorded ${recorded}, the clock says ${began}`);
    const { sub } = receipts.at(-1).entry;
    const statement = (await log.get(`/api/subjects/${sub}/head`)).body.toString();
    const { minute, size } = openJws(statement, 'nguon-head+jwt', log.service);
    assert.ok(Math.abs(minute - clock() / 1000) <= 61, `minute ${minute}`);
    assert.equal(size, index + 1);
    for (const limit = Date.now() + 15_000; ;) {
      const { witnesses: [one], cosigned } = JSON.parse((await log.get('/log/0/witnesses')).body);
      const head = await log.head(index + 1);
      if (cosigned === 1 && head.size === index + 1) break;
      assert.ok(Date.now() < limit, `not cosigned: ${one.fault}`);
      await sleep(100);
    }
  });
}

test('set forth and back between any two of many appends, the indexes are those of the order of arrival', async () => {
  let moving = true;
  const mover = (async () => {
    for (let turn = 0; moving; turn += 1) {
      setClock([0, year, -year][turn % 3]);
      await sleep(3);
    }
  })();
  const first = receipts.at(-1).receipt.index + 1;
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let last = -1, i = 0; i < 12; i += 1) {
      const { index } = await add();
      assert.ok(index > last, `${index} after ${last}`);
      last = index;
    }
  }));
  moving = false;
  await mover;
  const indexes = receipts.slice(-96).map(({ receipt }) => receipt.index).sort((a, b) => a - b);
  assert.deepEqual(indexes, Array.from({ length: 96 }, (_, i) => first + i));
});

test('after kill -9 it starts with a clock a year behind, whole', async () => {
  await log.kill();
  setClock(-year);
  await log.start(behind);
  const { index } = await add();
  const leaves = await log.leaves(await log.head(index + 1));
  for (const { entry, receipt } of receipts) {
    assert.equal(leaves[receipt.index].entry, entry.jws);
    assert.equal(leaves[receipt.index].recorded, receipt.recorded);
  }
  assert.equal(await log.stop(), 0);
  const audit = await run(['audit', '--data', log.data]);
  assert.equal(audit.code, 0, audit.err);
});

test('a new certificate is taken up while the clock is wrong', async () => {
  const [certificate, key] = [join(log.home, 'cert.pem'), join(log.home, 'key.pem')];
  const make = (name) => assert.equal(spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3', '-subj', `/CN=${name}`, '-keyout', key, '-out', certificate]).status, 0);
  make('one.example');
  setClock(0);
  log.configure({ listen: { address: '"127.0.0.1:0"', tls_certificate: `"${certificate}"`, tls_key: `"${key}"` } });
  const service = await Program.listen(['serve', '--config', join(log.home, 'nguon.toml')], behind);
  try {
    const shown = () => new Promise((resolve, reject) => {
      const socket = connect({ port: service.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().subject.CN);
        socket.destroy();
      });
      socket.on('error', reject);
    });
    assert.equal(await shown(), 'one.example');
    setClock(-year);
    make('two.example');
    for (const limit = Date.now() + 20_000; (await shown()) !== 'two.example';) {
      assert.ok(Date.now() < limit, 'the old certificate is still shown');
      await sleep(300);
    }
  } finally {
    assert.equal(await service.stop(), 0);
  }
});
