// Signed appends over HTTP on loopback beside the same appends handed to the ledger in process:
// what the server costs in CPU on top of the log.
#include "server/api/entries.hpp"
#include "server/http/listener.hpp"
#include "server/http/router.hpp"
#include "tests/bench/deployment.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/flight.hpp"
#include "tests/server/support/raw_client.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace nguon;
using namespace nguon::bench;

constexpr std::size_t in_flight = 64;
constexpr std::size_t entries_per_round = 4000;

struct Run {
  double rate = 0;
  double cpu_us = 0;  ///< Per entry, without the client's.
};

std::vector<std::string> make_requests(Deployment& deployment, std::string_view seed) {
  HarvestMaker maker(deployment, deployment.ledger().deployment_id(), seed);
  std::vector<std::string> requests;
  for (std::size_t i = 0; i < entries_per_round; ++i) {
    const auto made = maker.make();
    requests.push_back("PUT /api/entries/" + made.id +
                       " HTTP/1.1\r\nHost: nguon.example\r\nContent-Type: application/sd-jwt\r\n"
                       "Content-Length: " +
                       std::to_string(made.sd_jwt.size()) + "\r\n\r\n" + made.sd_jwt);
  }
  return requests;
}

/// Each connection has one request under way; the client is this thread.
Run over_http(std::uint16_t port, const std::vector<std::string>& requests) {
  std::vector<server::RawClient> clients;
  for (std::size_t i = 0; i < in_flight; ++i) clients.emplace_back(port);
  const double cpu = process_cpu_seconds() - thread_cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t sent = 0, answered = 0; answered < requests.size(); ++sent) {
    auto& client = clients[sent % in_flight];
    if (sent >= in_flight) {
      const auto response = client.receive();
      if (!response || response->status != 201) throw std::runtime_error("not logged over HTTP");
      ++answered;
    }
    if (sent < requests.size()) client.send(requests[sent]);
  }
  const double count = static_cast<double>(requests.size());
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {count / seconds, (process_cpu_seconds() - thread_cpu_seconds() - cpu) * 1e6 / count};
}

Run in_process(ledger::Ledger& ledger, const std::vector<std::string>& bodies) {
  const Flight flight = fly(ledger, bodies, in_flight);
  const double count = static_cast<double>(bodies.size());
  return {count / flight.seconds, flight.cpu_seconds * 1e6 / count};
}

}  // namespace

int main() {
  Deployment deployment;
  const server::Problems problems;
  server::WorkerPool admission(2, 4096);
  const server::ApiServices services{deployment.ledger(), problems, admission};
  const server::Router router({{server::Method::put,
                                "/api/entries/{id}",
                                server::put_entry(services),
                                {server::max_submission_octets, true, false}}});
  const auto refuse = [&](const server::Request&, int status, const ledger::Error& error) {
    return problems.response(status, error);
  };
  const auto listener = server::Listener::open({}, router, refuse).value();
  std::vector<double> rates;
  std::vector<double> cpu;
  std::vector<double> direct_rates;
  std::vector<double> direct_cpu;
  for (int round = 0; round < 5; ++round) {
    const std::string seed = std::to_string(round);
    const auto requests = make_requests(deployment, "http/" + seed);
    const auto bodies = make_harvests(deployment, "direct/" + seed, entries_per_round);
    const Run direct = in_process(deployment.ledger(), bodies);
    const Run run = over_http(listener->port(), requests);
    rates.push_back(run.rate);
    cpu.push_back(run.cpu_us);
    direct_rates.push_back(direct.rate);
    direct_cpu.push_back(direct.cpu_us);
  }
  const double ratio = median(cpu) / median(direct_cpu);
  Figure figure{"append over HTTP, server CPU",
                median(cpu),
                "us",
                text_of("%.0f us (in process)", median(direct_cpu)),
                "<= 2",
                ratio <= 2};
  figure.ratio = text_of("%.2f", ratio);
  print(figure);
  std::printf(
      "  %zu connections, one request each under way: %.0f appends/s, in process %.0f; the "
      "client's own CPU is left out\n",
      in_flight, median(rates), median(direct_rates));
  listener->stop(std::chrono::milliseconds(0));
  return 0;
}
