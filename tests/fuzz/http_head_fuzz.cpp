// Octets of a client, in pieces, to everything that reads them before a handler does: the request
// reader, the target's normaliser, the router, the response writer.
#include "server/http/exchange.hpp"
#include "server/http/problem.hpp"
#include "server/http/target.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using nguon::server::Exchange;

nguon::server::Response echo(const nguon::server::Request& request,
                             const nguon::server::PathParams& params) {
  // Whatever got this far must be clean.
  for (const std::string& segment : request.segments) {
    if (segment == "." || segment == "..") std::abort();
    for (const char c : segment) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) std::abort();
    }
  }
  if (request.body.size() > 100) std::abort();
  return nguon::server::reply(200, std::string(params["x"]), request.body + request.query);
}

const nguon::server::Router& router() {
  using nguon::server::Method;
  static const nguon::server::Router table({
      {Method::get, "/{x}", nguon::server::InlineHandler(echo), {.cors = true}},
      {Method::post, "/a/{x...}", nguon::server::InlineHandler(echo), {.body_limit = 100}},
  });
  return table;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = std::size_t{1} + data[0];
  std::string_view octets(reinterpret_cast<const char*>(data + 1), size - 1);
  nguon::server::Service service{
      router(),
      [](const nguon::server::Request&, int status, const nguon::ledger::Error& error) {
        return nguon::server::Problems().response(status, error);
      },
      {},
      {.head_octets = 2048},
      {"p"}};
  nguon::server::DateText date;
  Exchange exchange(service, date, data[0] % 2 != 0 ? "p" : "q", false);
  for (;;) {
    const Exchange::Step step = exchange.advance();
    if (step == Exchange::Step::respond) {
      const std::string_view head = exchange.head();
      if (head.find("\r\n\r\n") != head.size() - 4) std::abort();
      if (!exchange.keep_alive()) return 0;
      exchange.next();
    } else if (step == Exchange::Step::read) {
      if (octets.empty()) return 0;
      char* const space = exchange.space();
      const std::size_t n = std::min({octets.size(), piece, exchange.space_size()});
      octets.copy(space, n);
      octets.remove_prefix(n);
      exchange.received(n);
    }
  }
}
