// Elements by function calls. Text only ever becomes text, so nothing that was typed can turn into markup.

/** @typedef {Node | string | number | false | null | undefined} Part */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props]  `onclick` and the like are listeners, `true` an attribute without value
 * @param {...(Part | Part[])} parts
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...parts) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false || value === null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value') /** @type {HTMLInputElement} */ (element).value = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  fill(element, ...parts);
  return element;
}

/** Replaces what is inside. @param {Element} element @param {...(Part | Part[])} parts */
export function fill(element, ...parts) {
  const nodes = parts.flat().filter((part) => part !== false && part !== null && part !== undefined && part !== '');
  element.replaceChildren(.../** @type {(Node | string)[]} */ (nodes.map((part) => (part instanceof Node ? part : String(part)))));
}

const parser = new DOMParser();

/** A drawing of our own source. @param {string} inner  markup within a square of 48 units @param {string} [kind]  class */
export function picture(inner, kind = 'pic') {
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" class="${kind}" aria-hidden="true" focusable="false">${inner}</svg>`;
  return document.importNode(parser.parseFromString(text, 'image/svg+xml').documentElement, true);
}
