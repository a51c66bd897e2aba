// The guides as pages: each step's words above its picture, so that they can be read, printed, and looked at.
import { clerk } from './clerk.mjs';
import { member } from './member.mjs';
import { registrar } from './registrar.mjs';

/** @typedef {[words: string, picture?: string, says?: string]} Step  picture: a screenshot's name (pictures/), says: to whoever hears it */
/** @typedef {{name: string, title: string, lead: string, start: [address: string, name: string], parts: [heading: string, steps: Step[]][]}} Guide */

/** @type {Record<string, Guide>} */
export const guides = { member, clerk, registrar };

/** Names of all screenshots that are shown. */
export const pictures = [...new Set(Object.values(guides).flatMap(({ parts }) => parts.flatMap(([, steps]) => steps.map(([, picture]) => picture ?? ''))))]
  .filter(Boolean).sort();

/** @param {string} text */
const words = (text) => text.replace(/\*\*([^*]+)\*\*/g, '<b>$1</b>');

/** @param {Step} step */
const item = ([text, picture, says]) => `<li><p>${words(text)}</p>${picture
  ? `\n<img src="/app/guide-${picture}.webp" alt="${says}" width="360" height="640" loading="lazy">` : ''}</li>\n`;

/** One page. Its own words are the only ones in it, so nothing is escaped. @param {string} which */
export function render(which) {
  const { title, lead, start, parts } = guides[which];
  const links = Object.entries(guides).map(([one, { name }]) => `<a href="/app/guide-${one}"${one === which ? ' aria-current="page"' : ''}>${name}</a>`);
  return `<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="description" content="${lead}">
<title>${title} · Nguồn</title>
<link rel="stylesheet" href="/app/guide-style.css">
<link rel="icon" href="/favicon.svg">
<header><h1>${title}</h1><p class="lead">${lead}</p></header>
<main>
${parts.map(([heading, steps]) => `<h2>${heading}</h2>\n<ol${steps.length === 1 ? ' class="one"' : ''}>\n${steps.map(item).join('')}</ol>\n`).join('')}</main>
<footer><nav aria-label="Các trang"><a href="${start[0]}">${start[1]}</a> ${links.join(' ')}</nav>
<p>Hình chụp từ chương trình thật, với dữ liệu mẫu. Muốn dán ở văn phòng thì in trang này ra giấy.</p></footer>
</html>
`;
}
