// The app's icon, drawn: a white drop (nguồn is a spring) on the green of the pages, edge to edge, so that any mask of
// a launcher leaves it whole.
import { deflateSync } from 'node:zlib';

const green = [10, 107, 61];
const white = [255, 255, 255];

/** How far a place is inside the drop, in parts of the side; below 0 outside. A circle and its two tangents to a point. */
function inside(x, y) {
  const [cx, cy, radius, tip] = [0.5, 0.58, 0.2, 0.2];
  const round = radius - Math.hypot(x - cx, y - cy);
  const height = cy - tip;
  const sine = radius / height;
  const cosine = Math.sqrt(1 - sine * sine);
  // Distance from the tangent on either side, where it touches or above.
  const along = (y - tip) * cosine + Math.abs(x - cx) * sine;
  const side = (y - tip) * sine - Math.abs(x - cx) * cosine;
  const cone = along <= height * cosine && y >= tip ? side : -1;
  return Math.max(round, cone);
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crcOf(body));
  return Buffer.concat([head, body, tail]);
}

/** Node has it since 20.15; Debian 12 comes with 18. @param {Buffer} octets */
function crcOf(octets) {
  let crc = ~0;
  for (const octet of octets) {
    crc ^= octet;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** PNG (ISO 15948): RGB, 8 bits, no filter. @param {number} side  pixels @returns {Buffer} */
export function icon(side) {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(side, 0);
  size.writeUInt32BE(side, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(side * (1 + 3 * side));
  for (let y = 0, at = 0; y < side; y += 1) {
    rows[at++] = 0;
    for (let x = 0; x < side; x += 1) {
      const share = Math.min(1, Math.max(0, inside((x + 0.5) / side, (y + 0.5) / side) * side + 0.5));
      for (let colour = 0; colour < 3; colour += 1) rows[at++] = Math.round(green[colour] + (white[colour] - green[colour]) * share);
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
