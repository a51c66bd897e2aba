// The golden submissions: what grammar, signature, slots and disclosures alone can say to each of them.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { keyOf, parseEntry, parseJws, splitSubmission, verifySubmission } from '../../../server/app/verifier/verifier.mjs';
import { strictTypes } from '../../../server/app/verifier/strict_types.mjs';
import { paths, ruleOf } from './paths.mjs';

const golden = new URL('../../ledger/golden/entry/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, golden)));
const names = readdirSync(golden).filter((name) => !['context.json', 'bundle.json'].includes(name));


/** Rules that ask for a schema, the unit table, the deployment or what is enrolled: not this verifier's. */
const others = (rule) => /^(schema|private|quantity)\./.test(rule)
  || ['entry.type', 'disclosure.missing', 'disclosure.forbidden', 'key.unknown'].includes(rule);
/** Golden files whose rule this verifier has but which break it only against a schema or deployment. */
const bySchema = new Set(['aud-foreign.json', 'genesis-again.json', 'sub-not-derived.json', 'sub-of-another-kind.json',
  'prev-on-a-start.json', 'from-not-allowed.json', 'slot-on-public-field.json']);

for (const crypto of paths) {
  const enrolled = async () => {
    const keys = await Promise.all(read('context.json').keys.map((jwk) => keyOf(crypto, jwk)));
    return new Map(keys.map((key) => [key.kid, key]));
  };

  test(`golden submissions by ${crypto.name}`, async () => {
    const keys = await enrolled();
    const counts = { admitted: 0, refused: 0, 'not run': 0 };
    for (const name of names) {
      const { verdict, rule = '', id, sd_jwt: text } = read(name);
      if (others(rule) || bySchema.has(name)) {
        counts['not run'] += 1;
        continue;
      }
      let found;
      const said = await ruleOf((async () => {
        const { jws } = splitSubmission(text);
        const { kid } = parseJws(jws, 'nguon-entry+jwt');
        found = await verifySubmission(crypto, text, keys.get(kid));
      })());
      assert.equal(said, rule, name);
      counts[rule ? 'refused' : 'admitted'] += 1;
      if (verdict === 'admitted') assert.equal(found.entry.id, id, name);
    }
    console.log(`${crypto.name}: ${JSON.stringify(counts)} (not run: what a schema, a deployment or enrolments decide)`);
    assert.ok(counts.admitted >= 10 && counts.refused >= 35, JSON.stringify(counts));
  });

  test(`a claim that every object answers to is no claim of ours by ${crypto.name}`, async () => {
    const { sd_jwt: text } = read(names.find((name) => read(name).verdict === 'admitted'));
    const { jws } = splitSubmission(text);
    const [header, payload, signature] = jws.split('.');
    const said = Buffer.from(payload, 'base64url').toString();
    for (const name of ['constructor', 'toString', '__proto__']) {
      const more = Buffer.from(said.replace(/}$/, `,"${name}":1}`)).toString('base64url');
      assert.equal(await ruleOf(parseEntry(crypto, `${header}.${more}.${signature}`)), 'entry.claim', name);
    }
  });

  test(`disclosures open their own slots by ${crypto.name}`, async () => {
    const { sd_jwt: text } = read('valid-private.json');
    const { kid } = parseJws(splitSubmission(text).jws, 'nguon-entry+jwt');
    const { entry, disclosed } = await verifySubmission(crypto, text, (await enrolled()).get(kid));
    assert.deepEqual(disclosed.map(({ pointer, value }) => [pointer, value]), [['/name', 'Lò Thị Mẫu'], ['/phone', '0900000000']]);
    assert.deepEqual(entry.slots.map(({ pointer }) => pointer), ['/name', '/phone', '/place']);
  });
}

test('the strict types are those of the schemas', () => {
  const types = new URL('../../../schemas/types/', import.meta.url);
  const strict = readdirSync(types).map((name) => JSON.parse(readFileSync(new URL(name, types))))
    .filter((schema) => schema['x-order'] === 'strict').map((schema) => `${schema['x-type']}/${schema['x-major']}`);
  assert.deepEqual([...strictTypes].sort(), strict.sort());
});
