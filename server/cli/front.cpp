#include "server/cli/front.hpp"

#include "ledger/audit/bundle.hpp"
#include "schemas/bundle.hpp"
#include "server/api/batch_view.hpp"
#include "server/control/desk.hpp"
#include "server/desk/range_desk.hpp"
#include "server/http/problem.hpp"
#include "server/office/keeper.hpp"
#include "server/pages/page_sources.hpp"
#include "server/routes.hpp"

#include <charconv>
#include <chrono>
#include <memory>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::chrono::milliseconds drain{2'000};

BundleMaker bundle_maker(const ledger::Ledger& ledger) {
  return [desk = std::make_shared<const ledger::BundleDesk>(ledger)](
             const std::string& sub) -> ledger::Result<std::optional<std::string>> {
    auto bundle = desk->make(sub);
    if (!bundle && bundle.error().code == ledger::Errc::not_found) {
      return std::optional<std::string>();
    }
    if (!bundle) return bundle.error();
    return std::optional<std::string>(std::move(*bundle));
  };
}

}  // namespace

// Destroyed from the last to the first: the listener before what its handlers reach.
struct Front::Parts {
  Parts(Deployment& deployment, const FrontOptions& options)
      : desk({options.demo, options.label_origin, {}},
             page_sources(deployment.ledger(), deployment.serials(), bundle,
                          options.witnesses != nullptr ? options.witnesses->peers().size() : 0),
             clock, problems),
        enrolments(deployment.ledger(), clock),
        sessions(deployment.ledger(), clock),
        directory(deployment.ledger(), deployment.state_scan(), bundle),
        keeper(directory),
        admission(options.admission_threads, options.queue_length),
        router(make_routes({{deployment.ledger(), problems, admission, options.witnesses},
                            desk,
                            batch_view(deployment.ledger(), bundle, clock),
                            bundle_maker(deployment.ledger()),
                            enrolments,
                            sessions,
                            assets,
                            directory})) {}

  const schemas::Bundle& bundle = schemas::Bundle::built_in();
  const ledger::SystemClock clock;
  const Problems problems;
  PageDesk desk;
  EnrolDesk enrolments;
  SessionDesk sessions;
  const Assets assets;
  Directory directory;
  DirectoryKeeper keeper;
  WorkerPool admission;  // Finishes what is queued while all that its tasks reach is still there.
  const Router router;
  std::unique_ptr<RangeDesk> ranges;
  std::unique_ptr<Listener> listener;
  std::unique_ptr<ControlDesk> control;
};

Front::Front(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Front::~Front() = default;

ledger::Result<std::unique_ptr<Front>> Front::open(Deployment& deployment, const Places& places,
                                                   const FrontOptions& options,
                                                   ListenerOptions listening,
                                                   std::uint64_t requests_from) {
  auto parts = std::make_unique<Parts>(deployment, options);
  NGUON_TRY(parts->listener,
            Listener::open(std::move(listening), parts->router,
                           [desk = &parts->desk](const Request& request, int status,
                                                 const ledger::Error& error) {
                             return desk->refuse(request, status, error);
                           }));
  parts->ranges =
      std::make_unique<RangeDesk>(deployment, places.data + "/label-requests", requests_from);
  NGUON_TRY(parts->control,
            ControlDesk::open(places.data, [&deployment] { return deployment.freeze(); }, {}));
  return std::unique_ptr<Front>(new Front(std::move(parts)));
}

std::uint16_t Front::port() const { return parts_->listener->port(); }

void Front::stop() { parts_->listener->stop(drain); }

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
