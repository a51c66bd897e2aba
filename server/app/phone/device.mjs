// What this phone holds: the people who share it, each with a key of their own, what may be chosen without a network, and
// the records of all. One person at a time has the screen; what waits of the others is sent all the same.
import { makeDeviceKey, signerOf } from '../capture/device_key.mjs';
import { makeEntry } from '../capture/make_entry.mjs';
import { findEnrolment, trustOf } from '../enrol/phone.mjs';
import { IndexedDbShelf } from '../sync/shelf.mjs';
import { chooseCrypto } from '../verifier/verifier.mjs';

/** @typedef {import('../enrol/phone.mjs').Enrolled & {kid: string, name: string, org_name: string, picture?: number}} Person */
/** @typedef {{sub: string, name: string, name_en?: string, crop: string, stage: string}} Product */
/** @typedef {{sub: string, name: string, kind: string, crop?: string, commune: string}} Site */
/**
 * A living animal of the organisation; `withheld`: the first day its meat is free again; `head`: its newest entry.
 * @typedef {{sub: string, species: string, breed: string, sex: string, site: string, tags: string[], arrived: string, withheld?: string, head?: string}} Animal
 */
/** @typedef {{org: string, name: string, products: Product[], sites: Site[], animals?: Animal[], at?: number}} Catalogue  at: Unix ms when it came; GET /api/orgs/{org}/capture */
/** @typedef {{code: string, key?: import('../capture/device_key.mjs').DeviceKey, invited?: import('../enrol/phone.mjs').Invited}} Enrolling */
/**
 * A form that is being filled in. Its version travels with it, so that one begun before an update is still understood.
 * @typedef {{form: string, version: number, at: number, step: string, fields: Record<string, string>}} Draft  at: Unix ms
 */

const random = (/** @type {number} */ count) => globalThis.crypto.getRandomValues(new Uint8Array(count));

/** Pictures that people are told apart by (pictures.mjs). */
export const pictureCount = 8;

/** @param {Person[]} people */
function freePicture(people) {
  const taken = people.map(({ picture }) => picture);
  return Array.from({ length: pictureCount }, (_, at) => at).find((at) => !taken.includes(at)) ?? people.length % pictureCount;
}

/** A phone of one person, as it was kept before phones were shared, becomes the first seat. @param {IndexedDbShelf} shelf @returns {Promise<Person[]>} */
async function seatsOf(shelf) {
  const people = await shelf.kept('people');
  const alone = people ? undefined : await shelf.kept('person');
  if (!alone) return people ?? [];
  for (const name of ['key', 'catalogue', 'recent', 'known']) await shelf.keep(`${name} ${alone.person}`, await shelf.kept(name));
  const draft = await shelf.draft('open');
  if (draft) await shelf.keepDraft(`open ${alone.person}`, draft);
  await shelf.keep('people', [{ ...alone, picture: 0 }]);
  return shelf.kept('people');
}

export class Device {
  /** @param {IDBFactory} factory */
  static async open(factory) {
    const device = new Device(await IndexedDbShelf.open(factory), await chooseCrypto());
    await device.reload();
    return device;
  }

  /** Everybody enrolled on this phone, in the order of their coming. @type {Person[]} */
  people = [];
  /** Who has the screen. @type {Person | undefined} */
  person;
  /** Whether that person has shown to be there: by PIN, or because nobody set one. */
  open = false;
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
    this.people = await seatsOf(shelf);
    const active = await shelf.kept('active');
    this.person = this.people.find(({ person }) => person === active) ?? this.people[0];
    this.open = this.person !== undefined && !(await this.own('pin')) && this.people.length === 1;
    await this.#readOwn();
  }

  async #readOwn() {
    [this.key, this.catalogue, this.recent = []] = await Promise.all([this.own('key'), this.own('catalogue'), this.own('recent')]);
  }

  /** Gives the screen to somebody, closed until they show who they are. @param {string} person */
  async giveTo(person) {
    this.person = this.people.find((one) => one.person === person) ?? this.person;
    this.open = false;
    await this.shelf.keep('active', this.person?.person);
    await this.#readOwn();
  }

  /**
   * Somebody was enrolled: new here, or again with another key. Records and drafts of theirs stay as they are; a PIN that
   * was forgotten ends here, for the office has just seen the person.
   * @param {Person} enrolled @param {import('../capture/device_key.mjs').DeviceKey | undefined} key
   */
  async seat(enrolled, key) {
    const at = this.people.findIndex(({ person }) => person === enrolled.person);
    const picture = at < 0 ? freePicture(this.people) : this.people[at].picture;
    const seated = { ...enrolled, picture };
    await this.shelf.keep('people', at < 0 ? [...this.people, seated] : this.people.map((one, place) => (place === at ? seated : one)));
    await this.shelf.keep(`key ${enrolled.person}`, key);
    await this.shelf.keep(`pin ${enrolled.person}`, undefined);
    await this.shelf.keep('active', enrolled.person);
    await this.reload();
    this.open = true;
  }

  /** One thing of the person who has the screen. @param {string} name @returns {Promise<any>} */
  async own(name) {
    return this.person && this.shelf.kept(`${name} ${this.person.person}`);
  }

  /** @param {string} name @param {unknown} value */
  async keepOwn(name, value) {
    if (this.person) await this.shelf.keep(`${name} ${this.person.person}`, value);
  }

  /** Records of the person who has the screen, the newest first. @param {number} count  looked at, of all people */
  async records(count) {
    return (await this.shelf.newest(count)).filter((record) => this.#isOwn(record)).sort((a, b) => b.made - a.made);
  }

  async waiting() {
    return (await this.shelf.waiting()).filter((record) => this.#isOwn(record));
  }

  /** @param {import('../sync/record.mjs').Stored} record */
  #isOwn({ by }) {
    // Before phones were shared, records bore no name: they are the first person's.
    return (by ?? this.people[0]?.person) === this.person?.person;
  }

  makeKey() {
    return makeDeviceKey(this.crypto, globalThis.crypto.subtle);
  }

  /** @param {import('../capture/device_key.mjs').DeviceKey} key @param {string} aud @returns {import('../capture/make_entry.mjs').Maker} */
  makerWith(key, aud) {
    return { crypto: this.crypto, signer: signerOf(key, globalThis.crypto.subtle), aud, now: () => Date.now(), random };
  }

  /** Whom to believe; the log's keys are proven anew by the bundle that was kept. All people of a phone are of one log. */
  async trust() {
    const [anybody] = this.people;
    if (!anybody) throw new Error('nobody is enrolled');
    return trustOf(this.crypto, this.person ?? anybody);
  }

  /**
   * Keys of the log may have changed: everybody's bundle anew, each proven from the key that was believed at enrolment.
   * @param {import('../enrol/ask.mjs').Ask} ask
   * @throws {import('../enrol/ask.mjs').Problem | import('../verifier/refused.mjs').Refused}
   */
  async renewTrust(ask) {
    const renewed = [];
    for (const one of this.people) {
      const { aud, person, org, roles, vkey, kid } = one;
      const found = await findEnrolment(ask, this.crypto, { aud, person, org, roles, vkey, name: '', until: 0, done: true, log: '' }, kid);
      renewed.push(found ? { ...one, bundle: found.bundle } : one);
    }
    await this.shelf.keep('people', renewed);
    this.people = renewed;
    this.person = renewed.find(({ person }) => person === this.person?.person);
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
    const record = { id, jws, body, made: Date.now(), state: 'waiting', by: this.person.person };
    await this.shelf.finish(record, this.#draftName());
    return record;
  }

  /** @param {Draft | undefined} draft */
  keepDraft(draft) {
    return this.shelf.keepDraft(this.#draftName(), draft);
  }

  /** @returns {Promise<Draft | undefined>} */
  draft() {
    return this.shelf.draft(this.#draftName());
  }

  #draftName() {
    return `open ${this.person?.person}`;
  }

  /** @param {...string} subs  used just now */
  async used(...subs) {
    this.recent = [...subs, ...this.recent.filter((sub) => !subs.includes(sub))].slice(0, 50);
    await this.keepOwn('recent', this.recent);
  }

  /** Choices for the days without a network; what is there stays where nothing better comes. */
  async refresh() {
    if (!this.person) return;
    const asked = Date.now();
    // The browser's cache asks by ETag: mostly nothing but a 304 travels.
    const response = await fetch(`/api/orgs/${this.person.org}/capture`, { cache: 'no-cache', credentials: 'omit', redirect: 'error' });
    if (!response.ok) return;
    /** @type {Catalogue} */
    const said = await response.json();
    if (said.org !== this.person.org || !Array.isArray(said.products) || !Array.isArray(said.sites)) return;
    said.at = asked;
    this.catalogue = said;
    await this.keepOwn('catalogue', said);
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
