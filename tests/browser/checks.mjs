// What every page must hold to, whoever serves it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens `url` and keeps count of what it costs. Foreign requests fail the test at once. */
export async function open(context, url) {
  const page = await context.newPage();
  const seen = { octets: 0, requests: [], cookies: [] };
  const own = new URL(url).origin;
  const waiting = [];
  page.on('request', (request) => {
    seen.requests.push(request.url());
    assert.equal(new URL(request.url()).origin, own, `foreign request ${request.url()}`);
  });
  page.on('response', (response) => {
    waiting.push((async () => {
      if (response.headers()['set-cookie']) seen.cookies.push(response.url());
      await response.finished();
      seen.octets += (await response.request().sizes()).responseBodySize;
    })());
    // One that comes after `waiting` was awaited may lose its page; those before it are awaited below.
    waiting[waiting.length - 1].catch(() => {});
  });
  const response = await page.goto(url, { waitUntil: 'load' });
  await Promise.all(waiting);
  return { page, response, seen };
}

/** No cookie, ≤ 13 kB first response with its head, ≤ 50 kB in all (DESIGN §7). */
export async function checkCost(context, { response, seen }) {
  const head = (await response.headersArray()).reduce((n, h) => n + h.name.length + h.value.length + 4, 20);
  const { responseBodySize } = await response.request().sizes();
  assert.ok(responseBodySize > 500, `${responseBodySize} octets: nothing was measured`);
  const first = head + responseBodySize;
  assert.ok(first <= 13_000, `first response is ${first} octets`);
  assert.ok(seen.octets <= 50_000, `whole page is ${seen.octets} octets`);
  assert.deepEqual(seen.cookies, []);
  assert.deepEqual(await context.cookies(), []);
}

/** Each of the elements lies wholly within the first screen, in this order from the top. */
export async function checkFirstScreen(page, selectors) {
  let above = -1;
  for (const selector of selectors) {
    const element = page.locator(selector).first();
    const box = await element.boundingBox();
    assert.ok(box, `${selector} is on the page`);
    assert.ok(box.y >= 0 && box.y + box.height <= 640, `${selector} ends at ${box.y + box.height} px`);
    assert.ok(box.x >= 0 && box.x + box.width <= 360, `${selector} is cut at the side`);
    assert.ok(box.y >= above, `${selector} stands out of order`);
    above = box.y;
  }
}

/** Nothing runs out at the side, and every link and button can be hit with a thumb. */
export async function checkTouch(page) {
  const scroll = await page.locator('html').evaluate((html) => html.scrollWidth);
  assert.ok(scroll <= 360, `page is ${scroll} px wide`);
  for (const target of await page.locator('a.btn, button, input:not([type=hidden]), summary').all()) {
    const box = await target.boundingBox();
    assert.ok(box.height >= 44 && box.width >= 44, `${await target.textContent()}: ${box.height} px high`);
  }
}

/** axe-core by WCAG 2.2 A and AA plus its best practices: nothing to complain about. */
export async function checkAccess(page) {
  // An app that goes from screen to screen has it already.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const found = result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
  assert.deepEqual(found, []);
  assert.ok(result.passes.length > 10, 'axe ran');
}

/** Time is judged with --full alone: beside other suites it says how busy the machine is. */
export function inTime(ms, limit) {
  if (process.env.NGUON_FULL === '1') assert.ok(ms <= limit, `${ms} ms, ${limit} allowed`);
}
