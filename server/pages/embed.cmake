# Writes OUTPUT, a header with the files of this folder as constants, so that the style sheet can be
# literal markup. Run at build time: cmake -DROOT=<this folder> -DOUTPUT=… -P embed.cmake
set(text "#pragma once\n\n#include <string_view>\n\nnamespace nguon::server {\n\n")
function(embed name content)
  string(APPEND text
    "inline constexpr std::string_view embedded_${name} =\n    R\"nguon(${content})nguon\";\n")
  set(text "${text}" PARENT_SCOPE)
endfunction()

file(READ "${ROOT}/catalogue/vi.json" content)
embed(catalogue_vi "${content}")
file(READ "${ROOT}/catalogue/en.json" content)
embed(catalogue_en "${content}")
file(READ "${ROOT}/favicon.svg" content)
embed(favicon_svg "${content}")

file(READ "${ROOT}/outlines/provinces.tsv" content)
embed(outlines "${content}")

# One rule a line to read, fewer octets to send: line ends carry no meaning in our style sheet.
file(READ "${ROOT}/page.css" content)
string(REPLACE "\n" "" content "${content}")
embed(page_css "${content}")
string(SHA256 digest "${content}")
embed(page_css_sha256 "${digest}")

# Inside an HTML document a drawing needs no name space, nor line ends.
file(GLOB drawings "${ROOT}/icons/*.svg")
foreach(file IN LISTS drawings)
  file(READ "${file}" content)
  string(REPLACE "\n" "" content "${content}")
  string(REPLACE " xmlns=\"http://www.w3.org/2000/svg\"" "" content "${content}")
  cmake_path(GET file STEM name)
  embed("icon_${name}" "${content}")
endforeach()

string(APPEND text "\n}  // namespace nguon::server\n")
file(WRITE "${OUTPUT}" "${text}")
