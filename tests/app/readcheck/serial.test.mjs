// Serials and links as labels/FORMAT.md says, held to the golden files of the label room.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { differing, groupsOf, readSerial, serialOf, serialOfTarget } from '../../../server/app/readcheck/serial.mjs';

const golden = (/** @type {string} */ name) => readFileSync(new URL(`../../labels/golden/${name}`, import.meta.url), 'utf8').split('\n').filter(Boolean);

test('every golden link gives its serial, or none', () => {
  let serials = 0;
  for (const row of golden('links.txt')) {
    const [target, meaning] = row.split('\t');
    const wanted = /^(?:serial|product .*) ([0-9A-Z]{14})$/.exec(meaning)?.[1];
    assert.equal(serialOfTarget(target), wanted, target);
    serials += wanted ? 1 : 0;
  }
  assert.ok(serials >= 7, String(serials));
});

test('every golden serial holds, and no swap of neighbours in it', () => {
  const rows = golden('serials.txt').map((row) => row.split(' ')[3]);
  assert.ok(rows.length > 4);
  for (const serial of rows) {
    assert.equal(readSerial(serial), serial);
    assert.equal(readSerial(groupsOf(serial).join('-').toLowerCase()), serial);
    for (let at = 0; at + 1 < serial.length; at += 1) {
      const swapped = `${serial.slice(0, at)}${serial[at + 1]}${serial[at]}${serial.slice(at + 2)}`;
      assert.equal(readSerial(swapped), swapped === serial ? serial : undefined);
    }
  }
});

test('whole links, and what people compare', () => {
  assert.equal(serialOf('https://TEM.EXAMPLE/Q/0PDNST6BT16Y0S'), '0PDNST6BT16Y0S');
  assert.equal(serialOf('https://tem.example:8443/01/09521234543213/21/0PDNST6BT16Y0S?x=1#y'), '0PDNST6BT16Y0S');
  assert.equal(serialOf('0PDNST6BT16Y0S'), undefined);
  assert.equal(serialOf('https://tem.example'), undefined);
  assert.deepEqual(groupsOf('0PDNST6BT16Y0S'), ['0PDN', 'ST6', 'BT16', 'Y0S']);
  assert.deepEqual(differing('0PDNST6BT16Y0S', '0PDNST7BT16Y0T'), [2, 4]);
});
