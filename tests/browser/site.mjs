// Serves a folder of rendered pages as the service would: same policy, no cookie, everything logged.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

function policyOf(html) {
  const style = html.slice(html.indexOf('<style>') + 7, html.indexOf('</style>'));
  const digest = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${digest}'; img-src 'self'; form-action 'self'`;
}

/** @returns {Promise<{base: string, close: () => void}>} */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const name = new URL(request.url, 'http://x').pathname.slice(1);
    try {
      const html = readFileSync(join(folder, name));
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8', 'content-security-policy': policyOf(html.toString()),
        'content-encoding': 'gzip', vary: 'Accept-Encoding',
      });
      response.end(gzipSync(html, { level: 1 }));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { base: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
