// The plane that a label lies in, seen by a camera: modules of its symbol to points of the picture.

/** @typedef {{x: number, y: number}} Point */
/** Point of the picture of a point in modules: (0, 0) the symbol's corner between two of its eyes, (size, size) the one without.
 * @typedef {(u: number, v: number) => Point} Plane */

/**
 * Solves a small system by Gauss with pivots.
 * @param {number[][]} rows  coefficients, then the right side; used up @returns {number[] | undefined}  nothing where it has no one answer
 */
export function solve(rows) {
  const count = rows.length;
  for (let column = 0; column < count; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < count; row += 1) if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    if (Math.abs(rows[pivot][column]) < 1e-12) return undefined;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let row = 0; row < count; row += 1) {
      const part = row === column ? 0 : rows[row][column] / rows[column][column];
      if (part !== 0) for (let at = column; at <= count; at += 1) rows[row][at] -= part * rows[column][at];
    }
  }
  return rows.map((row, at) => row[count] / row[at]);
}

/**
 * @param {number} size  modules a side @param {Point[]} corners  of the symbol: top left, top right, bottom right, bottom left
 * @returns {Plane | undefined}  nothing where three of them are in a line
 */
export function planeOf(size, corners) {
  const square = [[0, 0], [1, 0], [1, 1], [0, 1]];
  const found = solve(square.flatMap(([u, v], at) => {
    const { x, y } = corners[at];
    return [[u, v, 1, 0, 0, 0, -u * x, -v * x, x], [0, 0, 0, u, v, 1, -u * y, -v * y, y]];
  }));
  if (!found) return undefined;
  const [a, b, c, d, e, f, g, h] = found;
  return (u, v) => {
    const [s, t] = [u / size, v / size];
    const depth = g * s + h * t + 1;
    return { x: (a * s + b * t + c) / depth, y: (d * s + e * t + f) / depth };
  };
}

/** @param {Point} a @param {Point} b */
const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** Pixels that a module is wide and high in the middle of the symbol. @param {Plane} plane @param {number} size */
export function pixelsAModule(plane, size) {
  const middle = size / 2;
  const reach = size / 8;
  return {
    across: apart(plane(middle - reach, middle), plane(middle + reach, middle)) / (2 * reach),
    down: apart(plane(middle, middle - reach), plane(middle, middle + reach)) / (2 * reach),
  };
}
