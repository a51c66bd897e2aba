// Records, drafts and leases in IndexedDB. `strict` durability: a resolved call has been synced, where the browser knows
// the word; without it Chrome answers before the disk does, and a phone whose battery dies loses what it showed as saved.

/** @typedef {import('./record.mjs').Stored} Stored */

const version = 1;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const result = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export class IndexedDbShelf {
  /**
   * @param {IDBFactory} factory @param {string} [name]
   * @returns {Promise<IndexedDbShelf>}
   * @throws {DOMException} where the browser keeps nothing (private windows of old browsers, a full disk)
   */
  static async open(factory, name = 'nguon') {
    const request = factory.open(name, version);
    request.onupgradeneeded = () => {
      const db = request.result;
      // A record's key is its turn; its id must be found too, and only waiting ones are asked for often.
      const records = db.createObjectStore('records', { keyPath: 'turn', autoIncrement: true });
      records.createIndex('id', 'id', { unique: true });
      records.createIndex('state', 'state');
      db.createObjectStore('drafts');
      db.createObjectStore('leases');
      db.createObjectStore('device');
    };
    const db = await result(request);
    // Another tab with a newer version of the app must be able to upgrade.
    db.onversionchange = () => db.close();
    return new IndexedDbShelf(db);
  }

  /** @param {IDBDatabase} db */
  constructor(db) {
    this.db = db;
  }

  /**
   * One transaction; resolves once it is on the disk.
   * @template T
   * @param {string | string[]} stores @param {IDBTransactionMode} mode
   * @param {(first: IDBObjectStore, second: IDBObjectStore, third: IDBObjectStore) => Promise<T>} work
   *   awaits requests of those stores and nothing else, or the transaction would end early
   * @returns {Promise<T>}
   */
  async #within(stores, mode, work) {
    const transaction = this.db.transaction(stores, mode, { durability: 'strict' });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
    try {
      const [first, second = first, third = first] = typeof stores === 'string' ? [stores] : stores;
      const value = await work(transaction.objectStore(first), transaction.objectStore(second), transaction.objectStore(third));
      await done;
      return value;
    } catch (error) {
      done.catch(() => {});
      if (transaction.error === null) try { transaction.abort(); } catch { /* it has ended */ }
      throw error;
    }
  }

  /** "Lưu". The same id again changes nothing. @param {Stored} record */
  async add(record) {
    await this.#within('records', 'readwrite', async (records) => {
      if ((await result(records.index('id').getKey(record.id))) === undefined) await result(records.add(record));
    });
  }

  /**
   * "Lưu" at the end of a form: the record is there and its draft is gone, or neither.
   * @param {Stored} record @param {string} draft  its name
   */
  async finish(record, draft) {
    await this.#within(['records', 'drafts'], 'readwrite', async (records, drafts) => {
      await result(records.add(record));
      await result(drafts.delete(draft));
    });
  }

  /**
   * Many records that belong together: all are there, their draft is gone and `value` is kept under `name`, or nothing of it.
   * @param {Stored[]} all @param {string} draft @param {string} name @param {unknown} value
   */
  async finishAll(all, draft, name, value) {
    await this.#within(['records', 'drafts', 'device'], 'readwrite', async (records, drafts, device) => {
      // Requests of one transaction run in their order: awaiting the last is awaiting all.
      for (const record of all) records.add(record);
      drafts.delete(draft);
      await result(device.put(value, name));
    });
  }

  /** @param {string} name @param {unknown} value  undefined: there is none any more */
  async keepDraft(name, value) {
    await this.#within('drafts', 'readwrite', (drafts) =>
      result(/** @type {IDBRequest<any>} */ (value === undefined ? drafts.delete(name) : drafts.put(value, name))));
  }

  /** @param {string} name @returns {Promise<any>}  undefined where there is none */
  draft(name) {
    return this.#within('drafts', 'readonly', (drafts) => result(drafts.get(name)));
  }

  /** @param {string} id @returns {Promise<Stored | undefined>} */
  record(id) {
    return this.#within('records', 'readonly', (records) => result(records.index('id').get(id)));
  }

  /** Those of them that are there, in this order. @param {string[]} ids @returns {Promise<Stored[]>} */
  records(ids) {
    return this.#within('records', 'readonly', async (records) => {
      const found = await Promise.all(ids.map((id) => result(records.index('id').get(id))));
      return found.filter((record) => record !== undefined);
    });
  }

  /** @returns {Promise<Stored[]>} */
  waiting() {
    return this.#within('records', 'readonly', (records) => result(records.index('state').getAll('waiting')));
  }

  /** How many wait: no record is read for it. @returns {Promise<number>} */
  countWaiting() {
    return this.#within('records', 'readonly', (records) => result(records.index('state').count('waiting')));
  }

  /** Newest first. @param {number} count  ≥ 1 @returns {Promise<Stored[]>} */
  newest(count) {
    return this.#within('records', 'readonly', async (records) => {
      /** @type {Stored[]} */
      const found = [];
      const request = records.openCursor(null, 'prev');
      for (let cursor = await result(request); cursor; cursor = await result(request)) {
        if (found.push(cursor.value) >= count) break;  // Without continue() the request answers no more.
        cursor.continue();
      }
      return found;
    });
  }

  /** @param {string} id @param {import('./record.mjs').Change} change */
  async settle(id, change) {
    await this.#within('records', 'readwrite', async (records) => {
      const record = await result(records.index('id').get(id));
      if (!record || record.state !== 'waiting') return;
      const { trouble, ...rest } = record;
      await result(records.put({ ...rest, ...change, ...(change.state === 'waiting' ? {} : { settled: Date.now() }) }));
    });
  }

  /** One thing of this device: its key, its enrolment. @param {string} name @param {unknown} value  what a structured clone takes */
  async keep(name, value) {
    await this.#within('device', 'readwrite', (device) => result(device.put(value, name)));
  }

  /** @param {string} name @returns {Promise<any>}  undefined where there is none */
  kept(name) {
    return this.#within('device', 'readonly', (device) => result(device.get(name)));
  }

  /** All that is kept under names that begin so. @param {string} begin  ASCII @returns {Promise<[string, any][]>} */
  keptFrom(begin) {
    const range = IDBKeyRange.bound(begin, `${begin}\uffff`);
    return this.#within('device', 'readonly', async (device) => {
      const [names, values] = await Promise.all([result(device.getAllKeys(range)), result(device.getAll(range))]);
      return names.map((name, at) => [String(name), values[at]]);
    });
  }

  /** For leaseLock(). @param {string} name @param {string} holder @param {number} now @param {number} until */
  lease(name, holder, now, until) {
    return this.#within('leases', 'readwrite', async (leases) => {
      const held = await result(leases.get(name));
      if (held && held.holder !== holder && held.until > now) return false;
      await result(leases.put({ holder, until }, name));
      return true;
    });
  }
}
