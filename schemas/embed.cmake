# Writes OUTPUT, a C++ file holding every file of FILES (paths from ROOT) as a raw string, sorted by path.
# Run at build time: cmake -DROOT=… -DOUTPUT=… -DFILES=a,b,c -P embed.cmake
string(REPLACE "," ";" files "${FILES}")
list(SORT files)
set(text "#include \"schemas/embedded.hpp\"\n\n#include <algorithm>\n#include <array>\n\n")
# The suffix knows a literal's length; counting half a million characters is more than a compiler will do.
string(APPEND text "using namespace std::string_view_literals;\n\nnamespace nguon::schemas {\nnamespace {\n\n")
list(LENGTH files count)
string(APPEND text "constexpr std::array<EmbeddedFile, ${count}> files = {{\n")
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" content)
  string(FIND "${content}" ")nguon_embed\"" clash)
  if(NOT clash EQUAL -1)
    message(FATAL_ERROR "${file} holds the raw string's end mark")
  endif()
  string(APPEND text "{\"${file}\"sv, R\"nguon_embed(${content})nguon_embed\"sv},\n")
endforeach()
string(APPEND text "}};\n\n}  // namespace\n\n")
string(APPEND text "std::span<const EmbeddedFile> embedded_files() { return files; }\n\n")
string(APPEND text "std::optional<std::string_view> embedded_file(std::string_view path) {\n"
  "  const auto found = std::ranges::lower_bound(files, path, {}, &EmbeddedFile::path);\n"
  "  if (found == files.end() || found->path != path) return std::nullopt;\n"
  "  return found->text;\n}\n\n}  // namespace nguon::schemas\n")
file(WRITE "${OUTPUT}" "${text}")
