#pragma once

#include "ledger/log/anchor.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/store/rocks_store.hpp"
#include "tests/support/people.hpp"
#include "tests/support/temp_dir.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::tests {

/// A clock that says what the test says.
class HandClock final : public ledger::Clock {
 public:
  std::int64_t now_ms() const override { return now; }
  std::atomic<std::int64_t> now = 1'790'000'000'000;
};

/// A whole ledger in a directory of its own: real store, real anchor, invented people. Laid down at
/// the start, in this order: genesis; a registrar; a co-operative; its director, clerk and member.
///
///   SmallLedger small;
///   auto made = small.harvest("120.5");
///   EXPECT_EQ(small.submit(made).kind, Outcome::Kind::created);
///   small.reopen();
class SmallLedger {
 public:
  SmallLedger();
  ~SmallLedger();

  /// Closes everything and opens it again by the ordinary start path; throws when that is refused.
  void reopen();
  void close();
  /// The start path's answer, without keeping the ledger open when it is sound.
  ledger::Result<void> try_open();

  ledger::Outcome submit(const ledger::MadeEntry& made);
  /// Submits and throws std::logic_error unless it is newly logged.
  ledger::MadeEntry add(ledger::MadeEntry made);

  /// `by` enrols a person of `org` under the name, with one key and one role.
  ledger::MadeEntry enrolment(std::string_view by, std::string_view name, std::string_view role,
                              std::string_view org);
  void enrol(std::string_view by, std::string_view name, std::string_view role,
             std::string_view org);
  /// A batch picked by the member, with a private note.
  ledger::MadeEntry harvest(std::string_view amount = "120.5", std::string_view by = "member");
  ledger::MadeEntry revocation(std::string_view name);
  ledger::LedgerKeys keys();

  /// Writes what an outsider would have mirrored: checkpoint, bundles, tiles and rules.
  void mirror_to(const std::string& folder);

  TempDir directory;
  People people;
  HandClock clock;
  std::unique_ptr<ledger::Store> store;
  std::unique_ptr<ledger::Anchor> anchor;
  std::unique_ptr<ledger::Ledger> log;
  ledger::LedgerOptions options;
  /// Instead of the two keys of the genesis entry, when set.
  std::shared_ptr<const ledger::KeyStock> stock;
  std::vector<ledger::Error> fatal;                         ///< What on_fatal was told.
  std::string coop, site, product;                          ///< Subjects.
  std::map<std::string, std::string, std::less<>> persons;  ///< By name.

 private:
  std::map<std::string, std::string, std::less<>> heads_;  ///< Newest entry id by subject.
};

}  // namespace nguon::tests
