// What an operator with the log's own key could write into a log, and the rule that each breaks. Every
// lie builds on an orderly log: a clerk with a key, a product and one edit of it.
import { Key, headerOf, signText } from '../e2e/lib/jose.mjs';
import { bundleUp, entryTyp } from '../e2e/lib/entry.mjs';
import { ForgedLog } from './forged_log.mjs';

export function orderly() {
  const log = new ForgedLog();
  log.enrolled = log.enrol('clerk');
  log.product = log.add('clerk', { type: 'product.add/1', sub: 'product', data: { org: log.org, name: 'Chanh leo mẫu' } });
  log.edit = log.add('clerk', edit(log, log.product, 'A'));
  return log;
}
const edit = (log, before, name) => (
  { type: 'product.update/1', sub: log.product.sub, prev: before.id, data: { org: log.org, name } });
const harvest = (note) => ({ type: 'batch.harvest/1', sub: 'batch', data: { on: '2026-09-10', qty: { amount: '120.5', unit: 'kg' }, note } });

/** Signs any header and payload text by the clerk. */
const signed = (log, payload, header = headerOf(log.keys.clerk, entryTyp)) => bundleUp(signText(log.keys.clerk, header, payload), []);
/** The text of a good payload, changed before it is signed. */
const respelled = (change) => (log) => {
  const made = log.make('clerk', harvest('x'));
  log.log({ ...signed(log, change(JSON.stringify(made.payload))), sub: made.sub });
};
const altered = (alter, claims = harvest('x')) => (log) => log.add('clerk', claims, alter);
const rehead = (change) => (log) => {
  const { payload, sub } = log.make('clerk', harvest('x'));
  log.log({ ...signed(log, JSON.stringify(payload), change(headerOf(log.keys.clerk, entryTyp))), sub });
};
/** The last leaf as other octets, with the tree over them. */
const releaf = (change) => (log) => log.leaves.push(change(log.leaves.pop()));

function adoption(log, alter = (claims) => claims) {
  const late = log.make('clerk', harvest('muộn'));
  log.enrol('director');
  log.revoke('clerk', log.enrolled);
  return log.add('director', alter({ type: 'entry.adopt/1', sub: late.sub, data: { entry: late.jws } }));
}

/** name → the good log that a reader must accept. */
export const truths = {
  'an orderly log': () => {},
  'a harvest with a private value': (log) => log.add('clerk', harvest('hái buổi sáng')),
  'an edit after an edit': (log) => log.add('clerk', edit(log, log.edit, 'B')),
  'a key of a service': (log) => { log.enrol('desk', Key.ed25519); log.add('desk', harvest('y')); },
  'an adopted entry of a revoked key': (log) => { adoption(log); },
  'a ticket whose prev nobody knows': (log) => {
    const lot = log.add('clerk', { type: 'batch.receive/1', sub: 'batch', data: {} });
    log.add('clerk', { type: 'batch.receive/1', sub: lot.sub, prev: log.aud, data: {} });
  },
};

/** name → [rule, how it is done]. */
export const lies = {
  'a signature of another entry': ['jws.signature', (log) => {
    const [one, other] = [log.make('clerk', harvest('1')), log.make('clerk', harvest('2'))];
    log.log({ ...one, jws: one.jws.slice(0, one.jws.lastIndexOf('.')) + other.jws.slice(other.jws.lastIndexOf('.')) });
  }],
  'a key that nobody enrolled': ['verify.key', (log) => { log.enrolment('stranger'); log.add('stranger', harvest('1')); }],
  'a key enrolled only afterwards': ['verify.key', (log) => {
    const enrolment = log.enrolment('late');
    const { sub } = log.add('late', harvest('1'));
    log.log(enrolment);
    log.sub = sub;
  }],
  'a stolen key after its revocation': ['verify.revoked', (log) => {
    log.revoke('clerk', log.enrolled);
    log.add('clerk', harvest('1'));
  }],
  'the log key as a signer': ['verify.key', (log) => log.add('log', harvest('1'))],
  'two successors of one edit': ['verify.fork', (log) => log.add('clerk', edit(log, log.product, 'B'))],
  'a second beginning of a product': ['verify.fork', (log) => log.add('clerk', edit(log, {}, 'B'))],
  'an edit of an edit that is not there': ['verify.prev', (log) => log.add('clerk', edit(log, { id: 'A'.repeat(43) }, 'B'))],
  'an entry of another deployment': ['verify.aud', altered((payload) => { payload.aud = 'A'.repeat(43); })],
  'a squatted subject': ['verify.subject', altered((payload) => { payload.sub = `batch:${'0'.repeat(26)}`; })],
  'the genesis of another log': ['verify.genesis', (log) => { log.leaves[0] = new ForgedLog('other.example/log/0').leaves[0]; }],
  'a genesis by another key than its root': ['genesis.root', (log) => {
    const data = JSON.parse(Buffer.from(log.genesis.split('.')[1], 'base64url')).data;
    log.leaves[0] = `{"recorded":1,"entry":"${log.first(log.keys.service, data)}"}`;
  }],
  'an adoption into another subject': ['verify.aud', (log) => {
    adoption(log, (claims) => ({ ...claims, sub: log.product.sub, prev: log.edit.id }));
  }],
  'one digest in two slots': ['entry.slot-digest-twice', altered(({ data }) => { data.photo = data.note; })],
  'two digests in one slot': ['entry.slot', altered(({ data }) => { data.note._sd.push(data.photo._sd[0]); })],
  'a slot that also shows a member': ['entry.slot', altered(({ data }) => { data.note.v = 1; })],
  'a whole body hidden': ['entry.slot', altered((payload) => { payload.data = { _sd: ['A'.repeat(43)] }; })],
  '_sd_alg in the data': ['entry.slot', altered(({ data }) => { data._sd_alg = 'sha-256'; })],
  'a fraction': ['json.number', respelled((text) => text.replace(/"iat":\d+/, '"iat":1790000000.5'))],
  'an exponent': ['json.number', respelled((text) => text.replace('"kg"', '1e3'))],
  'a number beyond 2^53': ['json.number', altered(({ data }) => { data.grade = 2 ** 53; })],
  'a key twice': ['json.duplicate-key', respelled((text) => text.replace('{', '{"iat":1,'))],
  'text that is not NFC': ['verify.syntax', altered(({ data }) => { data.grade = 'é'.normalize('NFD'); })],
  'nine levels': ['json.depth', altered(({ data }) => { data.grade = [[[[[[[[1]]]]]]]]; })],
  'half a character': ['json.syntax', respelled((text) => text.replace('"kg"', '"\\ud800"'))],
  'a claim of other JWTs': ['entry.claim', altered((payload) => { payload.exp = 1; })],
  'no iat': ['entry.iat', altered((payload) => { delete payload.iat; })],
  'a jti in capitals': ['entry.jti', altered((payload) => { payload.jti = payload.jti.toUpperCase(); })],
  'an amount with seven decimals': ['entry.from', altered((payload) => {
    payload.from = [{ sub: payload.sub, head: payload.aud, qty: { amount: '0.1234567', unit: 'kg' } }];
  })],
  'an oversized JWS': ['entry.too-large', altered(({ data }) => { data.grade = 'x'.repeat(13_000); })],
  'a fourth header member': ['jws.header', rehead((text) => text.replace('}', ',"crit":[]}'))],
  'a space in the header': ['jws.header', rehead((text) => text.replace(':', ': '))],
  'the typ of a receipt': ['jws.typ', rehead((text) => text.replace(entryTyp, 'nguon-receipt+jwt'))],
  'EdDSA for a P-256 key': ['jws.alg', rehead((text) => text.replace('ES256', 'EdDSA'))],
  'alg none': ['jws.alg', rehead((text) => text.replace('ES256', 'none'))],
  'padded base64url': ['jws.base64url', releaf((leaf) => leaf.replace('"}', '="}'))],
  'a leaf with a space': ['verify.inclusion', releaf((leaf) => leaf.replace(',"', ', "'))],
  'a leaf with a leading zero': ['verify.inclusion', releaf((leaf) => leaf.replace(':', ':0'))],
};

/** The clerk's key ends; a pack of his harvest before or after that. */
function packs(log, { early }) {
  log.enrol('packer');
  const made = log.add('clerk', harvest('1'));
  const pack = () => log.add('packer', {
    type: 'batch.pack/1', sub: 'batch', from: [{ sub: made.sub, head: made.id, qty: { amount: '1', unit: 'kg' } }], data: {},
  });
  if (early) pack();
  log.revoke('clerk', log.enrolled);
  pack();
  log.named = [5];
}

/** name → ['' or the rule, how]: good logs, and the indexes that a bundle shows without a path. */
export const namings = {
  'an entry that the next one continues': ['', (log) => { log.named = [2]; }],
  'a chain behind the newest': ['', (log) => { log.add('clerk', edit(log, log.edit, 'B')); log.named = [2, 3]; }],
  'an input of what was made of it': ['', (log) => packs(log, { early: true })],
  'an input named only after its key had ended': ['verify.revoked', (log) => packs(log, { early: false })],
  'the newest of a subject': ['verify.inclusion', (log) => { log.named = [3]; }],
  'a chain behind nothing': ['verify.inclusion', (log) => { log.named = [2, 3]; }],
  'an entry that another subject names': ['verify.inclusion', (log) => {
    const lot = log.add('clerk', { type: 'batch.receive/1', sub: 'batch', data: {} });
    log.add('clerk', { type: 'batch.receive/1', sub: lot.sub, prev: log.edit.id, data: {} });
    log.named = [3];
  }],
  'an enrolment': ['verify.named', (log) => {
    log.revoke('clerk', log.enrolled);
    log.named = [1];
  }],
  'index 0': ['verify.named', (log) => { log.named = [0]; }],
};

/** A log with one of the lies, and the subject it is about. */
export function lyingLog(how) {
  const log = orderly();
  how(log);
  return log;
}
