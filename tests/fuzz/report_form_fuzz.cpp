// A form as any browser or script may send it, and an office's signed step: reading both must end,
// and a part never leaves the body.
#include "server/reports/form_body.hpp"
#include "server/reports/photo.hpp"
#include "server/reports/report.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(octets), size);
  const std::size_t line = input.find('\n');
  if (line == std::string_view::npos) return 0;
  const std::string_view body = input.substr(line + 1);
  if (const auto form = nguon::server::read_form(input.substr(0, line), body)) {
    for (const auto& part : *form) {
      const bool inside = part.content.data() >= body.data() &&
                          part.content.data() + part.content.size() <= body.data() + body.size();
      if (!inside) __builtin_trap();
    }
  }
  (void)nguon::server::read_report_step(input, "aud");
  (void)nguon::server::read_report_code(input);
  (void)nguon::server::clean_photo(body);
  return 0;
}
