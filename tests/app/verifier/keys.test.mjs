// Readers who know one log key and are shown a log that goes on under others (ledger/FORMAT.md "Change of keys").
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyBundle, verifyHead, verifyReceipt } from '../../../server/app/verifier/verifier.mjs';
import { Key, signJws } from '../../e2e/lib/jose.mjs';
import { ForgedLog } from '../../support/forged_log.mjs';
import { paths, ruleOf } from './paths.mjs';

/** log → log-2 → log-3, the service's key changed on the way; what was said before is kept. */
function life() {
  const log = new ForgedLog();
  log.enrol('clerk');
  const early = { receipt: log.receipt(1), head: log.head(), jws: log.logged[1] };
  log.changeKeys('root', { log: 'log-2' }, [], { before: log.before('log') });
  log.changeKeys('root', {}, ['log']);
  log.changeKeys('recovery', { log: 'log-3', service: 'service-2' }, ['log-2', 'service'], { before: log.before('log-2') });
  const about = log.persons.clerk;
  return { log, early, about, bundle: (...names) => log.bundle(about, { checkpoint: log.checkpointBy(...names) }) };
}

for (const crypto of paths) {
  const rule = (file, vkey) => ruleOf(verifyBundle(crypto, file, vkey));

  test(`an earlier key leads to the newest by ${crypto.name}`, async () => {
    const { log, bundle } = life();
    for (const name of ['log', 'log-2', 'log-3']) assert.equal(await rule(bundle('log-3'), log.vkeyOf(name)), '', name);
    for (const name of ['log', 'log-2']) {
      assert.equal(await rule(bundle(name), log.vkeyOf(name)), 'verify.log-key', `${name} is retired`);
    }
    assert.equal(await rule(bundle('log-3'), log.vkeyOf('service')), 'note.unknown-keys');
  });

  test(`old statements are judged by the size they name by ${crypto.name}`, async () => {
    const { log, early, about, bundle } = life();
    const report = await verifyBundle(crypto, bundle('log-3'), log.vkey);
    assert.equal(await ruleOf(verifyReceipt(crypto, early.receipt, early.jws, report)), '');
    assert.equal(await ruleOf(verifyHead(crypto, early.head, report)), '');
    const checkpoint = log.checkpointBy('log-3');
    const receipt = (key) => ruleOf(verifyReceipt(crypto, log.receipt(1, { checkpoint }, log.keys[key]), early.jws, report));
    assert.equal(await receipt('service-2'), '');
    assert.equal(await receipt('service'), 'verify.service-key', 'retired before that checkpoint');
    assert.equal(await ruleOf(verifyHead(crypto, log.head(about, {}, log.keys['service-2']), report)), '');
    assert.equal(await ruleOf(verifyHead(crypto, log.head(about), report)), 'verify.service-key');
  });

  test(`changes that nobody may make by ${crypto.name}`, async () => {
    const lies = {
      'keys.signer': (log) => log.changeKeys('service', { log: 'log-2' }),
      'keys.root': (log) => log.changeKeys('root', { root: 'root-2' }),
      'keys.last': (log) => log.changeKeys('root', {}, ['log']),
      'keys.retire': (log) => log.changeKeys('root', {}, ['recovery']),
      'keys.bound': (log) => log.changeKeys('root', { log: 'service' }),
      'keys.nothing': (log) => log.changeKeys('root', {}),
      'keys.too-many': (log) => {
        log.changeKeys('root', { log: 'log-2' });
        log.changeKeys('root', { log: 'log-3' });
      },
      'keys.proof': (log) => {
        const key = Key.ed25519();
        const proof = signJws(key, 'nguon-possession+jwt', { aud: log.aud, org: log.org, use: 'service' });
        log.changeKeys('root', {}, [], { log: { jwk: key.jwk, proof } });
      },
    };
    for (const [expected, lie] of Object.entries(lies)) {
      const log = new ForgedLog();
      log.enrol('clerk');
      lie(log);
      assert.equal(await rule(log.bundle(log.persons.clerk), log.vkey), expected);
    }
    console.log(`${crypto.name}: ${Object.keys(lies).length} changes of keys refused`);
  });

  test(`a successor is followed, its predecessor never again by ${crypto.name}`, async () => {
    const log = new ForgedLog();
    log.enrol('clerk');
    const about = log.persons.clerk;
    const early = { file: log.bundle(about), receipt: log.receipt(1), head: log.head(about), vkey: log.vkey };
    log.succeed('recovery');
    for (const vkey of [early.vkey, log.vkey]) assert.equal(await rule(log.bundle(about), vkey), '', vkey);
    assert.equal(await rule(early.file, early.vkey), '');
    assert.equal(await rule(early.file, log.vkey), 'note.unknown-keys', 'it knows the successor');
    const report = await verifyBundle(crypto, log.bundle(about), log.vkey);
    assert.equal(await ruleOf(verifyReceipt(crypto, early.receipt, log.logged[1], report)), '');
    assert.equal(await ruleOf(verifyHead(crypto, early.head, report)), '');
    assert.equal(await ruleOf(verifyHead(crypto, log.head(about), report)), '');
    const { origin } = log;
    log.origin = origin.replace(/1$/, '0');
    assert.equal(await rule(log.bundle(about), early.vkey), 'verify.log-key', 'the old name of a tree that ended it');
    for (const [expected, parts] of Object.entries({
      'succeed.origin': { origin: 'forged.example/log/2' }, 'succeed.size': { size: 1 },
    })) {
      const lie = new ForgedLog();
      lie.enrol('clerk');
      const { vkey } = lie;
      lie.succeed('root', parts);
      assert.equal(await rule(lie.bundle(lie.persons.clerk), vkey), expected);
    }
  });

  test(`a genesis that borrows the true log key leads nowhere by ${crypto.name}`, async () => {
    const truth = new ForgedLog();
    const thief = new ForgedLog();
    thief.keys.log = truth.keys.log; // as a name in the genesis: its private half is not used below
    const { root, service, log, recovery } = thief.keys;
    const data = JSON.parse(Buffer.from(thief.genesis.split('.')[1], 'base64url')).data;
    const forged = thief.first(root, { ...data, log: log.jwk, service: service.jwk, recovery: [recovery.jwk] });
    const other = new ForgedLog();
    Object.assign(other, { keys: thief.keys, leaves: [], logged: [], genesis: forged });
    other.log(forged);
    other.aud = (await verifyBundle(crypto, other.bundle(JSON.parse(Buffer.from(forged.split('.')[1], 'base64url')).sub), truth.vkey)).aud;
    other.enrol('clerk');
    other.changeKeys('root', { log: 'log-2' }, ['log'], { before: truth.before('log') });
    const file = other.bundle(other.persons.clerk, { checkpoint: other.checkpointBy('log-2') });
    assert.equal(await rule(file, truth.vkey), 'note.unknown-keys');
  });
}
