// What this phone holds: its key, whose it is, what may be chosen without a network, and the records.
import { makeDeviceKey, signerOf } from '../capture/device_key.mjs';
import { makeEntry } from '../capture/make_entry.mjs';
import { trustOf } from '../enrol/phone.mjs';
import { IndexedDbShelf } from '../sync/shelf.mjs';
import { chooseCrypto } from '../verifier/verifier.mjs';

/** @typedef {import('../enrol/phone.mjs').Enrolled & {kid: string, name: string, org_name: string}} Person */
/** @typedef {{sub: string, name: string, name_en?: string, crop: string, stage: string}} Product */
/** @typedef {{sub: string, name: string, kind: string, crop?: string, commune: string}} Site */
/** @typedef {{org: string, name: string, products: Product[], sites: Site[]}} Catalogue  GET /api/orgs/{org}/capture */
/** @typedef {{code: string, key?: import('../capture/device_key.mjs').DeviceKey, invited?: import('../enrol/phone.mjs').Invited}} Enrolling */
/**
 * A form that is being filled in. Its version travels with it, so that one begun before an update is still understood.
 * @typedef {{form: string, version: number, at: number, step: string, fields: Record<string, string>}} Draft  at: Unix ms
 */

const draftName = 'open';
const random = (/** @type {number} */ count) => globalThis.crypto.getRandomValues(new Uint8Array(count));

export class Device {
  /** @param {IDBFactory} factory */
  static async open(factory) {
    const device = new Device(await IndexedDbShelf.open(factory), await chooseCrypto());
    await device.reload();
    return device;
  }

  /** @type {Person | undefined} */
  person;
  /** @type {import('../capture/device_key.mjs').DeviceKey | undefined} */
  key;
  /** @type {Catalogue | undefined} */
  catalogue;
  /** Subject ids, the one used last first. @type {string[]} */
  recent = [];

  /** @param {IndexedDbShelf} shelf @param {import('../verifier/crypto.mjs').Crypto} crypto */
  constructor(shelf, crypto) {
    this.shelf = shelf;
    this.crypto = crypto;
  }

  async reload() {
    const { shelf } = this;
    [this.person, this.key, this.catalogue, this.recent = []] = await Promise.all([
      shelf.kept('person'), shelf.kept('key'), shelf.kept('catalogue'), shelf.kept('recent'),
    ]);
  }

  makeKey() {
    return makeDeviceKey(this.crypto, globalThis.crypto.subtle);
  }

  /** @param {import('../capture/device_key.mjs').DeviceKey} key @param {string} aud @returns {import('../capture/make_entry.mjs').Maker} */
  makerWith(key, aud) {
    return { crypto: this.crypto, signer: signerOf(key, globalThis.crypto.subtle), aud, now: () => Date.now(), random };
  }

  /** Whom to believe; the log's keys are proven anew by the bundle that was kept. */
  async trust() {
    if (!this.person) throw new Error('nobody is enrolled');
    return trustOf(this.crypto, this.person);
  }

  /**
   * "Lưu": signed, on the disk, and its draft gone.
   * @param {import('../capture/make_entry.mjs').Draft} wanted
   * @returns {Promise<import('../sync/record.mjs').Stored>}
   */
  async save(wanted) {
    if (!this.person || !this.key) throw new Error('nobody is enrolled');
    const { id, jws, body } = await makeEntry(this.makerWith(this.key, this.person.aud), wanted);
    /** @type {import('../sync/record.mjs').Stored} */
    const record = { id, jws, body, made: Date.now(), state: 'waiting' };
    await this.shelf.finish(record, draftName);
    return record;
  }

  /** @param {Draft | undefined} draft */
  keepDraft(draft) {
    return this.shelf.keepDraft(draftName, draft);
  }

  /** @returns {Promise<Draft | undefined>} */
  draft() {
    return this.shelf.draft(draftName);
  }

  /** @param {...string} subs  used just now */
  async used(...subs) {
    this.recent = [...subs, ...this.recent.filter((sub) => !subs.includes(sub))].slice(0, 50);
    await this.shelf.keep('recent', this.recent);
  }

  /** Choices for the days without a network; what is there stays where nothing better comes. */
  async refresh() {
    if (!this.person) return;
    // The browser's cache asks by ETag: mostly nothing but a 304 travels.
    const response = await fetch(`/api/orgs/${this.person.org}/capture`, { cache: 'no-cache', credentials: 'omit', redirect: 'error' });
    if (!response.ok) return;
    /** @type {Catalogue} */
    const said = await response.json();
    if (said.org !== this.person.org || !Array.isArray(said.products) || !Array.isArray(said.sites)) return;
    this.catalogue = said;
    await this.shelf.keep('catalogue', said);
  }

  /** In the order of their last use. @template {{sub: string}} T @param {T[]} rows @returns {T[]} */
  byUse(rows) {
    const place = (/** @type {T} */ { sub }) => {
      const at = this.recent.indexOf(sub);
      return at < 0 ? this.recent.length : at;
    };
    return [...rows].sort((a, b) => place(a) - place(b));
  }

  /** @param {string} sub  a product or a site @returns {string | undefined} */
  nameOf(sub) {
    const rows = [...(this.catalogue?.products ?? []), ...(this.catalogue?.sites ?? [])];
    return rows.find((row) => row.sub === sub)?.name;
  }
}
