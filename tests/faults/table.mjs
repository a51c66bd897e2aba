// Cases and outcomes, one row for each operation, call and fault.

export class Table {
  rows = new Map();
  missing = [];
  passed = 0;
  failed = 0;

  rowOf = ({ operation, call, fault }) => `${operation} | ${call.syscall} | ${fault}`;

  #row(one) {
    const name = this.rowOf(one);
    if (!this.rows.has(name)) this.rows.set(name, { one, cases: 0, outcomes: new Map(), run: 0, violations: 0 });
    return this.rows.get(name);
  }
  expect(one) {
    this.#row(one).cases += 1;
  }
  outcome(one, what) {
    const row = this.#row(one);
    row.outcomes.set(what, (row.outcomes.get(what) ?? 0) + 1);
    // A call that this run did without proves nothing, for good or ill.
    if (what === 'never came') return;
    row.run += 1;
    this.passed += 1;
  }
  violation(one) {
    const row = this.#row(one);
    row.run += 1;
    row.violations += 1;
    this.failed += 1;
  }
  absent(operation, why) {
    this.missing.push([operation, why]);
  }

  text() {
    const lines = [['operation', 'call', 'fault', 'cases', 'run', 'violations', 'what the program did; all good after the next start']];
    for (const { one, cases, run, violations, outcomes } of this.rows.values()) {
      const told = [...outcomes].map(([what, count]) => `${what} ${count}`).join(', ');
      lines.push([one.operation, one.call.syscall, one.fault, `${cases}`, `${run}`, `${violations}`, told]);
    }
    for (const [operation, why] of this.missing) lines.push([operation, '', '', '', '', '', why]);
    const groups = Map.groupBy(this.rows.values(), ({ one }) => one.operation);
    for (const [operation, rows] of [...groups, ['all', [...this.rows.values()]]]) {
      const sum = (of) => `${rows.reduce((all, row) => all + row[of], 0)}`;
      lines.push([operation, 'all', 'all', sum('cases'), sum('run'), sum('violations'), '']);
    }
    const widths = lines[0].map((_, at) => Math.max(...lines.map((line) => line[at].length)));
    return lines.map((line) => line.map((word, at) => word.padEnd(widths[at])).join('  ').trimEnd()).join('\n');
  }
}
