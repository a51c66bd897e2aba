// Photos of this phone to the service, each in a read session of whoever took it. No drawing here: the service worker has no page.
import { signJws } from '../capture/make_entry.mjs';
import { askOctets, carryPhotos } from '../sync/carry.mjs';
import { PhotoShelf } from '../sync/photo_shelf.mjs';

/** @typedef {import('./device.mjs').Device} Device */

/** @type {Promise<PhotoShelf> | undefined} */
let opened;
export const photoShelf = () => (opened ??= PhotoShelf.open(indexedDB));

/** @param {Device} device @param {string} person */
async function signIn(device, person) {
  const seat = device.people.find((one) => one.person === person);
  const key = seat && (await device.shelf.kept(`key ${person}`));
  if (!seat || !key) throw new Error('nobody is enrolled');
  const { nonce } = JSON.parse((await askOctets('POST', '/api/session/challenge', {})).text);
  const jws = await signJws(device.makerWith(key, seat.aud), 'nguon-session+jwt', { aud: seat.aud, nonce });
  const { status } = await askOctets('POST', '/api/session', { 'Content-Type': 'application/jwt' }, jws);
  if (status !== 201) throw new Error('no session');
}

/** @param {Device} device @param {import('../sync/lock.mjs').Lock} lock @param {() => boolean} busy  records are on their way */
export const sendPhotos = (device, lock, busy) =>
  carryPhotos(photoShelf, device.shelf, lock, 'nguon-photos', { signIn: (person) => signIn(device, person), busy });
