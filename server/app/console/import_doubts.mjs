// The doubts of a table, kind by kind, each with the proposed answer and the others: accepted all at once or changed one by one.
import { button, el } from './dom.mjs';
import { alike, answerOf, chooseAlike, doubtKey, grouped, openAnswer } from './import_plan.mjs';
import { t } from './words.mjs';

/** @typedef {import('./import_plan.mjs').Doubt} Doubt */
/** @typedef {import('./import_plan.mjs').Answer} Answer */
/** @typedef {import('./import_plan.mjs').Plan} Plan */
/**
 * @typedef {object} State
 * @property {Plan} plan @property {import('./import_plan.mjs').Chosen} chosen @property {string[]} accepted  kinds
 * @property {Record<string, string>} choices  of the table as a whole
 */

const firstShown = 10;
const rowsShown = 6;
/** As the schemas bound a name. */
const longestWritten = 120;

/** @param {Answer} answer */
function saidOf({ name, what = '' }) {
  const words = name === 'unit' ? t(`import.unit.${what}`) : name === 'scheme' ? t(`choice.scheme.${what}`) : what;
  return t(`import.answer.${name}`, { what: words });
}

/** @param {Doubt} doubt */
function whereOf({ rows, column, stood = '', about = '' }) {
  const shown = rows.slice(0, rowsShown).join(', ') + (rows.length > rowsShown ? '…' : '');
  const where = rows.length === 0 ? '' : t(rows.length === 1 ? 'import.row' : 'import.rows', { rows: shown, count: rows.length });
  const place = [where, column && rows.length === 0 ? t('import.column', { column }) : ''].filter(Boolean).join(' ');
  return [place, stood && `“${stood}”`, about && `(${about})`].filter(Boolean).join(' ');
}

let fields = 0;

/** @param {string} label @param {[string, string][]} options  value and words @param {string} value @param {(value: string) => void} change */
export function choice(label, options, value, change) {
  const id = `import-${++fields}`;
  const select = /** @type {HTMLSelectElement} */ (el('select', { id, change: () => change(select.value) }));
  for (const [each, words] of options) select.append(new Option(words, each, false, each === value));
  return el('div.field', {}, el('label', { for: id }, label), select);
}

/** What nobody could propose. @param {Doubt} doubt @param {string} written @param {(written: string) => void} change */
function written(doubt, written, change) {
  const id = `import-${++fields}`;
  const input = /** @type {HTMLInputElement} */ (el('input', { id, value: written, maxlength: String(longestWritten), autocomplete: 'off' }));
  input.addEventListener('change', () => change(input.value.normalize('NFC').replace(/[\s\p{C}]+/gu, ' ').trim()));
  return el('div.field', {}, el('label', { for: id }, t(`import.write.${doubt.kind}`)), input);
}

/** @param {State} state @param {Doubt} doubt @param {(state: State, ask?: Record<string, string>) => void} next */
function doubtField(state, doubt, next) {
  const key = doubtKey(doubt);
  const open = openAnswer(doubt);
  const said = state.chosen[key];
  const at = doubt.answers.indexOf(typeof said === 'string' && open ? open : answerOf(doubt, state.chosen));
  const words = doubt.answers.map((answer, index) => /** @type {[string, string]} */ ([String(index), saidOf(answer) + (index === 0 ? t('import.proposed') : '')]));
  if (words.length === 1) return el('p', {}, whereOf(doubt), el('span.soft', {}, ` → ${words[0][1]}`));
  const choose = (/** @type {number | string} */ value) => ({ ...state, chosen: { ...state.chosen, [key]: value } });
  const field = choice(whereOf(doubt) || t('import.table'), words, String(at), (value) => {
    const chosen = doubt.answers[Number(value)];
    next(choose(chosen === open ? '' : Number(value)), chosen.ask);
  });
  if (!open || typeof said !== 'string') return field;
  return el('div', {}, field, written(doubt, said, (text) => next(choose(text))));
}

/** @param {State} state @param {string} kind @param {Doubt[]} doubts @param {(state: State, ask?: Record<string, string>) => void} next */
function group(state, kind, doubts, next) {
  const done = state.accepted.includes(kind);
  const list = el('div');
  const show = (/** @type {number} */ count) => list.replaceChildren(...doubts.slice(0, count).map((doubt) => doubtField(state, doubt, next)),
    ...(doubts.length > count ? [button(t('import.more', { count: doubts.length - count }), () => show(doubts.length), '.small')] : []));
  show(firstShown);
  const same = alike(doubts);
  const box = el('details.doubts', { open: !done }, el('summary', {}, `${done ? '✓ ' : ''}${t(`import.doubt.${kind}`)} (${doubts.length})`),
    el('p.soft', {}, t(`import.why.${kind}`)),
    same.length > 1 ? choice(t('import.alike'), [['', t('import.each')], ...same.map((name) => /** @type {[string, string]} */ ([name, t(`import.all.${name}`)]))], '',
      (name) => name && next({ ...state, chosen: chooseAlike(state.chosen, doubts, name) })) : undefined,
    list);
  if (!done) {
    box.append(el('div.acts', {}, button(t('import.accept', { count: doubts.length }), () => next({ ...state, accepted: [...state.accepted, kind] }), '.go')));
  }
  return el('section.sheet', { id: `doubt-${kind.replace('.', '-')}` }, box);
}

/** Kinds that nobody has looked at yet. @param {State} state */
export const openKinds = ({ plan, accepted }) => grouped(plan).filter(([kind]) => !accepted.includes(kind));

/** @param {State} state @param {(state: State, ask?: Record<string, string>) => void} next */
export function showDoubts(state, next) {
  const groups = grouped(state.plan);
  const open = openKinds(state);
  return [el('section.sheet', {}, el('h2', {}, t('import.doubts', { count: state.plan.doubts.length })),
    el('p', {}, groups.length === 0 ? t('import.no_doubts') : t('import.doubts_how')),
    open.length > 1 ? el('div.acts', {}, button(t('import.accept_all'), () => next({ ...state, accepted: groups.map(([kind]) => kind) }))) : undefined),
  ...groups.map(([kind, doubts]) => group(state, kind, doubts, next))];
}
