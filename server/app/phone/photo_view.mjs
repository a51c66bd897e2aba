// A photo beside what it belongs to: from this phone while it waits here, then the small copy that the service makes.
import { fill, h } from './dom.mjs';
import { photoShelf } from './photo_sender.mjs';
import { readThumbnail } from './session.mjs';
import { t } from './words.mjs';

/** @typedef {import('../sync/photo_shelf.mjs').PhotoName} PhotoName */

/**
 * It fills itself; what cannot be shown says why. @param {import('./device.mjs').Device} device @param {PhotoName} name
 * @param {string} of  what it belongs to, for those who do not see it
 */
export function photoFigure(device, name, of) {
  const figure = h('figure', { class: 'photo' }, h('figcaption', { class: 'soft' }, t('photo.looking')));
  void photoOf(device, name).then(({ octets, said }) => {
    if (!octets) return fill(figure, h('figcaption', { class: 'soft' }, said));
    const url = URL.createObjectURL(octets);
    const done = () => URL.revokeObjectURL(url);
    return fill(figure, h('img', { src: url, alt: t('photo.alt', { of }), onload: done, onerror: done }), h('figcaption', { class: 'soft' }, said));
  }).catch(() => fill(figure, h('figcaption', { class: 'soft' }, t('photo.offline'))));
  return figure;
}

/** @param {import('./device.mjs').Device} device @param {PhotoName} name @returns {Promise<{octets?: Blob, said: string}>} */
async function photoOf(device, { sha256, size, type }) {
  const kb = Math.ceil(size / 1024);
  const own = (await (await photoShelf()).all()).find((one) => one.sha256 === sha256);
  if (own && own.refused) return { said: t('photo.refused', { rule: own.refused }) };
  // A copy, for TypeScript's sake: IndexedDB's octets are never shared memory.
  if (own) return { octets: new Blob([new Uint8Array(own.octets)], { type }), said: t('photo.waiting', { kb }) };
  const octets = await readThumbnail(device, sha256);
  return octets ? { octets, said: t('photo.small', { kb }) } : { said: t('photo.none') };
}
