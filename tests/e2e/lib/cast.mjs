// Invented people of one co-operative, enrolled through the same door as everybody (dữ liệu mẫu).
import { makeEntry, subjectId, uuid7 } from './entry.mjs';
import { Key, signJws } from './jose.mjs';

export class Cast {
  /** A registered co-op with a director, a clerk and `members`, a plot and a product. */
  static async settle(log, members = ['member']) {
    const cast = new Cast(log);
    cast.coop = (await cast.add(log.registrar, { type: 'org.create/1', sub: 'org', data: { name: 'HTX mẫu', kind: 'cooperative' } })).sub;
    await cast.enrol(log.registrar, 'director', 'director');
    await cast.enrol(cast.keys.director, 'clerk', 'clerk');
    for (const name of members) await cast.enrol(cast.keys.clerk, name, 'member');
    const { clerk } = cast.keys;
    cast.site = (await cast.add(clerk, { type: 'site.add/1', sub: 'site', data: {
      org: cast.coop, kind: 'plot', name: 'Vườn mẫu', crop: 'passion_fruit',
      commune: { code: '04132', vintage: '2026-09-25' }, area: { amount: '1.5', unit: 'ha' },
    } })).sub;
    cast.product = (await cast.add(clerk, { type: 'product.add/1', sub: 'product', data: cast.productData('Chanh leo mẫu') })).sub;
    return cast;
  }

  constructor(log) {
    this.log = log;
    this.keys = {};
    this.persons = {};
    this.newest = {};
  }

  make(key, claims, alter) {
    return makeEntry(this.log.aud, key, claims, alter);
  }
  async add(key, claims) {
    const entry = this.make(key, claims);
    await this.log.add(entry);
    this.newest[entry.sub] = entry.id;
    return entry;
  }

  async enrol(by, name, role, org = this.coop) {
    const key = Key.p256();
    const jti = uuid7();
    const person = subjectId('person', this.log.aud, by.kid, jti);
    const proof = signJws(key, 'nguon-enrolment+jwt', { aud: this.log.aud, person, org, code: 'MA-1' });
    await this.add(by, { type: 'key.add/1', jti, sub: 'person', data: { jwk: key.jwk, org, roles: [role], proof } });
    this.keys[name] = key;
    this.persons[name] = person;
  }

  productData(name) {
    return { org: this.coop, name, crop: 'passion_fruit', stage: 'fresh' };
  }

  /** A picking by a member, with one private value. */
  harvest(name = 'member', data = {}, alter) {
    return this.make(this.keys[name], { type: 'batch.harvest/1', sub: 'batch', data: {
      product: this.product, site: this.site, on: '2026-09-10', qty: { amount: '120.5', unit: 'kg' }, note: 'hái buổi sáng', ...data,
    } }, alter);
  }
}
