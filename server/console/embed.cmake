# Writes OUTPUT, a header with the console's texts, style sheet and modules as constants.
# Run at build time: cmake -DCONSOLE=<this folder> -DAPP=<server/app> -DOUTPUT=… -P embed.cmake
set(text "#pragma once\n\n#include <array>\n#include <string_view>\n#include <utility>\n\nnamespace nguon::server {\n\n")
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
embed(console_css console.css "${CONSOLE}/console.css")
set(count 3)
file(GLOB modules RELATIVE "${APP}" "${APP}/capture/*.mjs" "${APP}/console/*.mjs"
  "${APP}/enrol/*.mjs" "${APP}/sync/*.mjs" "${APP}/verifier/*.mjs")
foreach(path IN LISTS modules)
  string(REGEX REPLACE "[/.]" "_" name "console_${path}")
  embed(${name} "${path}" "${APP}/${path}")
  math(EXPR count "${count} + 1")
endforeach()

string(APPEND text "\n/// What lies under /office/files/, by path.\n"
  "inline constexpr std::array<std::pair<std::string_view, std::string_view>, ${count}> console_files{{\n${names}}};\n"
  "\n}  // namespace nguon::server\n")
file(WRITE "${OUTPUT}" "${text}")
