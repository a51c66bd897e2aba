// Octets as C++ that compiles fast and is the same for the same octets.
import { gzipSync } from 'node:zlib';

/** @param {Buffer} octets  three digits always, or a digit behind would join */
const literal = (octets) => {
  let text = '';
  for (const octet of octets) text += `\\${octet.toString(8).padStart(3, '0')}`;
  return `std::string_view("${text}", ${octets.length})`;
};

/** @param {import('./build.mjs').Asset[]} assets */
export function header(assets) {
  const rows = assets.map(({ name, path, type, lasting, octets }) =>
    `    {"${name}", "${path}", "${type}", ${lasting}, ${literal(gzipSync(octets, { level: 9 }))}},\n`);
  return '// Written by server/app/build/build.mjs.\n#pragma once\n'
    // Compilers are asked for warnings of our own lines; of these one would say that they are long.
    + '#pragma GCC system_header\n\n#include <string_view>\n\nnamespace nguon::server {\n\n'
    + 'struct EmbeddedAsset {\n  std::string_view name, path, type;\n  bool lasting;\n  std::string_view gzip;\n};\n\n'
    + `inline constexpr EmbeddedAsset embedded_assets[] = {\n${rows.join('')}};\n\n}  // namespace nguon::server\n`;
}
