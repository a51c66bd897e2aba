#include "server/office/print_takers.hpp"

#include <boost/json/object.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

Error takers_damaged() {
  return {Errc::corrupt, "notebook.damaged", {}, "who took prints: an unknown note"};
}

json::object note_of(const std::string& entry, const PrintTaker& taker) {
  return {{"print", entry},          {"part", taker.part},   {"kid", taker.kid},
          {"person", taker.person}, {"at", taker.at_ms}};
}

}  // namespace

Result<std::unique_ptr<PrintTakers>> PrintTakers::open(const std::string& path,
                                                       const ledger::Clock& clock) {
  std::unique_ptr<PrintTakers> takers(new PrintTakers(clock));
  NGUON_TRY(takers->book_, Notebook::open(path, [&](const json::object& record) {
              return takers->read(record);
            }));
  NGUON_CHECK(takers->forget_old());
  return takers;
}

Result<void> PrintTakers::read(const json::object& record) {
  PrintTaker taker;
  std::string entry;
  const std::pair<const char*, std::string*> texts[]{
      {"print", &entry}, {"kid", &taker.kid}, {"person", &taker.person}};
  for (const auto& [name, to] : texts) {
    const auto* const value = record.if_contains(name);
    if (value == nullptr || !value->is_string()) return takers_damaged();
    *to = value->get_string();
  }
  const std::pair<const char*, std::int64_t*> numbers[]{{"part", &taker.part},
                                                        {"at", &taker.at_ms}};
  for (const auto& [name, to] : numbers) {
    const auto* const value = record.if_contains(name);
    if (value == nullptr || !value->is_int64()) return takers_damaged();
    *to = value->get_int64();
  }
  takers_.insert_or_assign({std::move(entry), taker.part}, taker);
  return {};
}

Result<void> PrintTakers::forget_old() {
  const auto before = clock_.now_ms() - kept_ms;
  if (std::erase_if(takers_, [&](const auto& one) { return one.second.at_ms < before; }) == 0) {
    return {};
  }
  std::vector<json::object> left;
  for (const auto& [key, taker] : takers_) left.push_back(note_of(key.first, taker));
  return book_->rewrite(left);
}

Result<std::vector<std::int64_t>> PrintTakers::others(const std::string& entry, PrintParts parts,
                                                      const Viewer& who, bool over) const {
  std::vector<std::int64_t> found;
  for (auto part = parts.first; part <= parts.last; ++part) {
    const auto known = takers_.find({entry, part});
    if (known != takers_.end() && known->second.kid == who.kid) continue;
    if (known != takers_.end() && !over) {
      return Error{Errc::conflict, "label.print-taken", {},
                   known->second.person + " " + std::to_string(known->second.at_ms)};
    }
    found.push_back(part);
  }
  return found;
}

Result<void> PrintTakers::take(const std::string& entry, PrintParts parts, const Viewer& who,
                               bool over) {
  const std::scoped_lock lock(mutex_);
  NGUON_CHECK(forget_old());
  NGUON_TRY(const auto news, others(entry, parts, who, over));
  for (const auto part : news) {
    const PrintTaker taker{part, who.kid, who.person, clock_.now_ms()};
    NGUON_CHECK(book_->append(note_of(entry, taker)));
    takers_.insert_or_assign({entry, part}, taker);
  }
  return {};
}

Result<void> PrintTakers::may_take(const std::string& entry, PrintParts parts, const Viewer& who,
                                   bool over) const {
  const std::scoped_lock lock(mutex_);
  const auto found = others(entry, parts, who, over);
  return found ? Result<void>() : found.error();
}

std::vector<PrintTaker> PrintTakers::of(const std::string& entry) const {
  const std::scoped_lock lock(mutex_);
  std::vector<PrintTaker> found;
  for (auto at = takers_.lower_bound({entry, 0}); at != takers_.end() && at->first.first == entry;
       ++at) {
    found.push_back(at->second);
  }
  return found;
}

}  // namespace nguon::server
