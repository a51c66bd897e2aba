// The check of one label in a shopper's browser: a page of its own, which shares no file with the phone app, and the same as a
// single file to keep, whose policy names what is inside it and nothing else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { build } from 'esbuild';

const digest = (/** @type {string} */ text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** @param {string} html @param {Record<string, string>} parts */
const filled = (html, parts) => Buffer.from(html.replace(/\n */g, '\n').replace(/\{\{([^}]+)\}\}/g, (_, name) => parts[name]));

/**
 * @param {import('esbuild').BuildOptions} common @param {string} home
 * @param {(path: string, octets: Buffer, lasting: boolean, name?: string) => import('./build.mjs').Asset} asset
 */
export async function checkAssets(common, home, asset) {
  const { outputFiles = [] } = await build({
    ...common, entryPoints: { check: 'check/online.mjs', 'check-style': 'check/check.css' }, outdir: '/app', entryNames: '[name]-[hash]',
    // WebCrypto is enough for most: what stands in for it is fetched by those who lack it.
    chunkNames: 'check-[name]-[hash]', splitting: true, format: 'esm',
    // A browser that knows the hint (Chromium 136 on) compiles all of it while the proof is still under way, and beside the
    // page's own thread; else each function is read twice, the second time while somebody waits for the answer.
    banner: { js: '//# allFunctionsCalledOnLoad' },
  });
  const files = outputFiles.map(({ path, contents }) => asset(`/app/${basename(path)}`, Buffer.from(contents), true));
  const path = (/** @type {RegExp} */ like) => String(files.find((file) => like.test(file.path))?.path);
  const paths = { 'check.js': path(/\/check-[0-9A-Z]+\.js$/), 'check.css': path(/\/check-style-/) };
  const whole = await build({ ...common, entryPoints: ['check/offline.mjs'], outdir: '/app', format: 'esm', splitting: false });
  // Nothing in the script may end the element it stands in.
  const script = (whole.outputFiles?.[0].text ?? '').replace(/<\/script/gi, '<\\/script');
  const style = String(outputFiles.find(({ path: to }) => extname(to) === '.css')?.text);
  const html = (/** @type {string} */ name) => readFileSync(`${home}check/${name}`, 'utf8');
  return [
    ...files,
    asset('/app/kiem-tra', filled(html('online.html'), paths), false, 'check.html'),
    asset('/app/kiem-tra-offline', filled(html('offline.html'), { script, style, 'script-hash': digest(script), 'style-hash': digest(style) }), false, 'check-offline.html'),
  ];
}
