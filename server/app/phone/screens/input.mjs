// The diary of spraying and spreading: which kind, on which plot, what, how much. What was used before is chosen again.
import { claimsOf } from '../describe.mjs';
import { h } from '../dom.mjs';
import { draftOf } from '../forms.mjs';
import { photoData, photoField } from '../photos.mjs';
import { sign } from '../pictures.mjs';
import { t } from '../words.mjs';
import { numberStep } from './number.mjs';
import { picker } from './picker.mjs';

/** @typedef {import('../app.mjs').App} App */
/** @typedef {import('../device.mjs').Draft} Draft */

/** Of the form's fields: kind, site, name, phi, number, unit, on. */
const version = 1;
const slots = ['position', 'photo', 'note'];
/** Pictures of the kinds, and the units that are likely for each. @type {Record<string, {image: string, units: string[]}>} */
const kinds = {
  plant_protection: { image: 'spray', units: ['ml', 'l', 'g', 'kg'] },
  fertiliser: { image: 'fertiliser', units: ['kg', 'yen', 'ta', 'l'] },
  growth_regulator: { image: 'growth', units: ['ml', 'l', 'g', 'kg'] },
  other: { image: 'number', units: ['kg', 'l', 'g', 'ml'] },
};
/** As the schema has it. */
const longestName = 120;
const mostDays = 365;

/** @type {import('../nav.mjs').Screen} */
export async function input(app, [step = '']) {
  const { device } = app;
  if (step === '') {
    app.nav.go((await device.draft()) ? 'draft' : 'input/kind', { replace: true });
    return { title: t('input.kind'), body: [] };
  }
  const draft = await draftOf(device, 'input', version);
  const { fields } = draft;
  const set = async (/** @type {Record<string, string>} */ more, /** @type {string} */ next) => {
    draft.fields = { ...fields, ...more };
    draft.step = next;
    await device.keepDraft(draft);
    app.nav.go(`input/${next}`);
  };
  if (step === 'kind' || !fields.kind) {
    const rows = Object.entries(kinds).map(([sub, { image }]) => ({ sub, image, name: t(/** @type {any} */ (`kind.${sub}`)) }));
    return picker({ title: t('input.kind'), rows, back: '', image: (row) => sign(row.image, 'pic'), choose: ({ sub }) => set({ kind: sub }, 'site') });
  }
  const plots = (device.catalogue?.sites ?? []).filter(({ kind }) => kind === 'plot' || kind === 'barn');
  if (step === 'site' || !fields.site) {
    return picker({ title: t('harvest.site'), rows: device.byUse(plots), back: 'input/kind', image: () => sign('plot', 'pic'), choose: ({ sub }) => set({ site: sub }, 'name') });
  }
  if (step === 'name' || !fields.name) return nameStep(app, draft, await usedBefore(app, fields.kind), set);
  /** @type {import('../../verifier/strict_json.mjs').JsonObject} */
  const phi = fields.phi ? { phi_days: Number(fields.phi) } : {};
  return numberStep(app, draft, {
    title: t('input.number'), back: 'input/name', day: t('input.day'), units: kinds[fields.kind].units, about: [fields.name, device.nameOf(fields.site)],
    make: (amount, on) => ({
      type: 'input.apply/1', sub: 'input', slots, data: { site: fields.site, on, kind: fields.kind, name: fields.name, amount, ...phi, ...photoData(draft) },
    }),
    further: photoField(device, draft),
    uses: [fields.site],
  });
}

/** @param {App} app @param {string} kind @returns {Promise<{name: string, phi: string}[]>} */
async function usedBefore(app, kind) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const record of await app.device.records(300)) {
    const { type, data } = claimsOf(record);
    if (type === 'input.apply/1' && data.kind === kind && !found.has(data.name)) found.set(data.name, String(data.phi_days ?? ''));
  }
  return [...found].slice(0, 4).map(([name, phi]) => ({ name, phi }));
}

/** @param {App} app @param {Draft} draft @param {{name: string, phi: string}[]} before @param {(more: Record<string, string>, next: string) => Promise<void>} set @returns {import('../nav.mjs').View} */
function nameStep(app, draft, before, set) {
  const { fields } = draft;
  const sprayed = fields.kind === 'plant_protection';
  const keep = (/** @type {string} */ field) => (/** @type {any} */ event) => {
    fields[field] = event.target.value;
    problem.textContent = '';
    void app.device.keepDraft(draft);
  };
  const name = /** @type {HTMLInputElement} */ (h('input', { id: 'name', type: 'text', autocomplete: 'off', maxlength: String(longestName), value: fields.name ?? '', oninput: keep('name') }));
  const phi = /** @type {HTMLInputElement} */ (h('input', { id: 'phi', type: 'text', inputmode: 'numeric', autocomplete: 'off', maxlength: '3', value: fields.phi ?? '', oninput: keep('phi'), 'aria-describedby': 'phi-help' }));
  const problem = h('p', { role: 'alert', class: 'problem' });
  const next = (/** @type {Event} */ event) => {
    event.preventDefault();
    const days = phi.value.trim();
    if (name.value.trim() === '') {
      problem.textContent = t('input.name.bad');
      return name.focus();
    }
    if (days !== '' && !(/^[0-9]{1,3}$/.test(days) && Number(days) <= mostDays)) {
      problem.textContent = t('input.phi.bad');
      return phi.focus();
    }
    void set({ name: name.value.normalize('NFC').trim(), phi: sprayed && days !== '' ? String(Number(days)) : '' }, 'number');
  };
  return {
    title: t('input.name'), back: 'input/site',
    body: [
      before.length > 0 && h('div', { class: 'choices' }, ...before.map((one) =>
        h('button', { class: 'choice', type: 'button', onclick: () => void set(one, 'number') }, h('strong', {}, one.name), one.phi !== '' && h('span', {}, t('input.phi.short', { n: one.phi }))))),
      h('form', { id: 'details', onsubmit: next },
        h('label', { for: 'name' }, t('input.name.label')), name,
        sprayed && h('label', { for: 'phi' }, t('input.phi')), sprayed && phi, sprayed && h('p', { id: 'phi-help', class: 'soft' }, t('input.phi.help')),
        problem),
    ],
    foot: [h('button', { class: 'first', type: 'submit', form: 'details' }, t('next'))],
    shown: () => before.length === 0 && name.focus(),
  };
}
