// The question for a photo in a form.
import { positionOf, takePhoto } from '../capture/photo.mjs';
import { fill, h } from './dom.mjs';
import { photoShelf } from './photo_sender.mjs';
import { sign } from './pictures.mjs';
import { t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./device.mjs').Draft} Draft */

const placeMs = 20_000;

/** What a form's draft says of its photo, for the entry's private slots. @param {Draft} draft @returns {Record<string, any>} */
export function photoData({ fields }) {
  const { photo, position } = fields;
  return { ...(photo && { photo: JSON.parse(photo) }), ...(photo && position && { position: JSON.parse(position) }) };
}

/**
 * "Chụp ảnh": the photo is on the disk before the draft names it, and the reading of the place is taken beside it.
 * @param {Device} device @param {Draft} draft @param {{place?: boolean}} [how]  place: whether the entry has a slot for one
 * @returns {Node[]}
 */
export function photoField(device, draft, { place: placed = true } = {}) {
  const { fields } = draft;
  const status = h('div', { role: 'status', class: 'choices' });
  const camera = /** @type {HTMLInputElement} */ (h('input', { type: 'file', accept: 'image/*', capture: 'environment', hidden: true, 'aria-hidden': 'true', tabindex: '-1' }));
  const button = h('button', { class: 'second', type: 'button', onclick: () => camera.click() });
  const show = () => {
    fill(button, t(fields.photo ? 'photo.again' : 'photo.take'));
    if (!fields.photo) return fill(status);
    const { size } = JSON.parse(fields.photo);
    const place = !placed ? '' : fields.position ? t('photo.place', { metres: JSON.parse(fields.position).accuracy_m }) : t('photo.no-place');
    return fill(status, h('div', { class: 'state received' }, sign('received'), h('p', {}, h('strong', {}, t('photo.kept', { kb: Math.ceil(size / 1024) })), placed && h('br'), place)),
      h('button', { class: 'plain', type: 'button', onclick: () => {
        delete fields.photo;
        delete fields.position;
        void device.keepDraft(draft);
        show();
        button.focus();
      } }, t('photo.drop')));
  };
  const locate = () => navigator.geolocation?.getCurrentPosition((reading) => {
    fields.position = JSON.stringify(positionOf(reading, Date.now()));
    void device.keepDraft(draft);
    show();
  }, () => {}, { enableHighAccuracy: true, timeout: placeMs, maximumAge: placeMs });
  camera.addEventListener('change', async () => {
    const [file] = camera.files ?? [];
    camera.value = '';
    if (!file || !device.person) return;
    try {
      fill(status, h('p', {}, t('photo.wait')));
      const { octets, name } = await takePhoto(file, device.crypto);
      await (await photoShelf()).keep({ sha256: name.sha256, type: name.type, octets, person: device.person.person, taken: Date.now() });
      fields.photo = JSON.stringify(name);
      delete fields.position;
      await device.keepDraft(draft);
      show();
      if (placed) locate();
    } catch (error) {
      const full = /** @type {Error} */ (error).name === 'QuotaExceededError';
      fill(status, h('div', { class: 'state fix' }, sign('fix'), h('p', {}, t(full ? 'photo.full' : 'photo.bad'))));
    }
  });
  show();
  return [h('div', { class: 'choices' }, button, camera, status, h('p', { class: 'about' }, t(placed ? 'photo.who' : 'photo.who.plain')))];
}
