// QR symbols a second, as SVG for a page, beside bare libqrencode in the same run.
#include "labels/crockford.hpp"
#include "labels/link.hpp"
#include "labels/qr.hpp"
#include "tests/bench/figure.hpp"

#include <qrencode.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace {

using namespace nguon::labels;
using nguon::bench::median;

/// CPU seconds of this thread: other work on the machine does not count.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<std::string> links(std::size_t count) {
  std::vector<std::string> made;
  for (std::size_t i = 0; i < count; ++i) {
    std::string serial(13, '0');
    for (std::size_t at = 13, rest = i * 2654435761u; at-- > 0; rest /= 32) {
      serial[at] = crockford_symbols[rest % 32];
    }
    made.push_back(serial_link("https://txng.example", serial + check_symbol(serial)).value());
  }
  return made;
}

/// Items a second of `work` over every link.
template <class Work>
double rate(const std::vector<std::string>& all, Work work) {
  const double start = cpu_seconds();
  for (const auto& link : all) work(link);
  return static_cast<double>(all.size()) / (cpu_seconds() - start);
}

}  // namespace

int main() {
  const auto all = links(500);
  std::size_t octets = 0;
  std::vector<double> ours;
  std::vector<double> bare;
  std::vector<double> ratios;
  constexpr int rounds = 15;
  for (int round = -1; round < rounds; ++round) {
    const auto bare_work = [&](const std::string& link) {
      QRcode* code = QRcode_encodeString(link.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
      octets += static_cast<std::size_t>(code->width);
      QRcode_free(code);
    };
    const auto our_work = [&](const std::string& link) {
      octets += qr_svg(encode_qr(link).value(), link).size();
    };
    const double ceiling = rate(all, bare_work);
    const double figure = rate(all, our_work);
    if (round < 0) continue;  // caches warm
    bare.push_back(ceiling);
    ours.push_back(figure);
    ratios.push_back(figure / ceiling);
  }
  const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
  nguon::bench::Figure figure;
  figure.name = "QR symbols as SVG";
  figure.value = median(ours);
  figure.unit = "/s";
  figure.ceiling = nguon::bench::text_of("%.0f /s (bare libqrencode)", median(bare));
  figure.ratio = nguon::bench::text_of("%.2f", median(ratios));
  figure.target = ">= 0.90";
  figure.met = median(ratios) >= 0.9;
  print(figure);
  std::printf("  CPU time of one thread; ratio %.3f..%.3f over %d rounds\n", *low, *high, rounds);

  return octets == 0 ? 1 : 0;
}
