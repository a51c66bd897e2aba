#include "ledger/audit/bundle.hpp"
#include "ledger/base/base64url.hpp"

#include <algorithm>
#include <ctime>

namespace nguon::ledger {
namespace {

/// `2026-11-20 08:15:00Z`; the seconds themselves where no calendar reaches.
std::string utc(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  char text[32];
  if (::gmtime_r(&time, &parts) == nullptr ||
      std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%SZ", &parts) == 0) {
    return std::to_string(seconds) + " s";
  }
  return text;
}

std::string line_of(const ProvenEntry& entry) {
  return (entry.named ? "  before #" : "  #") + std::to_string(entry.index) + "  recorded " +
         utc(entry.recorded / 1000) + "  " + entry.type + "  of " + entry.sub +
         (entry.adopted ? "  adopted and" : " ") + " signed by key " + entry.kid.substr(0, 8) +
         ", whose device said " + utc(entry.iat) + "\n";
}

}  // namespace

std::string report_text(const BundleReport& report) {
  const auto named =
      static_cast<std::size_t>(std::count_if(report.entries.begin(), report.entries.end(),
                                             [](const ProvenEntry& entry) { return entry.named; }));
  std::string text = "good: " + std::to_string(report.entries.size()) + " entries about " +
                     report.sub + ": " + std::to_string(report.entries.size() - named) +
                     " are in the log " + report.origin + " of " +
                     std::to_string(report.head.size) + " entries, root " +
                     base64_encode(report.head.root.view()) + ", " + std::to_string(named) +
                     " are older than the first of these that names them; every signature, key, " +
                     "subject and link holds\n";
  for (const auto& entry : report.entries) text += line_of(entry);
  text +=
      "not proven by this file alone:\n"
      "  that nothing newer was logged, a recall for instance: ask the log or one of its "
      "mirrors\n"
      "  that nothing else of these subjects was left out, where facts of the field may come in "
      "any order\n"
      "  that each signer was allowed to say this, and the sums: `nguon audit` replays the "
      "rules\n"
      "  the private values, of which an entry holds digests only\n"
      "  the times: both clocks are claims\n";
  if (named > 0) {
    text +=
        "  the place of an entry marked `before`, and that the log holds it: the entry at that "
        "index "
        "names it\n";
  }
  if (!report.missing.empty()) {
    text += "named here, but neither in this file nor proven to exist: " +
            std::to_string(report.missing.size()) + " entries\n";
    for (const auto& id : report.missing) text += "  " + id + "\n";
  }
  return text;
}

}  // namespace nguon::ledger
