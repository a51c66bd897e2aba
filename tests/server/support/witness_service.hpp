#pragma once

#include "server/http/listener.hpp"
#include "server/witness/routes.hpp"
#include "tests/server/support/raw_client.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace nguon::server {

/// A witness behind a free port of 127.0.0.1. `witness` and `clock` outlive it.
class WitnessService {
 public:
  WitnessService(ledger::Witness& witness, const ledger::Clock& clock)
      : router_(witness_routes({witness, problems_, disk_, clock})) {
    auto opened =
        Listener::open({}, router_, [this](const Request&, int status, const ledger::Error& error) {
          return problems_.response(status, error);
        });
    if (!opened) throw std::runtime_error(opened.error().detail);
    listener_ = std::move(*opened);
  }

  RawResponse post(std::string_view body) {
    return exchange("POST /add-checkpoint HTTP/1.1\r\nHost: w.example\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
  }
  RawResponse get(const std::string& target) {
    return exchange("GET " + target + " HTTP/1.1\r\nHost: w.example\r\n\r\n");
  }

 private:
  RawResponse exchange(const std::string& octets) {
    RawClient client(listener_->port());
    client.send(octets);
    return client.receive().value_or(RawResponse{});
  }

  const Problems problems_;
  WorkerPool disk_{2, 64};
  const Router router_;
  std::unique_ptr<Listener> listener_;
};

}  // namespace nguon::server
