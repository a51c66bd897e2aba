// Reporter of node's test runner for tests/run: each result, then all failures once more, for whoever sees but the end of a
// log, and last `<passed> <failed>`.
const mostLines = 12;

export default async function* count(events) {
  let passed = 0;
  const failures = [];
  for await (const { type, data } of events) {
    if (type === 'test:stdout') yield data.message;
    if (data.details?.type === 'suite') continue; // its tests were counted
    if (type === 'test:pass') passed += 1;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const line = `${data.name} (${Math.round(data.details.duration_ms)} ms)\n`;
    if (type === 'test:pass') yield `ok ${line}`;
    else {
      failures.push(`FAILED ${line}${data.details.error.cause?.stack ?? data.details.error}\n`);
      yield failures.at(-1);
    }
  }
  // The first is most likely the cause of those after it: it stands last.
  yield* failures.map((said) => said.split('\n').slice(0, mostLines).join('\n') + '\n').reverse();
  yield `${passed} ${failures.length}\n`;
}
