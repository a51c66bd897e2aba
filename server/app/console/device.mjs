// What this browser is: its key, who the log says it belongs to, and where its records live.
import { makeDeviceKey, signerOf } from '../capture/device_key.mjs';
import { signJws } from '../capture/make_entry.mjs';
import { asJson, askService, Problem } from '../enrol/ask.mjs';
import { findEnrolment, trustOf } from '../enrol/phone.mjs';
import { IndexedDbShelf } from '../sync/shelf.mjs';
import { chooseCrypto } from '../verifier/crypto.mjs';
import { usePasskey } from './passkey_browser.mjs';
import { t } from './words.mjs';

/** @typedef {import('../capture/device_key.mjs').DeviceKey} DeviceKey */
/** @typedef {import('../enrol/phone.mjs').Enrolled & {name: string, org_name: string}} Belonging */
/** @typedef {{kid: string, person: string, org: string, roles: string[]}} Reader */

const patience = 20_000;

export class Device {
  /** The console's own shelf: a phone app on this browser keeps another key and another queue. */
  static async open() {
    const { subtle } = globalThis.crypto;
    const shelf = await IndexedDbShelf.open(indexedDB, 'nguon-office');
    const crypto = await chooseCrypto(subtle);
    /** @type {DeviceKey} */
    let key = await shelf.kept('key');
    if (!key) {
      await shelf.keep('key', await makeDeviceKey(crypto, subtle));
      // Two tabs at first: what is kept counts.
      key = await shelf.kept('key');
    }
    return new Device(shelf, crypto, key, await shelf.kept('enrolled'));
  }

  /**
   * @param {IndexedDbShelf} shelf @param {import('../verifier/crypto.mjs').Crypto} crypto @param {DeviceKey} key
   * @param {Belonging | undefined} enrolled
   */
  constructor(shelf, crypto, key, enrolled) {
    this.shelf = shelf;
    this.crypto = crypto;
    this.key = key;
    this.enrolled = enrolled;
    this.ask = askService(fetch.bind(globalThis), '', patience);
    /** @type {Reader | undefined} */
    this.reader = undefined;
    /** @type {import('../sync/answer.mjs').Trust | undefined} */
    this.believed = undefined;
  }

  /** Whether this browser's own key opened the session, or will: a passkey reads, it signs nothing. */
  get signs() {
    return !this.reader || this.reader.kid === this.key.kid;
  }

  /** @param {string} [aud] @returns {import('../capture/make_entry.mjs').Maker} @throws {Problem} where only a passkey opened the session */
  maker(aud = this.enrolled?.aud ?? '') {
    if (!this.signs) throw new Problem(403, 'device.reads-only', { vi: t('passkeys.reads_only'), en: t('passkeys.reads_only') });
    return {
      crypto: this.crypto, signer: signerOf(this.key, globalThis.crypto.subtle), aud, now: () => Date.now(),
      random: (count) => globalThis.crypto.getRandomValues(new Uint8Array(count)),
    };
  }

  /** @param {Belonging} enrolled */
  async belong(enrolled) {
    await this.shelf.keep('enrolled', enrolled);
    this.enrolled = enrolled;
    this.believed = undefined;
  }

  /** A key for a new invitation: one that has ended can never be enrolled again. Unsent records stay. */
  async renew() {
    this.key = await makeDeviceKey(this.crypto, globalThis.crypto.subtle);
    await this.shelf.keep('key', this.key);
    await this.shelf.keep('enrolled', undefined);
    this.enrolled = undefined;
    this.believed = undefined;
  }

  /** Whom to believe; the log's own proof of this person, fetched anew where there is a network. */
  async trust() {
    if (this.believed) return this.believed;
    if (!this.enrolled) throw new Error('not enrolled');
    const { enrolled, crypto } = this;
    try {
      const anew = await findEnrolment(this.ask, crypto, { ...enrolled, roles: [], until: 0, done: true, log: '' }, this.key.kid);
      if (anew) await this.belong({ ...enrolled, ...anew });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
    this.believed = await trustOf(crypto, this.enrolled);
    return this.believed;
  }

  /** The read session there is, or a new one. @returns {Promise<Reader>} @throws {Problem} */
  async signIn() {
    try {
      const reader = JSON.parse((await this.ask('GET', '/api/session')).text);
      if (reader.kid === this.key.kid) return (this.reader = reader);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
    }
    const { nonce } = JSON.parse((await this.ask('POST', '/api/session/challenge')).text);
    const maker = this.maker();
    const jws = await signJws(maker, 'nguon-session+jwt', { aud: maker.aud, nonce });
    this.reader = JSON.parse((await this.ask('POST', '/api/session', { type: 'application/jwt', text: jws })).text);
    return /** @type {Reader} */ (this.reader);
  }

  /** A read session by a passkey, for a browser whose own key nobody has invited. @throws {Problem | import('./passkey_browser.mjs').NotDone} */
  async openByPasskey() {
    const options = JSON.parse((await this.ask('POST', '/api/passkeys/challenge')).text);
    const used = asJson(await usePasskey(options));
    this.reader = JSON.parse((await this.ask('POST', '/api/passkeys/session', used)).text);
    await this.shelf.keep('by-passkey', true);
  }

  /** The session that a passkey opened here, if it still lasts. */
  async findPasskeySession() {
    if (!await this.shelf.kept('by-passkey')) return undefined;
    try {
      this.reader = await this.get('/api/session');
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      await this.shelf.keep('by-passkey', false);
    }
    return this.reader;
  }

  async signOut() {
    await this.shelf.keep('signed-out', true);
    await this.shelf.keep('by-passkey', false);
    await this.ask('DELETE', '/api/session');
    this.reader = undefined;
  }

  /** @param {string} path @returns {Promise<any>} */
  async get(path) {
    return JSON.parse((await this.ask('GET', path)).text);
  }
}
