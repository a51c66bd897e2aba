// Reporter of node's test runner for tests/run: each result, and last `<passed> <failed>`.
export default async function* count(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stdout') yield data.message;
    if (data.details?.type === 'suite') continue; // its tests were counted
    if (type === 'test:pass') passed += 1;
    if (type === 'test:fail') failed += 1;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    yield `${type === 'test:pass' ? 'ok' : 'FAILED'} ${data.name} (${Math.round(data.details.duration_ms)} ms)\n`;
    if (type === 'test:fail') yield `${data.details.error.cause?.stack ?? data.details.error}\n`;
  }
  yield `${passed} ${failed}\n`;
}
