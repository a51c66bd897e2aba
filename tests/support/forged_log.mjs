// A log written by somebody who holds the log's own key: checkpoint and paths are right, whatever the
// entries say. What the tree cannot tell, the entries must.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { entryTyp, makeEntry, subjectId, uuid7 } from '../e2e/lib/entry.mjs';
import { base64url, headerOf, Key, sha256, signJws, signText } from '../e2e/lib/jose.mjs';
import { leafHash, pieces, rootOf } from '../e2e/lib/tree.mjs';

/** RFC 6962 §2.1.1: the path of leaf `index`, its sibling first. */
export function pathOf(index, hashes) {
  if (hashes.length === 1) return [];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return index < split
    ? [...pathOf(index, left), rootOf(right)]
    : [...pathOf(index - split, right), rootOf(left)];
}

/** What the leaves at these indexes lack of the root, from left to right (ledger/FORMAT.md "Proof bundle"). */
export function jointPathOf(indexes, hashes, begin = 0) {
  if (indexes.length === 0) return [rootOf(hashes)];
  if (hashes.length === 1) return [];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  const [left, right] = [indexes.filter((index) => index < begin + split), indexes.filter((index) => index >= begin + split)];
  return [...jointPathOf(left, hashes.slice(0, split), begin), ...jointPathOf(right, hashes.slice(split), begin + split)];
}

/** An entry as a proof bundle spells it, at its place in the log or without. */
export function bundled(jws, place) {
  const [header, payload, signature] = jws.split('.');
  const clear = (part) => Buffer.from(part, 'base64url').toString();
  return { ...place, header: clear(header), payload: clear(payload), signature };
}

/** RFC 6962 §2.1.2: the path from the tree of `size` leaves to that of all; empty from 0 and from itself. */
export function consistencyOf(size, hashes, whole = true) {
  if (size === 0 || size === hashes.length) return whole ? [] : [rootOf(hashes)];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
  return size <= split
    ? [...consistencyOf(size, left, whole), rootOf(right)]
    : [...consistencyOf(size - split, right, false), rootOf(left)];
}

export class ForgedLog {
  constructor(origin = 'forged.example/log/0') {
    this.origin = origin;
    this.keys = { recovery: Key.ed25519() };
    for (const name of ['root', 'service', 'log']) this.keys[name] = Key.ed25519();
    this.persons = {};
    this.leaves = [];
    this.logged = [];
    /** Indexes of what a bundle holds by its name alone. */
    this.named = [];
    const { root, service, log, recovery } = this.keys;
    this.genesis = this.first(root, {
      name: 'Nguồn – dữ liệu mẫu', origin, operator: { name: 'Liên minh HTX mẫu', kind: 'alliance' },
      root: root.jwk, log: log.jwk, service: service.jwk, recovery: [recovery.jwk],
      engine: 1, bundle: base64url(sha256('bundle')),
    });
    this.aud = base64url(sha256(this.genesis.slice(0, this.genesis.lastIndexOf('.'))));
    this.log(this.genesis);
    this.org = subjectId('org', this.aud, root.kid, uuid7());
  }

  /** A genesis entry with this data. */
  first(key, data) {
    const jti = uuid7();
    const sub = subjectId('org', '', key.kid, jti);
    return signText(key, headerOf(key, entryTyp), JSON.stringify({ jti, type: 'genesis/1', sub, iat: 1_790_000_000, data }));
  }

  /** Logs an entry or the text of one. */
  log(entry) {
    const jws = entry.jws ?? entry;
    this.logged.push(jws);
    this.leaves.push(`{"recorded":${1_790_000_000_000 + this.leaves.length},"entry":"${jws}"}`);
    if (entry.sub) this.sub = entry.sub;
    return entry;
  }
  make(name, claims, alter) {
    return makeEntry(this.aud, this.keys[name], { iat: 1_790_000_000, ...claims }, alter);
  }
  add(name, claims, alter) {
    return this.log(this.make(name, claims, alter));
  }

  /** The entry that enrols a new key `name`, by the root key; not logged. */
  enrolment(name, kind = Key.p256) {
    const key = kind();
    const jti = uuid7();
    const person = subjectId('person', this.aud, this.keys.root.kid, jti);
    const proof = signJws(key, 'nguon-enrolment+jwt', { aud: this.aud, person, org: this.org, code: 'MA-1' });
    this.keys[name] = key;
    this.persons[name] = person;
    return this.make('root', { type: 'key.add/1', jti, sub: person, data: { jwk: key.jwk, org: this.org, roles: ['clerk'], proof } });
  }
  enrol(name, kind) {
    return this.log(this.enrolment(name, kind));
  }
  revoke(name, prev) {
    const data = { kid: this.keys[name].kid, reason: 'lost' };
    return this.add('root', { type: 'key.revoke/1', sub: this.persons[name], prev: prev.id, data });
  }

  /**
   * A `log.keys` by `by` on the operator's newest entry: `added` maps a use to the name of a new key, `retired`
   * names keys; `parts` replace members of data. Continues genesis's organisation.
   */
  changeKeys(by, added, retired = [], parts = {}) {
    const org = payloadOf(this.genesis).sub;
    const prev = idOf(this.logged.filter((jws) => payloadOf(jws).sub === org).at(-1));
    const data = retired.length > 0 ? { retire: retired.map((name) => this.keys[name].kid) } : {};
    for (const [use, name] of Object.entries(added)) {
      this.keys[name] ??= Key.ed25519();
      const proof = signJws(this.keys[name], 'nguon-possession+jwt', { aud: this.aud, org, use });
      data[use] = { jwk: this.keys[name].jwk, proof };
    }
    return this.add(by, { type: 'log.keys/1', sub: org, prev, data: { ...data, ...parts } });
  }
  /** A `log.succeed` by `by`; from here on the log has the next name. `parts` replace members of data. */
  succeed(by, parts = {}) {
    const org = payloadOf(this.genesis).sub;
    const prev = idOf(this.logged.filter((jws) => payloadOf(jws).sub === org).at(-1));
    const size = this.leaves.length;
    const origin = this.origin.replace(/\d+$/, (number) => String(Number(number) + 1));
    const anchored = { size: size + 3, root: base64url(sha256('lost')) };
    const data = { origin, size, anchored, last: this.checkpoint(), before: this.before('log'), ...parts };
    this.add(by, { type: 'log.succeed/1', sub: org, prev, data });
    this.origin = origin;
  }
  /** The checkpoint as it stands by the key of that name, and the path of index 0 in it. */
  before(name) {
    return { checkpoint: this.checkpointBy(name), path: pathOf(0, this.hashes).map(base64url) };
  }
  checkpointBy(...names) {
    const text = this.checkpoint().split('\n\n')[0] + '\n';
    const lines = names.map((name) => this.note(text, this.keys[name], this.vkeyOf(name)).split('\n\n')[1]);
    return `${text}\n${lines.join('')}`;
  }

  get vkey() {
    return this.vkeyOf('log');
  }
  vkeyOf(name) {
    const typed = Buffer.concat([Buffer.from([1]), Buffer.from(this.keys[name].jwk.x, 'base64url')]);
    return `${this.origin}+${sha256(`${this.origin}\n`, typed).subarray(0, 4).toString('hex')}+${typed.toString('base64')}`;
  }
  get hashes() {
    return this.leaves.map((leaf) => leafHash(leaf));
  }
  checkpoint(size = this.leaves.length, root = rootOf(this.hashes.slice(0, size))) {
    return this.note(`${this.origin}\n${size}\n${root.toString('base64')}\n`);
  }
  note(text, key = this.keys.log, vkey = this.vkey) {
    const [name, id] = vkey.split('+');
    const signature = Buffer.concat([Buffer.from(id, 'hex'), key.sign(text)]);
    return `${text}\n— ${name} ${signature.toString('base64')}\n`;
  }

  /** What prev and from of all entries name and the log does not have, as a bundle must list it. */
  missing() {
    const here = new Set();
    const named = [];
    for (const jws of this.logged) {
      const { sub, prev, from = [], data } = payloadOf(jws);
      for (const one of [jws, data?.entry].filter(Boolean)) here.add(`${sub} ${idOf(one)}`);
      if (prev) named.push([sub, prev]);
      for (const input of from) named.push([input.sub, input.head]);
    }
    return [...new Set(named.filter((pair) => !here.has(pair.join(' '))).map(([, id]) => id))].sort();
  }
  /** The whole log as a proof bundle about `sub`, those in `named` without their places. */
  bundle(sub = this.sub, parts = {}) {
    const { hashes } = this;
    const entries = this.leaves.map((leaf, index) => {
      const [, recorded, jws] = /^\{"recorded":(\d+), ?"entry":"([^"]*)"\}$/.exec(leaf);
      return bundled(jws, this.named.includes(index) ? undefined : { index, recorded: Number(recorded) });
    });
    const proof = jointPathOf(entries.flatMap(({ index }) => index ?? []), hashes).map(base64url);
    return JSON.stringify({
      format: 'nguon-bundle/2', origin: this.origin, sub, checkpoint: this.checkpoint(), entries, proof, missing: this.missing(), ...parts,
    });
  }
  /** The whole log as a folder copy of `/log/0/`; fewer than 256 entries. */
  save(folder) {
    const { hashes } = this;
    const write = (name, octets) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), octets);
    };
    write('checkpoint', this.checkpoint());
    const [{ name }] = pieces(hashes.length);
    write(`tile/0/${name}`, Buffer.concat(hashes));
    write(`tile/entries/${name}`, Buffer.concat(this.leaves.flatMap((leaf) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(Buffer.byteLength(leaf));
      return [length, Buffer.from(leaf)];
    })));
    return folder;
  }
  /** A receipt for the entry at `index`, the middle one of three signed together; `parts` replace claims. */
  receipt(index, parts = {}, key = this.keys.service, typ = 'nguon-receipt+jwt') {
    const { aud = this.aud, checkpoint = this.checkpoint(), count = 3, ...others } = parts;
    const claims = [{ entry: 'A'.repeat(43) }, others, { entry: 'B'.repeat(43) }].map((some) => base64url(JSON.stringify({
      entry: idOf(this.logged[index]), index, recorded: 1_790_000_000_000 + index,
      path: pathOf(index, this.hashes).map(base64url), slots: [], ...some,
    })));
    const hashes = claims.map((one) => leafHash(one));
    const group = signJws(key, typ, { aud, checkpoint, count, root: base64url(rootOf(hashes)) });
    return [group, claims[1], 1, base64url(Buffer.concat(pathOf(1, hashes)))].join('~');
  }
  /** A head statement about `sub` as the log stands; `parts` replace claims. */
  head(sub = this.sub, parts = {}, key = this.keys.service, typ = 'nguon-head+jwt') {
    const ids = this.logged.filter((jws) => payloadOf(jws).sub === sub).map((jws) => Buffer.from(idOf(jws), 'base64url'));
    return signJws(key, typ, {
      aud: this.aud, origin: this.origin, sub, count: ids.length, root: base64url(rootOf(ids.map((id) => leafHash(id)))),
      size: this.leaves.length, log_root: base64url(rootOf(this.hashes)), minute: 1_790_000_040, ...parts,
    });
  }
}

export const idOf = (jws) => base64url(sha256(jws.slice(0, jws.lastIndexOf('.'))));
const payloadOf = (jws) => {
  try {
    return JSON.parse(Buffer.from(jws.split('.')[1], 'base64url'));
  } catch {
    return {};
  }
};
