// A photograph as light: what a camera wrote is bent by sRGB's curve, and half of the number is a fifth of the light.

/** @typedef {{width: number, height: number, light: Float32Array}} Picture  0 no light … 1 all that the camera can tell */

/** IEC 61966-2-1, for each octet. */
const linear = Float32Array.from({ length: 256 }, (_, octet) => {
  const value = octet / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});
/** Of white, as a camera writes it down: the inverse. @param {number} light */
export const octetOf = (light) => 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);

/** @param {{data: ArrayLike<number>, width: number, height: number}} image  RGBA @returns {Picture} */
export function pictureOf({ data, width, height }) {
  const light = new Float32Array(width * height);
  for (let at = 0, from = 0; at < light.length; at += 1, from += 4) {
    light[at] = 0.2126 * linear[data[from]] + 0.7152 * linear[data[from + 1]] + 0.0722 * linear[data[from + 2]];
  }
  return { width, height, light };
}

/** Light at a point between pixels, whose centres lie at halves; NaN outside the picture. @param {Picture} picture @param {number} x @param {number} y */
export function lightAt({ width, height, light }, x, y) {
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  if (!(left >= 0 && top >= 0 && left + 1 < width && top + 1 < height)) return NaN;
  const [across, down] = [x - 0.5 - left, y - 0.5 - top];
  const at = top * width + left;
  return (light[at] * (1 - across) + light[at + 1] * across) * (1 - down) + (light[at + width] * (1 - across) + light[at + width + 1] * across) * down;
}
