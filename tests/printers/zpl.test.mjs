// What an interpreter that knows nothing of Nguon makes of its ZPL: every dot, and what a scanner reads off it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { ready } from 'zpl-renderer-js';
import { decode, nguon, scratch } from '../e2e/run.mjs';

const { api } = await ready;
const full = process.env.NGUON_FULL === '1';

const serial = '0PDNST6BT16Y0S';
const rolls = [
  { name: 'roll-50x30', mm: [50, 30], code: ['--host', 'txng.example', '--serial', serial], link: `https://TXNG.EXAMPLE/Q/${serial}` },
  { name: 'roll-30x20', mm: [30, 20], code: ['--host', 'txng.example', '--serial', serial], link: `https://TXNG.EXAMPLE/Q/${serial}` },
  { name: 'roll-70x50', mm: [70, 50], code: ['--host', 'txng.example', '--serial', serial, '--gtin', '09521234543213'],
    link: `https://TXNG.EXAMPLE/01/09521234543213/21/${serial}` },
  { name: 'roll-100x150', mm: [100, 150], code: ['--host', 'txng.example', '--serial', serial], link: `https://TXNG.EXAMPLE/Q/${serial}` },
  { name: 'carton', mm: [100, 150], code: ['--url', 'https://TXNG.EXAMPLE/C/395212340000002001', '--host', 'txng.example'],
    link: 'https://TXNG.EXAMPLE/C/395212340000002001' },
];
const words = ['--coop', 'HTX Đặng Thượng mẫu', '--lot', 'CS-2601', '--sample'];
const product = 'Cam ươ ễ ặ Đ';

async function make(folder, roll, name, ...more) {
  const file = join(folder, name);
  const made = await nguon(['label', '--template', roll.name, ...roll.code, '--product', product, ...words, '--out', file, ...more]);
  assert.equal(made.code, 0, made.stderr);
  return file;
}

/** Dots as true and false, beyond the edges false. */
function dots(png) {
  const image = PNG.sync.read(png);
  const dark = (x, y) => x < image.width && y < image.height && image.data[(y * image.width + x) * 4] < 128;
  return { width: image.width, height: image.height, dark };
}

async function interpret(zpl, roll, dpmm) {
  const pages = await api.zplToBase64MultipleAsync(zpl, roll.mm[0], roll.mm[1], dpmm);
  return pages.map((page) => Buffer.from(page, 'base64'));
}

function differing(one, other, box) {
  let count = 0;
  let ink = 0;
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) {
      ink += one.dark(x, y) ? 1 : 0;
      count += one.dark(x, y) === other.dark(x, y) ? 0 : 1;
    }
  }
  return { count, ink };
}

/**
 * The page as far as our label goes. The interpreter knows printers by dots a millimetre, 12 where 300 dpi are 11.8, so its
 * label is a little wider than ours, and it puts ours in the middle, as such a printer does.
 */
function middle(page, { width }) {
  const aside = Math.floor((page.width - width) / 2);
  return { ...page, dark: (x, y) => page.dark(x + aside, y) };
}

const whole = (image) => ({ x: 0, y: 0, width: image.width + 2, height: image.height + 2 });

for (const roll of rolls) {
  for (const [dpi, dpmm] of full ? [[203, 8], [300, 12]] : [[203, 8]]) {
    test(`${roll.name} at ${dpi} dpi: every dot of “${product}” and all the rest is that of the picture`, async (t) => {
      const folder = await scratch(t);
      const picture = await make(folder, roll, 'label.png', '--dpi', String(dpi));
      const zpl = await readFile(await make(folder, roll, 'dots.zpl', '--pictures', '--dpi', String(dpi)), 'latin1');
      const pages = await interpret(zpl, roll, dpmm);
      assert.equal(pages.length, 1);
      const wanted = dots(await readFile(picture));
      const { count, ink } = differing(wanted, middle(dots(pages[0]), wanted), whole(wanted));
      assert.ok(ink > 1000, 'a picture with something on it');
      assert.equal(count, 0);
    });

    test(`${roll.name} at ${dpi} dpi: the printer's own QR and numbers stand where they should and are read back`, async (t) => {
      const folder = await scratch(t);
      const picture = await make(folder, roll, 'label.png', '--dpi', String(dpi));
      const zpl = await readFile(await make(folder, roll, 'label.zpl', '--dpi', String(dpi)), 'latin1');
      const [page] = await interpret(zpl, roll, dpmm);
      await writeFile(join(folder, 'page.png'), page);
      assert.deepEqual(await decode(join(folder, 'page.png')), roll.name === 'carton' ? await decode(picture) : [roll.link]);
      // Texts are pictures here too.
      const [, octets, row] = /~DGR:NGUON\.GRF,(\d+),(\d+),/.exec(zpl).map(Number);
      const [, x, y] = /\^FO(\d+),(\d+)\^XGR:NGUON\.GRF,1,1/.exec(zpl).map(Number);
      const wanted = dots(await readFile(picture));
      if (roll.name === 'roll-50x30') {
        const { count } = differing(wanted, middle(dots(page), wanted), { x, y, width: row * 8, height: octets / row });
        assert.equal(count, 0);
      }
    });
  }
}

test('a mark that is missing would be seen', async (t) => {
  const folder = await scratch(t);
  const [roll] = rolls;
  const picture = dots(await readFile(await make(folder, roll, 'label.png')));
  for (const wrong of ['Cam uơ ễ ặ Đ', 'Cam ươ ê ặ Đ', 'Cam ươ ễ ă Đ', 'Cam ươ ễ ặ D']) {
    const file = join(folder, `${wrong}.zpl`);
    const made = await nguon(['label', '--template', roll.name, ...roll.code, '--product', wrong, ...words, '--pictures', '--out', file]);
    assert.equal(made.code, 0, made.stderr);
    const [page] = await interpret(await readFile(file, 'latin1'), roll, 8);
    assert.ok(differing(picture, dots(page), whole(picture)).count > 0, wrong);
  }
});

test('words that look like commands are only words', async (t) => {
  const folder = await scratch(t);
  const [roll] = rolls;
  const file = join(folder, 'label.zpl');
  const made = await nguon(['label', '--template', roll.name, ...roll.code, '--product', '^XZ~JA^XA^FO0,0^GB400,240,240^FS', ...words, '--out', file]);
  assert.equal(made.code, 0, made.stderr);
  const zpl = await readFile(file, 'latin1');
  assert.doesNotMatch(zpl, /~JA|\^GB/);
  const pages = await interpret(zpl, roll, 8);
  assert.equal(pages.length, 1);
  await writeFile(join(folder, 'page.png'), pages[0]);
  assert.deepEqual(await decode(join(folder, 'page.png')), [roll.link]);
});
