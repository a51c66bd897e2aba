# Writes OUTPUT, a header with ai_table.txt as a constant. Run at build time:
# cmake -DROOT=<this folder> -DOUTPUT=… -P embed_table.cmake
file(READ "${ROOT}/ai_table.txt" content)
file(WRITE "${OUTPUT}" "#pragma once\n\n#include <string_view>\n\nnamespace nguon::labels {\n
inline constexpr std::string_view ai_table_text =\n    R\"nguon(${content})nguon\";\n
}  // namespace nguon::labels\n")
