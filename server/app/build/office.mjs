// Bundles the office console: one module where a page would ask for fifty, and apart from it what only browsers without
// Ed25519 load. Usage: node build/office.mjs FOLDER. What lies there is served under /office/files/ (server/console).
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { home, packed } from './packed.mjs';

const [, , folder] = process.argv;
// Chunks of another release have other names, and would be embedded too.
rmSync(folder, { recursive: true, force: true });
await build({
  absWorkingDir: home, entryPoints: ['console/console.mjs'], outdir: folder, outbase: '.', outExtension: { '.js': '.mjs' },
  // The read check reads codes by the phone's pack.
  define: { NGUON_PACKS: JSON.stringify((await packed()).packs) },
  bundle: true, splitting: true, format: 'esm', chunkNames: 'console/[name]-[hash]', minify: true, charset: 'utf8', legalComments: 'eof',
  // As for the phone (build.mjs): ES2018 but for BigInt.
  target: 'es2018', supported: { bigint: true }, logLevel: 'warning',
});
