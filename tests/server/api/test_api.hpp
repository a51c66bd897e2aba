#pragma once

#include "ledger/entry/jws.hpp"
#include "server/http/target.hpp"
#include "server/pages/product_source.hpp"
#include "server/routes.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <future>
#include <string>

namespace nguon::server {

/// The whole route table over a real small ledger, asked without a socket.
class TestApi : public testing::Test {
 protected:
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }
  static boost::json::object body(const Response& response) {
    return boost::json::parse(response.body_view()).as_object();
  }

  Response ask(Method method, const std::string& target, std::string octets = {},
               std::string_view content_type = {}) {
    Request request;
    request.method = method;
    if (!set_target(request, target)) return reply(400, "", "target");
    if (!content_type.empty()) request.headers.add("Content-Type", content_type);
    if (!if_none_match.empty()) request.headers.add("If-None-Match", if_none_match);
    if (!accept_encoding.empty()) request.headers.add("Accept-Encoding", accept_encoding);
    if (!content_range.empty()) request.headers.add("Content-Range", content_range);
    if (!cookie.empty()) request.headers.add("Cookie", cookie);
    if (!host.empty()) {
      request.headers.add("Host", host);
      request.host = host.substr(0, host.find(':'));
      request.tls = request.host != "localhost";
    }
    request.body = std::move(octets);
    const Routing routing = router.find(method, request.segments);
    if (routing.route == nullptr) return reply(routing.status, "", "");
    if (const auto* answer = std::get_if<InlineHandler>(&routing.route->handler)) {
      return (*answer)(request, routing.params);
    }
    std::promise<Response> promise;
    auto future = promise.get_future();
    std::get<DeferredHandler>(routing.route->handler)(
        request, routing.params,
        Respond([&](Response response) { promise.set_value(std::move(response)); }));
    return future.get();
  }
  Response get(const std::string& target) { return ask(Method::get, target); }
  /// From here on asked with a read session of that person's key.
  void enter(std::string_view by) {
    const auto nonce = body(ask(Method::post, "/api/session/challenge")).at("nonce");
    const boost::json::object said{{"aud", small.log->deployment_id()}, {"nonce", nonce}};
    const auto begun =
        ask(Method::post, "/api/session",
            ledger::make_jws(small.people.key(by), session_typ, boost::json::serialize(said)),
            "application/jwt");
    cookie = header(begun, "Set-Cookie");
    cookie.resize(cookie.find(';'));
  }
  Response put(const ledger::MadeEntry& made) {
    return ask(Method::put, "/api/entries/" + made.id, made.sd_jwt, "application/sd-jwt");
  }

  static PageSources no_pages() {
    PageSources sources;
    sources.scan = [](const std::string&, const labels::ProductLink*,
                      std::int64_t) -> ledger::Result<std::optional<ScanView>> {
      return std::optional<ScanView>();
    };
    sources.animal = [](const std::string&,
                        std::int64_t) -> ledger::Result<std::optional<AnimalView>> {
      return std::optional<AnimalView>();
    };
    sources.preview = [](const std::string&) -> ledger::Result<std::optional<labels::PreviewText>> {
      return std::optional<labels::PreviewText>();
    };
    sources.generation = [] { return std::uint64_t{0}; };
    sources.never_issued = [](const std::string&, std::int64_t) { return std::string(); };
    return sources;
  }

  std::string if_none_match;
  std::string accept_encoding;
  std::string content_range;
  std::string cookie;
  std::string host;  ///< Asked under that one, by TLS.
  tests::SmallLedger small;
  Problems problems;
  WorkerPool pool{2, 64};
  PageDesk desk{Site{false, "https://TEM.EXAMPLE", {}}, no_pages(), small.clock, problems};
  LinkBook links;
  ResolverDesk resolver{desk, no_pages().scan, product_source(*small.log, small.people.bundle()), links,
                        problems, small.clock};
  BatchView batch =
      [](const std::string& sub) -> ledger::Result<std::optional<boost::json::object>> {
    if (sub != "batch:known") return std::optional<boost::json::object>();
    return std::optional<boost::json::object>(boost::json::object{{"sub", sub}});
  };
  BundleMaker bundle = [](const std::string& sub) -> ledger::Result<std::optional<std::string>> {
    if (sub != "batch:known") return std::optional<std::string>();
    return std::optional<std::string>("{}");
  };
  EnrolDesk enrolments{*small.log, small.clock};
  SessionDesk sessions{*small.log, small.clock};
  const Assets assets;
  Directory directory{*small.log, ledger::state_scan(*small.store), small.people.bundle()};
  OwnEntries own{*small.log};
  std::unique_ptr<BlobStore> blob_store = *BlobStore::open(small.directory / "blobs", {});
  BlobDesk blobs{*small.log, small.people.bundle(), *blob_store, small.clock};
  WorkerPool blob_pool{1, 64};
  std::unique_ptr<RightsDesk> rights =
      RightsDesk::open(small.directory / "rights.notebook", *small.log, small.clock).value();
  PersonalEntries personal{*small.log};
  std::unique_ptr<ReminderDesk> reminders =
      ReminderDesk::open(small.directory / "reminders.notebook", *small.log,
                         ledger::state_scan(*small.store), small.people.bundle(), small.clock, {})
          .value();
  std::unique_ptr<PasskeyDesk> passkeys =
      PasskeyDesk::open(small.directory / "passkeys.notebook", *small.log, small.clock, sessions)
          .value();
  const std::string notes = small.directory / ".";
  std::unique_ptr<ReportDesk> report_desk = ReportDesk::open(notes, *small.log, small.clock).value();
  std::unique_ptr<PrintTakers> takers =
      PrintTakers::open(small.directory / "prints.notebook", small.clock).value();
  ReportGate report_gate{small.clock};
  labels::SerialCodec serials = [this] {
    auto codec = labels::SerialCodec::make(small.log->deployment_id()).value();
    codec.add_epoch(0, {}).value();
    return codec;
  }();
  Router router{make_routes({{*small.log, problems, pool},
                             desk,
                             batch,
                             bundle,
                             enrolments,
                             sessions,
                             assets,
                             directory,
                             own,
                             {blobs, blob_pool, sessions},
                             ledger::held_scan(*small.store),
                             {*rights, personal, small.clock, *passkeys},
                             *reminders,
                             {*passkeys, {"nguon.example"}},
                             {*report_desk, report_gate,
                              [](const std::string&) { return ledger::Result<std::string>(""); },
                              desk.site(), small.clock, blob_pool},
                             resolver,
                             *takers,
                             nullptr,
                             &serials})};
};

}  // namespace nguon::server
