// A form that forgets nothing: each change is kept on this device until it is signed, and comes back when it is asked for.
import { button, el, notice, one, stage, the, unnotice } from './dom.mjs';
import { fill, rawOf, readForm, showWrong } from './fields.mjs';
import { helpField } from './help.mjs';
import { explain, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./fields.mjs').Raw} Raw */
/**
 * What a draft continues: the head it was begun from, so that somebody else's change meanwhile is noticed.
 * @typedef {{head?: string, entry?: string}} Base  entry: the version that was shown
 */
/** @typedef {{raw: Raw, at: number, base: Base}} Draft */

/** @param {string} name @param {string} sub */
const keyOf = (name, sub) => `draft:${name}:${sub}`;

/**
 * Shows a form with these values, or with a draft of it if the person says so.
 * @param {Device} device @param {string} name @param {string} sub  '' for a new subject
 * @param {Raw} raw @param {Base} [base] @returns {Promise<void>}
 */
export async function openForm(device, name, sub, raw, base = {}) {
  const form = the(`form-${name}`);
  // Read before the form is seen: whoever calls binds it as soon as this returns, so nothing that is typed or pressed comes too early.
  /** @type {Draft | undefined} */
  const draft = await device.shelf.kept(keyOf(name, sub));
  stage();
  form.dataset.sub = sub;
  helpField(device, form);
  fill(form, raw);
  form.dataset.base = JSON.stringify(base);
  form.hidden = false;
  if (draft) askToResume(device, form, name, sub, draft);
  else one('input, select, textarea', form).focus();
}

/** @param {Device} device @param {HTMLElement} form @param {string} name @param {string} sub @param {Draft} draft */
function askToResume(device, form, name, sub, draft) {
  const resume = button(t('draft.resume'), () => {
    fill(form, draft.raw);
    form.dataset.base = JSON.stringify(draft.base);
    unnotice();
    one('input, select, textarea', form).focus();
  }, '.go');
  const drop = button(t('draft.drop'), () => {
    void device.shelf.keep(keyOf(name, sub), undefined);
    unnotice();
    one('input, select, textarea', form).focus();
  });
  const first = Object.values(draft.raw).find((value) => value !== '' && !Array.isArray(value)) ?? '';
  notice('plain', t('draft.ask', { time: showTime(draft.at), what: String(first).split('\t')[0] }), el('div.acts', {}, resume, drop));
  resume.focus();
}

/**
 * What happens when it is sent. `submit` signs and keeps; the draft ends with closeForm().
 * @param {Device} device @param {string} name @param {string} sub
 * @param {(read: Record<string, any>, base: Base) => Promise<void>} submit @param {() => void} [cancel]
 */
export function bindForm(device, name, sub, submit, cancel) {
  const form = /** @type {HTMLFormElement} */ (the(`form-${name}`));
  const keep = () => {
    /** @type {Draft} */
    const draft = { raw: rawOf(form), at: Date.now(), base: JSON.parse(form.dataset.base ?? '{}') };
    void device.shelf.keep(keyOf(name, sub), draft).catch((error) => notice('bad', explain(error)));
  };
  form.oninput = keep;
  form.onchange = keep;
  form.onsubmit = (event) => {
    event.preventDefault();
    const { read, wrong } = readForm(form);
    showWrong(form, wrong);
    if (Object.keys(wrong).length > 0) return;
    const go = /** @type {HTMLButtonElement} */ (one('button[type=submit]', form));
    go.disabled = true;
    unnotice();
    void submit(read, JSON.parse(form.dataset.base ?? '{}'))
      .catch((error) => notice('bad', explain(error)))
      .finally(() => {
        go.disabled = false;
      });
  };
  const leave = one('[data-act=cancel]', form);
  leave.hidden = !cancel;
  leave.onclick = () => {
    form.hidden = true;
    cancel?.();
  };
}

/** It is signed: the draft has served. @param {Device} device @param {string} name @param {string} sub */
export async function closeForm(device, name, sub) {
  await device.shelf.keep(keyOf(name, sub), undefined);
  the(`form-${name}`).hidden = true;
}
