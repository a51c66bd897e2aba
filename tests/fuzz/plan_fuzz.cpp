// Tables of offices: whatever stands in them, a plan refers to what there is, proposes an answer to
// every doubt, and what is proposed can be written as it stands.
#include "schemas/bundle.hpp"
#include "server/sheets/cell_text.hpp"
#include "server/sheets/plan.hpp"

#include <algorithm>
#include <cstdlib>

using namespace nguon::server;

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

bool is_text_of(const boost::json::value& value, std::size_t most) {
  return value.is_string() && is_utf8(value.as_string()) &&
         code_points(value.as_string()).size() <= most;
}

/// As a plot's entry may have them (schemas/types/site.add.1.json).
void check_codes(const boost::json::array& codes) {
  check(!codes.empty() && codes.size() <= 8);
  for (const auto& code : codes) {
    check(is_text_of(code.at("code"), 64) && !code.at("code").as_string().empty());
    if (const auto* issuer = code.as_object().if_contains("issuer"))
      check(is_text_of(*issuer, 120) && !issuer->as_string().empty());
    check(std::ranges::count(codes, code) == 1);
  }
}

void check_said(const boost::json::object& said, std::size_t most_name) {
  if (const auto* name = said.if_contains("name")) check(is_text_of(*name, most_name));
  if (const auto* phone = said.if_contains("phone"))
    check(phone->is_string() && phone->as_string().size() >= 8 && phone->as_string().size() <= 15);
  if (const auto* area = said.if_contains("area")) {
    const auto& amount = area->at("amount").as_string();
    check(!amount.empty() && amount.find_first_not_of("0.") != boost::json::string::npos);
    check(amount.find_first_not_of("0123456789.") == boost::json::string::npos);
  }
  if (const auto* into = said.if_contains("into")) check(into->is_number());
  if (const auto* issuer = said.if_contains("issuer")) check(is_text_of(*issuer, 120));
  if (const auto* codes = said.if_contains("codes")) check_codes(codes->as_array());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1 || size > 4096) return 0;
  const auto book = read_csv({reinterpret_cast<const char*>(data) + 1, size - 1});
  if (!book) return 0;
  TableChoices choices;
  // Half of the tables are read as a person might say they are.
  if ((data[0] & 1) != 0)
    choices.columns = {Column::name,   Column::phone, Column::address,
                       Column::joined, Column::area,  Column::plot};
  if ((data[0] & 4) != 0)
    choices.columns = {Column::name, Column::plot, Column::code, Column::issuer, Column::area};
  if ((data[0] & 2) != 0)
    choices.unit = static_cast<AreaUnit>(data[0] / 8 % area_unit_names.size());
  const Known known{
      {{"person:1", "Lò Thị Mẫu", "0912345678"}}, {"Vườn 001"}, "04132", {2026, 9, 25}};
  const Plan plan = make_plan(*book, choices, known);
  for (const Draft& member : plan.members) check_said(member.said, 80);
  for (const Draft& plot : plan.plots) {
    check(plot.of < plan.members.size());
    check_said(plot.said, 120);
  }
  for (const Doubt& doubt : plan.doubts) {
    check(std::ranges::find(doubt_kinds, doubt.kind) != doubt_kinds.end() &&
          !doubt.answers.empty());
    for (const std::size_t at : doubt.members) check(at < plan.members.size());
    for (const std::size_t at : doubt.plots) check(at < plan.plots.size());
    for (const ProposedAnswer& answer : doubt.answers) {
      check(std::ranges::find(answer_names, answer.name) != answer_names.end());
      for (const auto& one : answer.set) {
        if (!one.value().is_null()) check_said({{one.key(), one.value()}}, 120);
      }
      if (const auto* into = answer.set.if_contains("into")) {
        for (const std::size_t at : doubt.members) check(into->to_number<std::size_t>() < at);
      }
    }
  }
  check(plan_json(make_plan(*book, choices, known)) == plan_json(plan));
  return 0;
}
