// Takes one entry out of its bundle and verifies the JWS in its leaf by `jose`, given the signer's JWK.
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { readFile } from 'node:fs/promises';
import { entriesOf, read, run, tileNumber } from './fetch.mjs';

const width = 256;

/** The bundle that holds entry `index`, full where it can be, else as wide as the checkpoint says. */
async function bundleOf(base, index) {
  const size = Number((await read(base, 'checkpoint')).toString('utf8').split('\n')[1]);
  if (!(index < size)) throw new Error(`no entry ${index} in a log of ${size}`);
  const number = Math.floor(index / width);
  const held = Math.min(width, size - number * width);
  return read(base, `tile/entries/${tileNumber(number)}${held < width ? `.p/${held}` : ''}`);
}

await run('judge_entry.mjs <base URL or folder> <index> <JWK file>', 3, async (base, index, file) => {
  const leaf = entriesOf(await bundleOf(base, Number(index)))[Number(index) % width].toString('utf8');
  const { recorded, entry } = JSON.parse(leaf);
  if (leaf !== `{"recorded":${recorded},"entry":"${entry}"}`) throw new Error(`not our leaf: ${leaf.slice(0, 80)}`);
  const jwk = JSON.parse(await readFile(file, 'utf8'));
  const alg = jwk.kty === 'EC' ? 'ES256' : 'EdDSA';
  const { protectedHeader, payload } = await compactVerify(entry, await importJWK(jwk, alg), { algorithms: [alg] });
  if (protectedHeader.typ !== 'nguon-entry+jwt') throw new Error(`typ ${protectedHeader.typ}`);
  if (protectedHeader.kid !== (await calculateJwkThumbprint(jwk))) throw new Error('kid is not the thumbprint');
  const claims = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  return `${alg} ${claims.type} ${claims.sub}`;
});
