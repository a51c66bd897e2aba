// Chromium as a process of its own, so that a test can end it as a flat battery would.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from '../browser/node_modules/playwright-core/index.mjs';

/** Starts Chromium on `profile`. @returns {Promise<{context: import('playwright-core').BrowserContext, port: number, kill: () => Promise<void>}>} */
export async function startChromium(profile, flags = []) {
  const child = spawn('/usr/bin/chromium', [
    '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--hide-scrollbars',
    '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...flags, 'about:blank',
  ], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(child, 'exit');
  let address;
  for await (const line of createInterface(child.stderr)) {
    address = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
    if (address) break;
  }
  if (!address) throw new Error('Chromium did not start');
  child.stderr.resume();
  const browser = await chromium.connectOverCDP(address);
  return {
    context: browser.contexts()[0],
    /** Where other tools reach it. */
    port: Number(new URL(address).port),
    /** SIGKILL for all of its processes at once. */
    async kill() {
      process.kill(-child.pid, 'SIGKILL');
      await gone;
      await browser.close().catch(() => {});
    },
  };
}
