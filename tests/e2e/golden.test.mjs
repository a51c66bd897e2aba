// Every golden submission that must be refused, over HTTP, at a deployment that knows its signers: the
// verdict in the file is the verdict on the wire.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Deployment, program } from './lib/deployment.mjs';
import { base64url, openJws, sha256 } from './lib/jose.mjs';

const golden = new URL('../ledger/golden/entry/', import.meta.url).pathname;
const layDown = process.env.NGUON_GOLDEN ?? join(program, '../tests/e2e/golden_deployment');
const statuses = { 'entry.too-large': 413, 'entry.disclosures-too-large': 413, 'key.unknown': 425 };
let log;

before(async () => {
  const home = mkdtempSync(join(tmpdir(), 'nguon-e2e-'));
  const service = JSON.parse(execFileSync(layDown, [join(home, 'data')], { encoding: 'utf8' }));
  log = new Deployment(home, { service });
  await log.start();
});
after(() => log.remove());

test('golden submissions get their verdict on the wire', async () => {
  const wrong = [];
  let refused = 0;
  const first = (await log.get('/log/0/checkpoint')).body.toString();
  for (const name of readdirSync(golden)) {
    const { verdict, rule, field, sd_jwt: text } = JSON.parse(readFileSync(join(golden, name)));
    if (!verdict?.startsWith('refused')) continue;
    // Octets that are no UTF-8 stand as U+00XX in the file, as everywhere in the golden files.
    const jws = text.slice(0, text.indexOf('~') < 0 ? undefined : text.indexOf('~'));
    const id = base64url(sha256(jws.slice(0, jws.lastIndexOf('.'))));
    const { status, problem } = await log.put({ id, body: text });
    if (name === 'genesis-again.json') {
      // Here it stands in the log, so its bearer gets what everyone who sends an entry again gets.
      assert.equal(status, 200);
      continue;
    }
    const signed = verdict === 'refused, signed';
    try {
      assert.equal(status, signed ? 422 : (statuses[rule] ?? 400));
      assert.equal(problem.rule, rule);
      assert.equal(problem.field ?? '', field ?? '');
      assert.ok(problem.vi && problem.en, 'no sentences');
      assert.equal(problem.statement !== undefined, signed);
      if (signed) assert.equal(openJws(problem.statement, 'nguon-refusal+jwt', log.service).entry, id);
      refused += 1;
    } catch (error) {
      wrong.push(`${name}: ${status} ${JSON.stringify(problem)}: ${error.message}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(refused > 50, `only ${refused} golden refusals`);
  await sleep(1100);
  assert.equal((await log.get('/log/0/checkpoint')).body.toString().split('\n')[1], first.split('\n')[1]);
});
