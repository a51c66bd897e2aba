// How much, in which unit, on which day; read back in words; then "Lưu".
import { readAmount, showAmount } from '../../capture/amount.mjs';
import { inWords } from '../../capture/words.mjs';
import { fill, h } from '../dom.mjs';
import { sign } from '../pictures.mjs';
import { dayAfter, language, legalDay, t } from '../words.mjs';

/** @typedef {import('../app.mjs').App} App */
/** @typedef {import('../words.mjs').Word} Word */
/**
 * @typedef {object} Wanted
 * @property {string} title @property {string} back @property {string} [day]  label of the day's choice, where there is one to make
 * @property {string[]} units  the likeliest first @property {(string | undefined)[]} about  what was chosen before
 * @property {(qty: {amount: string, unit: string}, on: string) => import('../../capture/make_entry.mjs').Draft} make
 * @property {Node[]} [ahead]  what is said before the questions @property {Node[]} [further]  more questions of the form
 * @property {string[]} uses  subjects that count as used last @property {(on: string) => Node[]} [warning]  shown with what is entered, for that day
 */

/** @type {Record<string, Word>} */
const faults = { empty: 'number.bad', 'not-a-number': 'number.bad', zero: 'number.zero', 'too-large': 'number.large', 'too-fine': 'number.fine' };

/** @param {App} app @param {import('../device.mjs').Draft} draft @param {Wanted} wanted @returns {import('../nav.mjs').View} */
export function numberStep(app, draft, wanted) {
  const { device } = app;
  const { fields } = draft;
  fields.unit ??= wanted.units[0];
  const today = legalDay(Date.now());
  fields.on ??= today;
  const echo = h('p', { class: 'echo', id: 'echo', role: 'status' });
  const choices = h('div', { class: 'choices' });
  const input = /** @type {HTMLInputElement} */ (h('input', {
    id: 'number', class: 'number', type: 'text', inputmode: 'decimal', autocomplete: 'off', maxlength: '24', 'aria-describedby': 'echo', value: fields.number ?? '',
  }));
  const unitWord = () => t(/** @type {Word} */ (`unit.${fields.unit}`));
  const warning = h('div', { role: 'status' });
  const keep = () => void device.keepDraft(draft);
  const say = () => {
    const reading = readAmount(input.value);
    fill(choices);
    if (reading.kind === 'ask') {
      fill(echo, t('number.ask'));
      fill(choices, ...reading.choices.map((amount) => h('button', { class: 'choice', type: 'button', onclick: () => {
        // Written so that it can be read one way only: no grouping mark, a comma before decimals.
        input.value = amount.replace('.', ',');
        fields.number = input.value;
        keep();
        say();
        save.focus();
      } }, h('strong', {}, `${showAmount(amount)} ${unitWord()}`), h('span', {}, `${inWords(amount)} ${unitWord()}`))));
    } else if (reading.kind === 'amount') {
      fill(echo, h('strong', {}, `${language() === 'vi' ? showAmount(reading.amount) : reading.amount} ${unitWord()}`), h('br'), `${inWords(reading.amount)} ${unitWord()}`);
    } else {
      fill(echo, input.value.trim() === '' ? '' : t(faults[reading.why]));
    }
    return reading;
  };
  input.addEventListener('input', () => {
    fields.number = input.value;
    keep();
    say();
  });
  const { problem, save, store } = saving(app, wanted.uses, () => {
    const reading = say();
    if (reading.kind === 'amount') return wanted.make({ amount: reading.amount, unit: fields.unit }, fields.on);
    if (reading.kind === 'bad') fill(echo, h('strong', {}, t(faults[reading.why])));
    input.focus();
    return undefined;
  });
  const form = h('form', { onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    void store();
  } },
  h('label', { for: 'number' }, t('harvest.label')), input, echo, choices,
  radios('unit', t('harvest.unit'), wanted.units.map((unit) => [unit, t(/** @type {Word} */ (`unit.${unit}`))]), fields.unit, (unit) => {
    fields.unit = unit;
    keep();
    say();
  }),
  ...(wanted.further ?? []),
  ...(!wanted.day ? [] : days(wanted.day, today, fields, () => {
    keep();
    fill(warning, ...(wanted.warning?.(fields.on) ?? []));
  })));
  const about = wanted.about.filter(Boolean).join(' · ');
  return {
    title: wanted.title, back: wanted.back,
    body: [...(wanted.ahead ?? []), about !== '' && h('p', { class: 'about' }, about), warning, form, problem],
    foot: [save],
    shown: () => {
      fill(warning, ...(wanted.warning?.(fields.on) ?? []));
      say();
      input.focus();
    },
  };
}

/**
 * "Lưu": on the disk, then shown as a record, then sent.
 * @param {App} app @param {string[]} uses @param {() => import('../../capture/make_entry.mjs').Draft | undefined} make  undefined: something is missing, and was said
 */
export function saving(app, uses, make) {
  const problem = h('div', { role: 'alert' });
  let busy = false;
  const store = async () => {
    const wanted = make();
    if (!wanted || busy) return;  // Big fingers press twice.
    busy = true;
    try {
      const record = await app.device.save(wanted);
      app.courier.saved();
      app.nav.go(`record/${record.id}/new`, { replace: true });
      await app.device.used(...uses);
    } catch (error) {
      busy = false;
      const { name } = /** @type {Error} */ (error);
      fill(problem, h('div', { class: 'state fix' }, sign('fix'), h('p', {}, name === 'QuotaExceededError' ? t('save.full') : t('save.failed', { why: name }))));
    }
  };
  return { problem, store, save: h('button', { class: 'first', type: 'button', onclick: () => void store() }, t('save')) };
}

/** @param {string} name @param {string} legend @param {string[][]} options  value and words @param {string} chosen @param {(value: string) => void} choose */
export function radios(name, legend, options, chosen, choose) {
  return h('fieldset', { class: 'radios' }, h('legend', {}, legend), ...options.map(([value, words]) =>
    h('label', {}, h('input', { type: 'radio', name, value, checked: value === chosen, onchange: () => choose(value) }), h('span', {}, words))));
}

/** @param {string} legend @param {string} today @param {Record<string, string>} fields @param {() => void} keep */
export function days(legend, today, fields, keep) {
  const yesterday = dayAfter(today, -1);
  const other = fields.on !== today && fields.on !== yesterday;
  const which = h('div', { hidden: !other }, h('label', { for: 'on' }, t('harvest.which')), h('input', {
    id: 'on', type: 'date', max: today, value: fields.on, onchange: (/** @type {any} */ event) => {
      if (event.target.value) fields.on = event.target.value;
      keep();
    },
  }));
  return [
    radios('day', legend, [[today, t('harvest.today')], [yesterday, t('harvest.yesterday')], ['', t('harvest.other')]], other ? '' : fields.on, (day) => {
      which.hidden = day !== '';
      if (day) fields.on = day;
      keep();
    }), which,
  ];
}
