// Every call that changes a file, made to fail or to be the last, operation by operation; prints the table of cases
// and outcomes. Usage: run.mjs [WORDS]: only cases whose name has WORDS in it. NGUON_FULL=1: every case, else a
// sample of its rows within a minute. With NGUON_TREE too, cases that passed at that very tree are not run again.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dice } from '../e2e/lib/dice.mjs';
import { BackingUp, Restoring, Rotating } from './commands.mjs';
import { Exporting, Importing, Moving } from './copies.mjs';
import { Beginning, Mirroring } from './mirroring.mjs';
import { Serving } from './serving.mjs';
import { Succeeding } from './succeeding.mjs';
import { Table } from './table.mjs';
import { callsIn, counting, injecting, struck } from './trace.mjs';
import { Witnessing } from './witnessing.mjs';
import { discard, now, run } from './world.mjs';

const faults = ['EIO', 'ENOSPC', 'KILL'];
const [wanted = ''] = process.argv.slice(2);
const full = process.env.NGUON_FULL === '1' || wanted !== '';
const jobs = Number(process.env.NGUON_JOBS ?? 2);
const budget = 35_000;
/** Operations by the command that does them; what is not built is listed, so that nobody takes silence for a pass. */
const commands = {
  backup: ['backup', BackingUp], restore: ['restore', Restoring], move: ['backup', Moving], rotation: ['keys', Rotating],
  successor: ['successor', Succeeding], export: ['export', Exporting], import: ['import', Importing],
  mirror: ['mirror', Mirroring], 'first mirror': ['mirror', Beginning],
};

const dice = new Dice('faults');
const notes = mkdtempSync(join(tmpdir(), 'nguon-strace-'));
const table = new Table();
let files = 0;
const fresh = () => join(notes, `${(files += 1)}`);

const { NGUON_BUILD: build, NGUON_TREE: tree } = process.env;
const passedFile = process.env.NGUON_FULL === '1' && build && tree ? join(build, 'test-done', `faults.${tree}`) : undefined;
/** Outcomes by the name of the case: hours of them, so a run that was broken off goes on. */
const before = new Map(
  passedFile && existsSync(passedFile) ? readFileSync(passedFile, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t')) : [],
);

/** The cases of a scene, from one run of it in which nothing went wrong. */
async function casesOf(scene) {
  await scene.prepare();
  const world = scene.stage();
  try {
    const file = fresh();
    await scene.play(world, counting(file));
    await scene.recheck(world);
    return callsIn(file, world.folder).flatMap((call) => {
      const operation = scene.operationOf(call, world.marks);
      return faults.map((fault) => ({
        scene, call, fault, operation, name: `${operation}: ${fault} at ${call.syscall} ${call.path} ${call.nth}`,
      }));
    });
  } finally {
    discard(world.home);
  }
}

async function test({ scene, call, fault }) {
  const file = fresh();
  const world = scene.stage();
  try {
    await scene.play(world, injecting(file, call, join(world.folder, call.path), fault));
    const killed = fault === 'KILL' && world.ended.signal === 'SIGKILL';
    const at = killed ? now() : await struck(file);
    await scene.recheck(world, at && { name: fault, ...call, at });
    return at === undefined ? 'never came' : scene.outcomeOf(world);
  } finally {
    scene.abandon(world);
    discard(world.home);
  }
}

/** One of each row first, then a second of each, so that a sample leaves no row out while there is time. */
function dealt(cases) {
  const rows = Map.groupBy(cases.map((one) => ({ one, key: dice.next() })).sort((a, b) => a.key - b.key).map(({ one }) => one), table.rowOf);
  const turns = [...rows.values()].flatMap((row) => row.map((one, turn) => ({ one, turn: turn + dice.next() / 2 })));
  return turns.sort((a, b) => a.turn - b.turn).map(({ one }) => one);
}

// WORDS that begin with an operation and a colon: what has none of its cases is not even prepared.
const [, only] = /^([^:]+):/.exec(wanted) ?? [];
const scenes = only in commands ? [] : [new Serving(), new Witnessing()];
const known = (await run(['--help'])).out;
for (const [operation, [command, Scene]] of Object.entries(commands)) {
  if (only !== undefined && operation !== only) continue;
  if (!new RegExp(`^ +${command}\\b`, 'm').test(known)) table.absent(operation, 'not built');
  else if (full) scenes.push(new Scene());
  else table.absent(operation, 'only with NGUON_FULL=1, or by name');
}
const began = now();
try {
  const cases = [];
  for (const scene of scenes) cases.push(...(await casesOf(scene)));
  for (const one of cases) table.expect(one);
  const [done, left] = [true, false].map((passed) => cases.filter(({ name }) => name.includes(wanted) && before.has(name) === passed));
  for (const one of done) table.outcome(one, before.get(one.name));
  if (done.length > 0) console.log(`${done.length} cases passed before at this tree`);
  const waiting = dealt(left);
  const deadline = now() + budget;
  await Promise.all(Array.from({ length: jobs }, async () => {
    while (waiting.length > 0 && (full || now() < deadline)) {
      const one = waiting.shift();
      try {
        const outcome = await test(one);
        table.outcome(one, outcome);
        if (passedFile && outcome !== 'never came') appendFileSync(passedFile, `${one.name}\t${outcome}\n`);
        console.log(`${one.name}: ${outcome}`);
      } catch (error) {
        table.violation(one, error);
        console.log(`VIOLATION ${one.name}: ${error.stack}`);
      }
    }
  }));
} finally {
  for (const scene of scenes) scene.remove();
  rmSync(notes, { recursive: true, force: true });
}
console.log(table.text());
console.log(`${Math.round((now() - began) / 1000)} s`);
console.log(`${table.passed} ${table.failed}`);
process.exit(table.failed ? 1 : 0);
