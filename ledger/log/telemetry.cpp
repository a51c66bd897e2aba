#include "ledger/log/telemetry.hpp"

#include "ledger/store/keys.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

constexpr std::size_t rows_at_once = 1024;
/// A commit must name the log's head, which moves while entries come in.
constexpr int tries = 16;

}  // namespace

Result<std::optional<std::string>> Telemetry::get(std::string_view key) const {
  return store_.get(Family::telemetry, keys::big_endian(number_, 4) + std::string(key));
}

Result<void> Telemetry::scan(
    std::string_view prefix,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  const std::string first = keys::big_endian(number_, 4) + std::string(prefix);
  return store_.scan(Family::telemetry, first, keys::after(first),
                     [&](std::string_view key, std::string_view value) {
                       return visit(key.substr(first.size() - prefix.size()), value);
                     });
}

Result<void> Telemetry::write(const std::vector<Change>& changes) const {
  for (std::size_t from = 0; from < changes.size(); from += rows_at_once) {
    WriteBatch batch;
    for (std::size_t i = from; i < std::min(changes.size(), from + rows_at_once); ++i) {
      std::string key = keys::big_endian(number_, 4) + changes[i].key;
      if (changes[i].value) {
        batch.put(Family::telemetry, std::move(key), *changes[i].value);
      } else {
        batch.erase(Family::telemetry, std::move(key));
      }
    }
    Commit outcome = Commit::conflict;
    for (int i = 0; i < tries && outcome == Commit::conflict; ++i) {
      NGUON_TRY(const auto head, store_.get(Family::log, keys::head(number_)));
      outcome = store_.commit(batch, head.value_or(""));
    }
    if (outcome == Commit::conflict) return Error{Errc::too_busy, "telemetry.busy", {}, {}};
    if (outcome != Commit::done) return Error{Errc::unavailable, "store.io", {}, "telemetry"};
  }
  return {};
}

}  // namespace nguon::ledger
