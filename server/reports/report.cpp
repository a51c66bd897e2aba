#include "server/reports/report.hpp"

#include "labels/crockford.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/keys/key.hpp"

#include <boost/json/object.hpp>

#include <algorithm>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, report_kinds> kind_names{"opens_wrong", "label", "differs",
                                                                "spoiled", "other"};
constexpr std::array<std::string_view, report_answers> answer_names{
    "genuine", "corrected", "copied", "checked", "replaced", "unclear"};
constexpr std::array<std::string_view, 3> state_names{"received", "seen", "answered"};
constexpr std::array<std::string_view, 3> step_names{"seen", "answered", "cleared"};

template <class Enum, std::size_t size>
std::optional<Enum> named(const std::array<std::string_view, size>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

constexpr std::size_t code_octets = 6;
constexpr std::size_t code_random = 9;
constexpr std::size_t code_half = 5;

}  // namespace

std::string_view name_of(ReportKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(ReportAnswer answer) {
  return answer_names[static_cast<std::size_t>(answer)];
}
std::string_view name_of(ReportState state) { return state_names[static_cast<std::size_t>(state)]; }
std::optional<ReportKind> report_kind_of(std::string_view name) {
  return named<ReportKind>(kind_names, name);
}
std::optional<ReportAnswer> report_answer_of(std::string_view name) {
  return named<ReportAnswer>(answer_names, name);
}

ledger::Result<ReportStep> read_report_step(std::string_view text, std::string_view aud) {
  const auto wrong = [](std::string_view name) {
    return ledger::invalid("report.answer", name.empty() ? "" : "/" + std::string(name));
  };
  if (text.size() > max_report_statement) return wrong("");
  NGUON_TRY(const auto jws, ledger::parse_jws(text, report_answer_typ));
  NGUON_TRY(const auto payload, ledger::parse_json(jws.payload));
  if (!payload.is_object()) return wrong("");
  const json::object& said = payload.get_object();
  const auto word = [&](std::string_view name) {
    const auto* value = said.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
  };
  if (word("aud") != aud) return wrong("aud");
  ReportStep step;
  step.id = ledger::entry_id(jws.signing_input);
  step.kid = jws.kid;
  step.report = word("report");
  if (read_report_code(step.report) != step.report) return wrong("report");
  const auto what = named<ReportStep::What>(step_names, word("state"));
  if (!what) return wrong("state");
  step.what = *what;
  const auto* at = said.if_contains("at");
  if (at == nullptr || !at->is_int64() || at->get_int64() < 0) return wrong("at");
  step.at = at->get_int64();
  std::size_t members = 4;
  if (step.what == ReportStep::What::answered) {
    const auto answer = report_answer_of(word("answer"));
    if (!answer) return wrong("answer");
    step.answer = *answer;
    ++members;
    if (said.contains("text")) {
      step.text = word("text");
      if (step.text.empty() || step.text.size() > max_report_text) return wrong("text");
      ++members;
    }
  }
  // Nothing is said that nobody reads.
  if (said.size() != members) return wrong("");
  return step;
}

std::string new_report_code() {
  std::string code = labels::crockford_encode(ledger::random_bytes(code_octets));
  code.resize(code_random);
  return code += labels::check_symbol(code);
}

std::optional<std::string> read_report_code(std::string_view typed) {
  if (typed.size() > 2 * (code_random + 1)) return std::nullopt;
  auto code = labels::crockford_read(typed);
  if (!code || code->size() != code_random + 1 || !labels::check_holds(*code)) return std::nullopt;
  return code;
}

std::string shown_report_code(std::string_view code) {
  return std::string(code.substr(0, code_half)) + "-" + std::string(code.substr(code_half));
}

}  // namespace nguon::server
