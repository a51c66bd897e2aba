// What is asked when labels are printed, put on goods, thrown away, lost or handed on: one form an entry (schemas/types/label.*).
import { makeForm } from './made_form.mjs';

/** @typedef {import('./made_form.mjs').Wanted} Wanted */

const words = 'label';
/** @type {Wanted[]} */
const span = ['first', 'last'].map((name) => ({ name, kind: 'count', required: true, words, attributes: { inputmode: 'numeric', maxlength: '9' } }));
/** @type {Wanted} */
const on = { name: 'on', kind: 'date', required: true, words, attributes: { type: 'date', min: '1990-01-01', max: '2199-12-31' } };
/** @type {Wanted} */
const note = { name: 'note', kind: 'text', words, attributes: { maxlength: '300' } };
/** @type {Wanted} */
const photo = { name: 'photo', kind: 'file', words, attributes: { type: 'file', accept: 'application/pdf,image/*' } };
/** @type {Wanted} */
const approval = { name: 'approval', kind: 'listed', words };
/** @param {...string} choices @returns {Wanted} */
const reason = (...choices) => ({ name: 'reason', kind: 'choice', choices, words });
/** @param {string} name @returns {Wanted} */
const number = (name) => ({ name, kind: 'count', required: true, words, attributes: { inputmode: 'numeric', maxlength: '9' } });

/** @type {Record<string, Wanted[]>} */
const forms = {
  label_request: [number('count')],
  label_print: [...span, on, approval],
  label_apply: [...span, approval],
  label_reprint: [...span, reason('jam', 'smudged', 'torn', 'faded', 'cut_wrong', 'unreadable'), { name: 'destroyed', kind: 'choice', choices: ['no', 'yes'], words }, on],
  label_void: [...span, reason('damaged', 'misprinted', 'relabelled', 'unused', 'wrong_batch', 'stolen', 'found_again', 'reprinted_new'), on, photo, note],
  label_lose: [...span, reason('missing', 'stolen', 'in_transit', 'goods_lost'), on, note],
  label_return: [...span, reason('unused', 'wrong_layout', 'lot_closed', 'organisation_ended'), on],
  label_give: [...span, { name: 'to', kind: 'listed', words }, { name: 'code', kind: 'code', words, attributes: { class: 'mono', maxlength: '30', spellcheck: 'false' } }, on],
  label_more: [number('extra'), reason('misprints', 'smaller_packs', 'reweighed', 'relabelling')],
  batch_close: [number('on_hand'), on],
  batch_reopen: [reason('counted_wrong', 'more_goods', 'entered_by_mistake'), on],
};

export const labelForms = Object.keys(forms);

/** @param {string} name */
export const makeLabelForm = (name) => makeForm(name, forms[name]);
