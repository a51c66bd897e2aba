// Reading a grown log: inclusion proofs and fresh receipts a second, on one thread.
#include "ledger/keys/key.hpp"
#include "ledger/log/merkle.hpp"
#include "tests/bench/deployment.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/flight.hpp"

#include <chrono>
#include <stdexcept>

namespace {

using namespace nguon;
using namespace nguon::bench;
using Steady = std::chrono::steady_clock;

/// Turns of `work` a second over indexes spread across the log, for about half a second.
template <class Work>
double per_second(std::uint64_t size, Work work) {
  const auto start = Steady::now();
  std::size_t turns = 0;
  do {
    work((turns * 2'654'435'761U) % size);
    ++turns;
  } while (Steady::now() - start < std::chrono::milliseconds(500));
  return static_cast<double>(turns) / std::chrono::duration<double>(Steady::now() - start).count();
}

}  // namespace

int main() {
  Deployment deployment;
  ledger::Ledger& ledger = deployment.ledger();
  fly(ledger, make_harvests(deployment, "proofs", 40'000), 1024);
  const auto head = ledger.head();
  std::vector<double> proofs;
  std::vector<double> floors;
  std::vector<double> receipts;
  std::vector<double> signs;
  const auto service = ledger::PrivateKey::generate(ledger::Alg::eddsa);
  const auto sample = ledger.inclusion(head.size / 3).value();
  const auto leaf = ledger::leaf_hash("a leaf");
  for (int round = 0; round < 5; ++round) {
    // A verifier folds the same path: one node hash per level. Ours only reads it.
    floors.push_back(per_second(head.size, [&](std::uint64_t) {
      (void)ledger::verify_inclusion(sample.index, head.size, leaf, sample.path, head.root);
    }));
    proofs.push_back(per_second(head.size, [&](std::uint64_t index) {
      if (!ledger.inclusion(index)) throw std::runtime_error("no proof");
    }));
    signs.push_back(
        per_second(head.size, [&](std::uint64_t) { service.sign(std::string(1000, 'r')); }));
    receipts.push_back(per_second(head.size, [&](std::uint64_t index) {
      if (!ledger.receipt(index)) throw std::runtime_error("no receipt");
    }));
  }
  std::printf("A log of %llu entries, indexes spread over all of it, one thread.\n",
              static_cast<unsigned long long>(head.size));
  const auto report = [](const char* name, const std::vector<double>& rates, const char* what,
                         const std::vector<double>& beside) {
    Figure figure{name, median(rates), "/s", text_of("%.0f /s ", median(beside)) + what, "-"};
    figure.ratio = text_of("%.2f", median(rates) / median(beside));
    print(figure);
  };
  report("inclusion proofs", proofs, "(verifying one)", floors);
  report("fresh receipts", receipts, "(Ed25519 sign)", signs);
  return 0;
}
