// The packs (apps.mjs) as files and as what an app has to know of them: phone and console take the same.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { apps } from './apps.mjs';

/** @typedef {{name: string, path: string, type: string, lasting: boolean, octets: Buffer}} Asset
 *   name: what C++ asks for; lasting: its path changes with its content */

const { resolve } = createRequire(import.meta.url);
export const home = fileURLToPath(new URL('../', import.meta.url));
const types = {
  '.css': 'text/css; charset=utf-8', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.mp3': 'audio/mpeg', '.png': 'image/png', '.webp': 'image/webp', '.svg': 'image/svg+xml', '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json',
};
export const common = {
  absWorkingDir: home, bundle: true, minify: true, charset: 'utf8', write: false, metafile: true, legalComments: 'eof', logLevel: 'warning',
  // The floor of DESIGN §9 is ES2018, but for BigInt (Chrome 67, Safari 14), which cannot be lowered: the fallback for
  // browsers without Ed25519 computes with it. Without this line esbuild would refuse its literals.
  target: 'es2018', supported: { bigint: true },
};

/** The library's own files say nothing of whose they are; their licences want it said. */
const licences = '/*! zxing-wasm, (c) 2023 Ze-Zheng Wu, MIT; within it ZXing-C++, (c) ZXing authors and Axel Waggershauser, Apache-2.0 */';

/** @param {string} path @param {Buffer} octets @param {boolean} lasting @param {string} [name] @returns {Asset} */
export const asset = (path, octets, lasting, name = basename(path)) => ({
  name, path, type: types[extname(path) || '.html'], lasting, octets,
});

const sha256 = (/** @type {Buffer} */ octets) => createHash('sha256').update(octets).digest('hex');

/** Each pack as files and as what the app has to know of it. @returns {Promise<{files: Asset[], packs: Record<string, import('../phone/packs.mjs').Pack>}>} */
export async function packed() {
  const files = [];
  const packs = {};
  for (const [name, { worker, parts }] of apps.flatMap((app) => Object.entries(app.packs ?? {}))) {
    const { outputFiles } = worker
      ? await build({ ...common, entryPoints: [worker], outdir: '/app', format: 'iife', legalComments: 'none', banner: { js: licences } }) : { outputFiles: [] };
    const own = [...outputFiles.map(({ contents }) => ({ ending: '.js', octets: Buffer.from(contents) })),
      ...parts.map((part) => ({ ending: extname(part), octets: readFileSync(part.startsWith('./') ? `${home}${part}` : resolve(part)) }))]
      .map(({ ending, octets }) => asset(`/app/${name}-${sha256(octets).slice(0, 8).toUpperCase()}${ending}`, octets, true, `${name}${ending}`));
    const about = own.map(({ path, octets }) => ({ path, sha256: sha256(octets) }));
    packs[name] = { version: sha256(Buffer.from(JSON.stringify(about))).slice(0, 16), files: about };
    files.push(...own);
  }
  return { files, packs };
}
