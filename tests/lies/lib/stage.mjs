// One honest deployment with a witness, a phone, a mirror and a watch, who have all seen it twice: while it was
// small, and after a key was revoked and a batch recalled.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cast } from '../../e2e/lib/cast.mjs';
import { Deployment } from '../../e2e/lib/deployment.mjs';
import { Witness } from '../../e2e/lib/witness.mjs';
import { Phone, mirror, scratch, watch } from './detectors.mjs';
import { leafOf } from './liar.mjs';

const must = ({ code, err, out }) => {
  if (code !== 0) throw new Error(`the honest log was not believed: ${code} ${out} ${err}`);
};

export class Stage {
  static async set() {
    const stage = new Stage();
    const home = scratch();
    const log = Deployment.init();
    const witness = Witness.init(home, 'w.example', log.vkey);
    await witness.start();
    Object.assign(stage, { home, log, witness, policy: join(home, 'witnesses.policy') });
    writeFileSync(stage.policy, `log ${log.vkey}\nwitness w ${witness.vkey} ${witness.url}\nquorum w\n`);
    log.configure({ witnesses: { policy: `"${stage.policy}"` } });
    await log.start();
    stage.cast = await Cast.settle(log, ['member', 'robbed']);
    stage.phone = new Phone(log.vkey, log.aud, log.service);
    for (let i = 0; i < 3; i += 1) await stage.deliver();
    stage.picked = await stage.keep(stage.cast.harvest());
    await stage.keep(stage.cast.harvest('robbed'));
    stage.early = await stage.seen('early');
    // The disk as it is now, anchor and all.
    await log.stop();
    cpSync(log.data, join(home, 'old-disk'), { recursive: true });
    await log.start();
    const { keys, persons, newest } = stage.cast;
    await stage.cast.add(keys.director, {
      type: 'key.revoke/1', sub: persons.robbed, prev: newest[persons.robbed], data: { kid: keys.robbed.kid, reason: 'lost' },
    });
    await stage.deliver();
    stage.recall = await stage.cast.add(keys.director, {
      type: 'batch.recall/1', sub: stage.lot, prev: stage.newest,
      data: { on: '2026-09-21', reason: 'residue', action: 'do_not_eat', notice: { vi: 'Thu hồi mẫu', en: 'Sample recall' } },
    });
    stage.late = await stage.seen('late');
    return stage;
  }

  get base() {
    return `http://127.0.0.1:${this.log.port}`;
  }

  /** Sends an entry from the phone, which keeps the receipt. */
  async keep(entry) {
    const { status, statement, problem } = await this.log.put(entry);
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(problem)}`);
    await this.phone.keep(statement, entry);
    return entry;
  }
  /** One more ticket of the lot. */
  async deliver() {
    const { cast } = this;
    const entry = cast.make(cast.keys.clerk, {
      type: 'batch.receive/1', sub: this.lot ?? 'batch', ...(this.lot && { prev: this.newest }),
      data: { product: cast.product, on: '2026-09-11', qty: { amount: '20', unit: 'kg' } },
    });
    await this.keep(entry);
    this.lot = entry.sub;
    this.newest = entry.id;
  }

  /** What everybody knows after looking at the log as it is: folders and a phone. */
  async seen(name) {
    const { base, log, policy, home } = this;
    await this.cosigned();
    must(await mirror(base, log.vkey, join(home, 'mirror'), policy));
    must(await watch(base, log.vkey, join(home, 'watch'), policy, this.lot));
    const phone = await this.phone.look(base, this.lot);
    if (phone.caught) throw new Error(`the honest log was not believed: ${phone.why}`);
    const folder = join(home, name);
    mkdirSync(folder);
    for (const what of ['mirror', 'watch']) cpSync(join(home, what), join(folder, what), { recursive: true });
    cpSync(this.witness.state, join(folder, 'witness'), { recursive: true });
    const head = await log.head();
    const leaves = (await log.leaves(head)).map(({ recorded, entry }) => leafOf(recorded, entry));
    return {
      mirror: join(folder, 'mirror'), watch: join(folder, 'watch'), witness: join(folder, 'witness'), leaves,
      phone: this.phone.copy(), logs: this.witness.policy, witnessKey: this.witness.vkey,
    };
  }
  /** Waits until the newest checkpoint is published and cosigned. */
  async cosigned() {
    const { index } = this.phone.kept.at(-1);
    await this.log.head(index + 1);
    await sleep(1_100); // A checkpoint is published once a second at most.
    for (let tries = 0; tries < 100; tries += 1) {
      const told = JSON.parse((await this.log.get('/log/0/witnesses')).body);
      if (told.cosigned === 1) return;
      await sleep(50);
    }
    throw new Error('the witness does not cosign');
  }

  remove() {
    this.witness.child.kill('SIGKILL');
    this.log.remove();
  }
}
