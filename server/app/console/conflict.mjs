// Two people changed the same thing: both versions side by side, and a person chooses. Neither is lost: theirs is in the
// log, ours stays on this device or goes into the log naming what it replaces.
import { splitSubmission } from '../verifier/sd_jwt.mjs';
import { fromBase64url } from '../verifier/octets.mjs';
import { parseJws } from '../verifier/jws.mjs';
import { button, el, notice, once } from './dom.mjs';
import { kindOf, states } from './kinds.mjs';
import { worded } from './show.mjs';
import { newestOf, openData, readSubject } from './subject.mjs';
import { explain, named, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('./outbox.mjs').Outbox} Outbox */
/** @typedef {import('../sync/record.mjs').Stored} Stored */

const utf8 = new TextDecoder();

/** What a record of ours says, its private values in their places. @param {Device} device @param {Stored} record */
export async function ownWords(device, { body }) {
  const { jws, disclosures } = splitSubmission(body);
  const { type, sub, prev, data } = JSON.parse(utf8.decode(parseJws(jws, 'nguon-entry+jwt').payload));
  /** @type {Map<string, any>} */
  const opened = new Map();
  for (const text of disclosures) {
    const digest = await device.crypto.sha256(new TextEncoder().encode(text));
    const octets = fromBase64url(text);
    if (octets) opened.set(btoa(String.fromCharCode(...digest)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''), JSON.parse(utf8.decode(octets))[2]);
  }
  for (const [name, value] of Object.entries(data)) {
    const digest = value?._sd?.[0];
    if (!digest) continue;
    if (opened.has(digest)) data[name] = opened.get(digest);
    else delete data[name];
  }
  return { type: String(type), sub: String(sub), prev, data };
}

/**
 * Both versions, a row a member; the rows that differ say so. @param {Device} device @param {Stored} record
 * @param {Record<string, any>} mine @param {import('./subject.mjs').Said | undefined} theirs
 */
async function sideBySide(device, record, mine, theirs) {
  const left = await worded(device, mine);
  const right = theirs ? await worded(device, await openData(device, theirs)) : new Map();
  const rows = [...new Set([...left.keys(), ...right.keys()])].map((name) => {
    const differs = left.get(name) !== right.get(name);
    return el(differs ? 'tr.differs' : 'tr', {}, el('th', { scope: 'row' }, `${named('member', name)}${differs ? ` ${t('conflict.differs')}` : ''}`),
      el('td', { 'data-head': t('conflict.ours') }, left.get(name) ?? '—'), el('td', { 'data-head': t('conflict.theirs') }, right.get(name) ?? '—'));
  });
  return el('table', {}, el('thead', {}, el('tr', {}, el('td'), el('th', { scope: 'col' }, t('conflict.ours'), el('span.soft', {}, showTime(record.made))),
    el('th', { scope: 'col' }, t('conflict.theirs'), el('span.soft', {}, theirs ? showTime(theirs.recorded) : '')))), el('tbody', {}, ...rows));
}

/**
 * An edit that the log refused, as a member's of a plot is: what was meant stays here beside what stands in the log, so that
 * the office can be asked for it. Undefined for what is no edit. @param {Device} device @param {Stored} record
 */
export async function showRefused(device, record) {
  const mine = await ownWords(device, record);
  const kind = kindOf(mine.type);
  if (!kind?.update || !mine.type.startsWith(`${kind.update}/`)) return undefined;
  const theirs = newestOf(await readSubject(device, mine.sub), (type) => states(kind, type));
  return el('details.conflict', {}, el('summary', {}, t('conflict.refused')), el('p', {}, t('conflict.refused_how')),
    await sideBySide(device, record, mine.data, theirs));
}

/** @param {Device} device @param {Outbox} outbox @param {Stored} record @param {() => void} done */
export async function showConflict(device, outbox, record, done) {
  const mine = await ownWords(device, record);
  const kind = kindOf(mine.type);
  const subject = await readSubject(device, mine.sub);
  const theirs = kind && newestOf(subject, (type) => states(kind, type));
  // Of a range of labels no entry states the whole: what was entered last is what came between.
  const between = kind ? theirs : subject.said.at(-1);
  const choose = async (/** @type {boolean} */ ours) => {
    let said = ours ? t('conflict.ours_done') : t('conflict.theirs_done');
    let good = true;
    if (ours) {
      const { replaces, ...data } = mine.data;
      const { stored } = await outbox.save({
        type: mine.type, sub: mine.sub, prev: subject.head, slots: kind?.slots ?? [],
        data: theirs ? { ...data, replaces: theirs.id } : data,
      });
      if (stored.state === 'refused') return notice('bad', t('saved.refused'));
      // A third person may have been faster while this one compared: the new record then waits for a choice of its own.
      good = stored.state === 'received';
      if (!good) said = t(stored.trouble ? 'saved.stale' : `saved.${stored.state}`);
    }
    // Not sent any more, and kept to be looked at.
    await device.shelf.settle(record.id, { state: 'replaced' });
    outbox.changed();
    notice(good ? 'good' : 'plain', said);
    done();
  };
  const act = (/** @type {string} */ words, /** @type {boolean} */ ours, look = '') =>
    button(words, (event) => void once(event, () => choose(ours)).catch((error) => notice('bad', explain(error))), look);
  return el('section.sheet.conflict', {}, el('h2', {}, t('conflict.title')), el('p', {}, t('conflict.how')),
    await sideBySide(device, record, mine.data, between),
    el('div.acts', {}, act(t('conflict.keep_ours'), true, '.go'), act(t('conflict.keep_theirs'), false)));
}
