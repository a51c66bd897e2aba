// Verifies an SD-JWT with its disclosures by @sd-jwt/core and prints the claims they open. With a JSON
// file as third argument the opened `data` must equal it.
import { SDJwtInstance } from '@sd-jwt/core';
import { importJWK } from 'jose';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { run } from './fetch.mjs';

const usage = 'judge_sd_jwt.mjs <SD-JWT file> <JWK file> [<JSON file of the opened data>]';
await run(usage, 2, async (file, keyFile, wantedFile) => {
  const jwk = JSON.parse(await readFile(keyFile, 'utf8'));
  const alg = jwk.kty === 'EC' ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'Ed25519' };
  const key = await importJWK(jwk, jwk.kty === 'EC' ? 'ES256' : 'EdDSA');
  const instance = new SDJwtInstance({
    hashAlg: 'sha-256',
    hasher: (data) => createHash('sha256').update(typeof data === 'string' ? data : Buffer.from(data)).digest(),
    verifier: (data, signature) =>
      crypto.subtle.verify(alg, key, Buffer.from(signature, 'base64url'), Buffer.from(data)),
  });
  const text = (await readFile(file, 'utf8')).trim();
  const { payload } = await instance.verify(text);
  if (JSON.stringify(payload).includes('"_sd"') && !wantedFile) {
    console.log('note: some slots stay closed');
  }
  if (wantedFile) {
    const wanted = JSON.parse(await readFile(wantedFile, 'utf8'));
    if (!isDeepStrictEqual(payload.data, wanted)) {
      throw new Error(`opened to ${JSON.stringify(payload.data)}`);
    }
  }
  return JSON.stringify(payload.data);
});
