// Codes in a frame of the camera, by ZXing-C++ as WebAssembly (zxing-wasm). Runs in a worker of its own, which gives it its
// octets: left to itself the library would ask a foreign host for them.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Names as BarcodeDetector has them, and the library's. @type {Record<string, import('zxing-wasm/reader').ReadInputBarcodeFormat>} */
const formats = { qr_code: 'QRCode', data_matrix: 'DataMatrix', code_128: 'Code128', ean_13: 'EAN13' };

/** @param {ArrayBuffer} wasmBinary */
export async function load(wasmBinary) {
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/**
 * @param {ImageData} frame @param {string[]} kinds
 * @returns {Promise<string[]>}  as BarcodeDetector gives them: a GS1 code as it is scanned, with GS between its fields
 */
export async function decode(frame, kinds) {
  // Marks on ear tags are lasered bright on dark as often as the other way round; codes on screens and paper are not.
  const onScreen = kinds.length === 1 && kinds[0] === 'qr_code';
  const found = await readBarcodes(frame, {
    formats: kinds.map((kind) => formats[kind]), tryHarder: true, tryRotate: !onScreen, tryInvert: !onScreen, maxNumberOfSymbols: 4, textMode: 'Plain',
  });
  return found.filter(({ isValid }) => isValid).map(({ text }) => text);
}

/**
 * QR codes of a photograph with where they are, for a check of their print (readcheck/): those, too, that are found and cannot
 * be read.
 * @param {ImageData} photo @returns {Promise<import('../../readcheck/measure.mjs').Found[]>}
 */
export async function locate(photo) {
  const found = await readBarcodes(photo, {
    formats: ['QRCode'], tryHarder: true, tryRotate: false, tryInvert: false, returnErrors: true, maxNumberOfSymbols: 8, textMode: 'Plain',
  });
  return found.flatMap(({ text, isValid, extra, symbol, position: { topLeft, topRight, bottomRight, bottomLeft } }) => {
    const { Version, UEC } = JSON.parse(extra || '{}');
    const modules = Number(Version) > 0 ? 17 + 4 * Number(Version) : symbol.width;
    // What has no size is no symbol, but three spots that looked like its eyes.
    return modules >= 21 ? [{ text, read: isValid, modules, corners: [topLeft, topRight, bottomRight, bottomLeft], ...(isValid && typeof UEC === 'number' && { spare: UEC }) }] : [];
  });
}
