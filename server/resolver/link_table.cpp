#include "server/resolver/link_table.hpp"

#include "ledger/base/json.hpp"
#include "server/resolver/item_path.hpp"
#include "server/resolver/json_line.hpp"
#include "server/resolver/link_reader.hpp"

#include <charconv>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

/// What parse_json says of broken syntax ends in the number of an octet.
std::size_t broken_line(std::string_view text, std::string_view detail) {
  const auto digits = detail.substr(detail.rfind(' ') + 1);
  std::size_t octet = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), octet);
  return line_of(text, octet);
}

ledger::Error wrong_file(std::size_t line, std::string field, std::string_view what) {
  return ledger::invalid("links.file", std::move(field),
                         "line " + std::to_string(line) + ": " + std::string(what));
}

}  // namespace

ledger::Result<LinkTable> LinkTable::parse(std::string_view text) {
  if (text.size() > max_octets) return wrong_file(1, {}, "more than 16 MiB");
  const auto read = ledger::parse_json(text);
  if (!read) {
    return wrong_file(broken_line(text, read.error().detail), {},
                      read.error().rule + ", " + read.error().detail);
  }
  const auto at = [&](const LinkReader::Place& place, std::string_view what) {
    return wrong_file(json_line(text, place), place, what);
  };
  LinkTable table;
  LinkReader reader;
  const auto root = reader.file(*read);
  if (!root) return at(reader.place(), reader.what());
  table.root_ = *root;
  const json::array& entries = read->get_object().at("entries").get_array();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto item = reader.item(entries[i], i, table.root_);
    if (!item) return at(reader.place(), reader.what());
    std::string path = item->path;
    if (!table.items_.emplace(std::move(path), *std::move(item)).second) {
      return at("/entries/" + std::to_string(i) + "/anchor", "that anchor stands above already");
    }
  }
  return table;
}

const LinkItem* LinkTable::find(std::string_view path) const {
  const auto found = items_.find(path);
  return found == items_.end() ? nullptr : &found->second;
}

}  // namespace nguon::server
