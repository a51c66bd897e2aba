// Service worker: the app opens without a network. It serves the files it came with, whole or not at all, until the
// next version's worker takes over once no page of this one is open; what the API says it never keeps.
import { Device } from './device.mjs';
import { lockOf } from './courier.mjs';
import { packCacheOf, packCaches } from './packs.mjs';
import { Engine } from '../sync/engine.mjs';
import { sendEntries } from '../sync/send.mjs';

/** Set by the build. @type {{version: string, files: string[]}} */
// @ts-ignore
const shell = NGUON_SHELL;
const worker = /** @type {any} */ (globalThis);
const own = `nguon-app-${shell.version}`;

worker.addEventListener('install', (/** @type {any} */ event) => {
  // From the network, past the browser's cache: a version is one build's files and no other's.
  const fresh = shell.files.map((path) => new Request(path, { cache: 'reload', credentials: 'omit' }));
  event.waitUntil(caches.open(own).then((cache) => cache.addAll(fresh)));
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil((async () => {
    // A pack that did not change from one version to the next stays where it is.
    for (const name of await caches.keys()) if (/^nguon-(app|pack)-/.test(name) && ![own, ...packCaches].includes(name)) await caches.delete(name);
    await worker.clients.claim();
  })());
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return;
  const path = mode === 'navigate' && pathname === '/app' ? '/app' : pathname;
  const cacheName = shell.files.includes(path) ? own : packCacheOf(path);
  if (!cacheName) return;
  event.respondWith(caches.open(cacheName).then((cache) => cache.match(path)).then((kept) => kept ?? fetch(event.request)));
});

/** The browser believes that there is a network again. A hint: pages send by themselves, under the same lock. */
worker.addEventListener('sync', (/** @type {any} */ event) => {
  if (event.tag === 'nguon-send') event.waitUntil(send());
});

async function send() {
  const device = await Device.open(indexedDB);
  if (device.people.length === 0) return;
  const trust = await device.trust();
  const channel = new BroadcastChannel('nguon');
  const engine = new Engine({
    shelf: device.shelf, lock: lockOf(device.shelf), send: sendEntries((...words) => fetch(...words), '', 20_000),
    trust: () => trust, now: () => performance.now(), random: () => Math.random(),
    tell: (id, phase) => { if (phase === 'settled') channel.postMessage('changed'); }, doubt: () => {},
  });
  await engine.run();
  channel.close();
  // A rejected event is what makes the browser try again.
  if ((await device.shelf.waiting()).length > 0) throw new Error('some wait still');
}
