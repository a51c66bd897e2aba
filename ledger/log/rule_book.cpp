#include "ledger/log/rule_book.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"

namespace nguon::ledger {
namespace {

constexpr std::size_t chunk_size = 60 * 1024;  // below max_value_size

}  // namespace

void RuleBook::put(std::uint32_t log, std::string_view text, WriteBatch& batch) {
  const std::string where = keys::rules(log, sha256(text));
  for (std::size_t chunk = 0; chunk * chunk_size < text.size(); ++chunk) {
    batch.put(Family::log, where + keys::big_endian(chunk, 2),
              std::string(text.substr(chunk * chunk_size, chunk_size)));
  }
}

Result<std::optional<std::string>> RuleBook::text(const Hash& bundle) const {
  const std::string first = keys::rules(log_, bundle);
  std::string whole;
  NGUON_CHECK(store_.scan(Family::log, first, first + "\xff\xff",
                          [&](std::string_view, std::string_view chunk) {
                            whole += chunk;
                            return true;
                          }));
  if (whole.empty()) return std::optional<std::string>();
  if (sha256(whole) != bundle) {
    return Error{Errc::corrupt, "store.corrupt", {}, "a rule bundle does not match its hash"};
  }
  return std::optional<std::string>(std::move(whole));
}

Result<void> RuleBook::activate(std::string_view bundle_base64url, int engine) {
  const auto hash = base64url_hash(bundle_base64url);
  if (!hash) return invalid("rules.bundle", {}, "not a SHA-256");
  NGUON_TRY(const auto found, text(*hash));
  if (!found) return Error{Errc::not_yet, "rules.bundle-unknown", "/data/bundle", {}};
  auto parsed = schemas::Bundle::parse(*found);
  if (!parsed) return invalid("rules.bundle", parsed.error().pointer, parsed.error().detail);
  const std::scoped_lock lock(mutex_);
  active_ = {engine, std::make_shared<const schemas::Bundle>(std::move(*parsed))};
  return {};
}

ActiveRules RuleBook::active() const {
  const std::scoped_lock lock(mutex_);
  return active_;
}

}  // namespace nguon::ledger
