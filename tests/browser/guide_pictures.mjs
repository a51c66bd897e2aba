// The guides' pictures are screenshots of the tests (server/app/guides/pictures): with NGUON_GUIDES=1 they are taken anew,
// without it a screen that shows other headings, fields or buttons than its picture did fails.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pictures } from '../../server/app/guides/render.mjs';

const folder = new URL('../../server/app/guides/pictures/', import.meta.url);
const anew = process.env.NGUON_GUIDES === '1';
const size = { width: 360, height: 640 };
const done = new Set();

/** What can be read as a heading, filled in or pressed; numbers and codes are of the day. */
async function structure(page) {
  const tree = await page.locator('#app, [data-page] main').ariaSnapshot();
  const lines = [...tree.matchAll(/^ *- (?:'|)(heading|button|link|textbox|searchbox|combobox|checkbox|radio) "([^"]*)"/gm)].map(([, role, name]) =>
    `${role} ${name.replace(/[0-9A-Z]{4}( [0-9A-Z]{4}){3}|[0-9A-Z]{4}-[0-9A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{3}/g, '…').replace(/[\w-]{4} [\w-]{4}(?!\p{L})/gu, '…').replace(/\d+/g, '0')}`);
  // Lists of what was added in one moment have no order of their own.
  return `${[...new Set(lines)].sort().join('\n')}\n`;
}

/** @param {string} [at]  selector of what the picture begins with; else the heading */
export async function guidePicture(page, name, at = '#app, main > h1') {
  if (!pictures.includes(name) || done.has(name)) return;
  done.add(name);
  const shown = await structure(page);
  const file = new URL(`${name}.txt`, folder);
  if (!anew) {
    if (!existsSync(file)) return;  // Not held to its screen yet.
    return assert.equal(shown, readFileSync(file, 'utf8'), `the guides show another screen than ${name}: run this suite with NGUON_GUIDES=1 and commit its pictures`);
  }
  writeFileSync(file, shown);
  const was = page.viewportSize();
  const dark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator(at).first().evaluate((one) => scrollTo(0, one.getBoundingClientRect().top + scrollY - 8));
  const wire = await page.context().newCDPSession(page);
  const { data } = await wire.send('Page.captureScreenshot', { format: 'webp', quality: 60 });
  await wire.detach();
  writeFileSync(new URL(`${name}.webp`, folder), Buffer.from(data, 'base64'));
  await page.setViewportSize(was);
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
}
