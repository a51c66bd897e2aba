#include "server/api/reminders.hpp"

#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"

#include <functional>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Result;
using Telling = std::function<Result<boost::json::object>()>;

/// Looking through what ends may read many sites: not on the loop's thread.
void tell(const ApiServices& services, const Respond& respond, Telling telling) {
  auto task = [services, respond, telling = std::move(telling)] {
    const auto told = telling();
    respond(told ? unkept_reply(*told) : services.problems.response(told.error()));
  };
  if (!services.admission.post(std::move(task))) {
    respond(services.problems.response(
        {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
  }
}

}  // namespace

std::vector<Route> reminder_routes(const ApiServices& services, SessionDesk& sessions,
                                   ReminderDesk& desk) {
  const DeferredHandler inbox = [services, &sessions, &desk](Request& request, const PathParams&,
                                                             Respond respond) {
    auto reader = reader_of(services.problems, sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    tell(services, respond,
         [&desk, viewer = std::get<Viewer>(std::move(reader))] { return desk.inbox(viewer); });
  };
  const DeferredHandler read = [services, &desk](Request& request, const PathParams&,
                                                 Respond respond) {
    tell(services, respond,
         [&desk, body = std::move(request.body)] { return desk.mark_read(body); });
  };
  return {{Method::get, "/api/reminders", inbox, {}},
          {Method::post, "/api/reminders/read", read, {max_reminders_octets, false, false}}};
}

}  // namespace nguon::server
