// A member's phone without a screen: its key, what it trusts, its shelf. For tests of the sync engine.
import { makeDeviceKey, signerOf } from '../../../server/app/capture/device_key.mjs';
import { makeEntry, signJws } from '../../../server/app/capture/make_entry.mjs';
import { uuid7 } from '../../../server/app/capture/uuid7.mjs';
import { chooseCrypto, keyOf, parseVkey, subjectId } from '../../../server/app/verifier/verifier.mjs';
import { FakeShelf } from './fake_shelf.mjs';

const crypto = await chooseCrypto();
const { subtle } = globalThis.crypto;
const random = (count) => globalThis.crypto.getRandomValues(new Uint8Array(count));

export class Phone {
  /** Enrolled by the clerk of `cast`. */
  static async enrolled(log, cast, name) {
    const key = await makeDeviceKey(crypto, subtle);
    const signer = signerOf(key, subtle);
    const maker = { crypto, signer, aud: log.aud, now: () => Date.now(), random };
    const jti = uuid7(Date.now(), random(10));
    const person = await subjectId(crypto, 'person', log.aud, cast.keys.clerk.kid, jti);
    const proof = await signJws(maker, 'nguon-enrolment+jwt', { aud: log.aud, person, org: cast.coop, code: 'MA-2' });
    await cast.add(cast.keys.clerk, { type: 'key.add/1', jti, sub: 'person', data: { jwk: key.jwk, org: cast.coop, roles: ['member'], proof } });
    const trust = { crypto, aud: log.aud, service: await keyOf(crypto, log.service), log: await parseVkey(crypto, log.vkey) };
    return Object.assign(new Phone(), { name, kid: key.kid, person, maker, trust, cast });
  }

  shelf = new FakeShelf();

  /** "Lưu": a harvest made and kept. */
  async save(amount = '12.5', data = {}) {
    const { product, site } = this.cast;
    const made = await makeEntry(this.maker, {
      type: 'batch.harvest/1', sub: 'batch', slots: ['position', 'photo', 'note'],
      data: { product, site, on: '2026-11-22', qty: { amount, unit: 'kg' }, note: 'dữ liệu mẫu', ...data },
    });
    const { id, jws, body } = made;
    await this.shelf.add({ id, jws, body, made: Date.now(), state: 'waiting' });
    return made;
  }
}
