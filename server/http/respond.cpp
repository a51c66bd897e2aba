#include "server/http/respond.hpp"

#include <atomic>
#include <utility>

namespace nguon::server {

struct Respond::State {
  std::function<void(Response)> deliver;
  std::atomic<bool> used{false};

  explicit State(std::function<void(Response)> function) : deliver(std::move(function)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (used.exchange(true)) return;
    Response response;
    response.status = 500;
    deliver(std::move(response));
  }
};

Respond::Respond(std::function<void(Response)> deliver)
    : state_(std::make_shared<State>(std::move(deliver))) {}

void Respond::operator()(Response response) const {
  if (!state_->used.exchange(true)) state_->deliver(std::move(response));
}

}  // namespace nguon::server
