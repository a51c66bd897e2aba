// Requests that are wrong below the entry: framing, heads, paths, methods. Each with the statuses that
// are right for it; `closes` where the connection must not be used again.
const head = (method, path, more = '') => `${method} ${path} HTTP/1.1\r\nHost: nguon.example\r\n${more}\r\n`;
const sneaked = head('GET', '/healthz');

/** Message framing that two parsers might read differently: all refused and closed (RFC 9112 §11.2). */
export const smuggled = [
  ['length and chunked at once', head('PUT', '/api/entries/x', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n') + '0\r\n\r\n'],
  ['two lengths', head('PUT', '/api/entries/x', 'Content-Length: 5\r\nContent-Length: 0\r\n')],
  ['two equal lengths in one field', head('PUT', '/api/entries/x', 'Content-Length: 0, 0\r\n')],
  ['a signed length', head('PUT', '/api/entries/x', 'Content-Length: +0\r\n')],
  ['a length in hexadecimal', head('PUT', '/api/entries/x', 'Content-Length: 0x0\r\n')],
  ['a length beyond 64 bits', head('PUT', '/api/entries/x', 'Content-Length: 18446744073709551616\r\n')],
  ['chunked twice', head('PUT', '/api/entries/x', 'Transfer-Encoding: chunked, chunked\r\n') + '0\r\n\r\n'],
  ['an unknown coding', head('PUT', '/api/entries/x', 'Transfer-Encoding: xchunked\r\n') + '0\r\n\r\n'],
  ['chunked hidden by a tab', head('PUT', '/api/entries/x', 'Transfer-Encoding:\x0bchunked\r\n') + '0\r\n\r\n'],
  ['a space before the colon', head('GET', '/healthz', 'Content-Length : 0\r\n')],
  ['a folded field', head('GET', '/healthz', 'X-A: 1\r\n Content-Length: 10\r\n')],
  ['a field without a name', head('GET', '/healthz', ': x\r\n')],
  ['a NUL in a field', head('GET', '/healthz', 'X-A: a\0b\r\n')],
  ['two hosts', head('GET', '/healthz', 'Host: other.example\r\n')],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n'],
  ['HTTP/0.9', 'GET /healthz\r\n\r\n'],
  ['HTTP/3.0', 'GET /healthz HTTP/3.0\r\nHost: a\r\n\r\n'],
  ['a TLS hello', Buffer.from('16030100a5010000a10303', 'hex')],
].map(([name, octets]) => ({ name, octets: Buffer.concat([Buffer.from(octets, 'latin1'), Buffer.from(sneaked)]) }));

const digits = '9'.repeat(20);
/** Paths and methods that mean nothing here: [request line parts, statuses]. */
export const malformed = [
  ['GET', '/api/entries/%00', [400, 404]],
  ['GET', '/api/entries/%ff%fe', [400, 404]],
  ['GET', '/api/entries/%zz', [400]],
  ['GET', '/api/entries/..%2f..%2fetc%2fpasswd', [400, 404]],
  ['GET', '/../../../../etc/passwd', [400, 404]],
  ['GET', '//', [400, 404]],
  ['GET', `/${'a/'.repeat(2000)}`, [400, 404, 414, 431]],
  ['GET', '/api/entries/not-an-id', [400, 404]],
  ['GET', '/api/subjects/nobody', [404]],
  ['GET', '/api/subjects/batch:00000000000000000000000000?after=-1', [400]],
  ['GET', '/log/1/checkpoint', [404]],
  ['GET', '/log/0/tile/8/000', [400, 404]],
  ['GET', '/log/0/tile/0/0', [400, 404]],
  ['GET', '/log/0/tile/0/x000/001', [400, 404]],
  ['GET', '/log/0/tile/0/000.p/0', [400, 404]],
  ['GET', '/log/0/tile/0/000.p/256', [400, 404]],
  ['GET', '/log/0/tile/entries/x999/x999/x999/x999/x999/x999/999', [400, 404]],
  ['GET', '/log/0/proof/-1', [400]],
  ['GET', `/log/0/proof/${digits}`, [400, 404]],
  ['GET', '/log/0/consistency/5/3', [400, 404]],
  ['GET', `/log/0/consistency/0/${digits}`, [400, 404]],
  ['GET', '/log/0/rules/..', [400, 404]],
  ['GET', '/schemas/../problems.json', [400, 404]],
  ['DELETE', '/log/0/checkpoint', [405, 501]],
  ['POST', '/api/entries/x', [405, 415, 501]],
  ['BREW', '/', [400, 405, 501]],
  ['PUT', '/', [405]],
];

export { head };
