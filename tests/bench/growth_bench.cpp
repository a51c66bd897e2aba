// A log grown through the ordinary append path: what memory and disk it holds, and what it still
// does quickly when it is long.
#include "tests/bench/figure.hpp"
#include "tests/bench/grown.hpp"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace nguon;
using namespace nguon::bench;
using Steady = std::chrono::steady_clock;

constexpr std::uint64_t batches_wanted = 100'000;  // of goods: every entry here is one harvest
constexpr std::ptrdiff_t in_flight = 256;
/// The audit keeps the replayed state in memory, 2 KiB an entry.
constexpr std::uint64_t audited_at_most = 2'000'000;
constexpr unsigned inputs = 11;  // of the packed batch, spread over the whole log

/// Entries that the log was too busy for, to be sent again as its clients do at a 503.
class SentBack {
 public:
  void add(std::string entry) {
    const std::scoped_lock lock(mutex_);
    entries_.push_back(std::move(entry));
    ++times_;
  }
  std::vector<std::string> take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(entries_, {});
  }
  std::uint64_t times() const { return times_; }

 private:
  std::mutex mutex_;
  std::vector<std::string> entries_;
  std::atomic<std::uint64_t> times_ = 0;
};

/// Signs and submits until `enough`, by a seed of the phase (the same again would be repeats), from
/// as many threads as there are cores. How often the log was too busy.
template <class Enough>
std::uint64_t grow(Deployment& deployment, const std::string& phase, Enough enough) {
  ledger::Ledger& ledger = deployment.ledger();
  std::counting_semaphore<> free_places(in_flight);
  std::mutex failing;
  std::string failure;  // Rule of an entry that was not logged.
  std::atomic<bool> failed{false};
  SentBack sent_back;
  std::vector<std::thread> threads;
  for (unsigned core = 0; core < std::max(1U, std::thread::hardware_concurrency()); ++core) {
    threads.emplace_back([&, core] {
      HarvestMaker maker(deployment, ledger.deployment_id(), phase + std::to_string(core));
      const auto submit = [&](std::string entry) {
        free_places.acquire();
        ledger.submit(entry, {}, [&, entry](const ledger::Outcome& outcome) {
          if (outcome.error.code == ledger::Errc::too_busy) {
            sent_back.add(entry);
          } else if (outcome.kind != ledger::Outcome::Kind::created) {
            const std::scoped_lock lock(failing);
            failure = outcome.error.rule;
            failed = true;
          }
          free_places.release();
        });
      };
      while (!enough() && !failed) {
        auto again = sent_back.take();
        if (again.empty()) {
          submit(maker.make().sd_jwt);
        } else {
          std::this_thread::sleep_for(std::chrono::milliseconds(50));
          for (auto& entry : again) submit(std::move(entry));
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (std::ptrdiff_t place = 0; place < in_flight; ++place) free_places.acquire();
  if (failed) throw std::runtime_error("a submission was not logged: " + failure);
  return sent_back.times();
}

/// One more harvest, the same for the same number.
ledger::MadeEntry add_input(Deployment& deployment, unsigned number) {
  HarvestMaker maker(deployment, deployment.ledger().deployment_id(),
                     "input/" + std::to_string(number));
  auto made = maker.make();
  const auto outcome = deployment.ledger().submit_and_wait(made.sd_jwt, made.id);
  if (outcome.statement.empty()) throw std::runtime_error("an input was not logged");
  return made;
}

/// Starts this program again, to append until it is killed in full flight.
void crash(const std::string& folder) {
  std::string self = "/proc/self/exe", mode = "--crash", where = folder;
  char* words[] = {self.data(), mode.data(), where.data(), nullptr};
  pid_t child = 0;
  if (::posix_spawn(&child, self.c_str(), nullptr, nullptr, words, environ) != 0) {
    throw std::runtime_error("cannot start the crashing one");
  }
  std::this_thread::sleep_for(std::chrono::seconds(5));
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFSIGNALED(status)) throw std::runtime_error("it ended before it was killed");
}

void report_crash(Deployment& deployment) {
  const auto before = deployment.ledger().head().size;
  deployment.close();
  crash(deployment.directory());
  const double took = deployment.restart();
  print({"restart after kill -9 in full flight", took, "s", "- (log replayed, checked, ready)",
         "<= 5", took <= 5});
  std::printf("  it had appended %llu entries more\n",
              static_cast<unsigned long long>(deployment.ledger().head().size - before));
}

std::string phase_of(Deployment& deployment) {
  // Whoever goes on with a kept log must not say again what it holds.
  return "from " + std::to_string(deployment.ledger().head().size) + "/";
}

int run(std::uint64_t entries, const std::string& folder) {
  Deployment deployment(Deployment::default_memory, folder);
  const auto size = [&] { return deployment.ledger().head().size; };
  const auto start = Steady::now();
  const auto began_with = size();
  if (began_with < batches_wanted) {
    grow(deployment, phase_of(deployment), [&] { return size() >= batches_wanted; });
    const double memory = resident_mib();
    print({"memory after 100,000 batches", memory, "MiB", "- (store's memory knob: 128 MiB)",
           "<= 150", memory <= 150});
  }
  std::vector<ledger::MadeEntry> made;
  std::uint64_t too_busy = 0;
  for (unsigned i = 0; i < inputs; ++i) {
    made.push_back(add_input(deployment, i));
    too_busy += grow(deployment, phase_of(deployment),
                     [&] { return size() >= entries * (i + 1) / inputs; });
  }
  const std::string batch = deployment.pack(made);
  const double seconds = std::chrono::duration<double>(Steady::now() - start).count();
  std::printf(
      "  %llu entries took %.0f s, signing included; the makers live in the same process\n"
      "  the store was too busy %llu times (a 503; sent again)\n",
      static_cast<unsigned long long>(size() - began_with), seconds,
      static_cast<unsigned long long>(too_busy));
  const double grown = resident_mib();
  const double knob = static_cast<double>(Deployment::default_memory >> 20);
  print({"memory, grown log", grown, "MiB", text_of("- (knob %.0f MiB + 20 %%)", knob), "<= 154",
         grown <= knob * 1.2});
  report_start(deployment);
  report_crash(deployment);
  report_proofs(deployment);
  report_bundles(deployment, batch);
  report_disk(deployment);
  if (size() <= audited_at_most) report_audit(deployment);
  return 0;
}

}  // namespace

// Usage: growth_bench [ENTRIES [FOLDER]]: 1,000,000 entries in a folder of its own; in FOLDER it
// goes on with what is there, and leaves it there.
int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--crash") == 0) {
    Deployment deployment(Deployment::default_memory, argv[2]);
    grow(deployment, phase_of(deployment), [] { return false; });
  }
  return run(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000, argc > 2 ? argv[2] : "");
}
