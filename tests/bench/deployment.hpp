#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/log/anchor.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/store/rocks_store.hpp"
#include "tests/support/people.hpp"
#include "tests/support/temp_dir.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace nguon::bench {

/// The store, seen through: hands every committed batch to a watcher.
class WatchedStore final : public ledger::Store {
 public:
  explicit WatchedStore(std::unique_ptr<ledger::Store> inner) : inner_(std::move(inner)) {}
  std::function<void(const ledger::WriteBatch&)> on_commit;  ///< Set while nothing is written.

  ledger::Result<std::optional<std::string>> get(ledger::Family family,
                                                 std::string_view key) const override {
    return inner_->get(family, key);
  }
  ledger::Result<std::vector<std::optional<std::string>>> multi_get(
      ledger::Family family, const std::vector<std::string>& keys) const override {
    return inner_->multi_get(family, keys);
  }
  ledger::Result<void> scan(
      ledger::Family family, std::string_view first, std::string_view last,
      const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    return inner_->scan(family, first, last, visit);
  }
  ledger::Commit commit(const ledger::WriteBatch& batch, std::string_view head) override {
    if (on_commit) on_commit(batch);
    return inner_->commit(batch, head);
  }
  ledger::Result<void> purge(ledger::Family family) override { return inner_->purge(family); }
  ledger::Result<void> verify_checksums() const override { return inner_->verify_checksums(); }
  bool stalled() const override { return inner_->stalled(); }
  ledger::StoreStatistics statistics() const override { return inner_->statistics(); }
  ledger::Result<std::unique_ptr<ledger::FrozenFiles>> freeze(
      std::chrono::milliseconds patience) override {
    return inner_->freeze(patience);
  }

 private:
  const std::unique_ptr<ledger::Store> inner_;
};

/// A real ledger in a directory of its own: RocksDB, anchor file, an alliance with one
/// co-operative, one plot, one product and sixteen members with P-256 keys. All invented. Failures
/// throw.
class Deployment {
 public:
  static constexpr std::uint64_t default_memory = 128ULL << 20;
  /// `memory` is the store's, as nguon.toml has it. In `kept` one goes on with what is there and
  /// leaves it there; empty: a temporary directory.
  explicit Deployment(std::uint64_t memory = default_memory, const std::string& kept = {});

  ledger::Ledger& ledger() { return *ledger_; }
  WatchedStore& store() { return *store_; }
  ledger::Anchor& anchor() { return *anchor_; }
  const std::filesystem::path& directory() const { return directory_; }
  const ledger::Clock& clock() const { return clock_; }

  /// Closes and opens again, as a restart does; seconds from the first open call until ready().
  double restart();
  /// Closes, so that others may read the files; restart() opens again.
  void close();

  /// The clerk packs these harvests into one batch; its subject.
  std::string pack(const std::vector<ledger::MadeEntry>& harvests);

  struct Member {
    ledger::PrivateKey key;
    std::string person;
  };
  const std::vector<Member>& members() const { return members_; }
  const std::string& product() const { return product_; }
  const std::string& site() const { return site_; }

 private:
  void open();
  ledger::LedgerKeys keys();
  /// Submits; returns the subject. Throws unless it was logged.
  std::string add(const ledger::MadeEntry& made);
  std::string enrol(tests::People& people, std::string_view by, const ledger::PrivateKey& whom,
                    const std::string& org, std::string_view role);

  const tests::TempDir temporary_;
  const std::filesystem::path directory_;
  const ledger::SystemClock clock_;
  const std::uint64_t memory_;
  tests::People people_;
  std::unique_ptr<WatchedStore> store_;
  std::unique_ptr<ledger::FileAnchor> anchor_;
  std::unique_ptr<ledger::Ledger> ledger_;
  std::vector<Member> members_;
  std::string product_;
  std::string site_;
};

/// Makes signed harvests of the deployment's members, each in turn, with one private value. One
/// thread; two makers with different seeds never make the same entry.
class HarvestMaker {
 public:
  HarvestMaker(const Deployment& deployment, const std::string& deployment_id,
               std::string_view seed);
  ledger::MadeEntry make();

 private:
  const Deployment& deployment_;
  ledger::EntryMaker maker_;
  std::int64_t now_ = 1'790'000'000;
  std::size_t turn_ = 0;
};

/// `count` submissions made by all cores.
std::vector<std::string> make_harvests(Deployment& deployment, std::string_view seed,
                                       std::size_t count);

}  // namespace nguon::bench
