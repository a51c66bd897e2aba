#include "server/reminders/due.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_master.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/trace/opened.hpp"
#include "schemas/calendar.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Error;
using ledger::Result;

constexpr std::array<std::string_view, 4> kind_words{"certificate", "code", "ocop", "delegation"};
constexpr std::size_t history_at_once = 256;

/// Calls `take` with the subject and record of each row; the first error ends it.
template <ledger::codec::Record T>
Result<void> each_record(const ledger::StateScan& scan, std::string_view word,
                         const std::function<Result<void>(std::string_view name, T record)>& take) {
  Result<void> outcome;
  NGUON_CHECK(scan(word, [&](std::string_view key, std::string_view value) {
    auto record = ledger::decode<T>(value);
    outcome =
        record ? take(key.substr(word.size()), std::move(*record)) : Result<void>(record.error());
    return outcome.has_value();
  }));
  return outcome;
}

std::string member(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::string notice_id(const Due& due) {
  std::string all(name_of(due.kind));
  const std::string_view orgs = due.orgs.empty() ? std::string_view() : due.orgs.front();
  for (const std::string_view part : {orgs, std::string_view(due.sub), std::string_view(due.number),
                                      std::string_view(due.until)}) {
    all += '\n';
    all += part;
  }
  all += '\n' + std::to_string(due.notice);
  return ledger::base64url_encode(ledger::sha256(all).view().substr(0, 16));
}

}  // namespace

std::string_view name_of(DueKind kind) { return kind_words[static_cast<std::size_t>(kind)]; }

std::optional<int> notice_at(std::int64_t days) {
  if (days < -days_after_end || days > first_notice) return std::nullopt;
  if (days < 0) return 0;
  return days <= last_notice ? last_notice : days <= second_notice ? second_notice : first_notice;
}

Result<std::vector<Due>> DueFinder::find(std::string_view today) {
  std::vector<Due> all;
  NGUON_CHECK(add_certificates(all));
  NGUON_CHECK(add_decisions(all));
  NGUON_CHECK(add_delegations(all));
  NGUON_CHECK(add_codes(all));
  const auto now = schemas::parse_date(today);
  std::vector<Due> told;
  for (Due& due : all) {
    const auto last = schemas::parse_date(due.until);
    if (!now || !last) continue;
    due.days = schemas::day_number(*last) - schemas::day_number(*now);
    const auto notice = notice_at(due.days);
    if (!notice) continue;
    due.notice = *notice;
    due.id = notice_id(due);
    told.push_back(std::move(due));
  }
  std::ranges::sort(told, {}, [](const Due& due) { return std::tie(due.until, due.id); });
  return told;
}

Result<void> DueFinder::add_certificates(std::vector<Due>& found) const {
  return each_record<ledger::CertificateRecord>(
      scan_, "certificate/", [&](std::string_view name, auto record) -> Result<void> {
        if (record.withdrawn || !record.until) return {};
        found.push_back({{},
                         DueKind::certificate,
                         record.kind,
                         "certificate:" + std::string(name),
                         record.number,
                         {record.holder},
                         *record.until});
        return {};
      });
}

Result<void> DueFinder::add_decisions(std::vector<Due>& found) const {
  return each_record<ledger::OcopRecord>(
      scan_, "ocop/", [&](std::string_view name, auto record) -> Result<void> {
        if (record.withdrawn) return {};
        const auto issued = schemas::parse_date(record.issued);
        const auto term =
            issued ? schemas::add_months(*issued, bundle_.thresholds().ocop_months) : std::nullopt;
        const std::string until = record.expires ? *record.expires
                                  : term         ? schemas::print_date(*term)
                                                 : std::string();
        found.push_back({{},
                         DueKind::ocop,
                         std::to_string(record.stars),
                         "ocop:" + std::string(name),
                         record.number,
                         {record.holder},
                         until});
        return {};
      });
}

Result<void> DueFinder::add_delegations(std::vector<Due>& found) const {
  return each_record<ledger::DelegationRecord>(
      scan_, "delegation/", [&](std::string_view name, auto record) -> Result<void> {
        const auto slash = name.find('/');
        if (record.ended || slash == std::string_view::npos) return {};
        const std::string to(name.substr(slash + 1));
        found.push_back({{},
                         DueKind::delegation,
                         {},
                         to,
                         {},
                         {std::string(name.substr(0, slash)), to},
                         record.until});
        return {};
      });
}

Result<void> DueFinder::add_codes(std::vector<Due>& found) {
  return each_record<
      ledger::SiteRecord>(scan_, "site/", [&](std::string_view name, auto record) -> Result<void> {
    if (record.retired) return {};
    const std::string sub = "site:" + std::string(name);
    NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::head(sub)));
    if (!stored) return {};
    NGUON_TRY(const auto head, ledger::decode<ledger::HeadRecord>(*stored));
    Site& site = sites_[sub];
    if (site.head != head.head) {
      NGUON_TRY(site, read_site(sub, head.head));
    }
    for (const Code& code : site.codes) {
      found.push_back({{}, DueKind::code, code.scheme, sub, code.number, {record.org}, code.until});
    }
    return {};
  });
}

Result<DueFinder::Site> DueFinder::read_site(const std::string& sub,
                                             const std::string& head) const {
  Site site{head, {}};
  std::vector<std::uint64_t> history;
  for (;;) {
    NGUON_TRY(const auto some, ledger_.history(sub, history.size(), history_at_once));
    history.insert(history.end(), some.begin(), some.end());
    if (some.size() < history_at_once) break;
  }
  for (auto index = history.rbegin(); index != history.rend(); ++index) {
    NGUON_TRY(const auto leaf, ledger_.leaf(*index));
    NGUON_TRY(const auto opened, ledger::trace::open_leaf(leaf));
    const ledger::Entry& entry = opened.effective;
    if (!entry.is("site.add") && !entry.is("site.update")) continue;
    const auto* codes = entry.data.if_contains("codes");
    if (codes == nullptr || !codes->is_array()) break;
    for (const auto& one : codes->get_array()) {
      const auto* code = one.if_object();
      if (code == nullptr || member(*code, "status") != "active") continue;
      const std::string until = member(*code, "until");
      if (!until.empty())
        site.codes.push_back({member(*code, "scheme"), member(*code, "code"), until});
    }
    break;
  }
  return site;
}

}  // namespace nguon::server
