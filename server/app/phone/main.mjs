// Where the app starts: what the phone holds decides which screen comes first.
import { codeShape, readCode } from '../enrol/phone.mjs';
import { App } from './app.mjs';
import { Device } from './device.mjs';
import { fill, h } from './dom.mjs';
import { screens } from './screens.mjs';
import { speak, t } from './words.mjs';

/** The code of a link `/app#CODE`; it leaves the address, or the history of a shared phone would keep it. */
function takeCode() {
  const code = readCode(location.hash.slice(1));
  if (!codeShape.test(code)) return undefined;
  history.replaceState(null, '', '/app');
  return code;
}

const leftMs = 5 * 60_000;

/** A phone that was put away asks for the PIN again; what was being filled in is a draft by then. @param {App} app */
function lockWhenLeft(app) {
  let left = 0;
  document.addEventListener('visibilitychange', async () => {
    if (document.visibilityState === 'hidden') left = Date.now();
    else if (left > 0 && Date.now() - left > leftMs && (await app.device.own('pin'))) {
      app.device.open = false;
      void app.nav.show();
    }
  });
}

async function start() {
  const root = /** @type {HTMLElement} */ (document.getElementById('app'));
  if (!globalThis.isSecureContext) {
    fill(root, h('main', {}, h('h1', {}, t('start.title')), h('p', { class: 'note fix' }, t('start.insecure'))));
    return;
  }
  const device = await Device.open(indexedDB);
  speak(await device.shelf.kept('language') ?? 'vi');
  const app = new App(device, root, screens);
  app.voice.on = (await device.shelf.kept('voice')) === true;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    app.install = event;
    app.nav.changed();
  });
  app.code = takeCode();
  addEventListener('hashchange', () => {
    const code = takeCode();
    if (!code) return;
    app.code = code;
    app.nav.go('enrol', { replace: true });
  });
  lockWhenLeft(app);
  const enrolling = await device.shelf.kept('enrolling');
  if (app.code || enrolling) history.replaceState(null, '', '/app#/enrol');
  else if (!device.person) history.replaceState(null, '', '/app#/start');
  else if (device.open && (await device.draft())) history.replaceState(null, '', '/app#/draft');
  else if (!location.hash.startsWith('#/record')) history.replaceState(null, '', '/app#/');
  await app.nav.show();
  if (device.person) app.begin();
  if (navigator.serviceWorker) void navigator.serviceWorker.register('/app/sw.js', { scope: '/app' }).catch(() => {});
}

void start();
