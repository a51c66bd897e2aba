// Animals: what was done, to which one, and what of it. The number is scanned, or typed twice, for one wrong digit is another
// animal.
import { scanButton } from '../camera.mjs';
import { fill, h } from '../dom.mjs';
import { draftOf } from '../forms.mjs';
import { acts, animalName, findByTag, findByWholeTag, herdOf, plainTag, showTag, tagOfCode } from '../herd.mjs';
import { photoData, photoField } from '../photos.mjs';
import { actPicture, sign } from '../pictures.mjs';
import { printed } from '../reader/reader.mjs';
import { dayAfter, known, legalDay, showDay, t } from '../words.mjs';
import { days, numberStep, radios, saving } from './number.mjs';
import { picker } from './picker.mjs';

/** @typedef {import('../app.mjs').App} App */
/** @typedef {import('../device.mjs').Animal} Animal */
/** @typedef {import('../device.mjs').Draft} Draft */
/** @typedef {(more: Record<string, string>, next: string) => Promise<void>} Set */

/** Of the form's fields: act, animal, tag, again, name, days, number, unit, on, site, photo, and one for each choice below. */
const version = 1;
const recordsLookedAt = 1_000;
const longestName = 80;
const mostDays = 365;
const longestShown = 40;
/** Choices of each act, as the schemas have them; the likeliest first. @type {Record<string, Record<string, string[]>>} */
const choices = {
  weigh: { method: ['scale', 'tape', 'judged'] },
  move: { reason: ['housing', 'grazing', 'isolation', 'return'] },
  die: { cause: ['disease', 'accident', 'birth', 'age', 'lost', 'unknown'], disposal: ['buried', 'burned', 'rendered', 'not_found', 'other'] },
  birth: { species: ['cattle', 'buffalo'], sex: ['female', 'male'], breed: ['yellow', 'bbb_cross', 'brahman_cross', 'sind_cross', 'hmong', 'other'] },
};
const diseases = ['foot_and_mouth', 'haemorrhagic_septicaemia', 'lumpy_skin', 'anthrax', 'blackleg', 'other'];
/** @type {Record<string, string[]>} */
const slots = {
  weigh: ['photo', 'note'], treat: ['vet', 'diagnosis', 'note'], vaccinate: ['vet', 'note'], move: ['position', 'note'], die: ['photo', 'note'], birth: ['photo', 'note'],
};
/** A photo where the act has a slot for one; its place is that of the animal. @param {App} app @param {Draft} draft */
const photoOf = ({ device }, draft) => (slots[draft.fields.act].includes('photo') ? photoField(device, draft, { place: false }) : []);
/** The question that follows the animal. @type {Record<string, string>} */
const firstStep = { weigh: 'number', treat: 'name', vaccinate: 'disease', move: 'site', die: 'day', birth: 'site' };

/** @type {import('../nav.mjs').Screen} */
export async function animal(app, [step = '']) {
  const { device } = app;
  if (step === '') {
    app.nav.go((await device.draft()) ? 'draft' : 'animal/act', { replace: true });
    return { title: t('animal.act'), body: [] };
  }
  const draft = await draftOf(device, 'animal', version);
  const { fields } = draft;
  /** @type {Set} */
  const set = async (more, next) => {
    draft.fields = { ...fields, ...more };
    draft.step = next;
    await device.keepDraft(draft);
    app.nav.go(`animal/${next}`);
  };
  const herd = herdOf(device.catalogue?.animals ?? [], device.catalogue?.at ?? 0, await device.records(recordsLookedAt));
  const { act } = fields;
  if (step === 'act' || !act) {
    const rows = Object.entries(acts).map(([sub, image]) => ({ sub, image, name: t(/** @type {any} */ (`act.${sub}`)) }));
    return picker({ title: t('animal.act'), rows, back: '', image: (row) => actPicture(row.image), choose: ({ sub }) => set({ act: sub }, 'tag') });
  }
  const chosen = herd.find(({ sub }) => sub === fields.animal);
  if (step === 'tag' || (!chosen && act !== 'birth')) return tagStep(app, draft, herd, set);
  const about = chosen ? aboutOf(app, act, chosen) : [];
  if (act === 'birth' || act === 'move') {
    if (step === 'site' || !fields.site) {
      const sites = (device.catalogue?.sites ?? []).filter(({ kind, sub }) => (kind === 'barn' || kind === 'plot') && (act === 'birth' || sub !== chosen?.site));
      const rows = device.byUse(sites.sort((a, b) => Number(b.kind === 'barn') - Number(a.kind === 'barn')));
      return picker({ title: t(act === 'birth' ? 'birth.site' : 'move.site'), rows, back: 'animal/tag', image: () => sign('barn', 'pic'), choose: ({ sub }) => set({ site: sub }, 'day') });
    }
    return dayStep(app, draft, chosen, about, 'animal/site');
  }
  if (act === 'die') return dayStep(app, draft, chosen, about, 'animal/tag');
  if (act === 'vaccinate' && (step === 'disease' || !fields.disease)) {
    const rows = diseases.map((sub) => ({ sub, name: t(/** @type {any} */ (`disease.${sub}`)) }));
    return picker({ title: t('vaccinate.disease'), rows, back: 'animal/tag', image: () => actPicture('vaccinate'), choose: ({ sub }) => set({ disease: sub }, 'name') });
  }
  if (act === 'vaccinate') return dayStep(app, draft, chosen, about, 'animal/disease');
  if (act === 'treat' && (step === 'name' || !fields.name)) return medicineStep(app, draft, about, set);
  return amountStep(app, draft, /** @type {Animal} */ (chosen), about);
}

/** Which animal it is, so that a wrong one is seen before anything is typed. @param {App} app @param {string} act @param {Animal} one */
function aboutOf({ device }, act, one) {
  const words = [known(`act.${act}`, act), animalName(one), known(`${one.species}.${one.sex}`, ''), device.nameOf(one.site) ?? ''];
  const held = one.withheld && one.withheld > legalDay(Date.now());
  return [
    h('p', { class: 'about' }, words.filter(Boolean).join(' · ')),
    held && h('div', { class: 'state late' }, sign('fix'), h('p', {}, t('herd.withheld', { day: showDay(dayAfter(/** @type {string} */ (one.withheld), -1)) }))),
  ];
}

/** The number, twice; two that differ are both shown, and a person says which. @param {App} app @param {Draft} draft @param {Animal[]} herd @param {Set} set @returns {import('../nav.mjs').View} */
function tagStep(app, draft, herd, set) {
  const { fields } = draft;
  const dam = fields.act === 'birth';
  const rows = dam ? herd.filter(({ sex }) => sex === 'female') : herd;
  const problem = h('div', { role: 'alert', class: 'choices' });
  const field = (/** @type {'tag' | 'again'} */ name, /** @type {import('../words.mjs').Word} */ word) => {
    const input = /** @type {HTMLInputElement} */ (h('input', {
      id: name, class: 'code', type: 'text', inputmode: 'numeric', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '30', value: fields[name] ?? '',
      // What is pasted was not read twice from the ear.
      onpaste: (/** @type {Event} */ event) => name === 'again' && event.preventDefault(),
      oninput: () => {
        fields[name] = input.value;
        fill(problem);
        void app.device.keepDraft(draft);
      },
    }));
    return { label: h('label', { for: name }, t(word)), input };
  };
  const first = field('tag', dam ? 'tag.dam' : 'tag.first');
  const again = field('again', 'tag.again');
  const choose = (/** @type {Animal} */ one) => void set({ animal: one.sub }, firstStep[fields.act]);
  const button = (/** @type {string} */ words, /** @type {() => void} */ onclick) => h('button', { class: 'choice', type: 'button', onclick }, h('strong', {}, words));
  const look = () => {
    const found = findByTag(rows, first.input.value);
    if (found.length === 1) return choose(found[0]);
    if (found.length === 0) return fill(problem, h('p', { class: 'problem' }, t('tag.unknown', { tag: showTag(plainTag(first.input.value)) })));
    fill(problem, h('p', { class: 'problem' }, t('tag.several')), ...found.slice(0, 6).map((one) => button(animalName(one), () => choose(one))));
  };
  const next = (/** @type {Event} */ event) => {
    event.preventDefault();
    const [one, two] = [first.input.value, again.input.value].map(plainTag);
    if (one === '') return first.input.focus();
    if (two === '') return again.input.focus();
    if (one === two) return look();
    const right = (/** @type {string} */ tag) => button(showTag(tag), () => {
      fields.tag = first.input.value = tag;
      fields.again = again.input.value = tag;
      look();
    });
    fill(problem, h('p', { class: 'problem' }, t('tag.differ')), right(one), right(two));
  };
  const scan = scanButton('tag.scan', {
    kinds: printed, label: t('tag.picture'), instead: 'tag.instead', twice: true,
    take(code) {
      const tag = tagOfCode(code);
      const found = tag ? findByWholeTag(rows, tag) : [];
      fill(problem);
      if (!tag || found.length === 0) {
        fill(problem, h('p', { class: 'problem' }, tag ? t('tag.unknown', { tag: showTag(tag) }) : t('tag.foreign', { code: code.slice(0, longestShown) })));
        return false;
      }
      fields.tag = first.input.value = tag;
      fields.again = again.input.value = tag;
      look();
      return true;
    },
  });
  const untagged = dam ? [] : rows.filter(({ tags }) => tags.length === 0);
  return {
    title: t(dam ? 'tag.dam.title' : 'tag.title'), back: 'animal/act',
    body: [
      ...scan, h('form', { id: 'tag-form', onsubmit: next }, first.label, first.input, again.label, again.input), problem,
      dam && h('button', { class: 'second', type: 'button', onclick: () => void set({ animal: '' }, 'site') }, t('tag.dam.none')),
      untagged.length > 0 && h('p', {}, t('tag.none')),
      untagged.length > 0 && h('div', { class: 'choices' }, ...untagged.slice(0, 12).map((one) => button(animalName(one), () => choose(one)))),
    ],
    foot: [h('button', { class: 'first', type: 'submit', form: 'tag-form' }, t('next'))],
    shown: () => first.input.focus(),
  };
}

/** @param {App} app @param {Draft} draft @param {(Node | false | undefined | '')[]} about @param {Set} set @returns {import('../nav.mjs').View} */
function medicineStep(app, draft, about, set) {
  const { fields } = draft;
  const problem = h('p', { role: 'alert', class: 'problem' });
  const { name, keep } = nameField(app, draft, problem);
  const wait = /** @type {HTMLInputElement} */ (h('input', { id: 'days', type: 'text', inputmode: 'numeric', autocomplete: 'off', maxlength: '3', value: fields.days ?? '', oninput: keep('days'), 'aria-describedby': 'days-help' }));
  const next = (/** @type {Event} */ event) => {
    event.preventDefault();
    const typed = wait.value.trim();
    if (name.value.trim() === '') {
      fill(problem, t('treat.name.bad'));
      return name.focus();
    }
    if (typed !== '' && !(/^[0-9]{1,3}$/.test(typed) && Number(typed) <= mostDays)) {
      fill(problem, t('input.phi.bad'));
      return wait.focus();
    }
    void set({ name: name.value.normalize('NFC').trim(), days: typed === '' ? '' : String(Number(typed)) }, 'number');
  };
  return {
    title: t('treat.name'), back: 'animal/tag',
    body: [...withoutBlank(about), h('form', { id: 'medicine', onsubmit: next },
      h('label', { for: 'name' }, t('treat.name.label')), name,
      h('label', { for: 'days' }, t('treat.days')), wait, h('p', { id: 'days-help', class: 'soft' }, t('input.phi.help')), problem)],
    foot: [h('button', { class: 'first', type: 'submit', form: 'medicine' }, t('next'))],
    shown: () => name.focus(),
  };
}

/** @param {(Node | false | undefined | '')[]} parts */
const withoutBlank = (parts) => /** @type {Node[]} */ (parts.filter(Boolean));

/** @param {App} app @param {Draft} draft @param {HTMLElement} problem */
function nameField(app, draft, problem) {
  const keep = (/** @type {string} */ field) => (/** @type {any} */ event) => {
    draft.fields[field] = event.target.value;
    fill(problem);
    void app.device.keepDraft(draft);
  };
  const name = /** @type {HTMLInputElement} */ (h('input', { id: 'name', type: 'text', autocomplete: 'off', maxlength: String(longestName), value: draft.fields.name ?? '', oninput: keep('name') }));
  return { name, keep };
}

/** The questions of an act that are answered by choosing. @param {App} app @param {Draft} draft */
function choicesOf(app, draft) {
  const { fields } = draft;
  return Object.entries(choices[fields.act] ?? {}).map(([name, options]) => {
    fields[name] ??= options[0];
    return radios(name, t(/** @type {any} */ (`${fields.act}.${name}`)), options.map((one) => [one, t(/** @type {any} */ (`${name}.${one}`))]), fields[name], (value) => {
      fields[name] = value;
      void app.device.keepDraft(draft);
    });
  });
}

/** What was chosen, for the entry. @param {Record<string, string>} fields */
const chosenOf = (fields) => Object.fromEntries(Object.keys(choices[fields.act] ?? {}).map((name) => [name, fields[name]]));

/** @param {App} app @param {Draft} draft @param {Animal} one @param {(Node | false | undefined | '')[]} about */
function amountStep(app, draft, one, about) {
  const { fields } = draft;
  const treated = fields.act === 'treat';
  return numberStep(app, draft, {
    title: t(treated ? 'treat.number' : 'weigh.number'), back: treated ? 'animal/name' : 'animal/tag', day: t('animal.day'),
    units: treated ? ['ml', 'g', 'piece', 'l'] : ['kg', 'ta'], about: treated ? [fields.name] : [], ahead: withoutBlank(about), further: [...choicesOf(app, draft), ...photoOf(app, draft)], uses: [],
    make: (qty, on) => ({
      type: `animal.${fields.act}/1`, sub: one.sub, prev: one.head, slots: slots[fields.act],
      data: treated ? { on, name: fields.name, dose: qty, ...(fields.days ? { withdrawal_days: Number(fields.days) } : {}) } : { on, weight: qty, ...chosenOf(fields), ...photoData(draft) },
    }),
  });
}

/** The last question of an act that has no number: choices and the day. @param {App} app @param {Draft} draft @param {Animal | undefined} one @param {(Node | false | undefined | '')[]} about @param {string} back @returns {import('../nav.mjs').View} */
function dayStep(app, draft, one, about, back) {
  const { fields } = draft;
  const { act } = fields;
  const today = legalDay(Date.now());
  fields.on ??= today;
  if (act === 'birth' && one) fields.species ??= one.species;
  const problem = h('p', { role: 'alert', class: 'problem' });
  const { name, keep } = nameField(app, draft, problem);
  const saved = saving(app, fields.site ? [fields.site] : [], () => {
    if (act === 'vaccinate' && name.value.trim() === '') {
      fill(problem, t('treat.name.bad'));
      name.focus();
      return undefined;
    }
    return { type: `animal.${act}/1`, slots: slots[act], ...(act === 'birth' ? { sub: 'animal' } : { sub: /** @type {Animal} */ (one).sub, prev: one?.head }), data: { ...dataOf(fields, one), ...photoData(draft) } };
  });
  return {
    title: t(/** @type {any} */ (`act.${act}`)), back,
    body: [
      ...withoutBlank(about), act === 'vaccinate' && h('p', { class: 'about' }, t(/** @type {any} */ (`disease.${fields.disease}`))),
      h('form', { onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        void saved.store();
      } },
      act === 'vaccinate' && h('label', { for: 'name' }, t('vaccinate.name')), act === 'vaccinate' && name,
      ...choicesOf(app, draft), ...photoOf(app, draft), ...days(t('animal.day'), today, fields, () => void app.device.keepDraft(draft)), problem),
      saved.problem,
    ],
    foot: [saved.save],
    shown: () => act === 'vaccinate' && name.focus(),
  };
}

/** @param {Record<string, string>} fields @param {Animal | undefined} one @returns {import('../../verifier/strict_json.mjs').JsonObject} */
function dataOf(fields, one) {
  const { act, on, site, disease, name } = fields;
  if (act === 'birth') return { site, on, ...chosenOf(fields), ...(one ? { dam: one.sub } : {}) };
  if (act === 'move') return { on, to: site, ...chosenOf(fields) };
  if (act === 'vaccinate') return { on, disease, name: name.normalize('NFC').trim() };
  return { on, ...chosenOf(fields) };
}
