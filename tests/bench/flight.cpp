#include "tests/bench/flight.hpp"

#include <time.h>

#include <atomic>
#include <chrono>
#include <semaphore>
#include <stdexcept>
#include <thread>

namespace nguon::bench {

using Steady = std::chrono::steady_clock;

namespace {

double seconds_on(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

double process_cpu_seconds() { return seconds_on(CLOCK_PROCESS_CPUTIME_ID); }
double thread_cpu_seconds() { return seconds_on(CLOCK_THREAD_CPUTIME_ID); }

Flight fly(ledger::Ledger& ledger, const std::vector<std::string>& bodies, std::size_t in_flight) {
  Flight flight;
  flight.latency_ms.resize(bodies.size());
  std::counting_semaphore<> free_places(static_cast<std::ptrdiff_t>(in_flight));
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> failures{0};
  const double cpu = process_cpu_seconds();
  const auto start = Steady::now();
  std::vector<std::thread> submitters;
  for (unsigned core = 0; core < std::max(1U, std::thread::hardware_concurrency()); ++core) {
    submitters.emplace_back([&] {
      for (;;) {
        free_places.acquire();
        const std::size_t mine = next.fetch_add(1);
        if (mine >= bodies.size()) {
          free_places.release();
          return;
        }
        ledger.submit(bodies[mine], {}, [&, mine, sent = Steady::now()](const auto& outcome) {
          if (outcome.kind != ledger::Outcome::Kind::created) ++failures;
          flight.latency_ms[mine] =
              std::chrono::duration<double, std::milli>(Steady::now() - sent).count();
          free_places.release();
        });
      }
    });
  }
  for (auto& submitter : submitters) submitter.join();
  for (std::size_t place = 0; place < in_flight; ++place) free_places.acquire();
  flight.seconds = std::chrono::duration<double>(Steady::now() - start).count();
  flight.cpu_seconds = process_cpu_seconds() - cpu;
  if (failures != 0) throw std::runtime_error("some submissions were not logged");
  return flight;
}

}  // namespace nguon::bench
