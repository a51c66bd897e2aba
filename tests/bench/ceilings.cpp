#include "tests/bench/ceilings.hpp"

#include "ledger/entry/jws.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/store/keys.hpp"
#include "tests/bench/flight.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace nguon::bench {
namespace {

using Steady = std::chrono::steady_clock;

/// Adds up what the turns of some work take.
class Meter {
 public:
  template <class Work>
  void time(Work work) {
    const double cpu = thread_cpu_seconds();
    const auto start = Steady::now();
    work();
    sum_.wall += std::chrono::duration<double, std::micro>(Steady::now() - start).count();
    sum_.cpu += (thread_cpu_seconds() - cpu) * 1e6;
  }
  Cost each(std::size_t turns) const {
    return {sum_.wall / static_cast<double>(turns), sum_.cpu / static_cast<double>(turns)};
  }

 private:
  Cost sum_;
};

/// One turn of `work`, which is repeated for about `budget`.
template <class Work>
Cost cost_of(std::chrono::milliseconds budget, Work work) {
  Meter meter;
  std::size_t turns = 0;
  meter.time([&] {
    const auto until = Steady::now() + budget;
    do {
      work();
      ++turns;
    } while (Steady::now() < until);
  });
  return meter.each(turns);
}

constexpr auto long_budget = std::chrono::milliseconds(300);
constexpr auto short_budget = std::chrono::milliseconds(50);

}  // namespace

Ceilings::Ceilings(Deployment& deployment, const std::vector<std::string>& sample)
    : deployment_(deployment),
      jws_(sample.at(0).substr(0, sample.at(0).find('~'))),
      entries_(sample.size()) {
  deployment_.store().on_commit = [this](const ledger::WriteBatch& batch) {
    for (const auto& row : batch.writes()) {
      // Without the head, which the bare store would have to compare.
      if (!row.key.ends_with('H') || row.key.size() != 5) rows_.push_back(row);
    }
  };
  fly(deployment_.ledger(), sample, 64);
  deployment_.store().on_commit = {};
  bare_ =
      ledger::open_rocks_store(deployment_.directory() / "bare", {.memory = 128ULL << 20}).value();
  bare_anchor_ = ledger::FileAnchor::open(deployment_.directory() / "bare-anchor").value();
}

AppendCost Ceilings::measure(std::size_t in_flight) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return {signatures(cores), signatures(1), leaf_hash(), commit(in_flight), anchor()};
}

Cost Ceilings::signatures(unsigned cores) const {
  std::vector<Cost> spent(cores);
  std::vector<std::thread> threads;
  for (unsigned core = 0; core < cores; ++core) {
    threads.emplace_back([&, core] {
      const auto parsed = ledger::parse_jws(jws_, ledger::entry_typ).value();
      const auto& members = deployment_.members();
      const auto& signer = *std::find_if(members.begin(), members.end(), [&](const auto& member) {
        return member.key.kid() == parsed.kid;
      });
      const ledger::PublicKey& key = signer.key.public_key();
      const auto service = ledger::PrivateKey::generate(ledger::Alg::eddsa);
      const std::string receipt(1000, 'r');
      spent[core] = cost_of(long_budget, [&] {
        if (!key.verify(parsed.signing_input, parsed.signature)) throw std::logic_error("verify");
        service.sign(receipt);
      });
    });
  }
  for (auto& thread : threads) thread.join();
  double rate = 0;
  double cpu = 0;
  for (const Cost& each : spent) {
    rate += 1 / each.wall;
    cpu += each.cpu / cores;
  }
  return {1 / rate, cpu};
}

Cost Ceilings::leaf_hash() const {
  const std::string leaf = ledger::encode_leaf(1'790'000'000'000, jws_);
  return cost_of(short_budget, [&] { ledger::leaf_hash(leaf); });
}

Cost Ceilings::commit(std::size_t in_flight) {
  const std::size_t rows_per_batch = std::max<std::size_t>(1, rows_.size() * in_flight / entries_);
  std::size_t at = 0;
  Meter meter;
  std::size_t batches = 0;
  const auto until = Steady::now() + long_budget;
  while (Steady::now() < until) {
    if (at + rows_per_batch > rows_.size()) at = 0;
    if (at == 0) ++pass_;
    ledger::WriteBatch batch;
    for (std::size_t i = 0; i < rows_per_batch; ++i, ++at) {
      const auto& row = rows_.at(at % rows_.size());
      // Another log number: the same sizes under new keys.
      std::string key = ledger::keys::big_endian(1000 + pass_, 4) + row.key.substr(4);
      if (row.value) {
        batch.put(row.family, std::move(key), *row.value);
      } else {
        batch.erase(row.family, std::move(key));
      }
    }
    auto committed = ledger::Commit::unknown;
    meter.time([&] { committed = bare_->commit(batch, {}); });
    if (committed != ledger::Commit::done) throw std::runtime_error("commit");
    ++batches;
  }
  return meter.each(batches);
}

Cost Ceilings::anchor() {
  return cost_of(long_budget, [&] {
    if (!bare_anchor_->write({++anchored_, {}})) throw std::runtime_error("anchor");
  });
}

}  // namespace nguon::bench
