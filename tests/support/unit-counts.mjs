#!/usr/bin/env node
// Runs the GoogleTest programs of a build whole, shuffled and in shards side by side, and ends with the line
// `passed failed` that tests/run reads. (ctest runs every test in a process of its own; a thousand starts
// under a sanitizer cost minutes, and tests that spoil each other would never be seen.)
// Usage: unit-counts BUILD-DIR [LABEL]   LABEL: only the programs of that label; without it, the unlabelled
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const [build, label = "-"] = process.argv.slice(2);
const jobs = Number(process.env.NGUON_JOBS ?? 2);
// GoogleTest takes seeds of 1 to 99999.
const seed = (Number(process.env.NGUON_SEED ?? Date.now()) % 99999) + 1;
const limitSeconds = 1200;

/** Where the tests keep their databases: in memory where there is room, as most of their time is syncs. */
function scratch() {
  const memory = "/dev/shm";
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize > 2 ** 31) return memory;
  } catch {
    // No such place: the ordinary one.
  }
  return tmpdir();
}
const home = mkdtempSync(join(scratch(), "nguon-units-"));

// One program a line, `label path`, written when the build was configured.
const programs = readFileSync(join(build, "unit-programs.txt"), "utf8").trim().split("\n")
  .map((line) => line.split(" ")).filter(([of]) => of === label).map(([, path]) => path);
const queue = programs.flatMap((path) => Array.from({ length: jobs }, (_, shard) => ({ path, shard })));
let passed = 0;
let failed = 0;

function run({ path, shard }) {
  const report = join(home, `${basename(path)}.${shard}.json`);
  return new Promise((done) => {
    const child = spawn("timeout", ["--kill-after=10", `${limitSeconds}`, path, "--gtest_shuffle",
      `--gtest_random_seed=${seed}`, "--gtest_brief=1", `--gtest_output=json:${report}`],
    { env: { ...process.env, TMPDIR: home, GTEST_TOTAL_SHARDS: `${jobs}`, GTEST_SHARD_INDEX: `${shard}` } });
    let output = "";
    child.stdout.on("data", (text) => { output += text; });
    child.stderr.on("data", (text) => { output += text; });
    child.on("error", (error) => { output += error.message; });
    child.on("close", (status) => done({ path, shard, status, output, report }));
  });
}

// A skipped or disabled test proves nothing, so it counts as failed: this project has none.
function count({ path, shard, status, output, report }) {
  const name = `${basename(path)} ${shard + 1}/${jobs}`;
  let good = 0;
  let bad = 0;
  const slow = [];
  try {
    for (const suite of JSON.parse(readFileSync(report, "utf8")).testsuites) {
      for (const test of suite.testsuite) {
        if (test.status === "RUN" && test.result === "COMPLETED" && !test.failures) good += 1;
        else bad += 1;
        slow.push([parseFloat(test.time), `${suite.name}.${test.name}`]);
      }
    }
  } catch {
    bad += 1;  // it died before it could report
  }
  if (status !== 0 && bad === 0) bad += 1;
  passed += good;
  failed += bad;
  console.log(`${name}: ${good} passed, ${bad} failed, exit ${status}`);
  for (const [seconds, test] of slow.sort((a, b) => b[0] - a[0]).slice(0, 5)) {
    if (seconds >= 5) console.log(`   ${seconds.toFixed(1)} s ${test}`);
  }
  if (bad > 0) console.log(output);
}

console.log(`shuffled by seed ${seed}`);
const worker = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) count(await run(next));
};
await Promise.all(Array.from({ length: jobs }, worker));
rmSync(home, { recursive: true });
console.log(`${passed} ${failed}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
