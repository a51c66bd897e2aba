#include "tests/bench/grown.hpp"

#include "ledger/audit/audit.hpp"
#include "ledger/audit/bundle.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/merkle.hpp"
#include "tests/bench/figure.hpp"

#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <thread>

namespace nguon::bench {
namespace {

using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point start) {
  return std::chrono::duration<double>(Steady::now() - start).count();
}

/// Turns of `work` a second, for about half a second.
double per_second(const std::function<void(std::size_t turn)>& work) {
  const auto start = Steady::now();
  std::size_t turns = 0;
  do {
    work(turns++);
  } while (Steady::now() - start < std::chrono::milliseconds(500));
  return static_cast<double>(turns) / seconds_since(start);
}

std::size_t gzip_size(const std::string& octets) {
  uLongf size = compressBound(octets.size());
  std::string packed(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                reinterpret_cast<const Bytef*>(octets.data()), octets.size(), 6) != Z_OK) {
    throw std::runtime_error("zlib");
  }
  return size + 12;  // A gzip file has 12 octets more of head and tail than zlib's format.
}

/// Leaves spread over the log: enough for a mean and for a rate.
std::vector<ledger::Leaf> sample(ledger::Ledger& log, std::uint64_t count) {
  std::vector<ledger::Leaf> leaves;
  const std::uint64_t size = log.head().size;
  for (std::uint64_t i = 0; i < count; ++i) leaves.push_back(log.leaf(i * size / count).value());
  return leaves;
}

/// P-256 signatures checked a second by all cores, by the very keys that made them.
double signatures_per_second(const Deployment& deployment,
                             const std::vector<ledger::Leaf>& leaves) {
  struct Signed {
    ledger::Jws jws;
    const ledger::PublicKey* key;
  };
  std::vector<Signed> all;
  for (const ledger::Leaf& leaf : leaves) {
    auto jws = ledger::parse_jws(leaf.jws, ledger::entry_typ).value();
    for (const auto& member : deployment.members()) {
      if (member.key.kid() == jws.kid) all.push_back({std::move(jws), &member.key.public_key()});
    }
  }
  const auto start = Steady::now();
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> threads;
  for (unsigned core = 0; core < std::max(1U, std::thread::hardware_concurrency()); ++core) {
    threads.emplace_back([&] {
      for (std::size_t i = next++; i < all.size(); i = next++) {
        if (!all[i].key->verify(all[i].jws.signing_input, all[i].jws.signature)) std::abort();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  return static_cast<double>(all.size()) / seconds_since(start);
}

}  // namespace

double resident_mib() {
  std::ifstream statm("/proc/self/statm");
  double total = 0;
  double resident = 0;
  statm >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

void report_proofs(Deployment& deployment) {
  ledger::Ledger& log = deployment.ledger();
  const auto head = log.head();
  const auto one = log.inclusion(head.size / 3).value();
  const auto leaf = ledger::leaf_hash("a leaf");
  std::vector<double> proofs, floors;
  for (int round = 0; round < 5; ++round) {
    // A verifier folds the same path: one node hash per level. Ours only reads it.
    floors.push_back(per_second([&](std::size_t) {
      (void)ledger::verify_inclusion(one.index, head.size, leaf, one.path, head.root);
    }));
    proofs.push_back(per_second([&](std::size_t turn) {
      if (!log.inclusion((turn * 2'654'435'761U) % head.size)) throw std::runtime_error("no proof");
    }));
  }
  Figure figure{"inclusion proofs, grown log",
                median(proofs),
                "/s",
                text_of("%.0f /s (verifying one)", median(floors)),
                ">= 50,000/s",
                median(proofs) >= 50'000};
  figure.ratio = text_of("%.2f", median(proofs) / median(floors));
  print(figure);
}

void report_bundles(Deployment& deployment, const std::string& batch) {
  const ledger::Ledger& log = deployment.ledger();
  const std::string bundle = ledger::make_bundle(log, batch).value();
  const auto report = ledger::verify_bundle(bundle, log.log_vkey()).value();
  std::vector<double> rates;
  const ledger::BundleDesk desk(log);
  for (int round = 0; round < 5; ++round) {
    rates.push_back(per_second([&](std::size_t) {
      if (!desk.make(batch)) throw std::runtime_error("no bundle");
    }));
  }
  print({"proof bundle of a packed batch", median(rates), "/s", "-", ">= 5,000/s",
         median(rates) >= 5'000});
  const double kilo = static_cast<double>(gzip_size(bundle)) / 1000;
  print({"the same in gzip", kilo, "kB", "-", "<= 8.5", kilo <= 8.5});
  std::printf("  that bundle: %zu entries, %zu octets before compression\n", report.entries.size(),
              bundle.size());
}

void report_disk(Deployment& deployment) {
  const auto leaves = sample(deployment.ledger(), 10'000);
  double octets = 0;
  for (const auto& leaf : leaves) octets += static_cast<double>(leaf.jws.size());
  // A leaf is its JWS in {"recorded":<13 digits>,"entry":"…"}.
  const double mean = octets / static_cast<double>(leaves.size()) + 38;
  const double all = mean * static_cast<double>(deployment.ledger().head().size);
  deployment.close();
  double used = 0;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(deployment.directory() / "db")) {
    if (file.is_regular_file()) used += static_cast<double>(file.file_size());
  }
  deployment.restart();
  Figure figure{"disk, all told", used / 1e6,       "MB", text_of("%.0f MB of leaves", all / 1e6),
                "<= 1.70",        used <= 1.7 * all};
  figure.ratio = text_of("%.2f", used / all);
  print(figure);
}

void report_audit(Deployment& deployment) {
  const auto leaves = sample(deployment.ledger(), 20'000);
  const double count = static_cast<double>(deployment.ledger().head().size);
  deployment.close();
  std::vector<double> bare = {count / signatures_per_second(deployment, leaves)};
  const auto start = Steady::now();
  {
    const auto store =
        ledger::open_rocks_store(deployment.directory() / "db", {.read_only = true}).value();
    const auto anchor = ledger::FileAnchor::open(deployment.directory() / "anchor").value();
    ledger::audit_store(*store, 0, anchor->read().value()).value();
  }
  const double took = seconds_since(start);
  bare.push_back(count / signatures_per_second(deployment, leaves));
  const double floor = (bare[0] + bare[1]) / 2;
  deployment.restart();
  Figure figure{"audit of the whole log",
                took,
                "s",
                text_of("%.1f s of signatures on all cores", floor),
                "<= 1.50",
                took <= 1.5 * floor};
  figure.ratio = text_of("%.2f", took / floor);
  print(figure);
}

void report_start(Deployment& deployment) {
  std::vector<double> starts;
  for (int i = 0; i < 5; ++i) starts.push_back(deployment.restart());
  const double started = median(starts);
  print({"start with " + std::to_string(deployment.ledger().head().size) + " entries", started, "s",
         "- (store opened, checked, ready)", "<= 2", started <= 2});
}

}  // namespace nguon::bench
