// Geometry of the office's maps, and the last digit of a GTIN.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkDigit } from '../../../server/app/console/gtin.mjs';
import { cornerAt, isShown, viewOf } from '../../../server/app/console/map_drawing.mjs';
import { overlaps } from '../../../server/app/console/overlap.mjs';
import { areaOf, crossesItself, readRing } from '../../../server/app/console/ring.mjs';

/** A closed ring from [east, north] pairs, somewhere in Sơn La. */
const ring = (...points) => [...points, points[0]].map(([x, y]) => ({ lat: 211_000_000 + y, lon: 1_039_000_000 + x }));
const square = ring([0, 0], [100, 0], [100, 100], [0, 100]);
const both = (a, b) => {
  assert.equal(overlaps(a, b), overlaps(b, a), 'whichever is first');
  assert.equal(overlaps([...a].reverse(), b), overlaps(a, b), 'whichever way round');
  return overlaps(a, b);
};

test('neighbours that share a border, a part of one or a corner do not overlap', () => {
  assert.equal(both(square, ring([100, 0], [200, 0], [200, 100], [100, 100])), false);
  assert.equal(both(square, ring([100, 20], [200, 20], [200, 60], [100, 60])), false);
  assert.equal(both(square, ring([100, 100], [200, 100], [200, 200], [100, 200])), false);
  assert.equal(both(square, ring([300, 0], [400, 0], [400, 100])), false);
  // In the notch of a U, touching it on three sides.
  assert.equal(both(ring([0, 0], [300, 0], [300, 200], [200, 200], [200, 100], [100, 100], [100, 200], [0, 200]),
    ring([100, 100], [200, 100], [200, 200], [100, 200])), false);
});

test('plots on the same ground do, however their corners lie', () => {
  assert.equal(both(square, ring([50, 50], [150, 50], [150, 150], [50, 150])), true);
  assert.equal(both(square, ring([20, 20], [80, 20], [80, 80], [20, 80])), true, 'one within the other');
  assert.equal(both(square, [...square]), true, 'the same twice');
  assert.equal(both(square, ring([0, 0], [50, 0], [100, 0], [100, 100], [0, 100])), true, 'the same with a corner more');
  assert.equal(both(square, ring([0, 0], [100, 0], [100, 100])), true, 'half of it, corner to corner');
  assert.equal(both(square, ring([0, 50], [50, 0], [100, 50], [50, 100])), true, 'touching all sides from within');
  assert.equal(both(square, ring([-50, 50], [50, 150], [150, 50], [50, -50])), true, 'around it through its corners');
  assert.equal(both(square, ring([99, 0], [200, 0], [200, 100], [99, 100])), true, 'a centimetre');
});

test('a ring that was typed: closed by us, its area, and sides that cross', () => {
  const typed = readRing('21.1 103.9\n21,101 103,9\n21.101 103.901\n21.1 103.901\n');
  assert.equal(typed.length, 5);
  assert.ok(Math.abs(areaOf(typed) - 11_535) < 20, String(areaOf(typed)));
  assert.equal(crossesItself(typed), false);
  assert.equal(crossesItself(ring([0, 0], [100, 100], [100, 0], [0, 100])), true);
  assert.equal(readRing('21.1 103.9\n21.2 104'), undefined);
});

test('a tap on the map is the corner that is drawn there', () => {
  const view = viewOf(square);
  assert.ok(view.span >= 40);
  for (const corner of square) assert.equal(isShown(view, corner), true);
  const middle = cornerAt(view, 0, 0);
  assert.deepEqual([middle.lat, middle.lon], [view.lat, view.lon]);
  const east = cornerAt(view, 10, 0);
  assert.ok(east.lon > view.lon && east.lat === view.lat);
  assert.ok(Math.abs((east.lon - view.lon) * 1e-7 * 111_195 * Math.cos(view.lat * 1e-7 * Math.PI / 180) - 10) < 0.05);
  assert.ok(cornerAt(view, 0, 10).lat < view.lat, 'north is up');
});

test('the check digit is GS1\'s: its own example, and no other digit passes', () => {
  assert.equal(checkDigit('629104150021'), 3);
  assert.equal(checkDigit('9638507'), 4);
});
