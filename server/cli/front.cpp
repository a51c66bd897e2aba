#include "server/cli/front.hpp"

#include "server/http/problem.hpp"

#include <charconv>
#include <chrono>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::chrono::milliseconds drain{2'000};

}  // namespace

ledger::Result<std::unique_ptr<Front>> Front::open(Deployment& deployment, FrontOptions options,
                                                   ListenerOptions listening) {
  std::unique_ptr<Front> front(new Front());
  static_cast<void>(deployment);
  static_cast<void>(options);
  front->router_ = std::make_unique<Router>(std::vector<Route>{});
  NGUON_TRY(front->listener_,
            Listener::open(std::move(listening), *front->router_,
                           [problems = Problems()](const Request&, int status, const auto& error) {
                             return problems.response(status, error);
                           }));
  return front;
}

Front::~Front() = default;

std::uint16_t Front::port() const { return listener_->port(); }

void Front::stop() { listener_->stop(drain); }

ledger::Result<ListenerOptions> parse_listen(const std::string& text) {
  ListenerOptions options;
  const auto colon = text.rfind(':');
  const char* end = text.data() + text.size();
  const char* port = text.data() + (colon == std::string::npos ? text.size() : colon + 1);
  const auto parsed = std::from_chars(port, end, options.port);
  std::string address = text.substr(0, colon == std::string::npos ? 0 : colon);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']') {
    address = address.substr(1, address.size() - 2);
  }
  if (parsed.ec != std::errc() || parsed.ptr != end || address.empty()) {
    return ledger::invalid("cli.listen", {}, text);
  }
  options.address = address;
  return options;
}

}  // namespace nguon::server
