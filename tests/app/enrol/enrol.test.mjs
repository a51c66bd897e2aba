import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeDeviceKey, signerOf } from '../../../server/app/capture/device_key.mjs';
import { askService, Problem } from '../../../server/app/enrol/ask.mjs';
import { confirm, invite, lookAt, takeBack } from '../../../server/app/enrol/office.mjs';
import { findEnrolment, offerKey, openInvitation, shortKid, trustOf } from '../../../server/app/enrol/phone.mjs';
import { sendEntries } from '../../../server/app/sync/send.mjs';
import { chooseCrypto } from '../../../server/app/verifier/verifier.mjs';
import { Cast } from '../../e2e/lib/cast.mjs';
import { Deployment } from '../../e2e/lib/deployment.mjs';

const crypto = await chooseCrypto();
const { subtle } = globalThis.crypto;
const random = (count) => globalThis.crypto.getRandomValues(new Uint8Array(count));
const log = Deployment.init();
let cast;
let ask;
let clerk;
before(async () => {
  await log.start();
  cast = await Cast.settle(log);
  ask = askService(fetch, `http://127.0.0.1:${log.port}`, 10_000);
  const { kid, sign } = { kid: cast.keys.clerk.kid, sign: async (octets) => cast.keys.clerk.sign(octets) };
  clerk = { crypto, signer: { alg: 'ES256', kid, sign }, aud: log.aud, now: () => Date.now(), random };
});
after(() => log.remove());

const wish = () => ({ name: 'Người Mẫu', org: cast.coop, roles: ['member'], minutes: 30 });
async function newPhone() {
  const key = await makeDeviceKey(crypto, subtle);
  return { key, maker: { crypto, signer: signerOf(key, subtle), aud: log.aud, now: () => Date.now(), random } };
}
const rule = async (work) => {
  try {
    await work;
    return 'good';
  } catch (error) {
    assert.ok(error instanceof Problem, error);
    assert.ok(error.sentence.vi && error.sentence.en, error.rule);
    return error.rule;
  }
};

test('from invitation to the first trusted receipt', async () => {
  const sent = await invite(ask, clerk, wish());
  assert.match(sent.code, /^[0-9A-HJKMNP-TV-Z]{16}$/);
  const typed = sent.code.toLowerCase().replace(/(....)/g, '$1-').slice(0, -1);
  const invited = await openInvitation(ask, typed);
  assert.equal(invited.name, 'Người Mẫu');
  assert.equal(invited.org_name, 'HTX mẫu');
  assert.equal(invited.person, sent.person);

  const { key, maker } = await newPhone();
  assert.equal((await lookAt(ask, sent)).offer, undefined);
  await offerKey(ask, maker, key.jwk, invited, typed);
  const { offer } = await lookAt(ask, sent);
  assert.equal(shortKid(offer.kid), shortKid(key.kid));
  assert.equal(await rule(findEnrolment(ask, crypto, invited, key.kid)), 'subject.unknown');

  const entry = await confirm(clerk, sent, offer);
  const send = sendEntries(fetch, `http://127.0.0.1:${log.port}`, 10_000);
  assert.equal((await send(entry.id, entry.body)).status, 201);
  assert.equal((await lookAt(ask, sent)).done, true);
  const enrolled = await findEnrolment(ask, crypto, invited, key.kid);
  assert.deepEqual([enrolled.person, enrolled.org, enrolled.roles], [sent.person, cast.coop, ['member']]);
  const trust = await trustOf(crypto, enrolled);
  assert.equal(trust.aud, log.aud);
  assert.equal(trust.keys.terms.service.length, 1);
});

test('a second phone of the same person continues its history', async () => {
  const person = cast.persons.member;
  const sent = await invite(ask, clerk, { ...wish(), person, head: cast.newest[person] });
  assert.equal(sent.person, person);
  const invited = await openInvitation(ask, sent.code);
  const { key, maker } = await newPhone();
  await offerKey(ask, maker, key.jwk, invited, sent.code);
  const entry = await confirm(clerk, sent, (await lookAt(ask, sent)).offer);
  const { status } = await log.put({ id: entry.id, body: entry.body });
  assert.equal(status, 201);
  assert.equal((await findEnrolment(ask, crypto, invited, key.kid)).person, person);
});

test('what was taken back, never was, or is not this clerk\'s to give', async () => {
  const sent = await invite(ask, clerk, wish());
  await takeBack(ask, sent);
  assert.equal(await rule(openInvitation(ask, sent.code)), 'enrol.unknown');
  assert.equal(await rule(openInvitation(ask, 'x')), 'enrol.unknown');
  const member = { ...clerk, signer: { alg: 'ES256', kid: cast.keys.member.kid, sign: async (octets) => cast.keys.member.sign(octets) } };
  assert.equal(await rule(invite(ask, member, wish())), 'enrol.signer');
  assert.equal(await rule(invite(ask, clerk, { ...wish(), minutes: 1441 })), 'enrol.until');
});

test('without the service it is said that there was no answer', async () => {
  const nowhere = askService(async () => { throw new TypeError('Failed to fetch'); }, '', 1000);
  await assert.rejects(openInvitation(nowhere, 'x'), { rule: 'no-answer', status: 0 });
  const portal = askService(async () => new Response('<html>', { status: 511 }), '', 1000);
  await assert.rejects(openInvitation(portal, 'x'), { rule: 'http.511' });
});
