#include "server/reports/report_desk.hpp"

#include "labels/serial.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "schemas/calendar.hpp"
#include "server/rights/working_days.hpp"
#include "server/session/signer.hpp"

#include <algorithm>
#include <filesystem>
#include <tuple>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

const Error no_such_report{Errc::not_found, "report.unknown", {}, {}};
const Error unreadable_reports{Errc::corrupt, "report.file", {}, {}};

bool is_one_of(const Viewer& viewer, std::initializer_list<std::string_view> roles) {
  return std::ranges::any_of(viewer.roles, [&](const std::string& role) {
    return std::ranges::find(roles, role) != roles.end();
  });
}

/// The queue of the authority is everybody's reports; that of an office its own labels'.
bool handles(const Viewer& viewer, const std::string& org) {
  if (is_one_of(viewer, {"registrar", "authority", "inspector"})) return true;
  return !org.empty() && viewer.org == org && is_one_of(viewer, {"director", "clerk"});
}

std::string noted_text(const json::object& record, std::string_view name) {
  const auto* value = record.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::int64_t moment(const json::object& record) {
  const auto* value = record.if_contains("received");
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::string due_day(std::int64_t received_ms) {
  const auto day = schemas::date_in_vietnam(received_ms).value_or(schemas::Date{});
  return schemas::print_date(after_working_days(day, ReportDesk::answer_days));
}

}  // namespace

ReportState ReportDesk::Case::state() const {
  if (answer() != nullptr) return ReportState::answered;
  return steps.empty() ? ReportState::received : ReportState::seen;
}

const ReportStep* ReportDesk::Case::answer() const {
  const auto found = std::ranges::find_if(
      steps, [](const ReportStep& step) { return step.what == ReportStep::What::answered; });
  return found == steps.end() ? nullptr : &*found;
}

Result<std::unique_ptr<ReportDesk>> ReportDesk::open(std::string folder,
                                                     const ledger::Ledger& ledger,
                                                     const ledger::Clock& clock) {
  auto desk = std::unique_ptr<ReportDesk>(new ReportDesk(std::move(folder), ledger, clock));
  NGUON_TRY(desk->notebook_,
            Notebook::open(desk->folder_ + "/reports.notebook",
                           [&](const json::object& record) { return desk->recall(record); }));
  const std::scoped_lock lock(desk->mutex_);
  NGUON_CHECK(desk->forget_old());
  return desk;
}

Result<void> ReportDesk::recall(const json::object& record) {
  if (const auto statement = noted_text(record, "step"); !statement.empty()) {
    auto step = read_report_step(statement, ledger_.deployment_id());
    if (!step) return unreadable_reports;
    const auto known = cases_.find(step->report);
    if (known == cases_.end()) return unreadable_reports;
    known->second.steps.push_back(std::move(*step));
    known->second.statements.push_back(statement);
    return {};
  }
  const auto code = noted_text(record, "report");
  const auto kind = report_kind_of(noted_text(record, "kind"));
  if (read_report_code(code) != code || !kind) return unreadable_reports;
  Case one;
  one.report = {noted_text(record, "serial"), noted_text(record, "org"), *kind, noted_text(record, "text"), {}};
  one.photo = record.contains("photo");
  one.received_ms = moment(record);
  if (one.photo) ++photos_;
  cases_[code] = std::move(one);
  return {};
}

namespace {

json::object record_of(const std::string& code, const NewReport& report, bool photo,
                       std::int64_t received_ms) {
  json::object record{{"report", code},
                      {"serial", report.serial},
                      {"org", report.org},
                      {"kind", name_of(report.kind)},
                      {"received", received_ms}};
  if (!report.text.empty()) record["text"] = report.text;
  if (photo) record["photo"] = true;
  return record;
}

}  // namespace

std::string ReportDesk::photo_path(const std::string& code) const {
  return folder_ + "/report-" + code + ".notebook";
}

Result<ReportStatus> ReportDesk::take(NewReport report, const std::string& seal) {
  const std::scoped_lock lock(mutex_);
  NGUON_CHECK(forget_old());
  if (const auto sent = sent_.find(seal); sent != sent_.end()) {
    if (const auto known = cases_.find(sent->second); known != cases_.end()) {
      return status(known->first, known->second);
    }
  }
  std::string code = new_report_code();
  while (cases_.contains(code)) code = new_report_code();
  Case one;
  one.received_ms = clock_.now_ms();
  one.photo = !report.photo.empty() && photos_ < max_photos;
  // The photo first: one without its report is never shown, and swept at the next start.
  if (one.photo) {
    NGUON_TRY(const auto shelf, Notebook::open(photo_path(code), [](const json::object&) {
                return Result<void>();
              }));
    NGUON_CHECK(shelf->append({{"jpeg", ledger::base64url_encode(report.photo)}}));
  }
  report.photo.clear();
  one.report = std::move(report);
  NGUON_CHECK(notebook_->append(record_of(code, one.report, one.photo, one.received_ms)));
  if (one.photo) ++photos_;
  sent_.emplace(seal, code);
  const auto kept = cases_.emplace(code, std::move(one)).first;
  return status(code, kept->second);
}

std::optional<ReportStatus> ReportDesk::find(const std::string& code) {
  const std::scoped_lock lock(mutex_);
  const auto known = cases_.find(code);
  if (known == cases_.end()) return std::nullopt;
  return status(code, known->second);
}

void ReportDesk::clear(const std::string& code, Case& one) {
  one.report.text.clear();
  if (!one.photo) return;
  std::error_code ignored;
  std::filesystem::remove(photo_path(code), ignored);
  one.photo = false;
  --photos_;
}

Result<void> ReportDesk::rewrite() {
  std::vector<json::object> records;
  for (const auto& [code, one] : cases_) {
    records.push_back(record_of(code, one.report, one.photo, one.received_ms));
    for (const std::string& statement : one.statements) records.push_back({{"step", statement}});
  }
  return notebook_->rewrite(records);
}

Result<void> ReportDesk::forget_old() {
  const std::int64_t now = clock_.now_ms();
  const std::int64_t today = now / 86'400'000;
  if (today == forgot_day_) return {};
  const bool first = forgot_day_ < 0;
  bool changed = false;
  sent_.clear();
  for (auto at = cases_.begin(); at != cases_.end();) {
    Case& one = at->second;
    const std::int64_t age = now - one.received_ms;
    if (age > words_kept_ms && (one.photo || !one.report.text.empty())) {
      clear(at->first, one);
      changed = true;
    }
    if (age > kept_ms) {
      at = cases_.erase(at);
      changed = true;
    } else {
      ++at;
    }
  }
  if (changed) {
    NGUON_CHECK(rewrite());
  }
  if (first) {
    // Photos whose report was never written down: the power went between the two.
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator(folder_, ignored)) {
      const std::string name = file.path().stem().string();
      constexpr std::string_view start = "report-";
      if (!name.starts_with(start) || file.path().extension() != ".notebook") continue;
      const auto known = cases_.find(std::string_view(name).substr(start.size()));
      if (known == cases_.end() || !known->second.photo) {
        std::filesystem::remove(file.path(), ignored);
      }
    }
  }
  forgot_day_ = today;
  return {};
}

Result<void> ReportDesk::take_back(const std::string& code) {
  const std::scoped_lock lock(mutex_);
  const auto known = cases_.find(code);
  if (known == cases_.end()) return no_such_report;
  clear(code, known->second);
  return rewrite();
}

ReportStatus ReportDesk::status(const std::string& code, const Case& one) const {
  ReportStatus told;
  told.code = code;
  told.kind = one.report.kind;
  told.state = one.state();
  told.received_ms = one.received_ms;
  told.answer_by = due_day(one.received_ms);
  told.holds = one.photo || !one.report.text.empty();
  if (const ReportStep* answer = one.answer()) {
    told.answer = answer->answer;
    told.text = answer->text;
  }
  return told;
}

json::object ReportDesk::shown(const std::string& code, const Case& one) const {
  json::object told{{"report", code},
                    {"serial", labels::serial_groups(one.report.serial)},
                    {"org", one.report.org},
                    {"kind", name_of(one.report.kind)},
                    {"text", one.report.text},
                    {"photo", one.photo},
                    {"state", name_of(one.state())},
                    {"received", one.received_ms},
                    {"answer_by", due_day(one.received_ms)}};
  const auto today = schemas::date_in_vietnam(clock_.now_ms()).value_or(schemas::Date{});
  told["overdue"] =
      one.answer() == nullptr && due_day(one.received_ms) < schemas::print_date(today);
  json::array steps;
  for (const ReportStep& step : one.steps) {
    json::object said{{"kid", step.kid}, {"at", step.at}};
    said["state"] = step.what == ReportStep::What::seen       ? "seen"
                    : step.what == ReportStep::What::answered ? "answered"
                                                              : "cleared";
    if (step.what == ReportStep::What::answered) {
      said["answer"] = name_of(step.answer);
      said["text"] = step.text;
    }
    steps.push_back(std::move(said));
  }
  told["steps"] = std::move(steps);
  return told;
}

Result<json::array> ReportDesk::list(const Viewer& viewer) {
  const std::scoped_lock lock(mutex_);
  std::vector<Cases::const_iterator> seen;
  for (auto at = cases_.begin(); at != cases_.end(); ++at) {
    if (handles(viewer, at->second.report.org)) seen.push_back(at);
  }
  std::ranges::sort(seen, [](const auto& a, const auto& b) {
    const bool a_closed = a->second.answer() != nullptr;
    const bool b_closed = b->second.answer() != nullptr;
    return std::tuple(a_closed, a->second.received_ms, a->first) <
           std::tuple(b_closed, b->second.received_ms, b->first);
  });
  json::array told;
  for (const auto& at : seen) told.push_back(shown(at->first, at->second));
  return told;
}

Result<std::string> ReportDesk::photo(const Viewer& viewer, const std::string& code) {
  const std::scoped_lock lock(mutex_);
  const auto known = cases_.find(code);
  if (known == cases_.end() || !known->second.photo || !handles(viewer, known->second.report.org)) {
    return no_such_report;
  }
  std::optional<std::string> octets;
  NGUON_TRY(const auto shelf, Notebook::open(photo_path(code), [&](const json::object& record) {
              octets = ledger::base64url_decode(noted_text(record, "jpeg"));
              return Result<void>();
            }));
  if (!octets) return unreadable_reports;
  return std::move(*octets);
}

Result<void> ReportDesk::add_step(Case& one, ReportStep step, std::string statement) {
  NGUON_CHECK(notebook_->append({{"step", statement}, {"received", clock_.now_ms()}}));
  one.steps.push_back(std::move(step));
  one.statements.push_back(std::move(statement));
  return {};
}

Result<json::object> ReportDesk::step(std::string_view text) {
  NGUON_TRY(auto step, read_report_step(text, ledger_.deployment_id()));
  NGUON_TRY(const auto jws, ledger::parse_jws(text, report_answer_typ));
  NGUON_TRY(const Viewer by, signer_of(ledger_, jws, "report.signer"));
  const std::scoped_lock lock(mutex_);
  const auto known = cases_.find(step.report);
  if (known == cases_.end() || !handles(by, known->second.report.org)) return no_such_report;
  Case& one = known->second;
  for (const ReportStep& earlier : one.steps) {
    if (earlier.id == step.id) return shown(known->first, one);
  }
  const auto what = step.what;
  const bool said = (what == ReportStep::What::seen && !one.steps.empty()) ||
                    (what == ReportStep::What::cleared && !one.photo && one.report.text.empty());
  if (said) return shown(known->first, one);
  if (what != ReportStep::What::cleared && one.answer() != nullptr) {
    return Error{Errc::conflict, "report.closed", "/state", {}};
  }
  NGUON_CHECK(add_step(one, std::move(step), std::string(text)));
  if (what == ReportStep::What::cleared) {
    clear(known->first, one);
    NGUON_CHECK(rewrite());
  }
  return shown(known->first, one);
}

}  // namespace nguon::server
