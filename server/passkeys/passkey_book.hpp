#pragma once

#include "ledger/base/result.hpp"
#include "server/deployment/notebook.hpp"
#include "server/passkeys/passkey.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// All passkeys, in a notebook: a line is one as it stands from then on, the last of an id counts.
/// Not thread-safe.
class PasskeyBook {
 public:
  /// Errors: those of Notebook::open, `passkey.file`.
  static ledger::Result<std::unique_ptr<PasskeyBook>> open(std::string path);

  std::optional<Passkey> find(std::string_view id) const;
  /// Oldest first.
  std::vector<Passkey> of_person(std::string_view person) const;
  bool empty() const { return passkeys_.empty(); }

  /// Adds it, or puts it in place of the one with its id. Errors: those of Notebook.
  ledger::Result<void> keep(const Passkey& passkey);
  /// Takes out all that `goes` says; the file holds nothing of them any more. Their ids. Errors:
  /// those of `goes`, of Notebook::rewrite.
  ledger::Result<std::vector<std::string>> remove_if(
      const std::function<ledger::Result<bool>(const Passkey&)>& goes);

 private:
  ledger::Result<void> rewrite(const std::map<std::string, Passkey, std::less<>>& passkeys);

  std::unique_ptr<Notebook> notebook_;
  std::map<std::string, Passkey, std::less<>> passkeys_;  // By id.
  std::size_t lines_ = 0;
};

}  // namespace nguon::server
