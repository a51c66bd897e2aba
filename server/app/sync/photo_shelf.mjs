// Photos on this device until the service holds them. In a database of their own: a record and its receipt must never
// fail for want of the room that photos take, and what names a photo is found in the record itself, so neither waits for
// the other.
import { fromBase64url, fromUtf8 } from '../verifier/octets.mjs';

/**
 * @typedef {object} KeptPhoto
 * @property {string} sha256 @property {string} type @property {Uint8Array} octets
 * @property {string} person  whose screen it was @property {number} taken  Unix ms by this device
 * @property {string} [refused]  the rule: these octets, which are gone, will never be taken
 */
/** @typedef {import('./record.mjs').Stored} Stored */

const version = 1;
/** A photo that no record came to name: its form was thrown away. */
const forgottenMs = 60 * 24 * 3_600_000;
/** A refused record's form may stand open still, and be sent anew with the same photo. */
const mendedMs = 24 * 3_600_000;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const result = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** What an entry says of a photo. @typedef {{sha256: string, size: number, type: string}} PhotoName */

/** Every photo that a record names, as its private values say. @param {string} body  JWS and disclosures @returns {PhotoName[]} */
export function photoNamesIn(body) {
  const found = [];
  for (const text of body.split('~').slice(1).filter(Boolean)) {
    const octets = fromBase64url(text);
    const [, , value] = JSON.parse((octets && fromUtf8(octets)) ?? '[]');
    if (typeof value === 'object' && value !== null && typeof value.sha256 === 'string') found.push(value);
  }
  return found;
}

/** @param {string} body @returns {string[]}  SHA-256 of each */
export const photosIn = (body) => photoNamesIn(body).map(({ sha256 }) => sha256);

export class PhotoShelf {
  /** @param {IDBFactory} factory @param {string} [name] @returns {Promise<PhotoShelf>} */
  static async open(factory, name = 'nguon-photos') {
    const request = factory.open(name, version);
    request.onupgradeneeded = () => request.result.createObjectStore('photos', { keyPath: 'sha256' });
    const db = await result(request);
    db.onversionchange = () => db.close();
    return new PhotoShelf(db);
  }

  /** @param {IDBDatabase} db */
  constructor(db) {
    this.db = db;
  }

  /** @template T @param {IDBTransactionMode} mode @param {(photos: IDBObjectStore) => IDBRequest<T>} work @returns {Promise<T>} */
  async #within(mode, work) {
    const transaction = this.db.transaction('photos', mode, { durability: 'strict' });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const request = work(transaction.objectStore('photos'));
    await done;
    return request.result;
  }

  /** On the disk once it resolves. @param {KeptPhoto} photo @throws {DOMException} QuotaExceededError: the phone is full */
  async keep(photo) {
    await this.#within('readwrite', (photos) => photos.put(photo));
  }
  /** @param {string} sha256 */
  async drop(sha256) {
    await this.#within('readwrite', (photos) => photos.delete(sha256));
  }
  /** @returns {Promise<KeptPhoto[]>} */
  all() {
    return this.#within('readonly', (photos) => photos.getAll());
  }

  /**
   * Photos whose record was received, oldest first. One whose record was refused goes after a day, and one that none names after two months.
   * @param {Stored[]} records  of this device @param {number} now  Unix ms
   * @returns {Promise<(import('./upload.mjs').Photo & {person: string})[]>}
   */
  async ready(records, now) {
    /** @type {Map<string, Stored>} */
    const by = new Map();
    for (const record of records) {
      for (const sha256 of photosIn(record.body)) {
        if (record.state === 'received' || (by.get(sha256)?.state ?? 'refused') === 'refused') by.set(sha256, record);
      }
    }
    const ready = [];
    for (const { sha256, type, octets, person, taken, refused } of (await this.all()).sort((a, b) => a.taken - b.taken)) {
      const record = by.get(sha256);
      if (refused === undefined && record?.state === 'received') ready.push({ sha256, type, octets, person, entry: record.id });
      else if (now - taken > (record ? mendedMs : forgottenMs) && (!record || record.state === 'refused')) await this.drop(sha256);
    }
    return ready;
  }

  /** @param {string} sha256 @param {import('./upload.mjs').Fate} fate  held or refused */
  async settle(sha256, fate) {
    if (fate.kind === 'held') return this.drop(sha256);
    const photo = (await this.all()).find((one) => one.sha256 === sha256);
    if (photo && fate.kind === 'refused') await this.keep({ ...photo, octets: new Uint8Array(0), refused: fate.rule });
  }
}
