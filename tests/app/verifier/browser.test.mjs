// The module as a page loads it: a static server, an import map, Chromium. WebCrypto exists there in a
// secure context; over plain HTTP by another name than localhost it does not, and the fallback must do.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chromium } from '../../browser/node_modules/playwright-core/index.mjs';
import { lies, lyingLog, orderly } from '../../support/lies.mjs';

const app = new URL('../../../server/app/', import.meta.url);
const golden = new URL('../../ledger/golden/audit/', import.meta.url);
const frame = `<!doctype html><meta charset="utf-8"><title>verifier</title><script type="importmap">
{"imports": {"@noble/curves/": "/node_modules/@noble/curves/", "@noble/hashes/": "/node_modules/@noble/hashes/"}}</script>`;
let server;
let browser;
let asked = [];

before(async () => {
  server = createServer((request, response) => {
    asked.push(request.url);
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end(frame);
    try {
      const text = readFileSync(new URL(`.${request.url}`, app));
      return response.setHeader('content-type', 'text/javascript').end(text);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium', headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--host-resolver-rules=MAP phone.example 127.0.0.1'],
  });
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** What the page says of bundles: the crypto chosen, then '' or the rule for each. */
async function judge(host, bundles, lacking = '') {
  asked = [];
  const page = await browser.newPage();
  await page.goto(`http://${host}:${server.address().port}/`);
  const said = await page.evaluate(async ([files, without]) => {
    const { chooseCrypto, verifyBundle } = await import('/verifier/verifier.mjs');
    const { subtle } = globalThis.crypto;
    const crypto = await chooseCrypto(!without ? subtle : {
      digest: (...words) => subtle.digest(...words),
      verify: (...words) => subtle.verify(...words),
      importKey: (...words) => (words[2].name === without ? Promise.reject(new Error('not here')) : subtle.importKey(...words)),
    });
    const rules = [];
    for (const { text, vkey } of files) {
      rules.push(await verifyBundle(crypto, text, vkey).then(() => '', (error) => error.rule ?? String(error)));
    }
    return { name: crypto.name, secure: globalThis.isSecureContext, rules };
  }, [bundles, lacking]);
  await page.close();
  return said;
}

const files = [
  { text: readFileSync(new URL('bundle.json', golden), 'utf8'), vkey: readFileSync(new URL('log.vkey', golden), 'utf8').trim() },
  ...[orderly(), ...Object.values(lies).map(([, how]) => lyingLog(how))].map((log) => ({ text: log.bundle(), vkey: log.vkey })),
];
const wanted = ['', '', ...Object.values(lies).map(([rule]) => rule)];

test('Chromium by WebCrypto, which needs nothing of the fallback', async () => {
  const { name, secure, rules } = await judge('localhost', files);
  console.log(`Chromium, secure ${secure}: ${name}, ${rules.length} bundles`);
  assert.equal(secure, true);
  assert.deepEqual(rules, wanted);
  assert.equal(name === 'WebCrypto', !asked.some((url) => url.includes('noble')));
});

test('Chromium whose WebCrypto has no Ed25519', async () => {
  const { name, rules } = await judge('localhost', files, 'Ed25519');
  assert.equal(name, 'WebCrypto without EdDSA');
  assert.deepEqual(rules, wanted);
});

test('Chromium without WebCrypto, in a page that is not secure', async () => {
  const { name, secure, rules } = await judge('phone.example', files);
  assert.equal(secure, false);
  assert.equal(name, 'JavaScript');
  assert.deepEqual(rules, wanted);
});
