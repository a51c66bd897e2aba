// Lighthouse as a phone on slow 4G, against the real binary: what shoppers, members and the office open first (dữ liệu mẫu).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { invite } from '../../server/app/enrol/office.mjs';
import { startChromium } from '../app/chromium.mjs';
import { scratch } from '../browser/browser.mjs';
import { Office } from '../console/office.mjs';
import { program } from '../e2e/lib/deployment.mjs';
import { measure } from './measure.mjs';

const bound = { performance: 95, accessibility: 100, 'best-practices': 100 };
const members = 2_000;
const atOnce = 100;

/** An office whose only browser keeps its keys where Lighthouse opens its tabs. */
class MeasuredOffice extends Office {
  newContext() {
    return this.browser.context;
  }
}

let browser;
/** @type {MeasuredOffice} */
let office;
before(async () => {
  browser = await startChromium(scratch(after), ['--lang=vi']);
  browser.close = browser.kill;
  office = await MeasuredOffice.open(async () => browser);
});
after(async () => {
  if (office) await office.close();
  else await browser?.kill();
});

/** @param {string} name @param {string} url @param {Record<string, number>} least */
async function judge(name, url, least = bound) {
  const { lost, ...scores } = await measure(url, browser.port);
  console.log(`${name}: ${Object.entries(scores).map(([what, score]) => `${what} ${score}`).join(', ')}`);
  for (const line of lost) console.log(`  - ${line}`);
  for (const [what, score] of Object.entries(least)) assert.ok(scores[what] >= score, `${name}: ${what} ${scores[what]}\n${lost.join('\n')}`);
}

const invited = () => invite(office.ask, office.maker('clerk'), { name: 'Lò Thị Mẫu', org: office.cast.coop, roles: ['member'], minutes: 30 });

test('the phone app before anybody is enrolled', () => judge('app, first start', `${office.base}/app`));

test('a guide with its pictures', () => judge('guide', `${office.base}/app/guide-member`));

test('the page that the enrolment QR opens', async () => {
  const { code } = await invited();
  await judge('enrolment', `${office.base}/E/${code}`);
});

test('the console of an office, and its longest list', async () => {
  const { cast, log } = office;
  const page = await office.enrolled('director', ['clerk']);
  const numbers = Array.from({ length: members }, (_, at) => at);
  const work = async () => {
    for (let at = numbers.pop(); at !== undefined; at = numbers.pop()) {
      await log.add(cast.make(cast.keys.clerk, { type: 'member.add/1', sub: 'person', data: { org: cast.coop, kind: 'member', name: `Mẫu ${String(at).padStart(5, '0')}` } }));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await page.close();
  await judge('office, first page', `${office.base}/office`);
  await judge(`office, ${members} members`, `${office.base}/office/members`);
});

test('the phone app of a member', async () => {
  const page = await office.device();
  const sent = await invited();
  await page.go(`/E/${sent.code}`);
  await page.getByRole('button', { name: 'Đúng là tôi' }).click();
  await office.agree('clerk', sent);
  await page.getByRole('button', { name: 'Bắt đầu ghi' }).click({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Thu hoạch' }).waitFor();
  await page.close();
  await judge('app, first page of a member', `${office.base}/app`);
});

test('what a shopper gets for a label', async () => {
  const demo = spawn(program, ['demo', '--data', scratch(after), '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [line] = await new Promise((resolve, reject) => {
      createInterface(demo.stdout).once('line', (text) => resolve([text]));
      demo.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
    });
    const { base, labels } = JSON.parse(line);
    await judge('shopper', base + new URL(labels.find(({ what }) => what === 'valid').url).pathname, { ...bound, performance: 99, seo: 100 });
  } finally {
    demo.kill('SIGTERM');
  }
});
