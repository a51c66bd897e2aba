// What a backup beside it costs a log that is being appended to: signed appends in process, 64 in
// flight, with and without backups being taken one after the other by another process-worth of
// work, turn by turn in the same run.
#include "server/backup/folder.hpp"
#include "server/backup/take.hpp"
#include "server/deployment/anchored.hpp"
#include "server/deployment/keyring.hpp"
#include "tests/bench/deployment.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/flight.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace {

using namespace nguon::bench;
using nguon::server::BackupFolder;
using nguon::server::BackupWishes;
using nguon::server::HeldFiles;
using nguon::server::Places;

constexpr std::size_t in_flight = 64;
constexpr std::size_t grown = 20'000;     // Entries there before anything is measured.
constexpr std::size_t per_round = 6'000;  // About a second's work.
constexpr int niceness = 10;              // As nguon backup has it.

class Held final : public HeldFiles {
 public:
  explicit Held(std::unique_ptr<nguon::ledger::FrozenFiles> frozen) : frozen_(std::move(frozen)) {}
  const std::vector<nguon::ledger::FrozenFile>& files() const override { return frozen_->files(); }
  nguon::ledger::Result<void> release() override {
    frozen_.reset();
    return {};
  }

 private:
  std::unique_ptr<nguon::ledger::FrozenFiles> frozen_;
};

/// Takes whole backups, each into a folder of its own so that nothing is shared, until told to end.
class Backups {
 public:
  explicit Backups(Deployment& deployment)
      : deployment_(deployment), places_{deployment.directory() / "data"} {
    std::filesystem::create_directories(places_.data);
    std::filesystem::create_directory_symlink(deployment.directory() / "db", places_.database());
    std::filesystem::create_symlink(deployment.directory() / "anchor", places_.anchor());
    nguon::server::write_keyring(places_.keys(), nguon::server::make_keyring()).value();
  }

  void run() {
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), niceness);
    while (!stop) {
      const std::string to = deployment_.directory() / "backups";
      const auto anchored = nguon::server::read_anchor(places_.anchor()).value();
      auto folder = BackupFolder::for_writing(to).value();
      Held held(deployment_.store().freeze(std::chrono::seconds(10)).value());
      BackupWishes wishes;
      wishes.places = places_;
      wishes.passphrase = "a passphrase of the bench";
      octets += nguon::server::take_backup(*folder, held, anchored, wishes).value().new_octets;
      ++taken;
      std::filesystem::remove_all(to);
    }
  }

  std::atomic<bool> stop = false;
  std::atomic<unsigned> taken = 0;
  std::atomic<std::uint64_t> octets = 0;

 private:
  Deployment& deployment_;
  const Places places_;
};

double appends_per_second(Deployment& deployment, const std::string& seed) {
  const auto bodies = make_harvests(deployment, seed, per_round);
  return static_cast<double>(bodies.size()) / fly(deployment.ledger(), bodies, in_flight).seconds;
}

}  // namespace

int main(int argc, char** argv) {
  const int turns = argc > 1 ? std::atoi(argv[1]) : 5;
  Deployment deployment;
  fly(deployment.ledger(), make_harvests(deployment, "grown", grown), 1024);
  Backups backups(deployment);
  std::vector<double> alone, beside, ratios;
  for (int turn = 0; turn < turns; ++turn) {
    alone.push_back(appends_per_second(deployment, "alone " + std::to_string(turn)));
    // Made before the backups run: signing the sample is no part of either.
    const auto bodies = make_harvests(deployment, "beside " + std::to_string(turn), per_round);
    backups.stop = false;
    std::thread thread([&backups] { backups.run(); });
    beside.push_back(static_cast<double>(bodies.size()) /
                     fly(deployment.ledger(), bodies, in_flight).seconds);
    backups.stop = true;
    thread.join();
    ratios.push_back(beside.back() / alone.back());
  }
  Figure figure;
  figure.name = "append beside a backup";
  figure.value = median(beside);
  figure.unit = "/s";
  figure.ceiling = text_of("%.0f /s alone", median(alone));
  figure.ratio = text_of("%.2f", median(ratios));
  figure.target = ">= 0.80";
  figure.met = median(ratios) >= 0.80;
  print(figure);
  std::printf("  64 in flight; %u whole backups, %.0f MB copied, hashed, synced and read back\n",
              backups.taken.load(), static_cast<double>(backups.octets.load()) / 1e6);
  return 0;
}
