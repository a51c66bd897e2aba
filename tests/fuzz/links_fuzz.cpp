// A file of links, and a request's path: what is taken can be found again, written as a linkset and chosen from, and
// what is refused says where.
#include "server/resolver/choice.hpp"
#include "server/resolver/item_path.hpp"
#include "server/resolver/link_table.hpp"
#include "server/resolver/linkset.hpp"

#include <boost/json/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace nguon::server;

void read_name(std::string_view path) {
  if (const auto levels = gs1_levels(path)) {
    // One spelling: read again it is the same.
    if (gs1_levels(levels->front()).value() != *levels) __builtin_trap();
  }
  if (const auto levels = own_levels(path)) {
    if (own_levels(levels->front()) != levels) __builtin_trap();
    if (gs1_levels(levels->front())) __builtin_trap();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(octets), size);
  // A path, a client's wishes and a file, each ended by a NUL.
  const auto first = input.find('\0');
  read_name(input.substr(0, first));
  if (first == std::string_view::npos) return 0;
  const auto second = input.find('\0', first + 1);
  const std::string_view wish = input.substr(first + 1, second - first - 1);
  if (second == std::string_view::npos) return 0;
  const auto table = LinkTable::parse(input.substr(second + 1));
  if (!table) {
    if (!table.error().detail.starts_with("line ")) __builtin_trap();
    return 0;
  }
  for (const auto& [path, item] : table->items()) {
    if (table->find(path) != &item) __builtin_trap();
    if (item.links.empty() && item.same_as.empty()) __builtin_trap();
    const LinkWishes wishes{wish, wish, wish};
    if (!item.links.empty() && choose_default(item, wishes) == nullptr) __builtin_trap();
    for (const ItemLink& link : item.links) {
      if (choose(item, link.type, wishes).empty()) __builtin_trap();
      if (link.href.find_first_of("\r\n \"<>") != std::string::npos) __builtin_trap();
    }
    boost::json::parse(write_linkset(table->root(), {&item}));
  }
  return 0;
}
