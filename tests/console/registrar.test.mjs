// The first registrar, whom `nguon init` gave a key file, comes to the console by `nguon enrol`.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { eventually } from '../browser/eventually.mjs';
import { program } from '../e2e/lib/deployment.mjs';
import { deskSize, Office } from './office.mjs';

/** @type {Office} */
let office;
before(async () => {
  office = await Office.open();
});
after(async () => {
  office.noErrors();
  await office.close();
});

/** `nguon enrol` under way: what it printed so far, and a way to answer. */
function enrolling(name) {
  const child = spawn(program, ['enrol', '--key', join(office.log.home, 'registrar.pem'), '--deployment', office.log.aud,
    '--to', office.base, '--name', name], { stdio: ['pipe', 'pipe', 'pipe'] });
  const going = { said: '', child, code: new Promise((resolve) => child.once('exit', resolve)) };
  child.stdout.setEncoding('utf8').on('data', (text) => { going.said += text; });
  going.until = async (pattern) => {
    for (;;) {
      const found = pattern.exec(going.said);
      if (found) return found;
      if (child.exitCode !== null) throw new Error(`ended: ${going.said}`);
      await new Promise((later) => setTimeout(later, 50));
    }
  };
  return going;
}

test('a link from the terminal, eight symbols compared, y: the registrar is in', async () => {
  const going = enrolling('Cán bộ Mẫu');
  const [link] = await going.until(/http:\/\/localhost:\d+\/office#[0-9A-Z]{16}/);
  assert.match(going.said, /█▀|▀█|▄/);
  const page = await office.device({ size: deskSize });
  await page.goto(link);
  await page.waitForSelector('#code');
  assert.equal(new URL(page.url()).hash, '', 'the code does not stay in the address');
  await page.click('#stage form button[type=submit]');
  await page.click('section .btn.go');
  const symbols = await page.locator('#own-key').innerText();
  const [, shown] = await going.until(/symbols\? +(\S{4} \S{4}) /);
  assert.equal(shown, symbols);
  going.child.stdin.write('y\n');
  assert.equal(await going.code, 0);
  await page.waitForSelector('.tiles');
  await eventually(() => page.locator('#who').innerText(), /Cán bộ đăng ký/);
  await eventually(() => page.locator('nav a[data-role=registrar]').isVisible(), true);
});

test('anything but y takes the invitation back', async () => {
  const going = enrolling('Cán bộ Khác');
  const [link] = await going.until(/http:\/\/localhost:\d+\/office#[0-9A-Z]{16}/);
  const page = await office.device();
  await page.goto(link);
  await page.click('#stage form button[type=submit]');
  await page.click('section .btn.go');
  await going.until(/symbols\?/);
  going.child.stdin.write('\n');
  assert.equal(await going.code, 1);
});
