// Handed over at the gate: what and how much, by one's own word. The office's scales say theirs; the passbook shows both.
import { h } from '../dom.mjs';
import { draftOf } from '../forms.mjs';
import { photoData, photoField } from '../photos.mjs';
import { cropPicture } from '../pictures.mjs';
import { t } from '../words.mjs';
import { numberStep } from './number.mjs';
import { picker } from './picker.mjs';

/** Of the form's fields: product, number, unit, on, ticket, photo, position. */
const version = 1;
const slots = ['position', 'photo', 'note'];
/** As the schema has it; letters are written large on paper slips. @param {string} typed */
const ticketOf = (typed) => typed.toUpperCase().replace(/[\s./_]+/g, '-').replace(/[^0-9A-Z-]/g, '').slice(0, 16);

/** @type {import('../nav.mjs').Screen} */
export async function deliver(app, [step = '']) {
  const { device } = app;
  if (step === '') {
    app.nav.go((await device.draft()) ? 'draft' : 'deliver/product', { replace: true });
    return { title: t('deliver.product'), body: [] };
  }
  const draft = await draftOf(device, 'deliver', version);
  const { fields } = draft;
  const { products = [] } = device.catalogue ?? {};
  if (step === 'product' || !fields.product) {
    return picker({
      title: t('deliver.product'), rows: device.byUse(products), back: '', image: ({ crop }) => cropPicture(crop),
      choose: async ({ sub }) => {
        Object.assign(draft, { step: 'number', fields: { ...fields, product: sub } });
        await device.keepDraft(draft);
        app.nav.go('deliver/number');
      },
    });
  }
  const ticket = h('input', {
    id: 'ticket', type: 'text', autocomplete: 'off', autocapitalize: 'characters', maxlength: '20', value: fields.ticket ?? '',
    oninput: (/** @type {any} */ event) => {
      fields.ticket = event.target.value;
      void device.keepDraft(draft);
    },
  });
  return numberStep(app, draft, {
    title: t('deliver.number'), back: 'deliver/product', day: t('deliver.day'), units: ['kg', 'ta', 'tan', 'piece'],
    about: [device.nameOf(fields.product)], further: [h('label', { for: 'ticket' }, t('deliver.ticket')), ticket, ...photoField(device, draft)], uses: [fields.product],
    make: (qty, on) => {
      const number = ticketOf(fields.ticket ?? '');
      return { type: 'batch.deliver/1', sub: 'batch', slots, data: { product: fields.product, on, qty, ...(number ? { ticket: number } : {}), ...photoData(draft) } };
    },
  });
}
