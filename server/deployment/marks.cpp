#include "server/deployment/marks.hpp"

#include "ledger/base/decimal.hpp"
#include "ledger/log/checkpoint.hpp"
#include "server/deployment/files.hpp"

namespace nguon::server {
namespace {

ledger::Error mark_refuses(const char* rule, std::string detail) {
  return {ledger::Errc::unavailable, rule, {}, std::move(detail)};
}

}  // namespace

ledger::Result<void> check_is_whole(const Places& places) {
  if (file_exists(Marks{places.data}.incomplete())) {
    return mark_refuses("start.incomplete-restore", places.data);
  }
  return {};
}

ledger::Result<void> check_may_run(const Places& places) {
  NGUON_CHECK(check_is_whole(places));
  const Marks marks{places.data};
  if (file_exists(marks.read_only())) return mark_refuses("start.read-only", places.data);
  if (file_exists(marks.moved())) return mark_refuses("start.moved", places.data);
  return {};
}

ledger::Result<std::optional<std::uint64_t>> signed_elsewhere(const Places& places) {
  const std::string path = Marks{places.data}.behind();
  if (!file_exists(path)) return std::optional<std::uint64_t>();
  NGUON_TRY(std::string text, read_file(path));
  if (text.ends_with('\n')) text.pop_back();
  const auto size = ledger::parse_decimal(text, ledger::max_tree_size);
  if (!size) return mark_refuses("start.restored-behind", path + " cannot be understood");
  return size;
}

ledger::Result<void> check_not_behind(const Places& places, std::uint64_t size) {
  NGUON_TRY(const auto elsewhere, signed_elsewhere(places));
  if (!elsewhere || *elsewhere <= size) return {};
  return mark_refuses("start.restored-behind", "database " + std::to_string(size) +
                                                   " entries, a witness has cosigned " +
                                                   std::to_string(*elsewhere));
}

}  // namespace nguon::server
