// A deployment of its own with an office that a browser can join, for each test file (dữ liệu mẫu).
import assert from 'node:assert/strict';
import { askService } from '../../server/app/enrol/ask.mjs';
import { confirm, invite, lookAt } from '../../server/app/enrol/office.mjs';
import { chooseCrypto } from '../../server/app/verifier/crypto.mjs';
import { launch } from '../browser/browser.mjs';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment } from '../e2e/lib/deployment.mjs';

const crypto = await chooseCrypto();
const random = (count) => globalThis.crypto.getRandomValues(new Uint8Array(count));

export const phoneSize = { width: 360, height: 640 };
export const deskSize = { width: 1280, height: 800 };

export class Office {
  /** @param {() => Promise<import('playwright-core').Browser>} start */
  static async open(start = launch) {
    const log = Deployment.init();
    await log.start();
    return new this(log, await Cast.settle(log), await start());
  }

  constructor(log, cast, browser) {
    Object.assign(this, { log, cast, browser, base: `http://localhost:${log.port}`, pages: [] });
    this.ask = askService(fetch, this.base, 20_000);
  }

  async close() {
    await this.browser.close();
    this.log.remove();
  }

  maker(name) {
    const { kid, sign } = { kid: this.cast.keys[name].kid, sign: async (octets) => this.cast.keys[name].sign(octets) };
    return { crypto, signer: { alg: 'ES256', kid, sign }, aud: this.log.aud, now: () => Date.now(), random };
  }

  newContext(options) {
    return this.browser.newContext(options);
  }

  /** A browser that nobody knows. Every foreign request and every error of the page fails the test. */
  async device({ size = phoneSize, dark = false, lang = 'vi' } = {}) {
    const context = await this.newContext({ viewport: size, locale: 'vi-VN', colorScheme: dark ? 'dark' : 'light' });
    const page = await context.newPage();
    page.errors = [];
    page.on('pageerror', (error) => page.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) page.errors.push(message.text());
    });
    page.on('request', (request) => assert.equal(new URL(request.url()).origin, this.base, request.url()));
    page.go = (path) => page.goto(`${this.base}${path}${lang === 'en' ? '?lang=en' : ''}`);
    this.pages.push(page);
    return page;
  }

  /** A browser that `by` has enrolled for `roles`, through the pages on its side. */
  async enrolled(by, roles, options) {
    const page = await this.device(options);
    const person = this.cast.persons[options?.as ?? ''];
    const sent = await invite(this.ask, this.maker(by), {
      name: 'Nhân viên Mẫu', org: this.cast.coop, roles, minutes: 30, ...(person && { person, head: this.cast.newest[person] }),
    });
    await page.go('/office');
    await page.fill('#code', sent.code.toLowerCase());
    await page.click('#stage form button[type=submit]');
    await page.click('section .btn.go');
    await page.waitForSelector('#own-key');
    await this.agree(by, sent);
    await page.waitForSelector('.tiles');
    return page;
  }

  /** `by` sees the key that was offered for what they sent, and confirms it. */
  async agree(by, sent) {
    let offer;
    while (!offer) ({ offer } = await lookAt(this.ask, sent));
    const entry = await confirm(this.maker(by), sent, offer);
    assert.equal((await this.log.put(entry)).status, 201);
  }

  noErrors() {
    for (const page of this.pages) assert.deepEqual(page.errors, []);
  }
}
