// What was begun and not saved: never restored silently, never thrown away silently.
import { h } from '../dom.mjs';
import { summaryOf } from '../forms.mjs';
import { timeOfDay, t } from '../words.mjs';
import { home } from './home.mjs';

/** @type {import('../nav.mjs').Screen} */
export async function draft(app) {
  const kept = await app.device.draft();
  if (!kept) return home(app, []);
  const summary = summaryOf(kept, app.device);
  const drop = async () => {
    await app.device.keepDraft(undefined);
    app.nav.go('', { replace: true });
  };
  return {
    title: t('draft.title', { time: timeOfDay(kept.at) }), back: false,
    body: [
      h('p', { class: 'lead' }, t('draft.text')),
      summary.length > 0 && h('ul', { class: 'summary' }, ...summary.map((line) => h('li', {}, line))),
      h('button', { class: 'first', type: 'button', onclick: () => app.nav.go(`${kept.form}/${kept.step}`, { replace: true }) }, t('draft.yes')),
      // Away from the first one: a thumb that slips must not throw a harvest away.
      h('div', { class: 'gap' }), h('button', { class: 'plain', type: 'button', onclick: drop }, t('draft.no')),
    ],
  };
}
