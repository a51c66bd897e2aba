// Phones on a bad network and with dying batteries against a real service. Usage: campaign.mjs RUNS
// One run: a phone saves some records and tries to send them while answers are lost, cut, mixed up, doubled or forged
// and the page is killed at any step; then the network is good again. Prints `passed failed`.
import { Engine } from '../../../server/app/sync/engine.mjs';
import { Cast } from '../../e2e/lib/cast.mjs';
import { Deployment } from '../../e2e/lib/deployment.mjs';
import { Dice } from '../../e2e/lib/dice.mjs';
import { base64url, sha256 } from '../../e2e/lib/jose.mjs';
import { Phone } from './phone.mjs';

const runs = Number(process.argv[2]);
const dice = new Dice('sync campaign');
/** An integer below `count`. */
const below = (count) => dice.between(0, count - 1);

class Killed extends Error {}
const gone = () => { throw new TypeError('Failed to fetch'); };
const html = (status) => ({ status, type: 'text/html', retryAfter: '', text: '<html>' });

const log = Deployment.init();
await log.start();
const cast = await Cast.settle(log);
const phones = [];
for (let i = 0; i < 8; i += 1) phones.push(await Phone.enrolled(log, cast, `member ${i}`));

async function service(id, body) {
  const answer = await log.send('PUT', `/api/entries/${id}`, body, { 'content-type': 'application/sd-jwt' });
  const { 'content-type': type, 'retry-after': retryAfter = '' } = answer.headers;
  return { status: answer.status, type: type.split(';')[0], retryAfter, text: answer.body.toString() };
}

const counts = {};
/** What the network may do to one request. */
const faults = {
  'lost on the way there': gone,
  'lost on the way back': async (id, body) => { await service(id, body); return gone(); },
  doubled: async (id, body) => (await Promise.all([service(id, body), service(id, body)]))[below(2)],
  'cut short': async (id, body) => {
    const answer = await service(id, body);
    return { ...answer, text: answer.text.slice(0, below(answer.text.length)) };
  },
  'one bit other': async (id, body) => {
    const answer = await service(id, body);
    const at = below(answer.text.length);
    return { ...answer, text: answer.text.slice(0, at) + String.fromCharCode(answer.text.charCodeAt(at) ^ (1 << below(7))) + answer.text.slice(at + 1) };
  },
  "another record's answer": async (id, body, phone) => { await service(id, body); return phone.stale ?? gone(); },
  'error before': () => html(502),
  'error after': async (id, body) => { await service(id, body); return html(504); },
  'a login page': () => html(200),
  busy: () => ({ status: 503, type: 'application/problem+json', retryAfter: '1', text: '{"rule":"store.stalled"}' }),
  nothing: service,
};

/** The engine of a page that may die at any of its steps. */
function page(phone, { kill, faulty }) {
  const step = () => { if (kill && below(12) === 0) throw new Killed(); };
  const { shelf } = phone;
  const watched = {
    waiting: async () => { step(); return shelf.waiting(); },
    settle: async (id, change) => { step(); await shelf.settle(id, change); step(); },
  };
  return new Engine({
    shelf: watched, trust: () => phone.trust, now: () => 0, random: () => dice.next(),
    lock: async (name, work) => { await work(); return true; },
    async send(id, body) {
      step();
      const names = Object.keys(faults);
      const name = faulty ? names[below(names.length)] : 'nothing';
      counts[name] = (counts[name] ?? 0) + 1;
      const answer = await faults[name](id, body, phone);
      if (name === 'nothing') phone.stale = answer;
      step();
      return answer;
    },
    tell(id, phase) {
      if (phase !== 'settled') return;
      const record = shelf.records.get(id);
      // The word "Đã nhận" leans on this: by an outsider's crypto, each time.
      if (record.state !== 'received') throw new Error(`told ${record.state}`);
      log.openReceipt(record.answer, record);
    },
    doubt() {},
  });
}

const saved = new Set();
let failed = 0;
for (let run = 0; run < runs; run += 1) {
  const phone = phones[run % phones.length];
  phone.shelf.records.clear();
  const wanted = 1 + below(4);
  try {
    const ids = [];
    for (let i = 0; i < wanted; i += 1) ids.push((await phone.save(String(run + 1))).id);
    for (const id of ids) saved.add(id);
    for (let pages = 0; pages < 6; pages += 1) {
      const sync = page(phone, { kill: true, faulty: true });
      try {
        for (let rounds = 0; rounds < 3; rounds += 1) await sync.run({ all: true });
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        counts.killed = (counts.killed ?? 0) + 1;
      }
    }
    await page(phone, { kill: false, faulty: false }).run({ all: true });
    const received = phone.shelf.of('received').map(({ id }) => id).sort();
    if (received.join() !== [...ids].sort().join()) throw new Error(`${received.length} of ${wanted} received`);
  } catch (error) {
    failed += 1;
    console.log(`run ${run}, seed ${dice.seed}: ${error.stack}`);
  }
}

// The service holds every one, each once, and nothing else.
const leaves = await log.leaves(await log.head(saved.size));
const logged = leaves.filter(({ entry }) => JSON.parse(Buffer.from(entry.split('.')[1], 'base64url')).type === 'batch.harvest/1');
const held = logged.map(({ entry }) => base64url(sha256(entry.slice(0, entry.lastIndexOf('.')))));
if (new Set(held).size !== held.length || held.length !== saved.size || held.some((id) => !saved.has(id))) {
  failed += 1;
  console.log(`saved ${saved.size}, logged ${held.length}, of them different ${new Set(held).size}`);
}
console.log(Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', '));
console.log(`${saved.size} records saved, ${held.length} logged`);
log.remove();
console.log(`${runs - failed} ${failed}`);
process.exitCode = failed === 0 ? 0 : 1;
