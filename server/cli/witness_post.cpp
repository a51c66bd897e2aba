#include "server/cli/witness_post.hpp"

#include "server/cli/http_client.hpp"

#include <utility>

namespace nguon::server {
namespace {

constexpr int post_patience_seconds = 5;   // To connect, and for each piece of the answer.
constexpr int post_exchange_seconds = 10;  // For all of it.

}  // namespace

WitnessPost witness_post() {
  return [](const std::string& url, const std::string& body) -> ledger::Result<WitnessReply> {
    Call request;
    request.method = "POST";
    request.url = url;
    request.content_type = "text/plain; charset=utf-8";
    request.body = body;
    request.patience_seconds = post_patience_seconds;
    request.exchange_seconds = post_exchange_seconds;
    NGUON_TRY(Answer answer, call(request));
    return WitnessReply{answer.status, std::move(answer.body)};
  };
}

}  // namespace nguon::server
