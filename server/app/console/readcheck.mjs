// "Kiểm tra đọc": the first, a middle and the last label of a run, photographed; the run may go out when all three are good.
// Who prints leads here: #range=…&first=SERIAL&middle=SERIAL&last=SERIAL&template=roll-50x30&module=0.625 (mm). What comes of it is
// kept on this device as {range, first, last, read: […]}; the pictures are not.
import { openLocator } from '../phone/reader/reader.mjs';
import { measure } from '../readcheck/measure.mjs';
import { differing, groupsOf, readSerial } from '../readcheck/serial.mjs';
import { judge } from '../readcheck/verdict.mjs';
import { el, notice, say, stage } from './dom.mjs';
import { explain, showTime, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('../readcheck/verdict.mjs').Verdict} Verdict */
/** @typedef {'first' | 'middle' | 'last'} Place */
/** @typedef {{place: Place, at: number, verdict: Verdict}} Read */
/** @typedef {{range: string, template: string, first?: string, middle?: string, last?: string, label?: import('../readcheck/measure.mjs').Size, module?: number}} Run */
/** @typedef {{range: string, first?: string, last?: string, read: Read[]}} Result */

/** @type {Place[]} */
const places = ['first', 'middle', 'last'];
/** Longer pictures measure no better. */
const mostPixels = 2048;
/** Of templates that are not named after their size, mm. @type {Record<string, import('../readcheck/measure.mjs').Size>} */
const sizes = { 'a4-65': { width: 38.1, height: 21.2 }, 'a4-24': { width: 63.5, height: 33.9 } };

/** @param {string} hash @returns {Run} */
function runOf(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const template = said.get('template') ?? '';
  const named = /(\d{2,3})x(\d{2,3})/.exec(template);
  const module = Number(said.get('module'));
  return {
    range: said.get('range') ?? '', template, label: named ? { width: Number(named[1]), height: Number(named[2]) } : sizes[template],
    ...(module > 0.1 && module < 5 && { module }),
    ...Object.fromEntries(places.map((place) => [place, readSerial(said.get(place) ?? '')])),
  };
}

/** What the label at a place should be. @param {Run} run @param {Place} place @param {Read[]} read */
function wantedAt(run, place, read) {
  const others = [run.first, run.last, ...read.filter((one) => one.place !== place).map(({ verdict }) => verdict.serial)];
  return { serial: run[place], not: run[place] ? [] : others.flatMap((serial) => serial ?? []), label: run.label, module: run.module };
}

/** Chromium takes a script's address from nowhere but a policy; others do not know policies. @returns {(path: string) => string} */
function trusted() {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  if (!types) return (path) => path;
  const policy = types.createPolicy('nguon-reader', { createScriptURL: (/** @type {string} */ path) => {
    if (!/^\/app\/reader-[0-9A-F]{8}\.js$/.test(path)) throw new TypeError(path);
    return path;
  } });
  return (path) => policy.createScriptURL(path);
}

/** @type {ReturnType<typeof openLocator> | undefined} */
let opening;
/** @type {((path: string) => string) | undefined} */
let address;
/** Brought when the page is shown, so that a store without a network can still be checked. */
function locator() {
  address ??= trusted();
  opening ??= openLocator(address);
  opening.catch(() => { opening = undefined; });
  return opening;
}

/** @param {Blob} file */
async function pixelsOf(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, mostPixels / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('canvas');
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Of several in a picture: the one asked for, else the largest that can be read. @param {import('../readcheck/measure.mjs').Found[]} found @param {import('../readcheck/verdict.mjs').Wanted} wanted */
function chosen(found, wanted) {
  const width = (/** @type {import('../readcheck/measure.mjs').Found} */ { corners: [a, , c] }) => Math.hypot(a.x - c.x, a.y - c.y);
  const ranked = [...found].sort((a, b) => Number(b.read) - Number(a.read) || width(b) - width(a));
  return ranked.find((one) => judge(one, undefined, wanted).outcome !== 'wrong') ?? ranked[0];
}

/** In groups; those that differ are underlined and named. @param {string} serial @param {string} other */
function groups(serial, other) {
  const differs = differing(serial, other);
  return el('span.symbols.serial', {}, ...groupsOf(serial).flatMap((group, at) => [at > 0 && '-', differs.includes(at + 1) ? el('u', {}, group) : group]));
}

/** @param {import('../readcheck/verdict.mjs').Finding} finding */
function sentence({ code, values = {} }) {
  const words = (/** @type {string} */ name, /** @type {string | number} */ value) => (name === 'sides'
    ? String(value).split(' ').map((side) => t(`readcheck.side.${side}`)).join(', ') : String(value).replace('.', t('readcheck.point')));
  const said = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, words(name, value)]));
  return el('li', {}, el('b', {}, t(`readcheck.say.${code}`, said)), ' ', t(`readcheck.do.${code}`, said));
}

/** @param {Verdict} verdict @param {string} [wanted] */
function told({ outcome, findings, notes, serial, measured }, wanted) {
  const tone = outcome === 'pass' ? 'good' : outcome === 'again' ? 'plain' : 'bad';
  const compare = outcome === 'wrong' && serial && wanted ? el('dl.facts', {}, el('dt', {}, t('readcheck.wanted')), el('dd', {}, groups(wanted, serial)),
    el('dt', {}, t('readcheck.seen')), el('dd', {}, groups(serial, wanted)),
    el('dt', {}, t('readcheck.differs')), el('dd', {}, differing(wanted, serial).join(', '))) : undefined;
  const decimal = (/** @type {number} */ value, digits = 2) => value.toFixed(digits).replace('.', t('readcheck.point'));
  const free = measured && Math.min(...Object.values(measured.free), 6);
  const facts = measured && free !== undefined && outcome !== 'wrong' ? el('details', {}, el('summary', {}, t('readcheck.measured')), el('dl.facts', {},
    ...[['module', measured.mm === undefined ? t('readcheck.pixels', { pixels: decimal(measured.pixels, 1) }) : t('readcheck.mm', { mm: decimal(measured.mm) })],
      ['contrast', `${Math.round(100 * measured.contrast)} %`], ['free', t('readcheck.modules', { modules: decimal(free, 1) })],
      ['growth', `${Math.round(100 * measured.growth)} %`], ['blur', t('readcheck.modules', { modules: decimal(measured.blur) })]]
      .flatMap(([name, value]) => [el('dt', {}, t(`readcheck.fact.${name}`)), el('dd', {}, value)]))) : undefined;
  return el(`div.note.${tone}`, { 'data-outcome': outcome }, el('p', {}, el('b', {}, `${{ pass: '✓', fail: '✗', again: '↻', wrong: '✗' }[outcome]} ${t(`readcheck.${outcome}`)}`)),
    serial && outcome !== 'wrong' && el('p', {}, t('readcheck.seen'), ' ', el('span.mono', {}, groupsOf(serial).join('-'))), compare,
    findings.length + notes.length > 0 && el('ul', {}, ...[...findings, ...notes].map(sentence)), facts);
}

/** @param {Device} device */
export async function showReadCheck(device) {
  // Another run, chosen in the same page.
  globalThis.onhashchange = () => void show(device).catch((error) => notice('bad', explain(error)));
  await show(device);
}

/** @param {Device} device */
async function show(device) {
  const run = runOf(location.hash);
  const key = `readcheck:${run.range || [run.first, run.last].join('-')}`;
  /** @type {Result} */
  const result = await device.shelf.kept(key) ?? { range: run.range, first: run.first, last: run.last, read: [] };
  void locator().catch((error) => notice('bad', t('readcheck.no_reader'), ' ', explain(error)));

  const whole = el('div', { role: 'status' });
  const summary = () => {
    const at = (/** @type {Place} */ place) => result.read.find((one) => one.place === place)?.verdict.outcome;
    const bad = places.some((place) => at(place) === 'fail' || at(place) === 'wrong');
    const all = places.every((place) => at(place) === 'pass');
    whole.replaceChildren(el(`div.note.${all ? 'good' : bad ? 'bad' : 'plain'}`, { id: 'released', 'data-released': String(all) },
      el('b', {}, t(all ? 'readcheck.released' : bad ? 'readcheck.held' : 'readcheck.open', { count: places.filter((place) => at(place) === 'pass').length }))));
  };

  const part = (/** @type {Place} */ place) => {
    const shown = el('div', {});
    const wanted = run[place];
    const draw = () => {
      const read = result.read.find((one) => one.place === place);
      shown.replaceChildren(...(read ? [told(read.verdict, wanted), el('p.soft', {}, showTime(read.at))] : []));
    };
    const input = /** @type {HTMLInputElement} */ (el('input', { id: `photo-${place}`, type: 'file', accept: 'image/*', capture: 'environment', change: async () => {
      const file = input.files?.[0];
      if (!file) return;
      shown.replaceChildren(el('p.soft', {}, t('readcheck.looking')));
      try {
        const image = await pixelsOf(file);
        const { locate } = await locator();
        const asked = wantedAt(run, place, result.read);
        const found = chosen(await locate(image), asked);
        const verdict = judge(found, found && measure(image, found, run.label), asked);
        result.read = [...result.read.filter((one) => one.place !== place), { place, at: Date.now(), verdict }];
        await device.shelf.keep(key, result);
        say(t(`readcheck.${verdict.outcome}`));
      } catch (error) {
        notice('bad', t('readcheck.broken'), ' ', explain(error));
      }
      // The same file again is a change, too.
      input.value = '';
      draw();
      summary();
    } }));
    draw();
    return el('section.sheet', { id: `place-${place}` }, el('h2', {}, t(`readcheck.place.${place}`)),
      wanted ? el('p', {}, t('readcheck.wanted'), ' ', el('span.symbols.serial', {}, groupsOf(wanted).join('-'))) : el('p', {}, t('readcheck.any')),
      el('div.field', {}, el('label', { for: `photo-${place}` }, t('readcheck.photo')), input), shown);
  };
  summary();
  stage(el('section.sheet', {}, el('p', {}, t('readcheck.how')), run.range && el('p.soft', {}, t('readcheck.run', { range: run.range, template: run.template || '–' }))), ...places.map(part), whole);
}
