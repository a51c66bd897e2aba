// A photo as it is signed: drawn anew at a size that a slow network carries, so that nothing of the camera's own file is
// left, then stripped of what the browser's encoder adds, then hashed. Where it was taken is a reading of its own: the
// entry signs position and hash together, so neither can be exchanged, and a place is never hidden in a picture.
import { concat, toBase64url } from '../verifier/octets.mjs';

/** @typedef {{octets: Uint8Array, name: {sha256: string, size: number, type: string}}} Shot */

export const longestSide = 1600;
const quality = 0.8;
const sos = 0xda;

/**
 * A JPEG without what the picture does not need: application segments but a bare JFIF and Adobe's, and comments. The
 * service refuses them (server/blobs/README.md); Safari's encoder writes EXIF even from a canvas.
 * @param {Uint8Array} jpeg @returns {Uint8Array}
 * @throws {RangeError} where it is no JPEG
 */
export function stripJpeg(jpeg) {
  const at = (/** @type {number} */ i) => {
    if (i >= jpeg.length) throw new RangeError('not a JPEG');
    return jpeg[i];
  };
  if (at(0) !== 0xff || at(1) !== 0xd8) throw new RangeError('not a JPEG');
  /** @type {Uint8Array[]} */
  const kept = [jpeg.subarray(0, 2)];
  let place = 2;
  for (;;) {
    if (at(place) !== 0xff) throw new RangeError('not a JPEG');
    const marker = at(place + 1);
    const length = at(place + 2) * 256 + at(place + 3);
    const end = place + 2 + length;
    at(end - 1);
    if (marker === sos) break;
    const body = String.fromCharCode(...jpeg.subarray(place + 4, Math.min(end, place + 9)));
    const bare = marker === 0xe0 ? length === 16 && body === 'JFIF\0' : marker === 0xee && length === 14 && body === 'Adobe';
    const extra = marker === 0xfe || (marker >= 0xe0 && marker <= 0xef);
    if (!extra || bare) kept.push(jpeg.subarray(place, end));
    place = end;
  }
  return concat(...kept, jpeg.subarray(place));
}

/** @param {number} width @param {number} height @param {number} [longest] @returns {{width: number, height: number}} */
export function fitted(width, height, longest = longestSide) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * @param {Blob} file  from a camera or a gallery
 * @param {import('../verifier/crypto.mjs').Crypto} crypto @param {number} [longest]  side of what is kept, in pixels
 * @returns {Promise<Shot>}
 * @throws {Error} where the browser cannot read it as a picture
 */
export async function takePhoto(file, crypto, longest = longestSide) {
  const bitmap = await createImageBitmap(file);
  const { width, height } = fitted(bitmap.width, bitmap.height, longest);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  // What is transparent would turn black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  /** @type {Blob | null} */
  const drawn = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (!drawn) throw new Error('no picture');
  const octets = stripJpeg(new Uint8Array(await drawn.arrayBuffer()));
  return { octets, name: { sha256: toBase64url(await crypto.sha256(octets)), size: octets.length, type: 'image/jpeg' } };
}

/**
 * A reading of the device as the slot `position` has it.
 * @param {GeolocationPosition} reading @param {number} now  Unix ms @returns {{lat: number, lon: number, accuracy_m: number, age_s: number}}
 */
export function positionOf({ coords, timestamp }, now) {
  const within = (/** @type {number} */ value, /** @type {number} */ most) => Math.max(0, Math.min(most, Math.round(value)));
  return {
    lat: Math.round(coords.latitude * 1e7), lon: Math.round(coords.longitude * 1e7),
    accuracy_m: within(coords.accuracy, 100_000), age_s: within((now - timestamp) / 1000, 86_400),
  };
}
