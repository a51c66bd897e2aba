// Signed appends in process: admission, rules, one synced RocksDB batch, anchor, checkpoint and
// receipts, beside the sum of what cannot be avoided, in the same run and turn by turn.
#include "tests/bench/ceilings.hpp"
#include "tests/bench/deployment.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/flight.hpp"

#include <array>
#include <cstdlib>

namespace {

using namespace nguon::bench;

struct Load {
  std::size_t in_flight;
  std::size_t entries;  // per round: about a second's work
  double target;        // share of the ceiling; 0 for none
};

constexpr std::array<Load, 3> loads = {{{1, 800, 0}, {64, 6000, 0.80}, {1024, 8000, 0}}};

struct Rounds {
  std::vector<double> rates;
  std::vector<double> ceilings;
  std::vector<double> ratios;
  std::vector<double> latency_ms;
  std::vector<double> p50_ratios;  // Of one round's p50 to what one append must wait for.
  std::vector<double> waits_ms;
  std::vector<double> cpu_us;
  std::vector<double> floor_cpu_us;
  AppendCost last;
};

void report(const Load& load, const Rounds& rounds) {
  const double ratio = median(rounds.ratios);
  Figure figure;
  figure.name = "append, " + std::to_string(load.in_flight) + " in flight";
  figure.value = median(rounds.rates);
  figure.unit = "/s";
  figure.ceiling = text_of("%.0f /s", median(rounds.ceilings));
  figure.ratio = text_of("%.2f", ratio);
  figure.target = load.target > 0 ? text_of(">= %.2f", load.target) : "-";
  figure.met = ratio >= load.target;
  print(figure);
  const auto [low, high] = std::minmax_element(rounds.ratios.begin(), rounds.ratios.end());
  const AppendCost& cost = rounds.last;
  std::printf(
      "  p50 %.2f ms, p99 %.2f ms; ratio %.2f..%.2f over %zu rounds\n"
      "  CPU per entry %.0f us, of which the ceiling's parts alone %.0f us\n"
      "  last round's ceiling, us: (verify + sign)/cores %.1f, leaf hash %.1f, bare commit of %zu "
      "entries' rows %.0f, anchor %.0f: %.1f per entry\n",
      quantile(rounds.latency_ms, 0.5), quantile(rounds.latency_ms, 0.99), *low, *high,
      rounds.ratios.size(), median(rounds.cpu_us), median(rounds.floor_cpu_us),
      cost.signatures.wall, cost.leaf_hash.wall, load.in_flight, cost.commit.wall, cost.anchor.wall,
      cost.per_entry(load.in_flight).wall);
}

/// How long a lone append takes, beside what it must wait for.
void report_latency(const Rounds& alone) {
  const double ratio = median(alone.p50_ratios);
  Figure figure{"append p50, 1 in flight",
                quantile(alone.latency_ms, 0.5),
                "ms",
                text_of("%.2f ms verify+commit+anchor+sign", median(alone.waits_ms)),
                "<= 1.50",
                ratio <= 1.5};
  figure.ratio = text_of("%.2f", ratio);
  print(figure);
}

}  // namespace

int main(int argc, char** argv) {
  const int turns = argc > 1 ? std::atoi(argv[1]) : 5;
  Deployment deployment;
  Ceilings ceilings(deployment, make_harvests(deployment, "sample", 4096));
  std::array<Rounds, loads.size()> rounds;
  for (int turn = 0; turn < turns; ++turn) {
    for (std::size_t i = 0; i < loads.size(); ++i) {
      const auto bodies = make_harvests(deployment, std::to_string(turn) + "/" + std::to_string(i),
                                        loads[i].entries);
      const auto cost = ceilings.measure(loads[i].in_flight);
      const auto flight = fly(deployment.ledger(), bodies, loads[i].in_flight);
      const double count = static_cast<double>(bodies.size());
      const double rate = count / flight.seconds;
      const double ceiling = 1e6 / cost.per_entry(loads[i].in_flight).wall;
      rounds[i].rates.push_back(rate);
      rounds[i].ceilings.push_back(ceiling);
      rounds[i].ratios.push_back(rate / ceiling);
      rounds[i].cpu_us.push_back(flight.cpu_seconds * 1e6 / count);
      rounds[i].floor_cpu_us.push_back(cost.per_entry(loads[i].in_flight).cpu);
      // One after the other, as a lone append meets them.
      const double wait = (cost.alone.wall + cost.commit.wall + cost.anchor.wall) / 1000;
      rounds[i].waits_ms.push_back(wait);
      rounds[i].p50_ratios.push_back(quantile(flight.latency_ms, 0.5) / wait);
      rounds[i].latency_ms.insert(rounds[i].latency_ms.end(), flight.latency_ms.begin(),
                                  flight.latency_ms.end());
      rounds[i].last = cost;
    }
  }
  std::printf(
      "Real entries: batch.harvest/1 signed with P-256, one private value each; RocksDB and "
      "anchor synced.\nCeiling = (P-256 verify + Ed25519 sign)/cores + leaf hash + bare "
      "RocksDB commit of the same rows + anchor write, per entry.\n");
  for (std::size_t i = 0; i < loads.size(); ++i) report(loads[i], rounds[i]);
  report_latency(rounds[0]);
  return 0;
}
