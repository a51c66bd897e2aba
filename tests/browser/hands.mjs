// What every screen must hold to for those who enlarge it, and for those who have no mouse.
import assert from 'node:assert/strict';

/** A phone at 200 %, and a desktop of 1280×1024 at 400 % (WCAG 1.4.10). */
export const phoneZoom = { width: 180, height: 320 };
export const deskZoom = { width: 320, height: 256 };

/** Nothing runs out at the side, no words are cut off, and what sticks to an edge leaves the screen to the rest. */
export async function checkZoom(page, name, zoom) {
  const size = page.viewportSize();
  await page.setViewportSize(zoom);
  const found = await page.evaluate(() => {
    const wrong = [];
    const { clientWidth, clientHeight } = document.documentElement;
    if (document.documentElement.scrollWidth > clientWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    const called = (one) => `${one.localName}.${one.className} "${(one.textContent ?? '').trim().slice(0, 40)}"`;
    for (const one of document.querySelectorAll('body *')) {
      if (!one.checkVisibility({ visibilityProperty: true }) || one.closest('svg, select')) continue;
      const style = getComputedStyle(one);
      // What scrolls by itself shows all it has to whoever moves it, by finger or by key.
      if (one.parentElement?.closest('nav ul, .paper, .checks, textarea')) continue;
      const unseen = style.position === 'absolute' || one.closest('.unseen, .skip');
      const { left, right, height } = one.getBoundingClientRect();
      if (!unseen && (left < -0.5 || right > clientWidth + 0.5)) wrong.push(`${called(one)} goes from ${left} to ${right} px`);
      if (!unseen && style.overflowX === 'hidden' && one.scrollWidth > one.clientWidth + 1) wrong.push(`${called(one)} is cut off`);
      if (['sticky', 'fixed'].includes(style.position) && height > clientHeight / 2) wrong.push(`${called(one)} keeps ${height} px of the screen`);
    }
    return wrong;
  });
  await page.setViewportSize(size);
  assert.deepEqual(found, [], `${name} at ${zoom.width} px`);
}

/** Notes every element that gets the focus, whether it shows so, and whether it lies bare. */
function watchFocus() {
  const seen = new Map();
  globalThis.focusSeen = seen;
  document.addEventListener('focusin', ({ target }) => {
    if (target === document.body) return;
    const shown = [target, target.nextElementSibling, target.parentElement].some((one) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    const told = { shown, bare: false };
    seen.set(target, told);
    // A row of pages that scrolls sideways comes to its place in some frames.
    globalThis.focusSettled = (async () => {
      for (let frames = 0; frames < 30 && !told.bare; frames += 1) {
        await new Promise(requestAnimationFrame);
        const { left, top, width, height } = target.getBoundingClientRect();
        told.bare = [0.1, 0.5, 0.9].some((part) => {
          const above = document.elementFromPoint(left + width / 2, top + height * part);
          return above && (target.contains(above) || above.contains(target) || above.closest('label')?.contains(target));
        });
      }
    })();
  });
}

/** Tab alone leads to everything that can be pressed or filled; where one is can be seen, and nothing lies over it. */
export async function checkKeyboard(page, name) {
  const count = await page.evaluate((watch) => {
    if (!globalThis.focusSeen) (0, eval)(`(${watch})()`);
    globalThis.focusSeen.clear();
    // From the top, as after a page was opened.
    globalThis.focusBefore = document.activeElement;
    getSelection().removeAllRanges();
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute('tabindex');
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')];
    const shown = all.filter((one) => one.checkVisibility());
    // A date is four stops: day, month, year and its calendar.
    return Math.max(all.length, shown.length + 3 * shown.filter(({ type }) => type === 'date').length);
  }, watchFocus.toString());
  const most = 40;
  for (let presses = 0; presses < Math.min(count + 2, most); presses += 1) {
    await page.keyboard.press('Tab');
    await page.evaluate(() => globalThis.focusSettled);
  }
  const wrong = await page.evaluate((reachedAll) => {
    const seen = globalThis.focusSeen;
    const called = (one) => `${one.localName}#${one.id} "${(one.textContent || one.getAttribute('aria-label') || '').trim().slice(0, 40)}"`;
    const found = seen.size === 0 ? ['Tab leads nowhere'] : [];
    for (const [one, { shown, bare }] of seen) {
      if (!shown) found.push(`${called(one)} does not show that it has the focus`);
      if (!bare) found.push(`${called(one)} lies behind something when it has the focus`);
    }
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled);
    if (reachedAll) {
      for (const one of all) {
        // One stop for a group of which one is chosen: arrows lead on.
        const group = one.type === 'radio' && all.some((other) => other.name === one.name && seen.has(other));
        if (!group && !seen.has(one)) found.push(`${called(one)} is not reached by Tab`);
      }
    }
    // Whatever looks as if it could be pressed is something that keys can press.
    for (const one of document.querySelectorAll('body *')) {
      if (getComputedStyle(one).cursor === 'pointer' && one.checkVisibility() && !one.closest('a[href], button, label, summary, select, input')) {
        found.push(`${called(one)} is pressed by a mouse alone`);
      }
    }
    globalThis.focusBefore?.focus?.({ preventScroll: true });
    return found;
  }, count + 2 <= most);
  assert.deepEqual(wrong, [], `${name} by keys`);
}
