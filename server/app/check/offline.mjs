// The single file to keep: no network, no other file. What was put inside is checked at once; without it, a proof and the
// key of the record are asked for.
import { element, verdict } from './show.mjs';
import { run } from './run.mjs';
import { words } from './words.mjs';

const inside = (document.querySelector('#kept')?.textContent ?? '').trim();
const kept = inside ? JSON.parse(inside) : undefined;
const lang = kept?.lang === 'en' ? 'en' : 'vi';
const say = words[lang];
const tools = /** @type {HTMLElement} */ (document.querySelector('#tools'));

/** @param {string} label @param {HTMLElement} field */
function labelled(label, field) {
  const made = element('label', label);
  made.append(field);
  return made;
}

function ask() {
  const file = document.createElement('input');
  file.type = 'file';
  const vkey = document.createElement('input');
  vkey.autocomplete = 'off';
  const button = element('button', say.run, 'btn');
  button.addEventListener('click', async () => {
    const [bundle] = file.files ?? [];
    if (!bundle) return;
    await run({ bundle: await bundle.text(), vkey: vkey.value.trim(), witnesses: [] }, lang);
  });
  tools.append(labelled(say.choose, file), labelled(say.vkey, vkey), button);
}

document.documentElement.lang = lang;
document.title = say.title;
if (kept) {
  verdict('plain', say.working);
  run(kept, lang).catch(() => verdict('warn', say.unknown));
} else {
  verdict('plain', say.title);
  ask();
}
