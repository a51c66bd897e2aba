// A database is audited and looked at while its service goes on writing, and while another command holds its files.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Cast } from './lib/cast.mjs';
import { Deployment } from './lib/deployment.mjs';
import { nguon } from './run.mjs';

const log = Deployment.init();
let cast;
before(async () => {
  await log.start();
  cast = await Cast.settle(log);
});
after(() => log.remove());

test('beside a service that goes on writing it is whole', async () => {
  let writing = true;
  let written = 0;
  const service = (async () => {
    for (; writing; written += 1) await log.add(cast.harvest());
  })();
  try {
    for (let round = 0; round < 3; round += 1) {
      const before = written;
      const audit = await nguon(['audit', '--data', log.data]);
      assert.equal(audit.code, 0, audit.stderr);
      assert.ok(Number(/^whole: (\d+) /.exec(audit.stdout)[1]) >= before);
      const shown = await nguon(['keys', 'show', '--data', log.data]);
      assert.equal(shown.code, 0, shown.stderr);
    }
  } finally {
    writing = false;
    await service;
  }
  assert.ok(written > 0);
});

test('files that another command holds are said to be held, which is no finding', async () => {
  const holder = connect(join(log.data, 'control'));
  try {
    holder.write('freeze\n');
    await new Promise((resolve, reject) => holder.once('data', resolve).once('error', reject));
    const audit = await nguon(['audit', '--data', log.data]);
    assert.equal(audit.code, 4, audit.stderr);
    assert.match(audit.stderr, /control\.busy/);
  } finally {
    holder.destroy();
  }
});
