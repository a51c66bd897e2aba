// What runs out: an inbox for the office, and its lines to be pasted into a chat.
import { signJws } from '../capture/make_entry.mjs';
import { button, el, notice, once, say, stage } from './dom.mjs';
import { explain, language, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {{id: string, vi: string, en: string, notice: number, read: boolean}} Reminder */
/** @typedef {{reminders: Reminder[], unread: number, text: string}} Inbox */

/** @param {Device} device @param {string[]} read @returns {Promise<Inbox>} */
async function markRead(device, read) {
  const maker = device.maker();
  const text = await signJws(maker, 'nguon-reminders+jwt', { aud: maker.aud, read });
  return JSON.parse((await device.ask('POST', '/api/reminders/read', { type: 'application/jwt', text })).text);
}

/** The text stands in a field, so that it can be copied by hand where a browser keeps its clipboard shut. @param {string} text */
function chatText(text) {
  const field = /** @type {HTMLTextAreaElement} */ (el('textarea', { id: 'chat', readonly: true, rows: '5' }));
  field.value = text;
  const copy = async () => {
    field.select();
    await navigator.clipboard.writeText(text);
    say(t('reminders.copied'));
  };
  return el('section.sheet', {}, el('h2', {}, t('reminders.chat')), el('label', { for: 'chat' }, t('reminders.chat_how')), field,
    el('div.acts', {}, button(t('reminders.copy'), (event) => void once(event, copy).catch((error) => notice('bad', explain(error))))));
}

/** @param {Device} device */
export async function showReminders(device) {
  /** @param {Inbox} inbox */
  const show = ({ reminders, unread, text }) => {
    if (reminders.length === 0) return stage(el('p.note.plain', {}, t('reminders.none')));
    const rows = reminders.map((one) => el('li', { 'data-id': one.id }, el('div', {}, one.read ? one[language()] : el('b', {}, one[language()]),
      el('span.soft', {}, one.notice === 0 ? t('reminders.ended') : t('reminders.notice', { days: one.notice }))),
    el(`span.tag${one.read ? '' : '.held'}`, {}, t(one.read ? 'reminders.read' : 'reminders.new'))));
    const all = () => markRead(device, reminders.filter(({ read }) => !read).map(({ id }) => id)).then(show);
    stage(unread > 0 && el('div.acts', {}, button(t('reminders.mark', { count: unread }),
      (event) => void once(event, all).catch((error) => notice('bad', explain(error))), '.go')),
    el('ul.rows', {}, ...rows), chatText(text));
  };
  show(await device.get('/api/reminders'));
}
