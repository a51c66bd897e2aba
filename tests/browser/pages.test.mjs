// Every kind of page, rendered by the code under test, looked at by a browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, phone, scratch } from './browser.mjs';
import { checkAccess, checkCost, checkFirstScreen, checkTouch, open } from './checks.mjs';
import { eventually } from './eventually.mjs';
import { serve } from './site.mjs';

const renderer = process.env.NGUON_RENDER_PAGES;
const shots = process.env.NGUON_SHOTS;
const folder = scratch(after);
let browser, site;

before(async () => {
  assert.ok(renderer && existsSync(renderer), 'NGUON_RENDER_PAGES names the render_pages program');
  execFileSync(renderer, [folder]);
  if (shots) mkdirSync(shots, { recursive: true });
  browser = await launch();
  site = await serve(folder);
});
after(async () => {
  site.close();
  await browser.close();
});

const firstScreen = ['h1', '.product h2', '.facts dd', '.place', '.facts div:nth-child(2) dd',
  '.facts div:nth-child(3) dd', '#ocop', '.certificate', '#serial', '.acts'];

const contexts = new Map();

async function withPage(name, options, check) {
  const kind = JSON.stringify(options);
  if (!contexts.has(kind)) contexts.set(kind, await phone(browser, options));
  const opened = await open(contexts.get(kind), site.base + name);
  try {
    await check({ ...opened, context: contexts.get(kind) });
    if (shots) {
      const dark = options.dark ? '-dark' : '';
      await opened.page.screenshot({ path: join(shots, `${name.replace('.html', '')}${dark}.png`) });
    }
  } finally {
    await opened.page.close();
  }
}

for (const suffix of ['.html', '.en.html']) {
  test(`first screen of a valid label says it all without scripts (${suffix})`, () =>
    withPage('valid' + suffix, {}, ({ page }) => checkFirstScreen(page, firstScreen)));

  test(`lapsed and withdrawn OCOP say so on the first screen, without stars (${suffix})`, async () => {
    for (const name of ['lapsed', 'withdrawn']) {
      await withPage(name + suffix, {}, async ({ page }) => {
        await checkFirstScreen(page, ['h1', '.product h2', '.place', '#ocop', '#serial']);
        await eventually(() => page.locator('.stars').count(), 0);
      });
    }
  });
}

test('a recall is on the first screen with what to do', () =>
  withPage('recalled.html', {}, ({ page }) =>
    checkFirstScreen(page, ['h1', '.recall', '.product h2', '.place'])));

test('screen readers hear the stars once, as words', () =>
  withPage('valid.html', {}, async ({ page }) => {
    assert.match(await page.locator('#ocop').ariaSnapshot(), /OCOP 4 sao/);
    assert.doesNotMatch(await page.locator('#ocop').ariaSnapshot(), /★/);
  }));

test('every page: cost, cookies, touch', async () => {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html'));
  assert.ok(pages.length >= 36, `${pages.length} pages`);
  for (const name of pages) {
    await withPage(name, {}, async (opened) => {
      await checkCost(opened.context, opened);
      await checkTouch(opened.page);
    });
  }
});

for (const dark of [false, true]) {
  test(`every page: axe-core finds nothing (${dark ? 'dark' : 'light'})`, async () => {
    // Both languages share their markup: English is looked at once, by light.
    const names = readdirSync(folder).filter((name) => !name.endsWith('.en.html'));
    for (const name of dark ? names : [...names, 'valid.en.html']) {
      await withPage(name, { scripts: true, dark }, ({ page }) => checkAccess(page));
    }
  });
}

test('at 200 % zoom nothing is cut at the side', async () => {
  const context = await browser.newContext({ viewport: { width: 180, height: 320 } });
  const { page } = await open(context, site.base + 'valid.html');
  assert.ok(await page.locator('html').evaluate((html) => html.scrollWidth) <= 180);
  await context.close();
});
