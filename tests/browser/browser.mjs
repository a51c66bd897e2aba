// One Chromium for a suite, started so that it asks nothing of the network by itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function launch() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: quiet });
}

/** A phone of 360×640 CSS pixels. `scripts` off is how the pages must be complete. */
export function phone(browser, { scripts = false, dark = false } = {}) {
  return browser.newContext({
    viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, javaScriptEnabled: scripts,
    colorScheme: dark ? 'dark' : 'light', bypassCSP: scripts, locale: 'vi-VN',
  });
}

/** A folder that goes away with the test. */
export function scratch(after) {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-browser-'));
  // Whoever was told to end may still be writing its last.
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return folder;
}
