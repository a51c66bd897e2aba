// A harvest: what, where, how much, saved. One question a screen; a question with one answer is not asked.
import { h } from '../dom.mjs';
import { draftOf } from '../forms.mjs';
import { intervalsOf, within } from '../intervals.mjs';
import { photoData, photoField } from '../photos.mjs';
import { cropPicture, sign } from '../pictures.mjs';
import { dayAfter, showDay, t } from '../words.mjs';
import { numberStep } from './number.mjs';
import { picker } from './picker.mjs';

/** @typedef {import('../app.mjs').App} App */
/** @typedef {import('../device.mjs').Draft} Draft */

/** Of the form's fields: product, site, number, unit, on. */
const version = 1;
const slots = ['position', 'photo', 'note'];
/** How far back sprayings are looked for: records of this phone, a season's. */
const sprayings = 600;

/** @type {import('../nav.mjs').Screen} */
export async function harvest(app, [step = '']) {
  const { device } = app;
  if (step === '') {
    // Another form lies open, or this one: it is asked about, not walked over.
    app.nav.go((await device.draft()) ? 'draft' : 'harvest/product', { replace: true });
    return { title: t('harvest.product'), body: [] };
  }
  const draft = await draftOf(device, 'harvest', version);
  const { products = [], sites = [] } = device.catalogue ?? {};
  const plots = sites.filter(({ kind }) => kind === 'plot' || kind === 'barn');
  const set = async (/** @type {Record<string, string>} */ fields, /** @type {string} */ next) => {
    draft.fields = { ...draft.fields, ...fields };
    draft.step = next;
    await device.keepDraft(draft);
    app.nav.go(`harvest/${next}`);
  };
  const chosen = draft.fields.product ?? (products.length === 1 ? products[0].sub : undefined);
  if (step === 'product' && products.length === 1) return siteStep(app, draft, plots, (sub) => set({ product: products[0].sub, site: sub }, 'number'));
  if (step === 'product' || !chosen) {
    return picker({
      title: t('harvest.product'), rows: device.byUse(products), back: '', image: ({ crop }) => cropPicture(crop),
      choose: ({ sub }) => set({ product: sub }, 'site'),
    });
  }
  if (step === 'site' || !draft.fields.site) return siteStep(app, draft, plots, (sub) => set({ product: chosen, site: sub }, 'number'));
  const intervals = intervalsOf(await device.records(sprayings), draft.fields.site);
  return numberStep(app, draft, {
    warning: (on) => warningOf(within(intervals, on)),
    title: t('harvest.number'), back: 'harvest/site', day: t('harvest.day'), units: ['kg', 'ta', 'tan', 'piece'],
    further: photoField(device, draft),
    about: [device.nameOf(draft.fields.product), device.nameOf(draft.fields.site)],
    make: (qty, on) => {
      const { product, site } = draft.fields;
      return { type: 'batch.harvest/1', sub: 'batch', slots, data: { product, site, on, qty, ...photoData(draft) } };
    },
    uses: [draft.fields.product, draft.fields.site],
  });
}

/** It warns and lets save: what was picked was picked, and the office must hear of it. @param {import('../intervals.mjs').Interval | undefined} interval */
function warningOf(interval) {
  if (!interval) return [];
  const { name, on, free } = interval;
  return [h('div', { class: 'state late' }, sign('fix'), h('p', {}, t('harvest.phi', { name, on: showDay(on), until: showDay(dayAfter(free, -1)) })))];
}

/** @param {App} app @param {Draft} draft @param {import('../device.mjs').Site[]} plots @param {(sub: string) => void} choose */
function siteStep(app, draft, plots, choose) {
  const { product } = draft.fields;
  const crop = app.device.catalogue?.products.find(({ sub }) => sub === product)?.crop;
  // Plots of the same crop first; those without one may grow anything.
  const near = plots.filter((plot) => !plot.crop || !crop || plot.crop === crop);
  const rows = app.device.byUse(near.length > 0 ? near : plots);
  return picker({ title: t('harvest.site'), rows, back: product ? 'harvest/product' : '', image: () => sign('plot', 'pic'), choose: ({ sub }) => choose(sub) });
}
