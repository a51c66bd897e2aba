// A network between a phone and the service that loses, cuts, delays, doubles and lies, when it is told to.
import { createServer, request } from 'node:http';
import { once } from 'node:events';

const receiptType = 'application/vnd.nguon.receipt';
/** Of a receipt as the service made it (FORMAT.md: JWS ~ CLAIMS ~ PLACE ~ PATH). @param {Buffer} receipt */
const indexIn = (receipt) => JSON.parse(Buffer.from(receipt.toString().split('~')[1], 'base64url')).index;

export class Weather {
  /** In front of `log`, calm at first. @param {import('../e2e/lib/deployment.mjs').Deployment} log */
  static async over(log) {
    const weather = new Weather(log);
    weather.server.listen(0, 'localhost');
    await once(weather.server, 'listening');
    weather.port = weather.server.address().port;
    weather.origin = `http://localhost:${weather.port}`;
    return weather;
  }

  /** One fate for each request of entries: `(number, request) => 'good' | 'lost' | 'gone' | 'cut' | 'twice' | 'late' | 'error' | 'portal'`. */
  fate = () => 'good';
  /** Changes the text of an answer: `(path, text) => text`. */
  alter = undefined;
  /** No network at all. */
  away = false;
  /** PUTs that reached the service, by entry id. */
  arrived = new Map();
  /** Ids whose receipt was passed on whole, from just before it left. */
  receipts = new Set();
  /** How long the log is at least, by what the service answered. */
  size = 0;
  #count = 0;

  constructor(log) {
    this.log = log;
    this.server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
  }

  async #serve(incoming, outgoing) {
    if (this.away) return incoming.socket.destroy();
    const parts = [];
    for await (const part of incoming) parts.push(part);
    const body = Buffer.concat(parts);
    const entry = incoming.method === 'PUT' && incoming.url.startsWith('/api/entries/');
    const fate = entry ? this.fate(this.#count++, incoming) : 'good';
    if (fate === 'gone') return incoming.socket.destroy();
    if (fate === 'error') return outgoing.writeHead(500, { 'content-type': 'text/plain' }).end('error');
    if (fate === 'portal') return outgoing.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome, sign in</html>');
    if (fate === 'late') await new Promise((later) => setTimeout(later, 400));
    if (fate === 'twice') await this.#ask(incoming, body, entry);
    const answer = await this.#ask(incoming, body, entry).catch(() => undefined);
    if (!answer || fate === 'lost') return incoming.socket.destroy();
    if (fate === 'cut') {
      outgoing.writeHead(answer.status, answer.headers);
      outgoing.write(answer.body.subarray(0, answer.body.length / 2));
      return setTimeout(() => incoming.socket.destroy(), 5);
    }
    if (entry && answer.headers['content-type'] === receiptType) this.receipts.add(incoming.url);
    if (this.alter) {
      answer.body = Buffer.from(this.alter(incoming.url, answer.body.toString()));
      delete answer.headers['content-length'];
    }
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  #ask(incoming, body, entry) {
    if (entry) this.arrived.set(incoming.url, (this.arrived.get(incoming.url) ?? 0) + 1);
    return new Promise((resolve, reject) => {
      const { method, url: path, headers } = incoming;
      const further = request({ host: '127.0.0.1', port: this.log.port, method, path, headers, agent: this.log.agent }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          const whole = Buffer.concat(parts);
          if (answer.headers['content-type'] === receiptType) this.size = Math.max(this.size, indexIn(whole) + 1);
          resolve({ status: answer.statusCode, headers: answer.headers, body: whole });
        });
        answer.on('error', reject);
      });
      further.on('error', reject);
      further.end(body);
    });
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
