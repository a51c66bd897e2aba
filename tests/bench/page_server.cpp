// The demo as it is served, scans counted and shown, for tests/bench/page: 10,000 of its labels are
// written to a file, one path a line. Then told on standard input what to do: `recall`, every
// batch behind those labels at once; `check`, whether each of their pages says so; `end`.
// Usage: page_server FOLDER
#include "ledger/apply/keys.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/trace/label_standing.hpp"
#include "server/cli/front.hpp"
#include "server/demo/demo.hpp"
#include "server/pages/catalogue.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/flight.hpp"
#include "tests/server/support/raw_client.hpp"

#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace nguon;
using namespace nguon::server;
using std::chrono::steady_clock;

constexpr std::uint64_t seed = 1;
constexpr std::size_t wanted = 10'000;
constexpr std::int64_t ranges_of_the_demo = 32;

double ms_since(steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count();
}

/// Serials on goods, by batch.
std::map<std::string, std::vector<std::string>> labels_of(Deployment& deployment) {
  std::map<std::string, std::vector<std::string>> found;
  const ledger::trace::LedgerSource source(deployment.ledger());
  for (std::int64_t number = 0; number < ranges_of_the_demo; ++number) {
    for (std::int64_t index = 0;; ++index) {
      const auto standing = ledger::trace::label_standing(source, 0, number, index).value();
      using Status = ledger::trace::LabelView::Status;
      if (standing.status == Status::never_issued) break;
      if (standing.status != Status::applied) continue;
      const labels::SerialPlace place{0, static_cast<std::uint32_t>(number),
                                      static_cast<std::uint64_t>(index)};
      found[standing.batch].push_back(deployment.serials().encode(place).value());
    }
  }
  return found;
}

/// One of every batch, then the next of every batch, and so on.
std::vector<std::string> spread(const std::map<std::string, std::vector<std::string>>& by_batch) {
  std::vector<std::string> paths;
  for (std::size_t turn = 0; paths.size() < wanted; ++turn) {
    const auto before = paths.size();
    for (const auto& [batch, serials] : by_batch) {
      if (turn < serials.size() && paths.size() < wanted) paths.push_back("/Q/" + serials[turn]);
    }
    if (paths.size() == before) throw std::runtime_error("the demo has too few labels");
  }
  return paths;
}

std::string recall_of(ledger::EntryMaker& maker, const ledger::PrivateKey& registrar,
                      ledger::Ledger& ledger, const std::string& batch, std::int64_t now_ms) {
  const ledger::trace::LedgerSource source(ledger);
  const auto head =
      ledger::read_record<ledger::HeadRecord>(source, ledger::state_key::head(batch)).value();
  ledger::Draft draft;
  draft.sub = batch;
  draft.prev = head.value().head;
  draft.iat = now_ms / 1000;
  draft.data = {{"on", vietnam_date(now_ms)},
                {"reason", "residue"},
                {"action", "return"},
                {"notice", {{"vi", "Dừng bán, trả lại nơi mua (dữ liệu mẫu)."},
                            {"en", "Stop selling, return where bought (sample data)."}}}};
  return maker.make(registrar, *schemas::Bundle::built_in().find("batch.recall/1"), draft)
      .value()
      .sd_jwt;
}

/// Asks for every page and prints how many do not say that the goods are recalled.
void check(std::uint16_t port, const std::vector<std::string>& paths) {
  RawClient client(port);
  std::vector<double> took;
  std::size_t stale = 0;
  for (const std::string& path : paths) {
    const auto begin = steady_clock::now();
    client.send("GET " + path + " HTTP/1.1\r\nHost: nguon.example\r\nUser-Agent: check\r\n\r\n");
    const auto response = client.receive();
    took.push_back(ms_since(begin));
    if (!response || response->status != 200) throw std::runtime_error("not 200: " + path);
    if (response->body.find("Đã thu hồi, không dùng") == std::string::npos) ++stale;
  }
  std::printf("checked %zu stale %zu p999_ms %.2f\n", paths.size(), stale,
              bench::quantile(took, 0.999));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string folder = argv[1];
  Demo demo = open_demo(Places{folder + "/data"}, seed).value();
  tell_demo(demo, seed, [](std::uint64_t) {}).value();
  Deployment& deployment = *demo.deployment;
  const auto by_batch = labels_of(deployment);
  const auto paths = spread(by_batch);
  std::ofstream file(folder + "/paths");
  for (const std::string& path : paths) file << path << '\n';
  file.close();

  FrontOptions options{.demo = true, .label_origin = "https://TXNG.EXAMPLE"};
  options.signals = {true, true, {}};
  const auto front = Front::open(deployment, Places{folder + "/data"}, options, {},
                                 deployment.ledger().head().size)
                         .value();
  std::printf("port %u labels %zu batches %zu\n", unsigned{front->port()}, paths.size(),
              by_batch.size());
  std::fflush(stdout);
  const auto registrar = demo_registrar_key(seed);
  ledger::EntryMaker maker(deployment.ledger().deployment_id(), ledger::seeded_entropy("recalls"));
  for (std::string word; std::getline(std::cin, word) && word != "end";) {
    if (word == "recall") {
      std::vector<std::string> bodies;
      for (const auto& [batch, serials] : by_batch) {
        bodies.push_back(
            recall_of(maker, registrar, deployment.ledger(), batch, demo.clock->now_ms()));
      }
      const auto begin = steady_clock::now();
      bench::fly(deployment.ledger(), bodies, bodies.size());
      std::printf("recalled %zu in_ms %.1f\n", bodies.size(), ms_since(begin));
    } else {
      check(front->port(), paths);
    }
    std::fflush(stdout);
  }
  front->stop();
  return 0;
}
