#include "server/api/batches.hpp"

#include "server/api/encoded.hpp"
#include "server/api/json_reply.hpp"

#include <utility>

namespace nguon::server {
namespace {

ledger::Error no_such_batch() { return {ledger::Errc::not_found, "subject.unknown", {}, {}}; }

Response bundle_reply(const Problems& problems, const std::string& sub,
                      const ledger::Result<std::optional<std::string>>& bundle) {
  if (!bundle) return problems.response(bundle.error());
  if (!*bundle) return problems.response(no_such_batch());
  Response response = reply(200, "application/json", **bundle);
  // A subject id is a kind, a colon and Crockford symbols; the colon is no character for a file
  // name.
  const std::string name = "nguon-" + sub.substr(sub.find(':') + 1) + ".json";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

}  // namespace

InlineHandler get_batch(const ApiServices& services, BatchView view) {
  return [&problems = services.problems, view = std::move(view)](
             const Request&, const PathParams& params) -> Response {
    const auto batch = view(std::string(params["sub"]));
    if (!batch) return problems.response(batch.error());
    return *batch ? json_reply(**batch) : problems.response(no_such_batch());
  };
}

DeferredHandler get_bundle(const ApiServices& services, BundleMaker make) {
  return [services, make = std::move(make)](const Request& request, const PathParams& params,
                                            Respond respond) {
    auto task = [&problems = services.problems, make, respond, sub = std::string(params["sub"]),
                 accepted = accept_encoding(request)] {
      respond(encoded(accepted, bundle_reply(problems, sub, make(sub))));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {ledger::Errc::too_busy, "log.queue-full", {}, "queue is full"}));
    }
  };
}

}  // namespace nguon::server
