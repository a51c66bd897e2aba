// Records as people read them.
import { claimsOf } from './claims.mjs';
import { picture } from './dom.mjs';
import { cropPicture, actPicture } from './pictures.mjs';
import { acts, animalName } from './herd.mjs';
import { known, t } from './words.mjs';

/** @typedef {import('../sync/record.mjs').Stored} Stored */
/** @typedef {import('./claims.mjs').Claims} Claims */

export { claimsOf };

/** @typedef {'saved' | 'sending' | 'received' | 'fix' | 'held'} Shown */

/** Only what the service signed ever shows as received. @param {Stored} record @param {boolean} sending @returns {Shown} */
export function standing({ state, trouble }, sending) {
  if (state === 'received' || state === 'held') return state;
  if (state === 'refused' || trouble) return 'fix';
  return sending ? 'sending' : 'saved';
}

/** The sign of each standing, by its name in pictures.mjs. */
export const signOf = { saved: 'waiting', sending: 'sending', received: 'received', fix: 'fix', held: 'held' };
/** @type {Record<Shown, import('./words.mjs').Word>} */
export const wordOf = { saved: 'state.saved', sending: 'state.sending', received: 'state.received', fix: 'state.fix', held: 'state.held' };

/** The amount that a record is about, where it is about one. @param {Claims} claims @returns {{amount: string, unit: string} | undefined} */
export const amountOf = ({ data }) => data.qty ?? data.amount ?? data.weight ?? data.dose ?? (data.pointer === '/qty' ? data.value : undefined);

/** Eight letters that two people can compare. @param {string} id */
export const shortId = (id) => `${id.slice(0, 4)} ${id.slice(4, 8)}`;

/** @param {Claims} claims @param {import('./device.mjs').Device} device @returns {{title: string, image: ReturnType<typeof picture>}} */
export function titleOf({ type, sub, data }, device) {
  if (type.startsWith('batch.harvest/')) {
    const product = device.catalogue?.products.find(({ sub }) => sub === data.product);
    return { title: product?.name ?? t('record.unknown'), image: cropPicture(product?.crop) };
  }
  if (type.startsWith('batch.deliver/')) {
    const product = device.catalogue?.products.find(({ sub }) => sub === data.product);
    return { title: t('deliver.title', { name: product?.name ?? t('record.unknown') }), image: actPicture('deliver') };
  }
  if (type.startsWith('input.apply/')) return { title: data.name, image: actPicture(data.kind === 'fertiliser' ? 'fertiliser' : 'spray') };
  if (type.startsWith('batch.correct/')) return { title: t('correct.title'), image: actPicture('correct') };
  if (type.startsWith('animal.')) {
    const act = type.slice('animal.'.length, type.indexOf('/'));
    const animal = device.catalogue?.animals?.find((one) => one.sub === sub);
    const which = animal ? animalName(animal) : '';
    return { title: `${known(`act.${act}`, act)}${which && ` · ${which}`}`, image: actPicture(act in acts ? acts[act] : 'weigh') };
  }
  return { title: type, image: actPicture('records') };
}
