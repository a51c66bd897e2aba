// Reads codes from the camera: by what the browser brings, where it knows every kind that is wanted, otherwise by our own
// pack. To the screens both are the same.
import { bringPack, hasPack, packFile } from '../packs.mjs';

/** @typedef {{read: (video: HTMLVideoElement) => Promise<string[]>, close: () => void}} Reader */

/** What is printed on the cards, labels and ear tags that people here hold. */
export const printed = ['qr_code', 'data_matrix', 'code_128', 'ean_13'];
/** Wider frames are read no better, only slower. */
const mostWidth = 960;

/** Nothing here can read codes: a browser of before WebAssembly. */
export class NoReader extends Error {}

/** What the browser reads by itself. @returns {Promise<string[]>} */
async function builtIn() {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  return Detector ? Detector.getSupportedFormats().catch(() => []) : [];
}

export async function needsPack() {
  const kinds = await builtIn();
  return possible() && !printed.every((kind) => kinds.includes(kind));
}

const possible = () => typeof WebAssembly === 'object' && typeof Worker === 'function';

/**
 * @param {string[]} kinds @param {() => void} bringing  told when the pack has to be fetched first
 * @returns {Promise<Reader>}
 * @throws {NoReader | import('../packs.mjs').NoPack}
 */
export async function openReader(kinds, bringing) {
  const offered = await builtIn();
  if (kinds.every((kind) => offered.includes(kind))) {
    const detector = new (/** @type {any} */ (globalThis).BarcodeDetector)({ formats: kinds });
    return {
      read: async (video) => (await detector.detect(video).catch(() => [])).map((/** @type {{rawValue: string}} */ { rawValue }) => rawValue),
      close: () => {},
    };
  }
  if (!possible()) throw new NoReader();
  if (!(await hasPack('reader'))) bringing();
  await bringPack('reader');
  return bundled(kinds);
}

/** The pack's own thread, told its octets. @param {(path: string) => string} [address]  of a script, for a page that trusts none by itself */
async function begin(address = (path) => path) {
  const wasm = await (await fetch(packFile('reader', '.wasm'))).arrayBuffer();
  const worker = new Worker(address(packFile('reader', '.js')));
  /** One question at a time: the next frame is taken once the last was read. @param {any} question @param {Transferable[]} given @returns {Promise<any[]>} */
  const ask = (question, given) => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.codes ? resolve(data.codes) : reject(new NoReader(data.failed)));
    worker.onerror = (event) => reject(new NoReader(event.message));
    worker.postMessage(question, given);
  });
  try {
    await ask({ wasm }, [wasm]);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return { ask, close: () => worker.terminate() };
}

/**
 * Finds codes in photographs, and where they lie: always by the pack, for a browser does not say how many modules it saw.
 * @param {(path: string) => string} address @throws {NoReader | import('../packs.mjs').NoPack}
 */
export async function openLocator(address) {
  if (!possible()) throw new NoReader();
  await bringPack('reader');
  const { ask, close } = await begin(address);
  /** The photo stays the asker's. @param {ImageData} photo @returns {Promise<import('../../readcheck/measure.mjs').Found[]>} */
  const locate = (photo) => ask({ photo }, []);
  return { locate, close };
}

/** @param {string[]} kinds @returns {Promise<Reader>} */
async function bundled(kinds) {
  const { ask, close } = await begin();
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return {
    async read(video) {
      const { videoWidth, videoHeight } = video;
      if (!pen || videoWidth === 0) return [];
      const scale = Math.min(1, mostWidth / videoWidth);
      canvas.width = Math.round(videoWidth * scale);
      canvas.height = Math.round(videoHeight * scale);
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      const frame = pen.getImageData(0, 0, canvas.width, canvas.height);
      return ask({ frame, kinds }, [frame.data.buffer]);
    },
    close,
  };
}
