/** A shelf in memory that keeps what IndexedDB keeps: whole transactions, copies instead of references. */
export class FakeShelf {
  records = new Map();

  async add(record) {
    if (!this.records.has(record.id)) this.records.set(record.id, structuredClone(record));
  }
  async waiting() {
    return structuredClone([...this.records.values()].filter(({ state }) => state === 'waiting'));
  }
  async settle(id, change) {
    const record = this.records.get(id);
    if (!record || record.state !== 'waiting') return;
    const { trouble, ...rest } = record;
    this.records.set(id, structuredClone({ ...rest, ...change }));
  }
  of(state) {
    return [...this.records.values()].filter((record) => record.state === state);
  }
}
