// The layout of labels and the printer in front of the person, kept on this device; and how a label will look, before one is spent.
import { el } from './dom.mjs';
import { explain, language, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** As typed: millimetres and per cent. @typedef {{layout: string, dpi: string, right: string, down: string, across: string, along: string}} Printer */
/** @typedef {{name: string, vi: string, en: string, sheet: boolean, cells: number}} Layout */

const kept = 'label-printer';
const pause = 400;
/** @type {Printer} */
const usual = { layout: 'roll-50x30', dpi: '203', right: '0', down: '0', across: '100', along: '100' };
const dots = ['203', '300', '600'];

/** Thousandths of what was typed; undefined for what is no number. @param {string} text @param {number} times */
function thousandths(text, times) {
  const found = /^-?[0-9]{1,3}([.,][0-9]{1,2})?$/.exec(text.trim());
  return found ? String(Math.round(Number(text.trim().replace(',', '.')) * times)) : undefined;
}

/** What is asked of the service; undefined where something typed is no number. @param {Printer} printer @returns {URLSearchParams | undefined} */
export function queryOf({ layout, dpi, right, down, across, along }) {
  const said = { layout, dpi, offset_x: thousandths(right, 1000), offset_y: thousandths(down, 1000), scale_x: thousandths(across, 10), scale_y: thousandths(along, 10) };
  return Object.values(said).includes(undefined) ? undefined : new URLSearchParams(/** @type {Record<string, string>} */ (said));
}

/**
 * A sheet of settings with its picture. @param {Device} device @param {string | undefined} batch
 * @param {(query: URLSearchParams | undefined, layout: Layout) => void} [changed]  also once at first
 */
export async function printerSheet(device, batch, changed) {
  /** @type {Printer} */
  const printer = { ...usual, ...await device.shelf.kept(kept) };
  /** @type {Layout[]} */
  const layouts = (await device.get('/api/office/labels/layouts')).layouts;
  if (!layouts.some(({ name }) => name === printer.layout)) printer.layout = layouts[0].name;
  const picture = el('div.preview');
  const wrong = el('p.wrong', { id: 'printer-wrong', role: 'status' });
  const rulers = /** @type {HTMLAnchorElement} */ (el('a.btn.small', { download: true }, t('printer.rulers')));
  const draw = () => {
    const query = queryOf(printer);
    const layout = /** @type {Layout} */ (layouts.find(({ name }) => name === printer.layout));
    wrong.textContent = query ? '' : `⚠ ${t('printer.no_number')}`;
    changed?.(query, layout);
    if (!query) return;
    rulers.href = `/api/office/labels/calibration.pdf?${query}`;
    const path = `/api/office/labels/preview.svg?${query}${batch ? `&batch=${encodeURIComponent(batch)}` : ''}`;
    const image = /** @type {HTMLImageElement} */ (el('img', { alt: t('printer.preview_alt', { layout: layout[language()] }) }));
    image.onload = () => picture.replaceChildren(image);
    image.onerror = () => {
      // A picture that did not come says nothing; the same question asked as text says which rule.
      picture.replaceChildren();
      void device.ask('GET', path).then(() => {}, (error) => {
        wrong.textContent = `⚠ ${explain(error)}`;
        changed?.(undefined, layout);
      });
    };
    image.src = path;
  };
  let timer = 0;
  const change = () => {
    void device.shelf.keep(kept, printer).catch(() => {});
    clearTimeout(timer);
    timer = window.setTimeout(draw, pause);
  };
  /** @param {keyof Printer} name @param {HTMLElement} control */
  const field = (name, control) => el('div.field', {}, el('label', { for: `printer-${name}` }, t(`printer.${name}`)), control);
  /** @param {keyof Printer} name @param {HTMLOptionElement[]} options */
  const select = (name, options) => {
    const made = /** @type {HTMLSelectElement} */ (el('select', { id: `printer-${name}`, change: () => {
      printer[name] = made.value;
      change();
    } }, ...options));
    made.value = printer[name];
    return field(name, made);
  };
  /** @param {keyof Printer} name */
  const typed = (name) => {
    const made = /** @type {HTMLInputElement} */ (el('input', { id: `printer-${name}`, inputmode: 'decimal', maxlength: '7', autocomplete: 'off', 'aria-describedby': 'printer-wrong', input: () => {
      printer[name] = made.value;
      change();
    } }));
    made.value = printer[name];
    return field(name, made);
  };
  draw();
  return el('section.sheet', { id: 'printer' }, el('h2', {}, t('printer.title')), el('p', {}, t('printer.how')),
    select('layout', layouts.map((layout) => new Option(layout[language()], layout.name))), select('dpi', dots.map((dpi) => new Option(t('printer.dots', { dpi }), dpi))),
    el('details', {}, el('summary', {}, t('printer.fine')), el('p.soft', {}, t('printer.fine_how')), typed('right'), typed('down'), typed('across'), typed('along'),
      el('div.acts', {}, rulers)), wrong, picture);
}
