// The page's elements. Text goes in as text nodes only: the pages' policy forbids markup from strings.

/**
 * @param {string} tag  `p`, or `p.soft` with a class
 * @param {Record<string, string | boolean | ((event: Event) => void) | undefined>} [props]
 *   functions are listeners of the event named; true is an empty attribute, false and undefined are none
 * @param {...(Node | string | undefined | false)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const made = document.createElement(name);
  if (classes.length > 0) made.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, '');
    else if (typeof value === 'string') made.setAttribute(key, value);
  }
  for (const child of children) if (child !== undefined && child !== false) made.append(child);
  return made;
}

/** An element that the server wrote. @param {string} id @returns {HTMLElement} */
export function the(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found;
}

/** @param {string} selector @param {ParentNode} [within] @returns {any} */
export const one = (selector, within = document) => within.querySelector(selector);

/** Said by screen readers without moving the focus. @param {string} text */
export function say(text) {
  the('say').textContent = text;
}

/** What happened, above all else; replaces what stood there. @param {'good' | 'bad' | 'plain'} tone @param {...(Node | string)} children */
export function notice(tone, ...children) {
  const mark = { good: '✓ ', bad: '⚠ ', plain: '' }[tone];
  const box = el(`div.note.${tone}`, { role: tone === 'bad' ? 'alert' : 'status' }, mark, ...children);
  the('notice').replaceChildren(box);
  box.scrollIntoView({ block: 'nearest' });
}

export const unnotice = () => the('notice').replaceChildren();

/** @param {string} words @param {(event: Event) => void} click @param {string} [look] */
export const button = (words, click, look = '') => el(`button.btn${look}`, { type: 'button', click }, words);

let turns = 0;

/**
 * Says that something else is going to be shown: whatever began before and is still being fetched must not take its place.
 * @returns {() => boolean}  whether nothing began since
 */
export function turn() {
  const mine = ++turns;
  return () => mine === turns;
}

/** Shows this and nothing else between heading and foot. @param {...(Node | undefined | false)} nodes */
export function stage(...nodes) {
  for (const form of document.querySelectorAll('main > form')) form.setAttribute('hidden', '');
  the('stage').dataset.shown = 'yes';
  the('stage').replaceChildren(...nodes.filter((node) => node instanceof Node));
}

/** Runs `work` with the button held, so that an impatient finger does it once. @param {Event} event @param {() => Promise<unknown>} work */
export async function once(event, work) {
  const pressed = event.target instanceof HTMLButtonElement ? event.target : undefined;
  if (pressed) pressed.disabled = true;
  try {
    return await work();
  } finally {
    if (pressed) pressed.disabled = false;
  }
}
