// The lying operator: one honest deployment, then every lie its operator could tell with his own keys, and who
// catches it. Fails when nobody catches a lie, when one who must does not, or when honesty raises an alarm.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment } from '../e2e/lib/deployment.mjs';
import { lookAll, scratch } from './lib/detectors.mjs';
import { lies } from './lib/lies.mjs';
import { Liar } from './lib/liar.mjs';
import { Stage } from './lib/stage.mjs';
import { secondSuccessor } from './lib/successors.mjs';

const at_once = 3;
let passed = 0;
let failed = 0;
const rows = [];

function verdict(name, good, said) {
  if (good) passed += 1;
  else failed += 1;
  if (!good) console.log(`FAILED ${name}: ${said}`);
}
const shown = ([who, { why, seconds }]) => `${who} (${why}, ${seconds.toFixed(1)} s)`;

function judge(name, found, by) {
  const caught = Object.entries(found).filter(([, { caught: alarm }]) => alarm);
  const missed = by.filter((who) => !found[who]?.caught);
  rows.push([name, caught]);
  const all = JSON.stringify(found, (key, value) => (key === 'out' ? undefined : value));
  verdict(name, caught.length > 0 && missed.length === 0, `not by ${missed.join(', ') || 'anybody'}: ${all}`);
}

/** Nobody raises an alarm over the honest log, however long ago they looked last. */
async function control(stage) {
  for (const since of ['early', 'late']) {
    const liar = new Liar(stage.log, stage.late.leaves);
    const found = await lookAll(stage.base, stage.log, stage.lot, stage[since], (old) => liar.offer(old));
    const alarms = Object.entries(found).filter(([, { caught, code, status }]) => caught || code > 0 || status > 200);
    verdict(`honest, last seen ${since}`, alarms.length === 0, JSON.stringify(alarms));
    // The same leaves by way of the liar's server: what it adds of its own is no lie either.
    const base = await liar.listen();
    const again = await lookAll(base, stage.log, stage.lot, stage[since], (old) => liar.offer(old));
    const more = Object.entries(again).filter(([, { caught, code }]) => caught || code > 0);
    verdict(`honest by the liar's server, last seen ${since}`, more.length === 0, JSON.stringify(more));
    liar.close();
  }
}

async function tell(stage, name) {
  const lie = lies[name];
  const liar = new Liar(stage.log, stage.late.leaves);
  const base = await liar.listen();
  const told = lie.tell(liar, stage);
  const seen = { ...stage[lie.seen ?? 'late'], phone: stage[lie.phone ?? lie.seen ?? 'late'].phone.copy() };
  if (told?.receipt) await seen.phone.keep(told.receipt, told.promised);
  const witnessed = { ...seen, witness: stage.late.witness };
  judge(name, await lookAll(base, stage.log, stage.lot, witnessed, (old) => liar.offer(old)), lie.by);
  liar.close();
}

/** The disk as it was, anchor and all: refused while a witness answers, and caught when it is started without. */
async function rollBack(stage) {
  const home = scratch();
  mkdirSync(home, { recursive: true });
  cpSync(join(stage.home, 'old-disk'), join(home, 'data'), { recursive: true });
  const { aud, operator, vkey, service, registrar, root } = stage.log;
  const old = new Deployment(home, { aud, operator, vkey, service, registrar, root }, { witnesses: { policy: `"${stage.policy}"` } });
  const began = performance.now();
  const refused = await old.start().then(() => undefined, (error) => error);
  const why = /start\.[a-z-]+/.exec(refused?.said ?? '')?.[0] ?? '';
  const start = { caught: refused?.code === 3, why, seconds: (performance.now() - began) / 1000 };
  judge('rolls the disk back, witnesses asked', { start }, ['start']);
  old.configure({});
  await old.start();
  const base = `http://127.0.0.1:${old.port}`;
  judge('rolls the disk back, witnesses not asked', await lookAll(base, stage.log, stage.lot, stage.late), ['phone', 'mirror', 'watch']);
  await old.add(stage.cast.harvest());
  await old.add(stage.cast.harvest());
  for (let more = 0; more < 3; more += 1) await old.add(stage.cast.harvest());
  await old.head(stage.late.leaves.length + 1);
  judge('rolls the disk back and goes on', await lookAll(base, stage.log, stage.lot, stage.late), ['phone', 'mirror', 'watch']);
  await old.kill();
}

const began = performance.now();
const stage = await Stage.set();
try {
  await control(stage);
  const waiting = [...Object.keys(lies).map((name) => () => tell(stage, name)), () => rollBack(stage),
    async () => judge('opens a second successor', await secondSuccessor(), ['mirror', 'watch', 'witness'])];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: at_once }, worker));
} finally {
  stage.remove();
}
console.log('\nlie | caught by (what it said, seconds from its look to the alarm)');
for (const [name, caught] of rows) console.log(`${name} | ${caught.map(shown).join(', ') || 'NOBODY'}`);
console.log(
  '\nphone: when it next asks for its receipts or scans; mirror and watch: at their next look (--interval); audit: when next'
  + '\nrun; witness: at the first checkpoint it is offered; start: at once.');
console.log(`${Math.round((performance.now() - began) / 1000)} s`);
console.log(`${passed} ${failed}`);
process.exit(failed === 0 ? 0 : 1);
