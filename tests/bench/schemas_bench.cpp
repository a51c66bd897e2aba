// What admission pays for a schema: µs per entry, beside one pass of Boost.JSON over the same text.
#include "schemas/bundle.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <cstdio>
#include <string>

namespace {

using nguon::schemas::Bundle;

constexpr const char* harvest = R"({"product":"product:0123456789ABCDEFGHJKMNPQRS",
  "site":"site:0123456789ABCDEFGHJKMNPQRS","on":"2026-11-20","qty":{"amount":"125.5","unit":"kg"},
  "grade":"1","position":{"_sd":["47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"]},
  "photo":{"_sd":["LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ"]},
  "note":{"_sd":["ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"]}})";

template <class Work>
double microseconds(Work work) {
  constexpr int rounds = 200'000;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < rounds; ++i) work();
  const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - start;
  return spent.count() / rounds;
}

}  // namespace

int main() {
  const auto started = std::chrono::steady_clock::now();
  const Bundle& bundle = Bundle::built_in();
  const std::chrono::duration<double, std::milli> compiled =
      std::chrono::steady_clock::now() - started;

  const auto& type = *bundle.find("batch.harvest/1");
  const boost::json::value data = boost::json::parse(harvest);
  const std::string text = boost::json::serialize(data);
  bool good = true;
  const double validate = microseconds([&] { good = good && !type.validate_public(data); });
  const double parse = microseconds([&] { good = good && boost::json::parse(text).is_object(); });
  std::printf(
      "schema batch.harvest/1: %.2f us per entry (Boost.JSON parse of the same data: %.2f us)\n",
      validate, parse);
  std::printf("bundle: %zu types compiled in %.1f ms, %zu octets\n", bundle.types().size(),
              compiled.count(), bundle.text().size());
  return good ? 0 : 1;
}
