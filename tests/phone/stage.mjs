// A co-op with products and plots, its clerk, a network in front, and Chromium as a member's phone (dữ liệu mẫu).
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { confirm, invite, lookAt } from '../../server/app/enrol/office.mjs';
import { askService } from '../../server/app/enrol/ask.mjs';
import { chooseCrypto } from '../../server/app/verifier/verifier.mjs';
import { checkAccess } from '../browser/checks.mjs';
import { guidePicture } from '../browser/guide_pictures.mjs';
import { startChromium } from '../app/chromium.mjs';
import { Cast } from '../e2e/lib/cast.mjs';
import { Deployment } from '../e2e/lib/deployment.mjs';
import { film } from './lens.mjs';
import { Weather } from './weather.mjs';

const crypto = await chooseCrypto();
const random = (count) => globalThis.crypto.getRandomValues(new Uint8Array(count));
/** Where the guides' and the engineers' screenshots go. */
export const shots = process.env.NGUON_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

export class Stage {
  static async build() {
    const stage = new Stage();
    stage.log = Deployment.init();
    await stage.log.start();
    const { log } = stage;
    stage.cast = await Cast.settle(log);
    const { cast } = stage;
    const { clerk } = cast.keys;
    for (const [name, crop, part] of [['Cam mẫu', 'orange', 'fruit'], ['Cà phê mẫu', 'coffee', 'cherry'], ['Bưởi mẫu', 'pomelo', 'fruit']]) {
      await cast.add(clerk, { type: 'product.add/1', sub: 'product', data: { org: cast.coop, name, crop, stage: part } });
    }
    for (const name of ['Vườn Suối Cạn', 'Vườn Đồi Hòa']) {
      await cast.add(clerk, { type: 'site.add/1', sub: 'site', data: {
        org: cast.coop, kind: 'plot', name, commune: { code: '04132', vintage: '2026-09-25' }, area: { amount: '0.8', unit: 'ha' },
      } });
    }
    stage.weather = await Weather.over(log);
    // A service that was started anew has another port.
    stage.ask = (...question) => askService(fetch, `http://127.0.0.1:${log.port}`, 10_000)(...question);
    stage.clerk = { crypto, signer: { alg: 'ES256', kid: clerk.kid, sign: async (octets) => clerk.sign(octets) }, aud: log.aud, now: () => Date.now(), random };
    return stage;
  }

  /** What the office's QR says. @param {Partial<import('../../server/app/enrol/office.mjs').Wish>} [wish] */
  invite(wish = {}) {
    return invite(this.ask, this.clerk, { name: 'Lò Thị Mẫu', org: this.cast.coop, roles: ['member'], minutes: 30, ...wish });
  }

  /** The clerk sees the key that was offered and agrees. */
  async agree(sent) {
    for (;;) {
      const { offer } = await lookAt(this.ask, sent);
      if (offer) {
        await this.log.add(await confirm(this.clerk, sent, offer).then((entry) => ({ ...entry, payload: { type: 'key.add/1' } })));
        return offer.kid;
      }
      await new Promise((later) => setTimeout(later, 50));
    }
  }

  /** With all that was answered to a phone: a checkpoint may be a second behind that. */
  async #leaves() {
    return this.log.leaves(await this.log.head(this.weather.size));
  }

  /** All entries of a type in the log, decoded. */
  async logged(type) {
    const leaves = await this.#leaves();
    return leaves.map(({ entry }) => JSON.parse(Buffer.from(entry.split('.')[1], 'base64url'))).filter((claims) => claims.type === type);
  }

  /** Amount and key of each entry of a type, in log order. */
  async signers(type) {
    const leaves = await this.#leaves();
    const read = (part) => JSON.parse(Buffer.from(part, 'base64url'));
    return leaves.map(({ entry }) => entry.split('.')).map(([header, payload]) => ({ ...read(payload), kid: read(header).kid }))
      .filter((claims) => claims.type === type).map(({ data, kid }) => [data.qty.amount, kid]);
  }

  /** Waits for something that the page does not show. */
  async until(found, ms = 20_000) {
    for (const end = Date.now() + ms; !(await found()); await new Promise((later) => setTimeout(later, 50))) {
      assert.ok(Date.now() < end, 'it happens');
    }
  }

  close() {
    this.weather?.close();
    this.log?.remove();
  }
}

/** Nothing out at the side, every target 56 px wide and high. */
export async function checkTargets(page, name) {
  const small = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    const targets = [...document.querySelectorAll('button, input')].filter((one) => one.checkVisibility());
    const found = targets.map((one) => ({ what: one.textContent || one.id, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 56 || box.width < 56).map(({ what, box }) => `${what}: ${box.width}×${box.height}`);
    return wide > 360 ? [...found, `page is ${wide} px wide`] : found;
  });
  assert.deepEqual(small, [], name);
}

/** A cheap phone: 360×640, four times slower than this machine. Its profile outlives its battery. */
export class Handset {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.profile = mkdtempSync(join(tmpdir(), 'nguon-phone-'));
  }

  /** @param {{dark?: boolean, slow?: number, clock?: number, camera?: boolean | 'refused'}} [how]  clock: ms that it is wrong by; camera: it has one, which sees what `sees` was given last */
  async start({ dark = false, slow = Number(process.env.NGUON_SLOW ?? 4), clock = 0, camera = false } = {}) {
    const film = ['--use-fake-device-for-media-stream', `--use-fake-ui-for-media-stream${camera === 'refused' ? '=deny' : ''}`, `--use-file-for-fake-video-capture=${this.#film}`];
    const { context, kill } = await startChromium(this.profile, ['--lang=vi', ...(camera ? film : [])]);
    this.kill = kill;
    this.context = context;
    this.how = { dark, slow, clock };
    this.page = await this.open();
    return this.page;
  }

  get #film() {
    return join(this.profile, 'camera.y4m');
  }

  /** What its camera is going to see from when it is opened next, round and round. @param {Uint8Array[]} frames @param {number} [fps] */
  sees(frames, fps = 4) {
    writeFileSync(this.#film, film(frames, fps));
  }

  /** The barcode reader comes by itself, behind the records; with both of its files. */
  async reader() {
    await this.page.waitForFunction(async () => {
      const name = (await caches.keys()).find((one) => one.startsWith('nguon-pack-reader-'));
      return name !== undefined && (await (await caches.open(name)).keys()).length === 2;
    });
  }

  /** Another tab. */
  async open(path = 'about:blank') {
    const page = await this.context.newPage();
    const { dark, slow, clock } = this.how;
    await page.setViewportSize({ width: 360, height: 640 });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    const wire = await this.context.newCDPSession(page);
    page.slowed = (rate) => wire.send('Emulation.setCPUThrottlingRate', { rate });
    await page.slowed(slow);
    if (clock) await page.addInitScript(`{const real = Date.now; const Real = Date; Date.now = () => real.call(Real) + ${clock};}`);
    // No browser's own reader, where one has it: it is ours that is tried.
    await page.addInitScript('delete globalThis.BarcodeDetector');
    page.on('pageerror', (error) => this.errors.push(error));
    if (path !== 'about:blank') await page.goto(`${this.stage.weather.origin}${path}`);
    return page;
  }
  /** What went wrong in its scripts. @type {Error[]} */
  errors = [];

  async remove() {
    await this.kill?.();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** By the office's QR, as its camera opens it. @returns {Promise<string>} the key */
  async enrol(wish) {
    const { page, stage } = this;
    const sent = await stage.invite(wish);
    this.person = sent.person;
    await page.goto(`${stage.weather.origin}/E/${sent.code}`);
    await page.getByRole('button', { name: 'Đúng là tôi' }).click();
    const kid = await stage.agree(sent);
    await page.getByRole('button', { name: 'Bắt đầu ghi' }).click({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Thu hoạch' }).waitFor();
    return kid;
  }

  /** A harvest as far as the number. */
  async pick(product = 'Chanh leo mẫu', site = 'Vườn mẫu', page = this.page) {
    await page.getByRole('button', { name: 'Thu hoạch' }).click();
    await page.getByRole('button', { name: product }).click();
    await page.getByRole('button', { name: site }).click();
    await page.getByLabel('Số lượng').waitFor();
  }

  async harvest(number, page = this.page) {
    await this.pick(undefined, undefined, page);
    await page.getByLabel('Số lượng').fill(number);
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.getByRole('heading', { name: 'Phiếu', exact: true }).waitFor();
  }

  /** A screenshot; no violation, nothing out at the side, every target 56 px: none of it depends on how slow the phone is. */
  async check(name, page = this.page) {
    await this.shot(name, page);
    await page.slowed(1);
    await checkAccess(page);
    await page.slowed(this.how.slow);
    await checkTargets(page, name);
  }

  async shot(name, page = this.page) {
    await guidePicture(page, name);
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`), animations: 'disabled' });
  }
}
