import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkPdf, mostPaperOctets, NoPaper } from '../../../server/app/capture/paper.mjs';

const corpus = (name) => readFileSync(new URL(`../../fuzz/corpus/pdf/${name}`, import.meta.url));
/** @returns {string | undefined}  why it is none */
function why(octets) {
  try {
    return void checkPdf(octets);
  } catch (error) {
    if (!(error instanceof NoPaper)) throw error;
    return error.why;
  }
}
/** @param {string} inside  of the page's dictionary */
const saying = (inside) => Buffer.from(corpus('plain.pdf').toString('latin1').replace('/Type/Page/', `/Type/Page${inside}/`), 'latin1');

test('a plain PDF is one, also with blanks behind its end', () => {
  for (const name of ['plain.pdf', 'packed.pdf']) assert.equal(why(corpus(name)), undefined, name);
  assert.equal(why(Buffer.concat([corpus('plain.pdf'), Buffer.from('\r\n\0 ')])), undefined);
});

test('what the service would refuse is refused before it is signed', () => {
  const plain = corpus('plain.pdf');
  assert.equal(why(corpus('acting.pdf')), 'acts');
  assert.equal(why(plain.subarray(0, plain.length - 10)), 'damaged');
  assert.equal(why(Buffer.concat([plain, Buffer.from('more')])), 'damaged');
  assert.equal(why(Buffer.from('%PDF-9.0\n%%EOF')), 'damaged');
  assert.equal(why(Buffer.alloc(mostPaperOctets + 1)), 'large');
  for (const name of ['JavaScript', 'Launch', 'EmbeddedFile', 'EmbeddedFiles', 'Encrypt']) assert.equal(why(saying(`/${name} 4 0 R`)), 'acts', name);
});

test('a name that only begins like one of those is another name', () => {
  assert.equal(why(saying('/LaunchDay 1')), undefined);
  assert.equal(why(saying('/EncryptMetadata true')), undefined);
});
