#include "ledger/entry/succession.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/decimal.hpp"

namespace nguon::ledger {
namespace {

constexpr std::uint64_t most_logs = 999'999;  // Six digits, as the schema says.

Error no_member(const char* name) {
  return invalid("data.member", std::string("/data/") + name, "missing or of another kind");
}

}  // namespace

Result<Succession> read_succession(const Entry& entry) {
  Succession said;
  const auto* origin = entry.data.if_contains("origin");
  const auto* size = entry.data.if_contains("size");
  const auto* last = entry.data.if_contains("last");
  if (origin == nullptr || !origin->is_string()) return no_member("origin");
  if (size == nullptr || !size->is_int64() || size->get_int64() < 1) return no_member("size");
  if (last == nullptr || !last->is_string()) return no_member("last");
  said.origin = origin->get_string();
  said.size = static_cast<std::uint64_t>(size->get_int64());
  said.last = last->get_string();
  const auto* anchored = entry.data.if_contains("anchored");
  if (anchored == nullptr || !anchored->is_object()) return no_member("anchored");
  const auto* head = anchored->get_object().if_contains("size");
  const auto* root = anchored->get_object().if_contains("root");
  if (head == nullptr || !head->is_int64() || head->get_int64() < 1) return no_member("anchored");
  const auto hash =
      root != nullptr && root->is_string() ? base64url_hash(root->get_string()) : std::nullopt;
  if (!hash) return no_member("anchored");
  said.anchored_size = static_cast<std::uint64_t>(head->get_int64());
  said.anchored_root = *hash;
  NGUON_TRY(said.before, read_before(entry));
  return said;
}

std::optional<std::string> next_origin(std::string_view origin) {
  const auto slash = origin.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto number = parse_decimal(origin.substr(slash + 1), most_logs - 1);
  if (!number) return std::nullopt;
  return std::string(origin.substr(0, slash + 1)) + std::to_string(*number + 1);
}

}  // namespace nguon::ledger
