// The barcode reader's own thread: reading takes a tenth of a second, in which the screen must not stand still. Its policy
// lets it compile WebAssembly and reach nobody (server/shell/routes.cpp); the page's allows neither, and brings the octets.
import { decode, load, locate } from './decode.mjs';

const worker = /** @type {any} */ (globalThis);

/** First `{wasm}`, then a frame at a time, or a photo that wants its codes measured; each is answered by `{codes}` or `{failed}`. */
worker.onmessage = async (/** @type {MessageEvent} */ { data }) => {
  try {
    if (data.wasm) await load(data.wasm);
    worker.postMessage({ codes: data.photo ? await locate(data.photo) : data.frame ? await decode(data.frame, data.kinds) : [] });
  } catch (error) {
    worker.postMessage({ failed: String(error) });
  }
};
