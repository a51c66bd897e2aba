#pragma once

#include "server/http/response.hpp"

#include <functional>
#include <memory>

namespace nguon::server {

/// The right to answer one request, from any thread, exactly once: further calls do nothing, and if
/// the last copy goes away unused the client gets a 500, so that no connection waits for ever.
class Respond {
 public:
  /// `deliver` is called once, on whatever thread answers; it must not throw.
  explicit Respond(std::function<void(Response)> deliver);
  void operator()(Response response) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace nguon::server
