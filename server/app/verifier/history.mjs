// What a reader knows of a log while its entries go by in log order: keys, newest entries, open links
// (ledger/FORMAT.md "Reading a log").
import { firstSubject, genesisType, isAdoption, parseEntry } from './entry.mjs';
import { verifyJws } from './jws.mjs';
import { keyOf } from './key.mjs';
import { KeyChain } from './key_chain.mjs';
import { link, linksOf, movesKeys } from './named.mjs';
import { need, Refused } from './refused.mjs';
import { started } from './started.mjs';
import { strictTypes } from './strict_types.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/** @typedef {import('./entry.mjs').Entry} Entry */
/** @typedef {import('./key.mjs').Key} Key */
/**
 * @typedef {object} Proven
 * @property {boolean} named  a later entry vouches for it, not its own place in the log
 * @property {number} index  -1 of a named one until what backs it is known
 * @property {number} recorded  Unix ms by the operator's clock: shown, never trusted
 * @property {Entry} entry
 * @property {Entry | undefined} adopted  the entry inside an `entry.adopt`, whose claims took effect
 */

/**
 * An entry before its place in the history is known.
 * @typedef {object} Read
 * @property {Entry} entry
 * @property {Entry | undefined} adopted  as in Proven
 * @property {string | undefined} first  the subject it would start; only where it continues nothing
 * @property {Promise<Key> | undefined} key  the one it enrols; its refusal is told when its turn comes
 */

export class History {
  /** @param {Crypto} crypto */
  constructor(crypto) {
    this.crypto = crypto;
    this.aud = '';
    /** @type {KeyChain | undefined} of the log itself, once index 0 was taken */
    this.chain = undefined;
    /** @type {Map<string, {key: Key, ended: number | undefined}>} ended: by the entry at that index */
    this.keys = new Map();
    /** @type {Map<string, string>} newest entry id by subject */
    this.newest = new Map();
    /** @type {Set<string>} */
    this.ids = new Set();
    /** @type {Set<string>} `subject id` of each entry, adopted ones too */
    this.here = new Set();
    /** @type {string[]} links of what was named */
    this.named = [];
    /** @type {Promise<void>[]} signatures that are being checked, in the order of their entries */
    this.checks = [];
  }

  /**
   * What of an entry needs no history: many may be under way at once.
   * @param {string} jws @param {Uint8Array} [octets]  its octets, where they are known
   * @returns {Promise<Read>}
   * @throws {Refused} adopt.entry, those of parseEntry
   */
  async read(jws, octets) {
    const entry = await parseEntry(this.crypto, jws, octets);
    const adopted = isAdoption(entry.type) ? await this.#parseInner(entry) : undefined;
    const effective = adopted ?? entry;
    const key = effective.type.startsWith('key.add/') ? started(keyOf(this.crypto, effective.data.jwk, '/data/jwk')) : undefined;
    const first = entry.prev === undefined ? await firstSubject(this.crypto, effective) : undefined;
    return { entry, adopted, first, key };
  }

  /**
   * All but the signatures, which are left to `checks`: nothing of what was taken may be believed, and no refusal told,
   * before those of `checks` are known.
   * @param {import('./bundle_file.mjs').Place} place  in the log, as its leaf says: indexes rise
   * @param {Read} read @param {Uint8Array} hash  of the leaf
   * @returns {Promise<Proven>}
   * @throws {Refused} genesis.root, verify.genesis, verify.key, verify.revoked,
   *   verify.aud, verify.subject, verify.prev, verify.fork, key.jwk, those of KeyChain.add; in `checks` those of verifyJws
   */
  async take({ index, recorded }, { entry, adopted, first, key }, hash) {
    if (this.ids.size === 0) await this.#begin(index, entry, hash);
    else this.#checkSigner(entry, adopted);
    this.#checkSubject(entry, adopted ?? entry, first);
    await this.#enrol(index, adopted ?? entry, key);
    this.#keep(entry, adopted);
    return { named: false, index, recorded, entry, adopted };
  }

  /**
   * @param {Read} read  an entry that a later one must name
   * @returns {Proven}
   * @throws {Refused} verify.named, those of take
   */
  takeNamed({ entry, adopted, first }) {
    need(!movesKeys(adopted ?? entry), 'verify.named', '', 'keys move at a place of the log');
    need(this.chain, 'verify.genesis', '', 'index 0 is not here');
    this.#checkSigner(entry, adopted);
    this.#checkSubject(entry, adopted ?? entry, first);
    this.#keep(entry, adopted);
    return { named: true, index: -1, recorded: -1, entry, adopted };
  }

  /** @param {Entry} entry @param {Entry | undefined} adopted */
  #keep(entry, adopted) {
    this.newest.set(entry.sub, entry.id);
    for (const { id } of [entry, ...(adopted ? [adopted] : [])]) {
      this.ids.add(id);
      this.here.add(link(entry.sub, id));
    }
    this.named.push(...linksOf(entry));
  }

  /** Entry ids that were named and are no entry of the named subject here, ascending. */
  missing() {
    const absent = this.named.filter((name) => !this.here.has(name)).map((name) => name.split(' ')[1]);
    return [...new Set(absent)].sort();
  }

  /** @param {Entry} entry */
  async #parseInner({ data }) {
    try {
      return await parseEntry(this.crypto, typeof data.entry === 'string' ? data.entry : '');
    } catch (error) {
      if (error instanceof Refused) throw new Refused('adopt.entry', '/data/entry', error.rule);
      throw error;
    }
  }

  /** @param {number} index @param {Entry} entry @param {Uint8Array} hash */
  async #begin(index, entry, hash) {
    need(index === 0, 'verify.genesis', '', 'index 0 is not here');
    const { crypto } = this;
    const { root } = entry.data;
    need(entry.type === genesisType, 'genesis.root', '/type');
    const rootKey = await keyOf(crypto, root, '/data/root');
    need(rootKey.kid === entry.jws.kid, 'genesis.root', '/kid', 'not signed by its root key');
    this.#check(entry, rootKey);
    this.chain = await KeyChain.begin(crypto, entry, hash);
    this.aud = entry.id;
    const { terms, recovery } = this.chain;
    for (const key of [rootKey, terms.service[0].key, ...recovery]) this.keys.set(key.kid, { key, ended: undefined });
  }

  /** @param {string} kid */
  #known(kid) {
    const found = this.keys.get(kid);
    need(found, 'verify.key', '', `no enrolment of ${kid}`);
    return found;
  }

  /** @param {Entry} entry @param {Key} key */
  #check(entry, key) {
    this.checks.push(started(verifyJws(this.crypto, entry.jws, key)));
  }

  /** @param {Entry} entry @param {Entry | undefined} adopted */
  #checkSigner(entry, adopted) {
    const { key, ended } = this.#known(entry.jws.kid);
    need(ended === undefined, 'verify.revoked', '', entry.jws.kid);
    this.#check(entry, key);
    need(entry.aud === this.aud, 'verify.aud', '', 'made for another deployment');
    if (!adopted) return;
    // What was adopted is signed by a key that had already ended; that is why it was adopted.
    this.#check(adopted, this.#known(adopted.jws.kid).key);
    need(adopted.aud === this.aud && adopted.sub === entry.sub, 'verify.aud', '/data/entry');
  }

  /** @param {Entry} entry @param {Entry} effective @param {string | undefined} first */
  #checkSubject(entry, effective, first) {
    const newest = this.newest.get(entry.sub);
    const starts = entry.prev === undefined && newest === undefined;
    need(!starts || entry.sub === first, 'verify.subject', '/sub');
    if (!strictTypes.has(effective.type) || entry.prev === newest) return;
    need(entry.prev === undefined || this.ids.has(entry.prev), 'verify.prev', '/prev', 'what it continues is not here');
    throw new Refused('verify.fork', '/prev', 'another entry already continued its subject');
  }

  /** @param {number} index @param {Entry} effective @param {Promise<Key> | undefined} enrolled */
  async #enrol(index, effective, enrolled) {
    const { type, data } = effective;
    if (this.chain) {
      const { service, root, retired } = await this.chain.add(index, effective);
      for (const key of [...service, ...root]) this.keys.set(key.kid, { key, ended: undefined });
      for (const kid of retired) {
        const known = this.keys.get(kid);
        if (known) known.ended = index;
      }
    }
    if (enrolled) {
      const key = await enrolled;
      if (!this.keys.has(key.kid)) this.keys.set(key.kid, { key, ended: undefined });
    } else if (type.startsWith('key.revoke/')) {
      const known = this.keys.get(String(data.kid));
      if (known) known.ended = index;
    }
  }
}
