#include "server/console/pages.hpp"

#include "server/console/form.hpp"
#include "server/console/frame.hpp"

#include <algorithm>

namespace nguon::server {

const std::array<std::string_view, 17>& console_pages() {
  static constexpr std::array<std::string_view, 17> names{
      "home",   "members", "plots",     "import",    "products", "certificates", "labels",   "readcheck", "reports",
      "enrol",  "held",    "cards",     "registrar", "reminders", "rights",      "passkeys", "outbox"};
  return names;
}

std::optional<std::string> console_page(std::string_view name, Lang lang, bool demo) {
  const auto& names = console_pages();
  if (std::find(names.begin(), names.end(), name) == names.end()) return std::nullopt;
  ConsoleFrame frame(name, lang, demo);
  for (const ConsoleForm& form : console_forms()) {
    // These show records of every kind, in the words of their forms.
    const bool of_all = name == "outbox" || name == "home" || name == "held";
    if (form.page == name || of_all) write_form(frame.html(), frame.texts(), lang, form);
  }
  return frame.take();
}

}  // namespace nguon::server
