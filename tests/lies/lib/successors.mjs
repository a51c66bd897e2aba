// The lie that needs a loss: the tail of a log is gone, and its operator opens a successor twice, to show one
// to some and the other to others.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployment, nguon } from '../../e2e/lib/deployment.mjs';
import { makeEntry, subjectId, uuid7 } from '../../e2e/lib/entry.mjs';
import { Witness } from '../../e2e/lib/witness.mjs';
import { run, scratch } from './detectors.mjs';

function organisation(log) {
  const jti = uuid7();
  const sub = subjectId('org', log.aud, log.registrar.kid, jti);
  return makeEntry(log.aud, log.registrar, {
    type: 'org.create/1', jti, sub, iat: 1_790_000_000, data: { name: 'HTX mẫu', kind: 'cooperative' },
  });
}

/** A second operator's room with the same disk. */
function copyOf(log) {
  const home = scratch();
  mkdirSync(home, { recursive: true });
  cpSync(log.data, join(home, 'data'), { recursive: true });
  const { aud, operator, vkey, service, registrar, root } = log;
  return new Deployment(home, { aud, operator, vkey, service, registrar, root });
}

async function open(log, keys, entries) {
  const done = nguon('successor', '--data', log.data, '--key', join(keys, 'root.pem'), '--checkpoint', join(keys, 'kept'));
  if (done.code !== 0) throw new Error(`successor: ${done.err}`);
  await log.start();
  // The same key under the next name.
  const names = (await log.get('/log/1/keys')).body.toString().split('\n');
  log.vkey = names.filter((line) => line.startsWith('log ')).at(-1).split(' ')[1];
  for (const entry of entries) await log.add(entry);
  return `http://127.0.0.1:${log.port}`;
}

/** What each detector says of the second successor, after it saw the first: {mirror, watch, witness}. */
export async function secondSuccessor() {
  const log = Deployment.init();
  try {
    const lot = organisation(log);
    await log.start();
    await log.add(lot);
    await log.stop();
    cpSync(join(log.data, 'database'), join(log.home, 'older'), { recursive: true });
    await log.start();
    const { index } = await log.add(organisation(log));
    await log.head(index + 1);
    writeFileSync(join(log.home, 'kept'), (await log.get('/log/0/checkpoint')).body);
    await log.stop();
    rmSync(join(log.data, 'database'), { recursive: true });
    cpSync(join(log.home, 'older'), join(log.data, 'database'), { recursive: true });
    const other = copyOf(log);

    const first = await open(log, log.home, [organisation(log)]);
    const { vkey } = log;
    const folder = scratch();
    const look = (base) => Promise.all([
      run('mirror', '--url', `${base}/log/1`, '--vkey', vkey, '--to', join(folder, 'mirror')),
      run('watch', '--url', `${base}/log/1`, '--vkey', vkey, '--state', join(folder, 'watch'), '--sub', lot.payload.sub),
    ]);
    const witness = Witness.init(folder, 'w.example', vkey);
    await witness.start();
    const offer = async (base, old) => {
      const note = await (await fetch(`${base}/log/1/checkpoint`)).text();
      const size = Number(note.split('\n')[1]);
      const path = old === 0 ? '' : await (await fetch(`${base}/log/1/consistency/${old}/${size}`)).text();
      const began = performance.now();
      const { status } = await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body: `old ${old}\n${path}\n${note}` });
      return { size, status, seconds: (performance.now() - began) / 1000 };
    };
    const honest = [...await look(first), await offer(first, 0)];
    if (honest.some(({ code, status }) => code > 0 || status > 200)) throw new Error(`the first successor: ${JSON.stringify(honest)}`);
    await log.stop();

    const second = await open(other, log.home, [organisation(log), organisation(log), organisation(log)]);
    const [mirror, watch] = await look(second);
    const { status, seconds } = await offer(second, honest[2].size);
    await witness.stop('SIGKILL');
    await other.kill();
    return { mirror, watch, witness: { caught: status === 409 || status === 422, why: String(status), seconds } };
  } finally {
    log.remove();
  }
}
