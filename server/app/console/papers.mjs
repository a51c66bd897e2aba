// Files of certificates: chosen in a form, kept on this device until the service holds them, shown beside their record.
import { NoPaper, takePaper } from '../capture/paper.mjs';
import { showAmount } from '../capture/amount.mjs';
import { carryPhotos } from '../sync/carry.mjs';
import { PhotoShelf } from '../sync/photo_shelf.mjs';
import { button, el, one, say } from './dom.mjs';
import { explain, t } from './words.mjs';

/** @typedef {import('./device.mjs').Device} Device */
/** @typedef {import('../sync/photo_shelf.mjs').PhotoName} PhotoName */

/** @type {Promise<PhotoShelf> | undefined} */
let opened;
const papers = () => (opened ??= PhotoShelf.open(indexedDB, 'nguon-office-papers'));
/** @param {string} sha256 */
const ownCopy = async (sha256) => (await (await papers()).all()).find((one) => one.sha256 === sha256);

/** @param {Device} device @param {import('../sync/lock.mjs').Lock} lock @param {() => boolean} busy  records are on their way */
export const sendPapers = (device, lock, busy) => carryPhotos(papers, device.shelf, lock, 'nguon-papers',
  { signIn: async () => void (await device.signIn()), busy });

/** @param {PhotoName} name */
const sizeOf = ({ size, type }) => ({ kind: type === 'application/pdf' ? 'PDF' : t('paper.picture'), kb: showAmount(String(Math.ceil(size / 1024))) });

/** @param {unknown} error @returns {string} */
function whyNot(error) {
  if (error instanceof NoPaper) return t(`wrong.file.${error.why}`);
  return /** @type {Error} */ (error).name === 'QuotaExceededError' ? t('wrong.file.full') : explain(error);
}

/**
 * The file is on this device before the draft names it; `data-blob` is what a draft keeps, and what is signed.
 * @param {Device} device @param {Element} field
 */
export function helpPaper(device, field) {
  const input = /** @type {HTMLInputElement} */ (one('input', field));
  const wrong = one('.wrong', field);
  const chosen = el('p.soft', { role: 'status' });
  const drop = button(t('paper.drop'), () => {
    name('');
    input.focus();
  }, '.small');
  const refuse = (/** @type {string} */ sentence) => {
    wrong.textContent = `⚠ ${sentence}`;
    input.setAttribute('aria-invalid', 'true');
    say(sentence);
  };
  const accept = () => {
    wrong.textContent = '';
    input.removeAttribute('aria-invalid');
  };
  const show = () => {
    const { blob } = input.dataset;
    chosen.textContent = blob ? t('paper.chosen', sizeOf(JSON.parse(blob))) : '';
    drop.hidden = !blob;
  };
  const name = (/** @type {string} */ blob) => {
    input.dataset.blob = blob;
    input.value = '';
    show();
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const take = async (/** @type {File} */ file) => {
    accept();
    input.dataset.reading = 'yes';
    chosen.textContent = t('paper.reading');
    try {
      const { octets, name: paper } = await takePaper(file, device.crypto);
      await (await papers()).keep({ sha256: paper.sha256, type: paper.type, octets, person: device.reader?.person ?? '', taken: Date.now() });
      name(JSON.stringify(paper));
    } catch (error) {
      // What was chosen before stays.
      input.value = '';
      show();
      refuse(whyNot(error));
    } finally {
      delete input.dataset.reading;
    }
  };
  // A draft of months ago may name what this device no longer has.
  const lookAgain = async (/** @type {string} */ blob) => {
    if ((await ownCopy(JSON.parse(blob).sha256)) || input.dataset.blob !== blob) return;
    name('');
    refuse(t('wrong.file.gone'));
  };
  show();
  input.after(chosen, drop);
  input.addEventListener('change', () => {
    if (input.files?.[0]) void take(input.files[0]);
  });
  input.addEventListener('filled', () => {
    show();
    if (input.dataset.blob) void lookAgain(input.dataset.blob);
  });
}

/** @param {PhotoName} name @param {string} alt  of its picture @returns {Promise<{parts: Node[], waits: boolean}>}  waits: it will change by itself */
async function partsOf(name, alt) {
  const own = await ownCopy(name.sha256);
  if (own?.refused) {
    return { waits: false, parts: [el('figcaption.wrong', {}, t('paper.refused'), ' ', el('a', { href: `/problems/${own.refused}` }, own.refused))] };
  }
  if (own) return { waits: true, parts: [el('figcaption', { role: 'status' }, t('paper.waiting', sizeOf(name)))] };
  const address = `/api/blobs/${name.sha256}`;
  const there = await fetch(address, { method: 'HEAD', credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
  if (!there.ok) return { waits: false, parts: [el('figcaption', {}, t('paper.none'))] };
  const whole = el('a.btn.small', { href: address, download: name.type === 'application/pdf' }, t('paper.whole', sizeOf(name)));
  if (name.type === 'application/pdf') return { waits: false, parts: [el('figcaption', {}, whole)] };
  return { waits: false, parts: [el('img', { src: `${address}/thumbnail`, alt }), el('figcaption', {}, whole, el('span.soft', {}, ` ${t('paper.small')}`))] };
}

/** What a record has for a file: small where it is a picture, and the file itself. @param {PhotoName} name @param {string} alt  of its picture */
export function paperSheet(name, alt) {
  const figure = el('figure.paper', {}, el('figcaption.soft', {}, t('paper.looking')));
  const follow = async () => {
    try {
      const { parts, waits } = await partsOf(name, alt);
      figure.replaceChildren(...parts);
      // What waits here is sent behind its record: then it can be shown.
      if (waits && figure.isConnected) document.addEventListener('outbox', () => void follow(), { once: true });
    } catch (error) {
      figure.replaceChildren(el('figcaption', {}, t('paper.offline')));
    }
  };
  // Not before it stands in the page.
  queueMicrotask(() => void follow());
  return el('section.sheet', {}, el('h2', {}, t('paper.title')), figure);
}
