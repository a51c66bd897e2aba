// What the camera is held over: labels and codes drawn by our own program, and ear tags and cartons by bwip-js, which knows
// nothing of it (dữ liệu mẫu; GS1 prefix 952).
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bwip from '../browser/node_modules/bwip-js/dist/bwip-js-node.mjs';
import { nguon } from '../e2e/lib/deployment.mjs';
import { readPng } from './png.mjs';

/** @typedef {import('./png.mjs').Sheet} Sheet */

/** By `nguon label`. @param {...string} words @returns {Sheet} */
export function drawn(...words) {
  const folder = mkdtempSync(join(tmpdir(), 'nguon-label-'));
  try {
    const file = join(folder, 'label.png');
    const done = nguon('label', ...words, '--out', file);
    assert.equal(done.code, 0, done.err);
    return readPng(readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** By bwip-js, with the quiet zone and the digits that stand on a real one. @param {string} bcid @param {string} text @returns {Promise<Sheet>} */
export async function printed(bcid, text) {
  const bars = { code128: 15, 'gs1-128': 15, ean13: 20 }[bcid];
  return readPng(await bwip.toBuffer({ bcid, text, scale: 4, padding: 12, backgroundcolor: 'FFFFFF', ...(bars && { height: bars, includetext: true }) }));
}
