#pragma once

#include "server/http/target.hpp"
#include "server/resolver/routes.hpp"
#include "tests/server/pages/sample_view.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nguon::server {

/// The resolver's routes over pages that know one serial, asked without a socket.
class ResolverWorld {
 public:
  static constexpr const char* serial = "0PDNST6BT16Y0S";
  static constexpr const char* our_gtin = "09521234001010";  ///< Of a product in the log.
  using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  Response ask(Method method, std::string_view target, Fields fields = {}) {
    Request request;
    request.method = method;
    if (!set_target(request, target)) return reply(400, "", "target");
    for (const auto& [name, value] : fields) request.headers.add(name, value);
    const Routing routing = router.find(method, request.segments);
    if (routing.route == nullptr) {
      Response answer = reply(routing.status, "", "");
      answer.headers.emplace_back("Allow", routing.allow);
      return answer;
    }
    EXPECT_TRUE(routing.cors) << target;
    return std::get<InlineHandler>(routing.route->handler)(request, routing.params);
  }
  Response get(std::string_view target, Fields fields = {}) {
    return ask(Method::get, target, fields);
  }

  static std::string field(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  void know(std::string_view file) {
    auto table = LinkTable::parse(file);
    ASSERT_TRUE(table) << table.error().field << " " << table.error().detail;
    links.replace(*std::move(table));
  }

  std::string gtin = "09521234543213";
  bool down = false;
  ledger::SystemClock clock;
  Problems problems;
  LinkBook links;
  PageDesk pages{{false, "https://tem.example", {}}, sources(), clock, problems};
  ResolverDesk desk{pages, sources().scan, products(), links, problems, clock};
  Router router{resolver_routes(desk)};

 private:
  ProductSource products() {
    return [this](const std::string& asked,
                  std::int64_t) -> ledger::Result<std::optional<ProductView>> {
      if (down) return ledger::Error{ledger::Errc::unavailable, "store.io", {}, {}};
      if (asked != our_gtin) return std::optional<ProductView>();
      return std::optional<ProductView>(sample_product());
    };
  }
  PageSources sources() {
    PageSources made;
    made.scan = [this](const std::string& asked, const labels::ProductLink*,
                       std::int64_t) -> ledger::Result<std::optional<ScanView>> {
      if (down) return ledger::Error{ledger::Errc::unavailable, "store.io", {}, {}};
      if (asked != serial) return std::optional<ScanView>();
      ScanView view = sample_scan();
      view.gtin = gtin;
      view.lot = "CL2611";
      return std::optional<ScanView>(view);
    };
    made.animal = [](const std::string&,
                     std::int64_t) -> ledger::Result<std::optional<AnimalView>> {
      return std::optional<AnimalView>();
    };
    made.preview = [](const std::string&) -> ledger::Result<std::optional<labels::PreviewText>> {
      return std::optional<labels::PreviewText>();
    };
    made.generation = [] { return std::uint64_t{1}; };
    made.never_issued = [](const std::string&, std::int64_t) { return std::string(); };
    return made;
  }
};

}  // namespace nguon::server
