// A log grown to a million entries through the ordinary append path: what memory it holds on the
// way, and how long the next start takes.
#include "tests/bench/deployment.hpp"
#include "tests/bench/figure.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

using namespace nguon;
using namespace nguon::bench;

constexpr std::uint64_t batches_wanted = 100'000;  // of goods: every entry here is one harvest
constexpr std::ptrdiff_t in_flight = 64;

/// Resident memory of this process, MiB (proc(5): statm's second field, in pages).
double resident_mib() {
  std::ifstream statm("/proc/self/statm");
  double total = 0;
  double resident = 0;
  statm >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// Signs and submits until `enough`, by a seed of the phase (the same again would be repeats), from
/// as many threads as there are cores.
template <class Enough>
void grow(Deployment& deployment, const std::string& phase, Enough enough) {
  ledger::Ledger& ledger = deployment.ledger();
  std::counting_semaphore<> free_places(in_flight);
  std::atomic<bool> failed{false};
  std::vector<std::thread> threads;
  for (unsigned core = 0; core < std::max(1U, std::thread::hardware_concurrency()); ++core) {
    threads.emplace_back([&, core] {
      HarvestMaker maker(deployment, ledger.deployment_id(), phase + std::to_string(core));
      while (!enough() && !failed) {
        const auto made = maker.make();
        free_places.acquire();
        ledger.submit(made.sd_jwt, {}, [&](const ledger::Outcome& outcome) {
          if (outcome.kind != ledger::Outcome::Kind::created) failed = true;
          free_places.release();
        });
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (std::ptrdiff_t place = 0; place < in_flight; ++place) free_places.acquire();
  if (failed) throw std::runtime_error("a submission was not logged");
}

}  // namespace

// Usage: growth_bench [ENTRIES], 1,000,000 unless given.
int main(int argc, char** argv) {
  const std::uint64_t entries = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  Deployment deployment;
  std::atomic<std::uint64_t> commits{0};
  deployment.store().on_commit = [&](const ledger::WriteBatch&) { ++commits; };
  const auto start = std::chrono::steady_clock::now();
  grow(deployment, "first/", [&] { return deployment.ledger().head().size >= batches_wanted; });
  const double memory = resident_mib();
  print({"memory after 100,000 batches", memory, "MiB", "- (store's memory knob: 128 MiB)",
         "<= 150", memory <= 150});
  grow(deployment, "rest/", [&] { return deployment.ledger().head().size >= entries; });
  const double grown = resident_mib();
  const double building =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const auto size = deployment.ledger().head().size;
  std::printf(
      "  %llu entries in %llu commits took %.0f s, signing included; memory then %.0f MiB; the "
      "makers of "
      "the entries live in the same process\n",
      static_cast<unsigned long long>(size), static_cast<unsigned long long>(commits.load()),
      building, grown);
  std::vector<double> starts;
  for (int i = 0; i < 5; ++i) starts.push_back(deployment.restart());
  const double started = median(starts);
  print({"start with " + std::to_string(size) + " entries", started, "s",
         "- (store opened, checked, ready)", "<= 2", started <= 2});
  return 0;
}
