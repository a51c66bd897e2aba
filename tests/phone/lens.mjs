// A cheap camera in front of a printed sheet: perspective, the softness of a lens that is not quite in focus, ink that has
// faded, light from one side, the noise of a small sensor. All of it from numbers, so that a frame can be made again.

/** @typedef {import('./png.mjs').Sheet} Sheet */
/**
 * @typedef {object} Shot
 * @property {number} [turn]  degrees in the plane of the sheet @property {number} [tilt]  degrees away from the camera
 * @property {number} [fill]  part of the frame's width that the sheet takes up @property {number} [blur]  sigma, pixels
 * @property {number} [ink] @property {number} [paper]  brightness of black and white, 0…1
 * @property {number} [shade]  how much darker the right edge is than the left @property {number} [noise]  sigma, 0…1
 * @property {{width: number, height: number}} [size]  of the picture, pixels @property {(light: number) => number} [develop]  what the camera
 *   writes down for light, both 0…1 @property {number} [desk]  how bright that is which the sheet lies on
 */

export const width = 640;
export const height = 480;
const film640 = { width, height };

/** xorshift32: small, and the same everywhere. @param {number} seed @returns {() => number} 0…1 */
export function chance(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/**
 * @param {Sheet} sheet @param {Shot} shot @param {() => number} random
 * @returns {Uint8Array} brightness, row by row
 */
export function photograph(sheet, shot, random) {
  const { blur = 0.6, shade = 0, noise = 0.01, size = film640, develop = (light) => light } = shot;
  let frame = project(sheet, shot, size);
  frame = soften(soften(frame, blur, 1, size.width, size.height, size.width), blur, size.width, size.height, size.width, 1);
  const octets = new Uint8Array(frame.length);
  for (let at = 0; at < frame.length; at += 1) {
    const light = 1 - shade * (at % size.width) / size.width;
    const grain = noise && (random() + random() + random() - 1.5) * 2 * noise;
    octets[at] = Math.max(0, Math.min(255, Math.round((develop(frame[at] * light) + grain) * 255)));
  }
  return octets;
}

/** Through a pinhole: each pixel's ray, where it meets the sheet. @param {Sheet} sheet @param {Shot} shot @param {{width: number, height: number}} size */
function project(sheet, { turn = 0, tilt = 0, fill = 0.7, ink = 0.1, paper = 0.9, desk = 0.35 }, { width, height }) {
  const focal = width;
  const distance = focal * sheet.width / (fill * width);
  const [[ct, st], [cr, sr]] = [tilt, turn].map((degrees) => degrees * Math.PI / 180).map((angle) => [Math.cos(angle), Math.sin(angle)]);
  // Axes of the sheet in space: turned in its plane, then tilted about the camera's x.
  const across = [cr, sr * ct, sr * st];
  const down = [-sr, cr * ct, cr * st];
  const normal = [0, -st, ct];
  const samples = 2;
  const frame = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let part = 0; part < samples * samples; part += 1) {
        const rx = (x + (part % samples + 0.5) / samples - width / 2) / focal;
        const ry = (y + ((part / samples | 0) + 0.5) / samples - height / 2) / focal;
        const far = normal[2] * distance / (normal[0] * rx + normal[1] * ry + normal[2]);
        const [px, py, pz] = [rx * far, ry * far, far - distance];
        const u = Math.floor(px * across[0] + py * across[1] + pz * across[2] + sheet.width / 2);
        const v = Math.floor(px * down[0] + py * down[1] + pz * down[2] + sheet.height / 2);
        const there = u >= 0 && v >= 0 && u < sheet.width && v < sheet.height;
        sum += there ? ink + (paper - ink) * sheet.grey[v * sheet.width + u] : desk;
      }
      frame[y * width + x] = sum / (samples * samples);
    }
  }
  return frame;
}

/** A Gaussian along one direction. @param {Float32Array} frame @param {number} sigma @param {number} step  to the next pixel @param {number} count  pixels in a line @param {number} lines @param {number} other  step to the next line */
function soften(frame, sigma, step, count, lines, other) {
  if (sigma < 0.2) return frame;
  const reach = Math.ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma)));
  const whole = kernel.reduce((sum, one) => sum + one, 0);
  const soft = new Float32Array(frame.length);
  for (let line = 0; line < lines; line += 1) {
    for (let at = 0; at < count; at += 1) {
      let sum = 0;
      for (let near = -reach; near <= reach; near += 1) {
        sum += kernel[near + reach] * frame[line * other + Math.max(0, Math.min(count - 1, at + near)) * step];
      }
      soft[line * other + at * step] = sum / whole;
    }
  }
  return soft;
}

/** Frames as a film that Chromium's fake camera plays round and round. @param {Uint8Array[]} frames @param {number} fps */
export function film(frames, fps) {
  const grey = Buffer.alloc(width * height / 2, 128);
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`),
    ...frames.flatMap((frame) => [Buffer.from('FRAME\n'), frame, grey]),
  ]);
}
