// What every screen of the console must hold to, and its picture for whoever wants to look.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkAccess } from '../browser/checks.mjs';
import { guidePicture } from '../browser/guide_pictures.mjs';
import { checkKeyboard, checkZoom, deskZoom, phoneZoom } from '../browser/hands.mjs';

const folder = process.env.NGUON_SHOTS;
if (folder) mkdirSync(folder, { recursive: true });

/** @param {string} name  the width of the screen is added @param {string} [at]  what a guide's picture of it begins with */
export async function shoot(page, name, at) {
  await guidePicture(page, name, at);
  const { width } = page.viewportSize();
  if (folder) await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
}

/** axe finds nothing; nothing runs out at the side, also at 200 %; all targets can be hit with a thumb. */
export async function checkFit(page) {
  const name = new URL(page.url()).pathname;
  await checkAccess(page);
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok((await fits()) <= 0, `${name} is ${await fits()} px too wide`);
  const size = page.viewportSize();
  // 200 % zoom of a desktop is half its width.
  if (size.width > 700) {
    await page.setViewportSize({ width: size.width / 2, height: size.height / 2 });
    assert.ok((await fits()) <= 0, `at 200 % ${name} is ${await fits()} px too wide`);
    await page.setViewportSize(size);
  }
  const small = await page.evaluate(() => [...document.querySelectorAll('main :is(button, input, select, a.btn)')]
    .filter((control) => control.checkVisibility()).flatMap((control) => {
      // A box to tick is hit by its words, too.
      const { width, height } = (control.type === 'checkbox' ? control.closest('label') : control).getBoundingClientRect();
      return height < 44 || width < 44 ? [`${control.textContent || control.id}: ${width}×${height} px`] : [];
    }));
  assert.deepEqual(small, [], name);
}

/** And: nothing is cut off at 200 % on a phone and 400 % on a desktop, and the Tab key alone leads everywhere. */
export async function checkOffice(page) {
  const name = new URL(page.url()).pathname;
  await checkFit(page);
  await checkZoom(page, name, page.viewportSize().width > 700 ? deskZoom : phoneZoom);
  await checkKeyboard(page, name);
}
