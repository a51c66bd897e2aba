// A subject's history as the log tells it, with the private values that this reader may see.
import { entryId, parseJws } from '../verifier/jws.mjs';
import { keyOf } from '../verifier/key.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/**
 * @typedef {object} Said
 * @property {string} id @property {number} index @property {number} recorded  Unix ms @property {string} type  with its major
 * @property {string} kid  who signed @property {Record<string, any>} data  slots as they were signed
 */
/** @typedef {{sub: string, head: string, record: Record<string, any>, said: Said[]}} Subject  said: oldest first */

const utf8 = new TextDecoder();

/** @param {Device} device @param {{index: number, recorded: number, entry: string}} leaf @returns {Promise<Said>} */
async function saidIn(device, { index, recorded, entry }) {
  const signed = parseJws(entry, 'nguon-entry+jwt');
  const { type, data } = JSON.parse(utf8.decode(signed.payload));
  return { id: await entryId(device.crypto, entry.slice(0, entry.lastIndexOf('.'))), index, recorded, type, kid: signed.kid, data };
}

/** @param {Device} device @param {string} sub @returns {Promise<Subject>} @throws {import('../enrol/ask.mjs').Problem} */
export async function readSubject(device, sub) {
  /** @type {Said[]} */
  const said = [];
  let after = 0;
  for (;;) {
    const page = await device.get(`/api/subjects/${sub}${after ? `?after=${after}` : ''}`);
    for (const leaf of page.history) said.push(await saidIn(device, leaf));
    if (!page.next) return { sub, head: page.head.head, record: page.record ?? {}, said };
    after = page.next;
  }
}

/** The newest entry of such a type. @param {Subject} subject @param {(type: string) => boolean} wanted */
export const newestOf = ({ said }, wanted) => [...said].reverse().find(({ type }) => wanted(type));

/** An entry's data with what may be read in place of its slots; unread slots are left out. @param {Device} device @param {Said} said */
export async function openData(device, { id, data }) {
  const slots = Object.keys(data).filter((name) => data[name]?._sd);
  const open = Object.fromEntries(Object.entries(data).filter(([name]) => !slots.includes(name)));
  if (slots.length === 0) return open;
  const { values } = await device.get(`/api/private/${id}`);
  for (const name of slots) if (values[`/${name}`] !== undefined) open[name] = values[`/${name}`];
  return open;
}

/**
 * A person's keys, newest first.
 * @param {Device} device @param {Subject} person
 * @returns {Promise<{kid: string, roles: string[], org: string, added: number, revoked?: number, reason?: string}[]>}
 */
export async function keysOf(device, { said }) {
  const keys = [];
  for (const { type, data, recorded } of said) {
    if (type !== 'key.add/1') continue;
    const { kid } = await keyOf(device.crypto, data.jwk);
    const end = said.find((later) => later.type === 'key.revoke/1' && later.data.kid === kid);
    keys.push({ kid, roles: data.roles, org: data.org, added: recorded, revoked: end?.recorded, reason: end?.data.reason });
  }
  return keys.reverse();
}
