#pragma once

#include "server/office/directory.hpp"
#include "tests/support/small_ledger.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace nguon::tests {

/// Three organisations to look at: the small ledger's co-operative, a group below it and a stranger
/// beside it, each with a clerk ("clerk", "group clerk", "other clerk"). All names are invented.
///
///   Office office;
///   office.member("clerk", office.coop(), "Lường Thị Mẫu", "0912345678");
///   office.list("clerk", RowKind::members, "luong").total
struct Office {
  Office() {
    group = organisation("Tổ hợp tác Đồi Mẫu", small.coop);
    other = organisation("HTX bên cạnh", {});
    small.enrol("registrar", "group clerk", "clerk", group);
    small.enrol("registrar", "other clerk", "clerk", other);
  }

  std::string organisation(std::string_view name, const std::string& parent) {
    boost::json::object data{{"name", name},
                             {"kind", parent.empty() ? "cooperative" : "household"}};
    if (!parent.empty()) data["parent"] = parent;
    return said("org.create/1", "registrar", "org", data).sub;
  }
  ledger::MadeEntry member(std::string_view by, const std::string& org, std::string_view name,
                           std::string_view phone = {}) {
    boost::json::object data{{"org", org}, {"kind", "member"}, {"name", name}};
    if (!phone.empty()) data["phone"] = phone;
    return said("member.add/1", by, "person", data);
  }
  ledger::MadeEntry said(std::string_view type, std::string_view by, std::string_view kind,
                         const boost::json::object& data) {
    return small.add(
        small.people.make(type).by(by).starts(kind).data(boost::json::serialize(data)).sign());
  }
  ledger::MadeEntry goes_on(std::string_view type, std::string_view by,
                            const ledger::MadeEntry& with, const boost::json::object& data) {
    return small.add(small.people.make(type)
                         .by(by)
                         .continues(with.sub, with.id)
                         .data(boost::json::serialize(data))
                         .sign());
  }

  /// As the session of that person's key would say.
  server::Viewer viewer(std::string_view name, const std::string& org, std::string_view role) {
    return {
        small.people.key(name).kid(), small.persons.find(name)->second, org, {std::string(role)}};
  }
  server::Viewer viewer(std::string_view name) {
    const std::string role(name.substr(name.rfind(' ') + 1));
    return viewer(name,
                  name == "group clerk"   ? group
                  : name == "other clerk" ? other
                  : name == "registrar"   ? small.people.genesis().sub
                                          : small.coop,
                  role);
  }
  ledger::Result<server::ListPage> ask(const server::Viewer& who, server::Selection selection) {
    return directory.page(who, selection);
  }
  server::ListPage list(std::string_view who, server::RowKind kind, std::string typed = {}) {
    return ask(viewer(who), {kind, std::move(typed), {}, {}, 50}).value();
  }
  /// One member of every row, `-` where it is missing.
  static std::vector<std::string> column(const server::ListPage& page, std::string_view name) {
    std::vector<std::string> values;
    for (const auto& row : page.rows) {
      const auto object = boost::json::parse(row).as_object();
      const auto* value = object.if_contains(name);
      values.emplace_back(value == nullptr ? "-" : std::string(value->as_string()));
    }
    return values;
  }

  SmallLedger small;
  std::string group, other;
  server::Directory directory{*small.log, ledger::state_scan(*small.store), small.people.bundle()};
};

}  // namespace nguon::tests
