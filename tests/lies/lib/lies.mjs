// The lies. Each gets a Liar that so far says what the honest log said last, and the stage; it names who must
// catch it. `seen` is what the victims knew; by default all that the honest log ever said.
import { Key } from '../../e2e/lib/jose.mjs';
import { makeEntry, uuid7 } from '../../e2e/lib/entry.mjs';
import { idOf } from '../../support/forged_log.mjs';
import { leafOf } from './liar.mjs';

const week = 7 * 24 * 3600 * 1000;
const everybody = ['phone', 'mirror', 'watch', 'witness'];
const jwsIn = (leaf) => /"entry":"(.*)"\}$/.exec(leaf)[1];
const place = (liar, entry) => liar.leaves.findIndex((leaf) => idOf(jwsIn(leaf)) === entry.id);

/** The entry with another amount, under the signature of the true one: the operator has no member's key. */
function edited(leaf) {
  const [, recorded, header, payload, signature] = /^\{"recorded":(\d+),"entry":"([^.]*)\.([^.]*)\.(.*)"\}$/.exec(leaf);
  const text = Buffer.from(payload, 'base64url').toString().replace('120.5', '920.5');
  return leafOf(recorded, `${header}.${Buffer.from(text).toString('base64url')}.${signature}`);
}
const newer = (stage) => stage.cast.harvest();

export const lies = {
  'edits an entry': { by: [...everybody, 'audit'], tell(liar, stage) {
    const at = place(liar, stage.picked);
    liar.leaves[at] = edited(liar.leaves[at]);
    liar.append(newer(stage));
  } },
  'drops an entry': { by: everybody, tell(liar, stage) {
    liar.leaves.splice(place(liar, stage.picked), 1);
    liar.append(newer(stage));
    liar.append(newer(stage));
  } },
  'reorders two entries': { by: everybody, tell(liar, stage) {
    const at = place(liar, stage.picked);
    [liar.leaves[at], liar.leaves[at + 1]] = [liar.leaves[at + 1], liar.leaves[at]];
    liar.append(newer(stage));
  } },
  're-dates a logged entry': { by: everybody, tell(liar, stage) {
    const at = place(liar, stage.picked);
    liar.leaves[at] = leafOf(Date.now() - week, jwsIn(liar.leaves[at]));
    liar.append(newer(stage));
  } },
  'back-dates a new entry': { by: ['watch'], tell(liar, stage) {
    liar.append(newer(stage), Date.now() - week);
  } },
  'back-dates a head': { by: ['watch'], tell(liar, { lot }) {
    const minute = Math.floor((Date.now() - week) / 60_000) * 60;
    liar.instead[`/api/subjects/${lot}/head`] = () => liar.state(lot, { minute });
  } },
  'splits the view': { by: everybody, tell(liar, stage) {
    liar.leaves.pop();
    liar.append(newer(stage));
  } },
  'freezes the log for some': { by: ['phone', 'mirror', 'watch'], seen: 'early', phone: 'late', tell(liar, { early }) {
    liar.leaves = [...early.leaves];
  } },
  'withholds the last entry of a batch': { by: ['watch', 'phone'], tell(liar, { lot, early }) {
    // An old, honest statement, and the list and bundle that go with it.
    const before = Object.assign(Object.create(Object.getPrototypeOf(liar)), liar, { leaves: liar.leaves.slice(0, -1) });
    liar.instead[`/api/subjects/${lot}/head`] = () => before.state(lot);
    liar.instead[`/api/subjects/${lot}/entries/0`] = () => before.follows(`/api/subjects/${lot}/entries/0`);
    liar.instead[`/api/batches/${lot}/bundle`] = () => before.bundle(lot);
    if (early.leaves.length >= before.leaves.length) throw new Error('nothing was withheld');
  } },
  'forges a head statement': { by: ['watch', 'phone'], tell(liar, { lot }) {
    const before = Object.assign(Object.create(Object.getPrototypeOf(liar)), liar, { leaves: liar.leaves.slice(0, -1) });
    const { count, root } = JSON.parse(Buffer.from(before.state(lot).split('.')[1], 'base64url'));
    liar.instead[`/api/subjects/${lot}/head`] = () => liar.state(lot, { count, root });
  } },
  'reuses an index': { by: ['phone'], tell(liar, stage) {
    // One phone was promised the next index for its entry; the log then gave it to another.
    const promised = newer(stage);
    liar.append(promised);
    const receipt = liar.promise(liar.leaves.length - 1);
    liar.leaves.pop();
    liar.append(newer(stage));
    return { receipt, promised };
  } },
  'signs with a stolen key after its revocation': { by: ['phone', 'mirror', 'watch', 'audit'], tell(liar, { cast }) {
    liar.append(cast.harvest('robbed'));
  } },
  'signs with a key that nobody enrolled': { by: ['phone', 'mirror', 'watch', 'audit'], tell(liar, { cast }) {
    liar.append(makeEntry(liar.aud, Key.p256(), harvestOf(cast)));
  } },
  're-logs an entry of another deployment': { by: ['phone', 'mirror', 'watch', 'audit'], tell(liar, { cast }) {
    liar.append(makeEntry('A'.repeat(43), cast.keys.member, harvestOf(cast)));
  } },
  'logs an entry that its rules refuse': { by: ['audit'], tell(liar, { cast }) {
    // A member may not make a product; well signed, well formed.
    liar.append(cast.make(cast.keys.member, { type: 'product.add/1', sub: 'product', data: cast.productData('Chanh leo giả') }));
  } },
};

function harvestOf(cast) {
  return { type: 'batch.harvest/1', jti: uuid7(), sub: 'batch', data: {
    product: cast.product, site: cast.site, on: '2026-09-10', qty: { amount: '1', unit: 'kg' },
  } };
}
