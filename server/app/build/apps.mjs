// What is bundled for browsers. Another app is another line: its script and style sheet get names with their hash, by
// which they are cached for ever, and C++ finds them as `<name>.js` and `<name>.css` (server/shell/assets.hpp).

/**
 * @typedef {object} App
 * @property {string} name @property {string} script @property {string} [style]
 * @property {{path: string, source: string}} [page]  a static one; `{{<name>.js}}` in it becomes the path of that file
 * @property {{path: string, source: string}} [worker]  a service worker that keeps the app for offline use
 * @property {Record<string, {worker?: string, parts: string[]}>} [packs]  fetched later than the rest (phone/packs.mjs); worker: a script, parts: files, ours (`./`) or of npm packages
 * @property {{path: string, source: string}} [manifest]  with a worker
 * @property {Record<string, number>} [icons]  path to pixels
 */
/** @type {App[]} */
export const apps = [
  {
    name: 'app', script: 'phone/main.mjs', style: 'phone/app.css',
    page: { path: '/app', source: 'phone/index.html' },
    worker: { path: '/app/sw.js', source: 'phone/worker.mjs' },
    packs: {
      reader: { worker: 'phone/reader/worker.mjs', parts: ['zxing-wasm/reader/zxing_reader.wasm'] },
      voice: { parts: ['./phone/voice/clips.json', './phone/voice/clips.mp3'] },
    },
    manifest: { path: '/app/manifest.webmanifest', source: 'phone/manifest.json' },
    icons: { '/app/icon-192.png': 192, '/app/icon-512.png': 512 },
  },
];
