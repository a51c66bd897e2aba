// The guides: every picture is there and of a screen that the tests still open, every word to press is one of the screens'.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { guides, pictures, render } from '../../../server/app/guides/render.mjs';
import { vi } from '../../../server/app/phone/words/vi.mjs';

const root = new URL('../../../', import.meta.url);
const folder = new URL('server/app/guides/pictures/', root);
const mostOctets = 30_000;

test('pictures and pages name the same screenshots, small and of one size', () => {
  const names = (ending) => readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length)).sort();
  assert.deepEqual(names('.webp'), pictures);
  // What their screens offered: of the console's all, of the phone's (numbered) as they are taken anew.
  for (const name of pictures) if (!/^\d/.test(name)) assert.ok(names('.txt').includes(name), name);
  for (const name of pictures) {
    const octets = readFileSync(new URL(`${name}.webp`, folder));
    assert.equal(octets.toString('latin1', 8, 16), 'WEBPVP8X', name);
    // The canvas: each side less one, in 24 bits.
    assert.deepEqual([octets.readUIntLE(24, 3) + 1, octets.readUIntLE(27, 3) + 1], [360, 640], name);
    assert.ok(octets.length <= mostOctets, `${name}: ${octets.length} octets`);
  }
});

test('each screenshot is of a screen that the browser tests come by', () => {
  const sources = ['tests/phone/', 'tests/console/'].flatMap((room) => readdirSync(new URL(room, root)).filter((name) => name.endsWith('.test.mjs'))
    .map((name) => readFileSync(new URL(room + name, root), 'utf8'))).join('\n');
  for (const name of pictures) assert.match(sources, new RegExp(`(check|shot|shoot)\\((\\w+, )?'${name}'`), name);
});

test('every word to press stands on a screen, letter by letter', () => {
  const console = JSON.parse(readFileSync(new URL('server/console/catalogue/vi.json', root), 'utf8'));
  const said = { member: new Set(Object.values(vi)), clerk: new Set(Object.values(console)), registrar: new Set(Object.values(console)) };
  let count = 0;
  for (const [which, { parts }] of Object.entries(guides)) {
    for (const [, steps] of parts) {
      for (const [words, picture, says] of steps) {
        for (const [, word] of words.matchAll(/\*\*([^*]+)\*\*/g)) {
          assert.ok(said[which].has(word), `${which}: ${word}`);
          count += 1;
        }
        assert.equal(Boolean(picture), Boolean(says), words);
      }
    }
    assert.doesNotMatch(render(which), /\*\*|undefined/);
  }
  assert.ok(count > 40, `${count} words`);
});
