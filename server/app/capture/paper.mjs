// A certificate's file as it is signed. A PDF stays as its issuer made it, for changing an octet would undo a signature in
// it; a picture of paper is drawn anew like every photo, in which the camera's own data ends, but fine enough to be read.
import { toBase64url } from '../verifier/octets.mjs';
import { takePhoto } from './photo.mjs';

export const mostPaperOctets = 10 * 1024 * 1024;
/** An A4 page at some 200 dots an inch. */
const longestSide = 2400;
/** What a reader would run, open, send or unpack, and encryption: the service refuses a PDF that names one (server/blobs/pdf.cpp). */
const acting = /\/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|Movie|Rendition|Encrypt)(?![^\s()<>[\]{}/%])/;

/** Why a file is no certificate's: `kind`, `large`, `damaged` or `acts`. */
export class NoPaper extends Error {
  /** @param {'kind' | 'large' | 'damaged' | 'acts'} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/**
 * What the service would say once it is signed is said before, as far as it stands in the clear; what lies packed is the
 * service's to look at. @param {Uint8Array} octets @throws {NoPaper}
 */
export function checkPdf(octets) {
  if (octets.length > mostPaperOctets) throw new NoPaper('large');
  const text = new TextDecoder('latin1').decode(octets);
  if (!/^%PDF-[12]\.[0-7][\r\n]/.test(text) || !/%%EOF[\s\0]*$/.test(text.slice(-1024))) throw new NoPaper('damaged');
  // `#4A` in a name is J.
  const named = text.replace(/#([0-9A-Fa-f]{2})/g, (whole, hex) => String.fromCharCode(parseInt(hex, 16)));
  if (acting.test(named)) throw new NoPaper('acts');
}

/** @param {Blob} file @param {import('../verifier/crypto.mjs').Crypto} crypto @returns {Promise<import('./photo.mjs').Shot>} @throws {NoPaper} */
export async function takePaper(file, crypto) {
  const begin = String.fromCharCode(...new Uint8Array(await file.slice(0, 5).arrayBuffer()));
  if (begin !== '%PDF-') {
    return takePhoto(file, crypto, longestSide).catch(() => {
      throw new NoPaper('kind');
    });
  }
  // Not read into memory only to be refused.
  if (file.size > mostPaperOctets) throw new NoPaper('large');
  const octets = new Uint8Array(await file.arrayBuffer());
  checkPdf(octets);
  return { octets, name: { sha256: toBase64url(await crypto.sha256(octets)), size: octets.length, type: 'application/pdf' } };
}
