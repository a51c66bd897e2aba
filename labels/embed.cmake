# Writes OUTPUT, a header with the texts of FILES (paths with commas between) as the constant NAME, an array in
# that order. Run at build time: cmake -DFILES=a,b -DNAME=… -DOUTPUT=… -P embed.cmake
string(REPLACE "," ";" files "${FILES}")
list(LENGTH files count)
set(text "#pragma once\n\n#include <array>\n#include <string_view>\n\nnamespace nguon::labels {\n\n")
string(APPEND text "inline constexpr std::array<std::string_view, ${count}> ${NAME} = {\n")
foreach(file IN LISTS files)
  file(READ "${file}" content)
  string(APPEND text "    R\"nguon(${content})nguon\",\n")
endforeach()
string(APPEND text "};\n\n}  // namespace nguon::labels\n")
file(WRITE "${OUTPUT}" "${text}")
