import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const app = new URL('../../../server/app/', import.meta.url);

test('the JSDoc types hold', () => {
  const done = spawnSync('node_modules/.bin/tsc', ['-p', '.'], { cwd: fileURLToPath(app), encoding: 'utf8' });
  assert.equal(done.status, 0, done.stdout + done.stderr);
});

test('the verifier has no page, no network and no clock', () => {
  for (const name of readdirSync(new URL('verifier/', app))) {
    const text = readFileSync(new URL(`verifier/${name}`, app), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
    assert.doesNotMatch(text, /\b(document|window|fetch|XMLHttpRequest|localStorage|Date|process|require)\b/, name);
  }
});

test('every rule has its two sentences', () => {
  const problems = JSON.parse(readFileSync(new URL('../../../schemas/problems.json', import.meta.url)));
  const rules = new Set();
  for (const name of readdirSync(new URL('verifier/', app)).filter((one) => one !== 'strict_types.mjs')) {
    const text = readFileSync(new URL(`verifier/${name}`, app), 'utf8');
    for (const [, rule] of text.matchAll(/'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g)) rules.add(rule);
  }
  assert.ok(rules.size > 40);
  assert.deepEqual([...rules].filter((rule) => !(rule in problems)), []);
});
