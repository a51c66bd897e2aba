// Octets straight onto a socket, for what no HTTP client would send.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Sends `parts` with `pause` ms between them and gathers what comes back until the other side closes or
 * `patience` ms pass: {text, closed, ms}. `half` ends our side after the last part.
 */
export async function converse(port, parts, { pause = 0, patience = 4000, half = false } = {}) {
  const socket = connect(port, '127.0.0.1');
  const began = Date.now();
  const got = [];
  let closed = false;
  socket.on('error', () => {});
  socket.on('data', (octets) => got.push(octets));
  const ended = new Promise((resolve) => {
    socket.on('end', () => { closed = true; resolve(); });
    socket.on('close', () => { closed = true; resolve(); });
  });
  for (const part of parts) {
    if (closed) break;
    socket.write(part);
    if (pause) await sleep(pause);
  }
  if (half) socket.end();
  await Promise.race([ended, sleep(patience, undefined, { ref: false })]);
  socket.destroy();
  return { text: Buffer.concat(got).toString('latin1'), closed, ms: Date.now() - began };
}

/** The answers in what came back: [{status, problem}]. */
export function answersIn(text) {
  const answers = [];
  for (let rest = text; rest.startsWith('HTTP/1.1 '); ) {
    const gap = rest.indexOf('\r\n\r\n');
    const head = rest.slice(0, gap);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    const body = rest.slice(gap + 4, gap + 4 + length);
    const type = /^content-type: *(\S+)/im.exec(head)?.[1] ?? '';
    answers.push({
      status: Number(head.slice(9, 12)), head,
      problem: type.startsWith('application/problem+json') ? JSON.parse(Buffer.from(body, 'latin1').toString()) : undefined,
    });
    rest = rest.slice(gap + 4 + length);
  }
  return answers;
}
