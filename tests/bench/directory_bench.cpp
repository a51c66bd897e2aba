// The office's lists with 100,000 members of one co-operative: ms of CPU for a page and a search as
// the clerk asks them, beside one bare pass over the same rows' text.
#include "server/office/directory.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/flight.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <stdexcept>

namespace {

using namespace nguon;
using namespace nguon::bench;
using server::RowKind;
using Steady = std::chrono::steady_clock;

constexpr int rounds = 11;

/// Invented names, every one another.
std::string name_of(std::size_t number) {
  static constexpr std::array<const char*, 8> families{"Lò",   "Lường", "Quàng", "Cà",
                                                       "Tòng", "Đèo",   "Hoàng", "Nguyễn"};
  static constexpr std::array<const char*, 5> middles{"Thị", "Văn", "Đức", "Mạnh", "Ngọc"};
  return std::string(families[number % families.size()]) + " " +
         middles[number / families.size() % middles.size()] + " Mẫu " + std::to_string(number);
}

std::vector<std::string> make_members(tests::SmallLedger& small, std::size_t count) {
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < count; ++i) {
    const boost::json::object data{{"org", small.coop},
                                   {"kind", "member"},
                                   {"name", name_of(i)},
                                   {"phone", std::to_string(84'900'000'000 + i)}};
    bodies.push_back(small.people.make("member.add/1")
                         .by("clerk")
                         .starts("person")
                         .data(boost::json::serialize(data))
                         .sign()
                         .sd_jwt);
  }
  return bodies;
}

/// Of this thread's CPU: nothing waits for a disk here, and what else runs on the machine is not in
/// it.
template <class Work>
double milliseconds(Work work) {
  const double start = thread_cpu_seconds();
  work();
  return (thread_cpu_seconds() - start) * 1000;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
  tests::SmallLedger small;
  fly(*small.log, make_members(small, count), 1024);
  const server::Viewer clerk{
      small.people.key("clerk").kid(), small.persons.find("clerk")->second, small.coop, {"clerk"}};
  server::Directory directory(*small.log, ledger::state_scan(*small.store), small.people.bundle());
  const auto start = Steady::now();
  const double loading = milliseconds([&] {
    if (!directory.refresh()) throw std::runtime_error("not loaded");
  });
  std::printf("%zu rows: read in %.1f s (%.1f s of CPU), %.0f MiB, %.0f octets a row\n",
              directory.size(), std::chrono::duration<double>(Steady::now() - start).count(),
              loading / 1000, static_cast<double>(directory.octets()) / (1 << 20),
              static_cast<double>(directory.octets()) / static_cast<double>(directory.size()));

  std::vector<std::string> rows;
  static_cast<void>(directory.each(clerk, {RowKind::members, {}, {}, {}, 1}, [&](const auto& row) {
    rows.push_back(row);
    return true;
  }));
  // The last page begins behind this row.
  const std::string& before_last = rows.at(rows.size() - 51);
  const auto sub = before_last.find("person:");
  const std::string cursor = before_last.substr(sub, before_last.find('"', sub) - sub);

  struct Case {
    const char* name;
    server::Selection selection;
    std::size_t total;
    std::vector<double> took;
  };
  std::vector<Case> cases{
      {"list, first page", {RowKind::members, {}, {}, {}, 50}, rows.size(), {}},
      {"list, last page", {RowKind::members, {}, {}, cursor + "~" + small.coop, 50}, 0, {}},
      {"search, many found", {RowKind::members, "nguyen mau", {}, {}, 50}, 0, {}},
      {"search, one found", {RowKind::members, name_of(count / 2), {}, {}, 50}, 1, {}},
      {"search, a phone", {RowKind::members, "0900 000 007", {}, {}, 50}, 1, {}},
      {"search, none found", {RowKind::members, "không có ai", {}, {}, 50}, 0, {}},
  };
  std::vector<double> bare;
  for (int round = 0; round < rounds; ++round) {
    std::size_t found = 0;
    bare.push_back(milliseconds([&] {
      for (const auto& row : rows) found += row.find("khong co ai") == std::string::npos ? 0 : 1;
    }));
    if (found != 0) throw std::runtime_error("a row holds what none holds");
    for (auto& one : cases) {
      one.took.push_back(milliseconds([&] {
        const auto page = directory.page(clerk, one.selection);
        if (!page || (one.total != 0 && page->total != one.total)) {
          throw std::runtime_error(one.name);
        }
      }));
    }
  }
  for (const auto& one : cases) {
    Figure figure{one.name, median(one.took), "ms CPU",
                  text_of("%.2f ms, a bare pass over the rows", median(bare)), "at most 200 ms"};
    figure.met = quantile(one.took, 1) <= 200;
    figure.ratio = text_of("%.1f", median(one.took) / median(bare));
    print(figure);
  }
  small.add(small.harvest());
  small.enrol("clerk", "a late one", "member", small.coop);
  std::printf("two more entries, and the page that shows them: %.2f ms\n",
              milliseconds([&] { static_cast<void>(directory.page(clerk, cases[0].selection)); }));
  return 0;
}
