// The page behind "Kiểm tra trên máy này": fetches what a stranger would, and believes none of it before it was checked.
import { element, verdict } from './show.mjs';
import { run } from './run.mjs';
import { words } from './words.mjs';

const lang = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'vi';
const sub = decodeURIComponent(location.hash.slice(1));
const say = words[lang];

/** @param {string} path */
async function text(path) {
  const answer = await fetch(path, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

/** @returns {Promise<import('./judge.mjs').Evidence>} */
async function gather() {
  const path = encodeURIComponent(sub);
  // The statement first: what is logged in between makes the bundle longer, never too short.
  const head = await text(`/api/subjects/${path}/head`);
  const bundle = await text(`/api/batches/${path}/bundle`);
  const log = `/log/${String(JSON.parse(bundle).origin).split('/').pop()}`;
  const [keys, told] = await Promise.all([text(`${log}/keys`), text(`${log}/witnesses`)]);
  const witnesses = JSON.parse(told).witnesses.map((/** @type {any} */ one) => String(one.vkey));
  return { head, bundle, vkey: newestLogKey(keys), witnesses };
}

/** By `/log/<n>/keys` (ledger/FORMAT.md "Change of keys"). @param {string} keys */
function newestLogKey(keys) {
  const lines = keys.split('\n').map((line) => line.split(' ')).filter((words) => words[0] === 'log' && !words.includes('until'));
  return lines[lines.length - 1][1];
}

/** @param {string} label @param {string} name @param {() => Promise<string>} make @param {string} type */
function download(label, name, make, type) {
  const button = element('button', label, 'btn');
  button.addEventListener('click', async () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([await make()], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
  return button;
}

/** The offline page with this evidence inside. @param {import('./judge.mjs').Evidence} evidence */
async function keepsake(evidence) {
  const page = await text('/app/kiem-tra-offline');
  const data = JSON.stringify({ ...evidence, lang }).replace(/</g, '\\u003c');
  return page.replace('<script type="application/json" id="kept"></script>', () => `<script type="application/json" id="kept">${data}</script>`);
}

async function main() {
  const evidence = await gather();
  const finding = await run(evidence, lang, sub);
  const tools = /** @type {HTMLElement} */ (document.querySelector('#tools'));
  if (finding.good) {
    tools.append(download(say.keep, 'nguon-kiem-tra.html', () => keepsake(evidence), 'text/html'), element('p', say.kept, 'soft'));
  }
  tools.append(download(say.proof, 'nguon-chung-cu.json', async () => evidence.bundle, 'application/json'));
}

document.documentElement.lang = lang;
document.title = say.title;
verdict('plain', say.working);
main().catch((error) => {
  verdict('warn', say.unknown);
  /** @type {HTMLElement} */ (document.querySelector('#found')).append(element('p', say.unreachable));
  console.error(error);
});
