# Writes OUTPUT, a header with the console's texts, style sheet and bundled modules as constants.
# Run at build time: cmake -DCONSOLE=<this folder> -DBUNDLE=<what build/office.mjs wrote> -DOUTPUT=… -P embed.cmake
# Compilers are asked for warnings of our own lines; of these one would say that they are long.
set(text "#pragma once\n#pragma GCC system_header\n\n#include <array>\n#include <string_view>\n#include <utility>\n\nnamespace nguon::server {\n\n")
set(names "")
function(embed name path file)
  file(READ "${file}" content)
  string(APPEND text "inline constexpr std::string_view ${name} =\n    R\"nguon(${content})nguon\";\n")
  string(APPEND names "    {\"${path}\", ${name}},\n")
  set(text "${text}" PARENT_SCOPE)
  set(names "${names}" PARENT_SCOPE)
endfunction()

embed(console_texts_vi words.vi.json "${CONSOLE}/catalogue/vi.json")
embed(console_texts_en words.en.json "${CONSOLE}/catalogue/en.json")
set(count 2)
# Stands in each page: a file of its own would be asked for before anything is seen.
file(READ "${CONSOLE}/console.css" css)
string(SHA256 digest "${css}")
string(APPEND text "inline constexpr std::string_view console_css =\n    R\"nguon(${css})nguon\";\n"
  "inline constexpr std::string_view console_css_sha256 = \"${digest}\";\n")
file(GLOB modules RELATIVE "${BUNDLE}" "${BUNDLE}/console/*.mjs")
foreach(path IN LISTS modules)
  string(REGEX REPLACE "[/.-]" "_" name "console_${path}")
  embed(${name} "${path}" "${BUNDLE}/${path}")
  math(EXPR count "${count} + 1")
endforeach()

string(APPEND text "\n/// What lies under /office/files/, by path.\n"
  "inline constexpr std::array<std::pair<std::string_view, std::string_view>, ${count}> console_files{{\n${names}}};\n"
  "\n}  // namespace nguon::server\n")
file(WRITE "${OUTPUT}" "${text}")
