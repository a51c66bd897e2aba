// The office's side of enrolment: it invites, sees which key was offered, and logs key.add.
import { makeEntry, signJws } from '../capture/make_entry.mjs';
import { uuid7 } from '../capture/uuid7.mjs';
import { subjectId } from '../verifier/entry.mjs';

/** @typedef {import('./ask.mjs').Ask} Ask */
/** @typedef {import('../capture/make_entry.mjs').Maker} Maker */
/**
 * @typedef {object} Wish
 * @property {string} name  shown to the holder, never logged
 * @property {string} org @property {string[]} roles @property {number} minutes  it lasts, 1 to 1,440
 * @property {string} [person]  who has been enrolled before (another phone); else a new person
 * @property {string} [head]  of that person's history: what the key.add continues
 */
/** @typedef {{id: string, code: string, until: number, jti: string, made: number, person: string, wish: Wish}} Sent */

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 80 random bits. @param {(count: number) => Uint8Array} random */
export const makeCode = (random) => [...random(16)].map((octet) => crockford[octet & 31]).join('');

/** @param {Ask} ask @param {Maker} maker @param {Wish} wish @returns {Promise<Sent>} */
export async function invite(ask, maker, wish) {
  const { crypto, signer, aud, random } = maker;
  const made = maker.now();
  // The entry that will confirm it is fixed now, for a new person is named after it.
  const jti = uuid7(made, random(10));
  const person = wish.person ?? (await subjectId(crypto, 'person', aud, signer.kid, jti));
  const { name, org, roles } = wish;
  const said = { aud, code: makeCode(random), name, org, person, roles, until: Math.floor(made / 1000) + wish.minutes * 60 };
  const jws = await signJws(maker, 'nguon-invitation+jwt', said);
  const { id, code, until } = JSON.parse((await ask('POST', '/api/enrolments', { type: 'application/jwt', text: jws })).text);
  return { id, code, until, jti, made, person, wish };
}

/**
 * @param {Ask} ask @param {Sent} sent
 * @returns {Promise<{until: number, done: boolean, offer?: {jwk: object, proof: string, kid: string}}>}
 */
export const lookAt = async (ask, { id }) => JSON.parse((await ask('GET', `/api/enrolments/${id}`)).text);

/** @param {Ask} ask @param {Sent} sent */
export async function takeBack(ask, { id }) {
  await ask('DELETE', `/api/enrolments/${id}`);
}

/**
 * The key.add that confirms it, for the queue like any other entry.
 * @param {Maker} maker @param {Sent} sent @param {{jwk: object, proof: string}} offer
 */
export function confirm(maker, { jti, made, person, wish }, { jwk, proof }) {
  const { org, roles } = wish;
  return makeEntry({ ...maker, now: () => made }, {
    type: 'key.add/1', sub: wish.person ?? 'person', prev: wish.head, jti, slots: [],
    data: { jwk: /** @type {any} */ (jwk), org, roles, proof },
  }).then((entry) => {
    if (entry.sub !== person) throw new Error('another person than was invited');
    return entry;
  });
}
