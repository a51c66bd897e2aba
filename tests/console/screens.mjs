// What every screen of the console must hold to, and its picture for whoever wants to look.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkAccess } from '../browser/checks.mjs';

const folder = process.env.NGUON_SHOTS;
if (folder) mkdirSync(folder, { recursive: true });

/** @param {string} name  the width of the screen is added */
export async function shoot(page, name) {
  const { width } = page.viewportSize();
  if (folder) await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
}

/** axe finds nothing; nothing runs out at the side, also at twice the size; all targets can be hit with a thumb. */
export async function checkOffice(page) {
  await checkAccess(page);
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok((await fits()) <= 0, `page is ${await fits()} px too wide`);
  const size = page.viewportSize();
  // 200 % zoom of a desktop is half its width.
  if (size.width > 700) {
    await page.setViewportSize({ width: size.width / 2, height: size.height / 2 });
    assert.ok((await fits()) <= 0, `at 200 % the page is ${await fits()} px too wide`);
    await page.setViewportSize(size);
  }
  for (const target of await page.locator('main button:visible, main input:visible, main select:visible, main a.btn:visible').all()) {
    // A box to tick is hit by its words, too.
    const box = await target.evaluate((control) => {
      const { width, height } = (control.type === 'checkbox' ? control.closest('label') : control).getBoundingClientRect();
      return { width, height };
    });
    assert.ok(box.height >= 44 && box.width >= 44, `${await target.textContent()}: ${box.width}×${box.height} px`);
  }
}
