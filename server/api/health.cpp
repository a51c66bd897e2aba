#include "server/api/health.hpp"

namespace nguon::server {

InlineHandler get_health() {
  return [](const Request&, const PathParams&) { return reply(200, "text/plain", "ok\n"); };
}

InlineHandler get_ready(const ledger::Ledger& ledger) {
  return [&ledger](const Request&, const PathParams&) {
    const bool ready = ledger.ready();
    Response response = reply(ready ? 200 : 503, "text/plain", ready ? "ready\n" : "not ready\n");
    if (!ready) response.headers.emplace_back("Retry-After", "5");
    return response;
  };
}

}  // namespace nguon::server
