/**
 * UUIDv7 (RFC 9562 §5.7), lower case: what an entry's `jti` is.
 * @param {number} now  Unix time in ms, 0 to 2^48 − 1
 * @param {Uint8Array} random  10 octets
 */
export function uuid7(now, random) {
  const octets = new Uint8Array(16);
  for (let at = 5, rest = now; at >= 0; at -= 1, rest = Math.floor(rest / 256)) octets[at] = rest % 256;
  octets.set(random, 6);
  octets[6] = (octets[6] & 0x0f) | 0x70;
  octets[8] = (octets[8] & 0x3f) | 0x80;
  const hex = [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
