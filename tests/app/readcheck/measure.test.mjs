// The read check on photographs whose faults are known: what is measured, and what is said of the run. NGUON_FULL=1 takes more of the random ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance } from '../../phone/lens.mjs';
import { blotted, check, crowded, deadDot, good, label, overprinted, scaled, serial, symbolOn, thin } from './press.mjs';

const full = process.env.NGUON_FULL === '1';
const seed = Number(process.env.NGUON_SEED ?? 1);
const sheet = good();
const { mm, x, dots, modules } = symbolOn(sheet);
const wanted = { serial, label, module: mm };
const codes = ({ verdict: { outcome, findings } }) => [outcome, ...findings.map(({ code }) => code)];

/** What is photographed, how, and what must be said. A label that is good must not pay for the photograph. */
const cases = [
  ['a good label, held well', sheet, {}, ['pass']],
  ['tilted and turned', sheet, { tilt: 25, turn: 30, fill: 0.6 }, ['pass']],
  ['upside down', sheet, { tilt: -15, turn: 190, fill: 0.6 }, ['pass']],
  ['in uneven light', sheet, { shade: 0.6 }, ['pass']],
  ['grey ink', sheet, { ink: 0.45 }, ['fail', 'contrast']],
  ['text two modules beside it', crowded(sheet, 2), {}, ['fail', 'quiet']],
  ['printed at 90 %', scaled(sheet, 0.9), {}, ['fail', 'scale']],
  ['overprinted by a dot', overprinted(sheet, 1), {}, ['fail', 'growth']],
  ['burnt too little', thin(sheet, 1), {}, ['fail', 'thin']],
  ['one dead dot', deadDot(sheet, x + 11 * dots + 3), {}, ['fail', 'line']],
  ['a whole module of dead dots', deadDot(sheet, x + 11 * dots, dots), {}, ['fail', 'line']],
  ['dirt at an eye', blotted(sheet, 5, 7, 3), {}, ['fail', 'eye']],
  ['a good label in the dark', sheet, { ink: 0.004, paper: 0.06, desk: 0.01, noise: 0.02 }, ['again', 'dark']],
  ['grey ink in the dark', sheet, { ink: 0.03, paper: 0.06, desk: 0.01, noise: 0.02 }, ['again', 'dark']],
  ['out of focus', sheet, { blur: 4.5 }, ['again', 'blur']],
  ['from far away', sheet, { fill: 0.2 }, ['again', 'far']],
  ['held too near', sheet, { fill: 1.1 }, ['again', 'edge']],
];

for (const [what, printed, shot, said] of cases) {
  test(`${what}: ${said.join(', ')}`, async () => {
    const seen = await check(printed, shot, chance(seed), wanted);
    assert.deepEqual(codes(seen), said, `seed ${seed}: ${JSON.stringify(seen.measured)}`);
  });
}

test('what is said of a fault has its measure', async () => {
  const { verdict: small } = await check(scaled(sheet, 0.9), {}, chance(seed), wanted);
  assert.ok(Math.abs(Number(small.findings[0].values.percent) - 90) <= 2, JSON.stringify(small.findings));
  const { verdict: near } = await check(crowded(sheet, 2), {}, chance(seed), wanted);
  assert.equal(near.findings[0].values.sides, 'right');
  assert.ok(Math.abs(Number(near.findings[0].values.free) - 2) <= 0.5, JSON.stringify(near.findings));
  const { measured } = await check(overprinted(sheet, 1), {}, chance(seed), wanted);
  assert.ok(Math.abs(measured.growth - 2 / dots) < 0.08, `a dot on both sides of ${dots}: ${measured.growth}`);
});

test('without the label\'s edge or its size a module is measured in pixels, and the reason said', async () => {
  const onWhite = await check(sheet, { desk: 0.66 }, chance(seed), wanted);
  assert.deepEqual([onWhite.verdict.outcome, onWhite.measured.mm], ['pass', undefined]);
  assert.match(onWhite.verdict.notes[0].code, /^unmeasured\.cut$/);
  const unknown = await check(sheet, {}, chance(seed), { serial });
  assert.deepEqual([unknown.verdict.outcome, unknown.measured.unmeasured], ['pass', 'size']);
  const other = await check(sheet, {}, chance(seed), { serial, label: { width: 38.1, height: 30 } });
  assert.equal(other.measured.unmeasured, 'ratio', 'of another shape than the label that was named');
});

test('a label that was not asked for is refused, however good it is', async () => {
  const other = good('07M177VH6Y3Z4Q');
  const read = await check(other, {}, chance(seed), wanted);
  assert.deepEqual([...codes(read), read.verdict.serial], ['wrong', 'serial', '07M177VH6Y3Z4Q']);
  assert.deepEqual(codes(await check(other, {}, chance(seed), { not: ['07M177VH6Y3Z4Q'] })), ['wrong', 'end'], 'an end of the run is not its middle');
  assert.deepEqual(codes(await check(other, {}, chance(seed), { not: [serial], label, module: mm })), ['pass']);
});

test('over random scale, tilt and turn a module\'s size is right to 5 per cent', async () => {
  const random = chance(seed);
  let worst = 0;
  for (let round = 0; round < (full ? 60 : 6); round += 1) {
    const scale = 0.85 + 0.15 * random();
    const shot = { tilt: 50 * random() - 25, turn: 360 * random(), fill: 0.45 + 0.12 * random(), blur: 0.6 + 0.6 * random(), shade: 0.4 * random() };
    const { measured } = await check(scaled(sheet, scale), shot, random, wanted);
    const off = Math.abs((measured?.mm ?? 0) / (mm * scale) - 1);
    worst = Math.max(worst, off);
    assert.ok(off <= 0.05, `seed ${seed}, round ${round}: ${measured?.mm} of ${mm * scale} mm, ${JSON.stringify(shot)}`);
    assert.equal(measured?.modules, modules);
  }
  console.log(`module size: at most ${(100 * worst).toFixed(2)} % off (seed ${seed})`);
});
