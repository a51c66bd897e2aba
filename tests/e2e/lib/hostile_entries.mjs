// Submissions that must be turned away, each with the answer it must get. Signed ones are refused by a
// statement (422), unsigned ones by a plain problem.
import { randomBytes } from 'node:crypto';
import { bundleUp, disclosureOf, entryTyp } from './entry.mjs';
import { Key, base64url, headerOf, sha256, signText } from './jose.mjs';

const sizeOfRequest = 64 * 1024;

/** @returns {{name: string, status: number, rule: string, field?: string, entry: object}[]} */
export function hostileEntries(log, cast) {
  const member = cast.keys.member;
  const stranger = Key.p256();
  const cases = [];
  const add = (name, status, rule, field, entry) => cases.push({ name, status, rule, field, entry });
  /** A harvest whose payload was spoilt before the member signed it. */
  const spoilt = (name, rule, field, alter, data = {}) => add(name, 422, rule, field, cast.harvest('member', data, alter));
  /** A harvest with another header or payload text, signed by its owner. */
  const texts = (header, payload, key = member) => {
    const good = cast.harvest();
    const written = JSON.stringify(good.payload);
    return bundleUp(signText(key, header ?? headerOf(key, entryTyp), payload ? payload(written) : written), good.disclosures, good.payload);
  };
  const header = (alg, kid = member.kid) => `{"alg":"${alg}","typ":"${entryTyp}","kid":"${kid}"}`;

  // The envelope.
  add('alg HS256', 400, 'jws.alg', '/alg', texts(header('HS256')));
  add('alg none', 400, 'jws.alg', '/alg', texts(header('none')));
  add('alg of another kind of key', 400, 'jws.alg', '/alg', texts(header('EdDSA')));
  add('no alg', 400, 'jws.header', undefined, texts(`{"typ":"${entryTyp}","kid":"${member.kid}"}`));
  add('a crit header', 400, 'jws.header', undefined, texts(`{"alg":"ES256","typ":"${entryTyp}","kid":"${member.kid}","crit":["b64"]}`));
  add('a receipt given as an entry', 400, 'jws.typ', '/typ', texts(`{"alg":"ES256","typ":"nguon-receipt+jwt","kid":"${member.kid}"}`));
  add('a key that was never enrolled', 425, 'key.unknown', '/kid', texts(undefined, undefined, stranger));
  add('signed by another than kid says', 400, 'jws.signature', undefined, texts(header('ES256'), undefined, stranger));
  const good = cast.harvest();
  add('a signature cut short', 400, undefined, undefined, bundleUp(good.jws.slice(0, -4), good.disclosures, good.payload));
  add('half a submission', 400, 'jws.signature', undefined, bundleUp(`${good.jws.slice(0, good.jws.lastIndexOf('.'))}.`, [], good.payload));
  add('no tilde', 400, 'sd-jwt.shape', undefined, { ...good, body: good.jws });
  add('padding', 400, 'jws.base64url', undefined, { ...good, body: good.body.replace('~', '==~') });
  add('octets that are no text', 400, undefined, undefined, { ...good, body: randomBytes(900) });
  add('nothing at all', 400, undefined, undefined, { ...good, body: '' });
  add('another entry than the address says', 400, 'entry.id', undefined, { ...good, id: base64url(randomBytes(32)) });
  add('more than a request may hold', 413, 'http.body-limit', undefined, { ...good, body: Buffer.alloc(sizeOfRequest, 'A') });
  add('a million brackets deep', 413, 'http.body-limit', undefined, { ...good, body: Buffer.alloc(1_000_000, '[') });
  add('more disclosures than allowed', 413, 'entry.disclosures-too-large', undefined,
    bundleUp(good.jws, [...good.disclosures, ...Array.from({ length: 200 }, () => disclosureOf('x'.repeat(60)))], good.payload));
  add('a missing disclosure', 400, 'disclosure.missing', '/data/name', missingName(cast));
  add('a disclosure nobody signed', 400, 'disclosure.unmatched', undefined, bundleUp(good.jws, [...good.disclosures, disclosureOf('x')], good.payload));
  add('a disclosure twice', 400, 'disclosure.duplicate', undefined, bundleUp(good.jws, [...good.disclosures, ...good.disclosures], good.payload));

  // The payload, validly signed.
  spoilt('of another deployment', 'entry.aud', '/aud', (payload) => { payload.aud = base64url(sha256('another')); });
  spoilt('no aud', 'entry.aud', '/aud', (payload) => { delete payload.aud; });
  spoilt('an unknown claim', 'entry.claim', undefined, (payload) => { payload.exp = 1; });
  spoilt('an unknown type', 'entry.type', '/type', (payload) => { payload.type = 'batch.steal/1'; });
  spoilt('a future major', 'entry.type', '/type', (payload) => { payload.type = 'batch.harvest/99'; });
  spoilt('a bad unit', 'schema.choice', '/data/qty/unit', () => {}, { qty: { amount: '1', unit: 'bao' } });
  spoilt('a negative amount', 'schema.pattern', '/data/qty/amount', () => {}, { qty: { amount: '-1', unit: 'kg' } });
  spoilt('an amount of 13 digits', 'schema.pattern', '/data/qty/amount', () => {}, { qty: { amount: '1234567890123', unit: 'kg' } });
  spoilt('an amount as a number', undefined, '/data/qty/amount', () => {}, { qty: { amount: 5, unit: 'kg' } });
  spoilt('nothing harvested', undefined, undefined, () => {}, { qty: { amount: '0', unit: 'kg' } });
  spoilt('a day that is none', undefined, '/data/on', () => {}, { on: '2026-02-30' });
  spoilt('a member nobody knows', 'schema.unknown-member', '/data/colour', () => {}, { colour: 'red' });
  spoilt('two digests in one slot', 'entry.slot', '/data/note', (payload) => { payload.data.note._sd.push(base64url(randomBytes(32))); });
  spoilt('one digest in two slots', 'entry.slot-digest-twice', undefined, (payload) => { payload.data.photo = payload.data.note; });
  spoilt('a private value in the open', undefined, '/data/note', (payload) => { payload.data.note = 'hái'; });
  spoilt('a slot on a public field', undefined, '/data/on', (payload) => { payload.data.on = { _sd: [base64url(randomBytes(32))] }; });
  spoilt('someone else’s new subject', 'entry.sub', '/sub', (payload) => { payload.sub = `batch:${'0'.repeat(26)}`; });
  spoilt('a jti of version 4', 'entry.jti', '/jti', (payload) => { payload.jti = '936da01f-9abd-4d9d-80c7-02af85c822a8'; });
  const signed = (name, rule, field, payload) => add(name, 422, rule, field, texts(undefined, payload));
  signed('a key twice', 'json.duplicate-key', undefined, (text) => text.replace('"grade"', '"on"').replace('"data":{', '"data":{"on":"2026-09-11",'));
  signed('5,000 brackets deep', 'json.depth', undefined, (text) => text.replace('"data":{', `"data":{"x":${'['.repeat(5000)}${']'.repeat(5000)},`));
  signed('not UTF-8', 'json.syntax', undefined, (text) => Buffer.from(text.replace('"120.5"', '"\u00ff"'), 'latin1'));
  signed('half a surrogate', 'json.syntax', undefined, (text) => text.replace('"120.5"', '"\\ud800"'));
  signed('text that is not NFC', 'json.nfc', undefined, (text) => text.replace('"120.5"', '"e\u0301"'));
  signed('a fraction', 'json.number', undefined, (text) => text.replace(/"iat":\d+/, '"iat":1.5'));
  signed('a number beyond 2^53', 'json.number', undefined, (text) => text.replace(/"iat":\d+/, '"iat":9007199254740993'));
  signed('something after the JSON', 'json.syntax', undefined, (text) => `${text}{}`);
  signed('no JSON', 'json.syntax', undefined, () => 'hái');
  signed('too large for its type', 'entry.too-large', undefined, (text) => text.replace('"data":{', `"data":{"x":"${'y'.repeat(14_000)}",`));

  // Who may say what.
  add('a member founding an organisation', 422, undefined, undefined,
    cast.make(member, { type: 'org.create/1', sub: 'org', data: { name: 'HTX khác', kind: 'cooperative' } }));
  add('a member making himself director', 422, undefined, undefined, selfPromotion(log, cast));
  add('an erasure of someone else’s value', 422, undefined, undefined,
    cast.make(cast.keys.neighbour, { type: 'erase/1', sub: cast.persons.member, prev: cast.newest[cast.persons.member] ?? cast.anyId, data: { scope: 'person', reason: 'request' } }));
  add('an unknown product', 425, undefined, '/data/product', cast.harvest('member', { product: `product:${'0'.repeat(26)}` }));
  return cases;
}

function missingName(cast) {
  const made = cast.make(cast.keys.clerk, { type: 'member.add/1', sub: 'person', data: { org: cast.coop, kind: 'member', name: 'Lò Văn Mẫu' } });
  return bundleUp(made.jws, [], made.payload);
}

function selfPromotion(log, cast) {
  const { member } = cast.keys;
  const key = Key.p256();
  const person = cast.persons.member;
  const proof = signText(key, headerOf(key, 'nguon-enrolment+jwt'), JSON.stringify({ aud: log.aud, person, org: cast.coop, code: 'MA-1' }));
  return cast.make(member, { type: 'key.add/1', sub: person, prev: cast.newest[person], data: { jwk: key.jwk, org: cast.coop, roles: ['director'], proof } });
}
