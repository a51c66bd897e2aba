// An operator who lies: a server of one's own in front of the honest one, with the operator's own keys. What it
// serves follows from the leaves it would have people believe in; a lie may then alter any single answer.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Key, base64url, sha256, signJws } from '../../e2e/lib/jose.mjs';
import { leafHash, pieces, rootOf } from '../../e2e/lib/tree.mjs';
import { ForgedLog, consistencyOf, idOf, pathOf } from '../../support/forged_log.mjs';

export const leafOf = (recorded, jws) => `{"recorded":${recorded},"entry":"${jws}"}`;
const partsOf = (leaf) => {
  const [, recorded, jws] = /^\{"recorded":(\d+),"entry":"(.*)"\}$/.exec(leaf);
  return { recorded: Number(recorded), jws };
};
export const payloadIn = (leaf) => JSON.parse(Buffer.from(partsOf(leaf).jws.split('.')[1], 'base64url'));

export class Liar extends ForgedLog {
  /** @param honest the Deployment whose keys it holds @param leaves  texts: what it would have people believe */
  constructor(honest, leaves) {
    super('nguon.example/log/0');
    this.honest = honest;
    this.keys = {};
    for (const name of ['log', 'service']) this.keys[name] = Key.fromFile(join(honest.data, `keys/${name}.pem`));
    this.aud = honest.aud;
    this.leaves = [...leaves];
    /** Answers that are not what the leaves say, by path: text, or a function of this. */
    this.instead = {};
  }
  get logged() {
    return this.leaves.map((leaf) => partsOf(leaf).jws);
  }
  set logged(list) {
    // ForgedLog counts as it goes; here the leaves are all there is.
  }
  append(entry, recorded = Date.now()) {
    this.leaves.push(leafOf(recorded, entry.jws));
  }
  /** A receipt for the entry at `index` as this log has it. */
  promise(index) {
    return this.receipt(index, { recorded: partsOf(this.leaves[index]).recorded });
  }

  entriesOf(sub) {
    return this.leaves.map((leaf, index) => ({ index, id: idOf(partsOf(leaf).jws), sub: payloadIn(leaf).sub }))
      .filter((one) => one.sub === sub).map(({ index, id }) => ({ index, id }));
  }
  state(sub, parts = {}) {
    const entries = this.entriesOf(sub);
    const root = base64url(rootOf(entries.map(({ id }) => leafHash(Buffer.from(id, 'base64url')))));
    return signJws(this.keys.service, 'nguon-head+jwt', {
      aud: this.aud, origin: this.origin, sub, count: entries.length, root, size: this.leaves.length,
      log_root: base64url(rootOf(this.hashes)), minute: Math.floor(Date.now() / 60_000) * 60, ...parts,
    });
  }

  /** What POST /api/receipts/check is answered: [status, text]. */
  recheck({ size, receipts }) {
    const { hashes } = this;
    if (size > hashes.length) return [409, '{"rule":"receipts.newer"}'];
    const kept = receipts.map(({ index, entry }) => {
      const leaf = this.leaves[index];
      if (leaf === undefined) return { index, entry, fault: 'receipts.beyond' };
      if (idOf(partsOf(leaf).jws) !== entry) return { index, entry, fault: 'receipts.other-entry' };
      return { index, entry, leaf, path: pathOf(index, hashes).map(base64url) };
    });
    const consistency = consistencyOf(size, hashes).map(base64url);
    return [200, JSON.stringify({ checkpoint: this.checkpoint(), consistency, receipts: kept })];
  }

  /** The answer to a GET that follows from the leaves; undefined when they do not say. */
  follows(path) {
    const { hashes } = this;
    if (path === '/log/0/checkpoint') return this.checkpoint();
    const [, level, name] = /^\/log\/0\/tile\/(0|entries)\/(.*)$/.exec(path) ?? [];
    if (name) {
      const width = Number(/\.p\/(\d+)$/.exec(name)?.[1] ?? 256);
      const known = pieces(width).some((one) => one.name === name);
      if (!known || width > hashes.length) return undefined;
      if (level === '0') return Buffer.concat(hashes.slice(0, width));
      return Buffer.concat(this.leaves.slice(0, width).flatMap((leaf) => {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(Buffer.byteLength(leaf));
        return [length, Buffer.from(leaf)];
      }));
    }
    const [, sub, what] = /^\/api\/(?:subjects|batches)\/([^/]+)\/(head|entries\/0|bundle)$/.exec(path) ?? [];
    if (what === 'head') return this.state(sub);
    if (what === 'bundle') return this.bundle(sub);
    if (what) return JSON.stringify({ sub, first: 0, entries: this.entriesOf(sub) });
    return undefined;
  }

  async answer(method, path, body) {
    if (method === 'POST' && path === '/api/receipts/check') return this.recheck(JSON.parse(body));
    const said = this.instead[path] ?? this.follows(path);
    if (said !== undefined) return [200, typeof said === 'function' ? said() : said];
    const passed = await this.honest.get(path);
    return [passed.status, passed.body];
  }

  /** Begins to serve; the base URL. */
  async listen() {
    this.server = createServer((request, response) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', async () => {
        const [status, octets] = await this.answer(request.method, request.url, Buffer.concat(parts).toString());
        response.writeHead(status, { 'content-length': Buffer.byteLength(octets) });
        response.end(octets);
      });
    });
    await new Promise((ready) => this.server.listen(0, '127.0.0.1', ready));
    this.base = `http://127.0.0.1:${this.server.address().port}`;
    return this.base;
  }
  close() {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  /** What this log would have a witness at size `old` cosign. */
  offer(old) {
    const path = old <= this.leaves.length ? consistencyOf(old, this.hashes) : [];
    return `old ${old}\n${path.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${this.checkpoint()}`;
  }
}

/** Where a witness keeps its newest checkpoint of that log. */
export const witnessPath = (origin) => `/${sha256(origin).toString('hex')}/checkpoint`;
