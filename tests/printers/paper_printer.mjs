// A label printer on loopback: raw TCP, as on port 9100. It keeps what it prints in `paper`, one text a label, answers how
// it is out of turn, and breaks where told. What stands whole in its memory it prints, unless it is told to forget.
import { createServer } from 'node:net';
import { once } from 'node:events';

const status = (out) => `\x02030,${out ? 1 : 0},0,0240,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n`;

// How far the first whole thing in memory reaches, and the label it prints if any. Octets stand in latin1.
const languages = {
  zpl: {
    question: '~HS\r\n', forget: '~JA\r\n', answer: status,
    first(memory) {
      if (memory.startsWith('~DG')) {
        const end = memory.indexOf('\n');
        return end < 0 ? null : { length: end + 1 };
      }
      if (memory.startsWith('^XA')) {
        const end = memory.indexOf('^XZ');
        if (end < 0) return null;
        const format = memory.slice(0, end + 3);
        return { length: end + 3, label: format.includes('^XFR:NGUON.ZPL') ? format : undefined };
      }
      return memory.length < 3 && '~^'.includes(memory[0]) ? null : { length: 1 };
    },
  },
  tspl: {
    question: '\x1b!?', forget: '\x1b!.', answer: (out) => (out ? '\x04' : '\x00'),
    first(memory) {
      const end = memory.indexOf('PRINT 1,1\r\n');
      if (end >= 0) return { length: end + 11, label: memory.slice(0, end + 11) };
      return null;
    },
  },
};

/** `breaks`: {at, how}: once `at` labels are on paper it is out of labels, or closes the connection. */
export async function paperPrinter(t, language = 'zpl', breaks = null) {
  const speech = languages[language];
  const printer = { paper: [], breaks, forgotten: 0, mend() { printer.breaks = null; } };
  const broken = () => printer.breaks !== null && printer.paper.length >= printer.breaks.at;
  const server = createServer((socket) => {
    let memory = '';
    const digest = () => {
      for (;;) {
        // Questions and the word to forget overtake what waits.
        const asked = memory.indexOf(speech.question);
        if (asked >= 0) {
          memory = memory.slice(0, asked) + memory.slice(asked + speech.question.length);
          waiting += 1;
        }
        const forget = memory.indexOf(speech.forget);
        if (forget >= 0) {
          memory = memory.slice(forget + speech.forget.length);
          printer.forgotten += 1;
        }
        if (memory === '' || broken()) break;
        const thing = speech.first(memory);
        if (thing === null) break;
        memory = memory.slice(thing.length);
        if (thing.label !== undefined) printer.paper.push(thing.label);
      }
      if (broken() && printer.breaks.how === 'closes') return socket.destroy();
      for (; waiting > 0; waiting -= 1) socket.write(speech.answer(broken()), 'latin1');
    };
    let waiting = 0;
    socket.on('data', (octets) => {
      memory += octets.toString('latin1');
      digest();
    });
    socket.on('error', () => {});
    socket.on('close', () => { printer.open -= 1; server.emit('left'); });
    printer.open = (printer.open ?? 0) + 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  printer.address = `tcp://127.0.0.1:${server.address().port}`;
  /** Until nobody is connected: then all that will be printed is. */
  printer.quiet = async () => { while (printer.open > 0) await once(server, 'left'); };
  return printer;
}
