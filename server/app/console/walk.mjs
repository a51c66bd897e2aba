// The boundary walked: a corner each time the position is sure enough and far enough from the one before.
import { button, el } from './dom.mjs';
import { t } from './words.mjs';

/** @typedef {import('./ring.mjs').Corner} Corner */

const surest = 30;   // Metres of doubt beyond which a position says nothing of a plot.
const nearest = 5;   // Metres between two corners at least.
const perUnit = (Math.PI / 180) * 6_371_008.8 / 1e7;

/** @param {Corner} a @param {Corner} b  metres */
const apart = (a, b) => Math.hypot((b.lat - a.lat) * perUnit, (b.lon - a.lon) * perUnit * Math.cos((a.lat / 1e7) * (Math.PI / 180)));

/** A button to begin and to end, and what the device says meanwhile. @param {(corner: Corner) => void} add */
export function walker(add) {
  let watch = 0;
  /** @type {Corner | undefined} */
  let last;
  const said = el('span.soft', { role: 'status' });
  const end = () => {
    navigator.geolocation.clearWatch(watch);
    watch = 0;
    last = undefined;
    turn.textContent = t('walk.begin');
    turn.setAttribute('aria-pressed', 'false');
  };
  const turn = button(t('walk.begin'), () => {
    if (watch !== 0) {
      said.textContent = '';
      return end();
    }
    turn.textContent = t('walk.end');
    turn.setAttribute('aria-pressed', 'true');
    said.textContent = t('place.locating');
    watch = navigator.geolocation.watchPosition(({ coords }) => {
      const metres = Math.round(coords.accuracy);
      said.textContent = t(metres > surest ? 'walk.unsure' : 'place.accuracy', { metres });
      const here = { lat: Math.round(coords.latitude * 1e7), lon: Math.round(coords.longitude * 1e7) };
      if (metres > surest || (last && apart(last, here) < Math.max(nearest, metres / 2))) return;
      last = here;
      add(here);
    }, (error) => {
      said.textContent = t('place.no_position');
      // Under trees a position comes and goes: only who may not ask need not wait.
      if (error.code === error.PERMISSION_DENIED) end();
    }, { enableHighAccuracy: true, maximumAge: 0, timeout: 60_000 });
  }, '.small');
  turn.setAttribute('aria-pressed', 'false');
  return el('span.walk', {}, turn, said);
}
