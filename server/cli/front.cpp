#include "server/cli/front.hpp"

#include "ledger/audit/bundle.hpp"
#include "schemas/bundle.hpp"
#include "server/api/batch_view.hpp"
#include "server/blobs/blob_desk.hpp"
#include "server/control/desk.hpp"
#include "server/deployment/files.hpp"
#include "server/desk/range_desk.hpp"
#include "server/http/problem.hpp"
#include "server/office/keeper.hpp"
#include "server/pages/page_keeper.hpp"
#include "server/pages/page_sources.hpp"
#include "server/pages/product_source.hpp"
#include "server/reminders/keeper.hpp"
#include "server/resolver/link_file.hpp"
#include "server/routes.hpp"
#include "server/signals/keeper.hpp"

#include <charconv>
#include <chrono>
#include <memory>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::chrono::milliseconds drain{2'000};
// Pieces that wait for the disk, each of them in memory.
constexpr std::size_t blob_queue = 256;
// While one decodes a photo, a second of work and up to 150 MB, the other takes pieces and shows
// what is there. No more: a burst of photos must leave records the processor.
constexpr unsigned blob_threads = 2;

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

PageSources counted(PageSources sources, SignalBook* book, bool shown) {
  if (book == nullptr) return sources;
  sources.signals = [book, shown](const Request& request,
                                  const std::string& serial) -> std::optional<SignalView> {
    const Visit visit{request.peer, request.headers.find("User-Agent").value_or("")};
    const SignalView view = book->count(serial, visit);
    return shown ? std::optional(view) : std::nullopt;
  };
  return sources;
}

}  // namespace

// Destroyed from the last to the first: the listener before what its handlers reach.
struct Front::Parts {
  Parts(Deployment& deployment, const Places& places, const FrontOptions& options,
        std::unique_ptr<const ledger::SystemClock> ticking, std::unique_ptr<RightsDesk> asked,
        std::unique_ptr<ReminderDesk> reminding, std::unique_ptr<SessionDesk> reading,
        std::unique_ptr<PasskeyDesk> passing, std::unique_ptr<ReportDesk> reporting,
        std::unique_ptr<PrintTakers> taking, std::unique_ptr<BlobStore> store)
      : ticks(std::move(ticking)),
        rights(std::move(asked)),
        reminders(std::move(reminding)),
        sender(*reminders),
        personal(deployment.ledger()),
        signals(options.signals.counted
                    ? std::make_unique<SignalBook>(deployment.telemetry(), deployment.serials(),
                                                   options.signals.table, clock)
                    : nullptr),
        signal_keeper(signals ? std::make_unique<SignalKeeper>(*signals) : nullptr),
        desk({options.demo, options.label_origin, {}},
             counted(page_sources(
                         deployment.ledger(), deployment.serials(), bundle,
                         options.witnesses != nullptr ? options.witnesses->peers().size() : 0),
                     signals.get(), options.signals.shown),
             clock, problems),
        page_keeper(desk.label_pages(), clock),
        link_keeper(links, links_file(places.data)),
        resolver(desk, page_sources(deployment.ledger(), deployment.serials(), bundle, 0).scan,
                 product_source(deployment.ledger(), bundle), links, problems, clock),
        enrolments(deployment.ledger(), clock),
        sessions(std::move(reading)),
        passkeys(std::move(passing)),
        reports(std::move(reporting)),
        takers(std::move(taking)),
        report_gate(clock),
        directory(deployment.ledger(), deployment.state_scan(), bundle),
        own(deployment.ledger()),
        keeper(directory, own, *passkeys),
        blob_store(std::move(store)),
        blobs(deployment.ledger(), bundle, *blob_store, clock),
        blob_pool(blob_threads, blob_queue),
        admission(options.admission_threads, options.queue_length),
        router(make_routes({{deployment.ledger(), problems, admission, options.witnesses},
                            desk,
                            batch_view(deployment.ledger(), bundle, clock),
                            bundle_maker(deployment.ledger()),
                            enrolments,
                            *sessions,
                            assets,
                            directory,
                            own,
                            {blobs, blob_pool, *sessions},
                            deployment.held_scan(),
                            {*rights, personal, clock, *passkeys},
                            *reminders,
                            {*passkeys, options.hosts},
                            {*reports, report_gate,
                             label_owner(deployment.ledger(), deployment.serials()), desk.site(),
                             clock, blob_pool, options.signals.shown ? signals.get() : nullptr},
                            resolver,
                            *takers,
                            signals.get(),
                            &deployment.serials()})) {}

  const schemas::Bundle& bundle = schemas::Bundle::built_in();
  const std::unique_ptr<const ledger::SystemClock> ticks;
  const ledger::SystemClock& clock = *ticks;
  const Problems problems;
  const std::unique_ptr<RightsDesk> rights;
  const std::unique_ptr<ReminderDesk> reminders;
  ReminderKeeper sender;
  PersonalEntries personal;
  const std::unique_ptr<SignalBook> signals;  // Null when nothing counts.
  const std::unique_ptr<SignalKeeper> signal_keeper;
  PageDesk desk;
  PageKeeper page_keeper;
  LinkBook links;
  LinkKeeper link_keeper;
  ResolverDesk resolver;
  EnrolDesk enrolments;
  const std::unique_ptr<SessionDesk> sessions;
  const std::unique_ptr<PasskeyDesk> passkeys;
  const std::unique_ptr<ReportDesk> reports;
  const std::unique_ptr<PrintTakers> takers;
  ReportGate report_gate;
  const Assets assets;
  Directory directory;
  OwnEntries own;
  DirectoryKeeper keeper;
  const std::unique_ptr<BlobStore> blob_store;
  BlobDesk blobs;
  WorkerPool blob_pool;
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
  NGUON_TRY(auto blobs, BlobStore::open(places.blobs(), options.blobs));
  auto clock = std::make_unique<const ledger::SystemClock>();
  const std::string notes = notes_folder(places.data);
  NGUON_CHECK(make_directory(notes, 0700));
  NGUON_TRY(auto rights,
            RightsDesk::open(notes + "/rights.notebook", deployment.ledger(), *clock));
  NGUON_TRY(auto reminders,
            ReminderDesk::open(notes + "/reminders.notebook", deployment.ledger(),
                               deployment.state_scan(), schemas::Bundle::built_in(), *clock,
                               options.reminders));
  auto sessions = std::make_unique<SessionDesk>(deployment.ledger(), *clock);
  NGUON_TRY(auto passkeys, PasskeyDesk::open(notes + "/passkeys.notebook", deployment.ledger(),
                                             *clock, *sessions));
  NGUON_TRY(auto reports, ReportDesk::open(notes, deployment.ledger(), *clock));
  NGUON_TRY(auto takers, PrintTakers::open(notes + "/prints.notebook", *clock));
  auto parts = std::make_unique<Parts>(deployment, places, options, std::move(clock), std::move(rights),
                                       std::move(reminders), std::move(sessions),
                                       std::move(passkeys), std::move(reports), std::move(takers),
                                       std::move(blobs));
  NGUON_TRY(parts->listener,
            Listener::open(std::move(listening), parts->router,
                           [desk = &parts->desk](const Request& request, int status,
                                                 const ledger::Error& error) {
                             return desk->refuse(request, status, error);
                           }));
  parts->ranges =
      std::make_unique<RangeDesk>(deployment, places.data + "/label-requests", requests_from);
  using Frozen = ledger::Result<std::unique_ptr<ledger::FrozenFiles>>;
  // What was erased goes from the photos and passkeys too before a backup looks at them.
  const auto freeze = [&deployment, &blobs = parts->blobs,
                       &passkeys = *parts->passkeys]() -> Frozen {
    NGUON_CHECK(blobs.catch_up());
    NGUON_CHECK(passkeys.catch_up());
    return deployment.freeze();
  };
  NGUON_TRY(parts->control, ControlDesk::open(places.data, freeze, {}));
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
