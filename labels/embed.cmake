# Writes OUTPUT, a header with the layouts of labels/templates as constants, in the order of NAMES.
# Run at build time: cmake -DROOT=<templates> -DNAMES=a,b -DOUTPUT=… -P embed.cmake
set(text "#pragma once\n\n#include <array>\n#include <string_view>\n\nnamespace nguon::labels {\n\n")
string(REPLACE "," ";" names "${NAMES}")
list(LENGTH names count)
string(APPEND text "inline constexpr std::array<std::string_view, ${count}> embedded_templates = {\n")
foreach(name IN LISTS names)
  file(READ "${ROOT}/${name}.toml" content)
  string(APPEND text "    R\"nguon(${content})nguon\",\n")
endforeach()
string(APPEND text "};\n\n}  // namespace nguon::labels\n")
file(WRITE "${OUTPUT}" "${text}")
