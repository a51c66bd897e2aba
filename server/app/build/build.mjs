// Bundles what browsers get and writes it as a C++ header of gzipped octets, which the binary serves (server/shell).
// Usage: node build/build.mjs HEADER. CMake calls it whenever something in this folder changed (server/CMakeLists.txt).
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { build } from 'esbuild';
import { guides, pictures, render } from '../guides/render.mjs';
import { apps } from './apps.mjs';
import { checkAssets } from './check.mjs';
import { header } from './header.mjs';
import { icon } from './icon.mjs';
import { asset, common, home, packed } from './packed.mjs';

/** @typedef {import('./packed.mjs').Asset} Asset */

/** All scripts and style sheets at once, so that what two apps share is one file. */
async function bundles(define) {
  const entryPoints = Object.fromEntries(apps.flatMap(({ name, script, style }) => [[name, script], ...(style ? [[`${name}-style`, style]] : [])]));
  const { outputFiles, metafile } = await build({
    ...common, define, entryPoints, outdir: '/app', entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', splitting: true, format: 'esm',
  });
  const entries = Object.entries(metafile.outputs).map(([path, { entryPoint }]) => [basename(path), entryPoint]);
  const files = outputFiles.map(({ path, contents }) => {
    const file = basename(path);
    const from = entries.find(([name]) => name === file)?.[1];
    const app = apps.find(({ script, style }) => from === script || from === style);
    return asset(`/app/${file}`, Buffer.from(contents), true, app ? `${app.name}${extname(file)}` : file);
  });
  /** What the page of an app may load: its own files and all that they import. */
  const reached = (/** @type {string} */ from, found = new Set()) => {
    const output = Object.entries(metafile.outputs).find(([path, { entryPoint }]) => entryPoint === from || path === from);
    if (!output || found.has(basename(output[0]))) return found;
    found.add(basename(output[0]));
    for (const { path } of output[1].imports) reached(path, found);
    return found;
  };
  return { files, reached };
}

/** @param {Asset[]} files @param {string} source */
function page(files, source) {
  const text = readFileSync(`${home}${source}`, 'utf8').replace(/\n */g, '\n')
    .replace(/\{\{([^}]+)\}\}/g, (_, name) => files.find((file) => file.name === name).path);
  return Buffer.from(text);
}

const later = await packed();
const define = { NGUON_PACKS: JSON.stringify(later.packs) };
const { files, reached } = await bundles(define);
const assets = [...files];
for (const app of apps) {
  if (app.page) assets.push(asset(app.page.path, page(files, app.page.source), false, `${app.name}.html`));
  if (!app.worker) continue;
  const still = Object.entries(app.icons ?? {}).map(([path, size]) => asset(path, icon(size), false));
  const manifest = asset(app.manifest.path, Buffer.from(JSON.stringify(JSON.parse(readFileSync(`${home}${app.manifest.source}`, 'utf8')))), false);
  assets.push(...still, manifest);
  const own = new Set([app.script, app.style].flatMap((from) => [...reached(from)]));
  const kept = assets.filter(({ path, lasting }) => !lasting || own.has(basename(path)));
  const digest = createHash('sha256');
  for (const { path, octets } of kept) digest.update(path).update(octets);
  const shell = { version: digest.digest('hex').slice(0, 16), files: kept.map(({ path }) => path) };
  const { outputFiles } = await build({
    ...common, entryPoints: [app.worker.source], outdir: '/app', format: 'iife', define: { ...define, NGUON_SHELL: JSON.stringify(shell) },
    // A worker cannot import(): where WebCrypto falls short it leaves the sending to the page.
    external: ['./fallback.mjs'], supported: { ...common.supported, 'dynamic-import': true },
  });
  assets.push(asset(app.worker.path, Buffer.from(outputFiles[0].contents), false));
}
// Read now and then, with a network: no part of what a phone keeps.
for (const which of Object.keys(guides)) assets.push(asset(`/app/guide-${which}`, Buffer.from(render(which)), false, `guide-${which}.html`));
for (const file of ['style.css', ...pictures.map((name) => `pictures/${name}.webp`)]) {
  assets.push(asset(`/app/guide-${basename(file)}`, readFileSync(`${home}guides/${file}`), false));
}
assets.push(...await checkAssets(common, home, asset));
writeFileSync(process.argv[2], header([...assets, ...later.files]));
