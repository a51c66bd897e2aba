#include "server/passkeys/passkey_book.hpp"

#include <algorithm>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

// Lines that later ones replaced, before the file is written anew.
constexpr std::size_t spare_lines = 1000;

}  // namespace

Result<std::unique_ptr<PasskeyBook>> PasskeyBook::open(std::string path) {
  auto book = std::make_unique<PasskeyBook>();
  const auto read = [&book](const json::object& record) -> Result<void> {
    auto passkey = passkey_of(record);
    if (!passkey) return Error{Errc::corrupt, "passkey.file", {}, {}};
    ++book->lines_;
    std::string id = passkey->id;
    book->passkeys_[std::move(id)] = std::move(*passkey);
    return {};
  };
  NGUON_TRY(book->notebook_, Notebook::open(std::move(path), read));
  return book;
}

std::optional<Passkey> PasskeyBook::find(std::string_view id) const {
  const auto found = passkeys_.find(id);
  if (found == passkeys_.end()) return std::nullopt;
  return found->second;
}

std::vector<Passkey> PasskeyBook::of_person(std::string_view person) const {
  std::vector<Passkey> theirs;
  for (const auto& [id, passkey] : passkeys_) {
    if (passkey.person == person) theirs.push_back(passkey);
  }
  std::ranges::sort(theirs, {}, &Passkey::made);
  return theirs;
}

Result<void> PasskeyBook::rewrite(const std::map<std::string, Passkey, std::less<>>& passkeys) {
  std::vector<json::object> records;
  records.reserve(passkeys.size());
  for (const auto& [id, passkey] : passkeys) records.push_back(record_of(passkey));
  NGUON_CHECK(notebook_->rewrite(records));
  lines_ = records.size();
  return {};
}

Result<void> PasskeyBook::keep(const Passkey& passkey) {
  if (lines_ >= spare_lines + 2 * passkeys_.size()) {
    NGUON_CHECK(rewrite(passkeys_));
  }
  NGUON_CHECK(notebook_->append(record_of(passkey)));
  ++lines_;
  passkeys_[passkey.id] = passkey;
  return {};
}

Result<std::vector<std::string>> PasskeyBook::remove_if(
    const std::function<Result<bool>(const Passkey&)>& goes) {
  std::vector<std::string> gone;
  auto left = passkeys_;
  for (const auto& [id, passkey] : passkeys_) {
    NGUON_TRY(const bool one_goes, goes(passkey));
    if (!one_goes) continue;
    left.erase(id);
    gone.push_back(id);
  }
  if (gone.empty()) return gone;
  NGUON_CHECK(rewrite(left));
  passkeys_ = std::move(left);
  return gone;
}

}  // namespace nguon::server
