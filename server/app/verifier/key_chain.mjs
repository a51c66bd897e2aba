// Which keys spoke for a log, under which names and how long, to a reader who trusts one of its log keys (ledger/FORMAT.md
// "Change of keys", "Successor log").
import { openCheckpoint, parseCheckpointText } from './checkpoint.mjs';
import { parseJws, verifyJws } from './jws.mjs';
import { keyOf } from './key.mjs';
import { verifyInclusion } from './merkle.mjs';
import { parseNote, parseVkey, vkeyOf } from './note.mjs';
import { hashOf } from './octets.mjs';
import { need, Refused } from './refused.mjs';
import { started } from './started.mjs';
import { hasExactly, isObject, parseJson } from './strict_json.mjs';

/** @typedef {import('./crypto.mjs').Crypto} Crypto */
/** @typedef {import('./key.mjs').Key} Key */
/** @typedef {import('./note.mjs').NoteVerifier} NoteVerifier */
/** @typedef {{key: Key, since: number, until: number}} Term  speaks of sizes since < s ≤ until */
/** @typedef {{checkpoint: string, path: Uint8Array[]}} Before */
/** @typedef {'log' | 'service' | 'root'} Use */

const keyChangeType = 'log.keys/1';
const successionType = 'log.succeed/1';
/** @type {Use[]} */
const uses = ['log', 'service', 'root'];
const mostInForce = 2;

/** Whether a payload may be one of these: cheap, and never wrong with a no. @param {string} payload */
export const mayChangeLog = (payload) => /log\.keys|log\.succeed|\\/.test(payload);

/** @param {Term} term @param {number} size */
const speaks = ({ since, until }, size) => since < size && size <= until;

/** @param {import('./strict_json.mjs').JsonValue | undefined} value @returns {Before} */
function readBefore(value) {
  need(isObject(value) && typeof value.checkpoint === 'string' && Array.isArray(value.path), 'data.member', '/data/before');
  const path = value.path.map((step) => {
    const hash = hashOf(step);
    need(hash, 'data.member', '/data/before/path');
    return hash;
  });
  return { checkpoint: value.checkpoint, path };
}

export class KeyChain {
  /** @type {Record<Use, Term[]>} oldest first */
  terms = { log: [], service: [], root: [] };
  /** @type {Key[]} */
  recovery = [];
  /** @type {Before[]} */
  before = [];

  /**
   * @param {Crypto} crypto @param {import('./entry.mjs').Entry} genesis @param {Uint8Array} leaf  hash of index 0
   * @returns {Promise<KeyChain>}
   * @throws {Refused} key.jwk, verify.genesis
   */
  static async begin(crypto, genesis, leaf) {
    const chain = new KeyChain(crypto, genesis, leaf);
    const { recovery } = genesis.data;
    const own = uses.map((use) => started(keyOf(crypto, genesis.data[use], `/data/${use}`)));
    const others = (Array.isArray(recovery) ? recovery : []).map((jwk) => started(keyOf(crypto, jwk, '/data/recovery')));
    for (const [number, use] of uses.entries()) chain.terms[use].push({ key: await own[number], since: 0, until: Infinity });
    need(Array.isArray(recovery), 'verify.genesis', '/data/recovery');
    for (const key of others) chain.recovery.push(await key);
    return chain;
  }

  /** @param {Crypto} crypto @param {import('./entry.mjs').Entry} genesis @param {Uint8Array} leaf */
  constructor(crypto, genesis, leaf) {
    this.crypto = crypto;
    this.aud = genesis.id;
    this.org = genesis.sub;
    /** @type {{origin: string, since: number}[]} oldest first, of sizes beyond `since` */
    this.names = [{ origin: String(genesis.data.origin), since: 0 }];
    this.leaf = leaf;
  }

  /**
   * A `log.keys` or `log.succeed` in log order, its signature checked; any other entry is passed over.
   * @param {number} index @param {import('./entry.mjs').Entry} entry
   * @returns {Promise<{service: Key[], root: Key[], retired: string[]}>}  keys that sign entries from here on
   * @throws {Refused} keys.*, succeed.*, key.jwk, data.member
   */
  async add(index, { type, sub, data, jws }) {
    if (type !== keyChangeType && type !== successionType) return { service: [], root: [], retired: [] };
    need(sub === this.org, 'keys.subject', '/sub');
    const recovers = this.recovery.some(({ kid }) => kid === jws.kid);
    const rooted = this.terms.root.some(({ key, until }) => key.kid === jws.kid && until === Infinity);
    if (type === successionType) {
      need(recovers || rooted, 'keys.signer', '/kid');
      this.#succeed(index, data);
      return { service: [], root: [], retired: [] };
    }
    /** @type {[Use, Key][]} */
    const added = [];
    for (const use of uses) {
      if (data[use] !== undefined) added.push([use, await this.#proven(use, data[use])]);
    }
    const retired = data.retire === undefined ? [] : data.retire;
    need(Array.isArray(retired), 'data.member', '/data/retire');
    const before = data.before === undefined ? undefined : readBefore(data.before);
    need(added.length + retired.length > 0, 'keys.nothing', '/data');
    need(recovers || rooted, 'keys.signer', '/kid');
    for (const kid of retired) this.#retire(String(kid), index, recovers);
    for (const [use, key] of added) {
      need(use !== 'root' || recovers, 'keys.root', `/data/${use}`);
      need(!this.find(key.kid), 'keys.bound', `/data/${use}`);
      this.terms[use].push({ key, since: index, until: Infinity });
    }
    for (const use of uses) {
      const live = this.terms[use].filter(({ until }) => until === Infinity).length;
      need(live > 0, 'keys.last', '/data/retire');
      need(live <= mostInForce, 'keys.too-many', `/data/${use}`);
    }
    if (before) this.before.push(before);
    const of = (/** @type {Use} */ wanted) => added.filter(([use]) => use === wanted).map(([, key]) => key);
    return { service: of('service'), root: of('root'), retired: retired.map(String) };
  }

  /** A key of the log's own, in force or not. @param {string} kid @returns {Key | undefined} */
  find(kid) {
    const known = [...uses.flatMap((use) => this.terms[use].map(({ key }) => key)), ...this.recovery];
    return known.find((key) => key.kid === kid);
  }

  /** The name of the log at a size. @param {number} size */
  origin(size) {
    return this.#nameAt(size).origin;
  }

  /** @param {number} size */
  #nameAt(size) {
    return this.names.filter(({ since }) => since < size).at(-1) ?? this.names[0];
  }

  /** @param {number} index @param {import('./strict_json.mjs').JsonObject} data */
  #succeed(index, data) {
    const found = /^(.*\/log\/)(0|[1-9][0-9]{0,5})$/.exec(this.names[this.names.length - 1].origin);
    const next = found && `${found[1]}${Number(found[2]) + 1}`;
    need(next && data.origin === next, 'succeed.origin', '/data/origin');
    need(data.size === index, 'succeed.size', '/data/size');
    this.names.push({ origin: next, since: index });
    if (data.before !== undefined) this.before.push(readBefore(data.before));
  }

  /** A service key of this log, in force or not. @param {string} kid @returns {Key | undefined} */
  findService(kid) {
    return this.terms.service.find(({ key }) => key.kid === kid)?.key;
  }

  /**
   * The checkpoint as `trusted` alone leads to it.
   * @param {string} note @param {NoteVerifier} trusted @param {NoteVerifier[]} [witnesses]
   * @returns {Promise<import('./checkpoint.mjs').Checkpoint>}
   * @throws {Refused} verify.genesis, verify.log-key, those of openCheckpoint
   */
  async open(note, trusted, witnesses = []) {
    try {
      await openCheckpoint(this.crypto, note, trusted, witnesses);
    } catch (error) {
      const unknown = error instanceof Refused && error.rule === 'note.unknown-keys';
      // Whoever can write a genesis can name any key in it; only what the trusted key signed binds it to this.
      if (!unknown || !(await this.#vouched(trusted))) throw error;
    }
    const term = this.terms.log.find(({ key }) => key.kid === trusted.key.kid);
    const named = this.names.find(({ origin }) => origin === trusted.name);
    need(term && named, 'verify.genesis', '', 'of another log');
    const { size } = parseCheckpointText(parseNote(note).text);
    need(this.#nameAt(size).since >= named.since, 'verify.log-key', '', 'of the log that this one succeeded');
    return this.#openSince(term.since, note, witnesses);
  }

  /**
   * A checkpoint of any age, such as a receipt's, by a log key that was in force at its size. Only for a chain
   * whose open() led to a checkpoint.
   * @param {string} note @param {NoteVerifier[]} [witnesses]
   * @returns {Promise<import('./checkpoint.mjs').Checkpoint>}
   * @throws {Refused} verify.log-key, those of openCheckpoint
   */
  openPast(note, witnesses = []) {
    return this.#openSince(0, note, witnesses);
  }

  /** @param {number} since @param {string} note @param {NoteVerifier[]} witnesses */
  async #openSince(since, note, witnesses) {
    const { size } = parseCheckpointText(parseNote(note).text);
    for (const later of this.terms.log) {
      if (later.since < since || !speaks(later, size)) continue;
      const name = await parseVkey(this.crypto, await vkeyOf(this.crypto, this.origin(size), later.key.raw));
      try {
        return await openCheckpoint(this.crypto, note, name, witnesses);
      } catch (error) {
        if (!(error instanceof Refused) || error.rule !== 'note.unknown-keys') throw error;
      }
    }
    throw new Refused('verify.log-key', '', 'signed by a key that is retired, or older than the one known');
  }

  /**
   * The service key that signed a statement about a log of `size` leaves.
   * @param {string} kid @param {number} size
   * @returns {Key}
   * @throws {Refused} verify.service-key
   */
  service(kid, size) {
    const term = this.terms.service.find((one) => one.key.kid === kid && speaks(one, size));
    need(term, 'verify.service-key', '/kid', 'no service key of this log at that size');
    return term.key;
  }

  /** @param {Use} use @param {import('./strict_json.mjs').JsonValue} value */
  async #proven(use, value) {
    const field = `/data/${use}`;
    need(isObject(value), 'data.member', field);
    const key = await keyOf(this.crypto, value.jwk, `${field}/jwk`);
    need(key.alg === 'EdDSA', 'key.alg', `${field}/jwk`);
    try {
      const proof = parseJws(String(value.proof), 'nguon-possession+jwt');
      await verifyJws(this.crypto, proof, key);
      const said = parseJson(proof.payload);
      need(proof.kid === key.kid && isObject(said) && hasExactly(said, ['aud', 'org', 'use']), 'keys.proof');
      need(said.aud === this.aud && said.org === this.org && said.use === use, 'keys.proof');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Refused('keys.proof', `${field}/proof`, error.rule);
    }
    return key;
  }

  /** @param {string} kid @param {number} index @param {boolean} recovers */
  #retire(kid, index, recovers) {
    const live = uses.flatMap((use) => this.terms[use].map((term) => ({ use, term })))
      .find(({ term }) => term.key.kid === kid && term.until === Infinity);
    need(live, 'keys.retire', '/data/retire');
    // Else whoever steals the root key could lock its owner out.
    need(live.use !== 'root' || recovers, 'keys.root', '/data/retire');
    live.term.until = index;
  }

  /** @param {NoteVerifier} trusted */
  async #vouched(trusted) {
    for (const { checkpoint, path } of this.before) {
      try {
        const { size, root } = await openCheckpoint(this.crypto, checkpoint, trusted);
        if (await verifyInclusion(this.crypto, 0, size, this.leaf, path, root)) return true;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
    return false;
  }
}
