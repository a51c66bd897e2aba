#include "server/sheets/code_reader.hpp"

#include "schemas/folding.hpp"
#include "schemas/pattern.hpp"
#include "server/sheets/cell_text.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

// As schemas/types/site.add.1.json bounds them; texts in code points.
constexpr std::size_t most_codes = 8;
constexpr std::size_t longest_code = 64;
constexpr std::size_t longest_issuer = 120;
constexpr std::size_t offered_issuers = 5;  // The others can be written.

constexpr std::array<std::string_view, 6> code_schemes{
    "planting_area_domestic", "planting_area_export", "vietgap", "packing_house", "gln", "other"};

/// A hint alone, from how a code is written; empty: nothing is known of that form.
std::string_view scheme_of(const std::string& code) {
  using schemas::Pattern;
  static const Pattern area = Pattern::compile("^VN-?[A-Z]{2,4}OR-?[0-9]{3,4}$").value();
  static const Pattern house = Pattern::compile("^VN-?[A-Z]{2,4}PH-?[0-9]{3,4}$").value();
  if (area.matches(code)) return "planting_area_export";
  if (house.matches(code)) return "packing_house";
  return schemas::fold(code).starts_with("vietgap") ? "vietgap" : "";
}

/// What a column of codes of no known form mostly holds, by its heading.
std::string_view scheme_headed(std::string_view heading) {
  const std::string folded = schemas::fold(heading);
  const auto says = [&](std::string_view word) { return folded.find(word) != std::string::npos; };
  if (says("vietgap")) return "vietgap";
  if (says("dong goi") || says("packing")) return "packing_house";
  if (says("xuat khau") || says("export")) return "planting_area_export";
  return says("vung") || says("puc") || says("area") ? "planting_area_domestic" : "other";
}

bool longer_than(std::string_view text, std::size_t limit) {
  return code_points(text).size() > limit;
}

/// Clean texts between any of `marks`, none empty.
std::vector<std::string> parts_of(std::string_view text, std::string_view marks) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(marks), text.size());
    std::string part = clean_cell(text.substr(0, end), max_cell_text);
    if (!part.empty()) parts.push_back(std::move(part));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

/// Each code of a cell once, in its order; none where something there cannot be one: nobody may
/// shorten a code, or take eight of nine.
std::vector<std::string> codes_in(const std::string& text) {
  // What a program took for a number has lost its last digits; what is as long as a cell was cut.
  static const auto exponent =
      schemas::Pattern::compile("^[0-9]+([.,][0-9]+)?[Ee][+]?[0-9]+$").value();
  if (exponent.matches(text) || longer_than(text, max_cell_text - 1)) return {};
  std::vector<std::string> codes;
  for (std::string& code : parts_of(text, ";,\n")) {
    if (!tells_code(code) || longer_than(code, longest_code)) return {};
    if (std::ranges::find(codes, code) == codes.end()) codes.push_back(std::move(code));
  }
  if (codes.size() > most_codes) codes.clear();
  return codes;
}

/// Who gave each of `count` codes: one for all, or one each where the cell has as many; empty where
/// there is none.
std::vector<std::string> issuers_in(const std::string& text, std::size_t count) {
  auto parts = parts_of(text, ";\n");
  if (parts.size() == count) return parts;
  return std::vector<std::string>(parts.empty() ? 0 : count, clean_cell(text, max_cell_text));
}

bool any_too_long(const std::vector<std::string>& issuers) {
  return std::ranges::any_of(
      issuers, [](const auto& issuer) { return longer_than(issuer, longest_issuer); });
}

json::object code_json(const std::string& code, const std::vector<std::string>& issuers,
                       std::size_t at) {
  json::object said{{"code", code}, {"status", "active"}};
  if (const auto scheme = scheme_of(code); !scheme.empty()) said["scheme"] = scheme;
  if (!issuers.empty()) said["issuer"] = issuers[at];
  return said;
}

/// What a plot's cell and the row of `view` say together; none where that is no list of codes.
json::array codes_below(const RowView& view, const json::value* above) {
  const auto codes = codes_in(view.at(Column::code).text);
  const auto issuers = issuers_in(view.at(Column::issuer).text, codes.size());
  if (codes.empty() || any_too_long(issuers)) return {};
  json::array all = above == nullptr ? json::array() : above->get_array();
  for (std::size_t at = 0; at < codes.size(); ++at) {
    json::object code = code_json(codes[at], issuers, at);
    const bool there = std::ranges::any_of(
        all, [&](const json::value& one) { return one.at("code") == code.at("code"); });
    if (!there) all.push_back(std::move(code));
  }
  if (all.size() > most_codes) all.clear();
  return all;
}

/// About all plots with a code that lacks `member`; of all that have codes where it is empty.
Doubt doubt_of_lacking(std::string_view kind, const Plan& plan, std::string_view member) {
  Doubt asked;
  asked.kind = kind;
  for (std::size_t at = 0; at < plan.plots.size(); ++at) {
    const auto* codes = plan.plots[at].said.if_contains("codes");
    if (codes == nullptr) continue;
    const auto lacking = std::ranges::find_if(codes->get_array(), [&](const json::value& code) {
      return !code.get_object().contains(member);
    });
    if (lacking == codes->get_array().end()) continue;
    asked.rows.push_back(plan.plots[at].row);
    asked.plots.push_back(at);
    if (asked.stood.empty()) asked.stood = lacking->at("code").get_string();
  }
  return asked;
}

}  // namespace

bool tells_code(std::string_view text) {
  return text.find_first_of("123456789") != std::string_view::npos;
}

void CodeReader::leave_out(const RowView& view, Column column, std::size_t plot) {
  Doubt asked = view.doubt("code.odd", column);
  asked.plots = {plot};
  asked.answers.push_back({"without", {}, {}, {}});
  plan_.ask(std::move(asked));
}

/// "chưa có" in four hundred rows is one doubt.
void CodeReader::ask_about_nothing(const RowView& view, std::size_t plot) {
  Doubt asked = view.doubt("code.none", Column::code);
  const auto [known, first] = nothings_.try_emplace(asked.stood, plan_.doubts.size());
  if (!first) {
    plan_.doubts[known->second].rows.push_back(view.row);
    plan_.doubts[known->second].plots.push_back(plot);
    return;
  }
  asked.plots = {plot};
  asked.answers.push_back({"without", {}, {}, {}});
  plan_.ask(std::move(asked));
}

void CodeReader::read(const RowView& view, std::size_t plot) {
  const std::string& text = view.at(Column::code).text;
  if (text.empty()) return;
  if (!tells_code(text)) return ask_about_nothing(view, plot);
  const auto codes = codes_in(text);
  if (codes.empty()) return leave_out(view, Column::code, plot);
  const auto issuers = issuers_in(view.at(Column::issuer).text, codes.size());
  if (any_too_long(issuers)) return leave_out(view, Column::issuer, plot);
  json::array said;
  for (std::size_t at = 0; at < codes.size(); ++at)
    said.push_back(code_json(codes[at], issuers, at));
  plan_.plots[plot].said["codes"] = std::move(said);
  if (std::ranges::adjacent_find(issuers, std::ranges::not_equal_to{}) == issuers.end()) return;
  if (paired_.stood.empty()) paired_.stood = codes[0] + " – " + issuers[0];
  paired_.rows.push_back(view.row);
  paired_.plots.push_back(plot);
}

void CodeReader::read_below(const RowView& view, std::size_t plot) {
  auto& said = plan_.plots[plot].said;
  const auto [known, first] = below_.try_emplace(plot, plan_.doubts.size());
  if (first) {
    Doubt asked = view.doubt("code.below", Column::code);
    if (const auto* name = said.if_contains("name")) asked.about = name->get_string();
    asked.plots = {plot};
    const auto* codes = said.if_contains("codes");
    const json::object before{{"codes", codes == nullptr ? json::value() : *codes}};
    asked.answers = {{"codes-above", {}, before, {}}, {"leave", {}, before, {}}};
    plan_.ask(std::move(asked));
  } else {
    plan_.doubts[known->second].rows.push_back(view.row);
    plan_.doubts[known->second].stood += " · " + view.at(Column::code).text;
  }
  Doubt& asked = plan_.doubts[known->second];
  if (asked.answers.size() == 1) return;
  auto all = codes_below(view, said.if_contains("codes"));
  // All of them or none: where they do not fit, what stood in the plot's own row stays.
  if (all.empty())
    asked.answers.erase(asked.answers.begin());
  else
    asked.answers[0].set["codes"] = std::move(all);
  merge_said(said, asked.answers[0].set);
}

void CodeReader::finish() {
  ask_about_status();
  ask_for_issuers();
  ask_for_schemes();
  if (paired_.plots.empty()) return;
  paired_.kind = "code.pairs";
  paired_.answers = {{"yes", {}, {}, {}}, {"without", {}, {{"codeless", true}}, {}}};
  plan_.ask(std::move(paired_));
}

void CodeReader::ask_about_status() {
  // No sheet that we know has a column of it.
  Doubt asked = doubt_of_lacking("code.active", plan_, "");
  asked.rows.clear();
  asked.answers = {{"yes", {}, {}, {}}, {"without", {}, {{"codeless", true}}, {}}};
  if (!asked.plots.empty()) plan_.ask(std::move(asked));
}

void CodeReader::ask_for_issuers() {
  Doubt asked = doubt_of_lacking("code.issuer", plan_, "issuer");
  if (asked.plots.empty()) return;
  std::map<std::string, std::size_t> named;
  for (const Draft& plot : plan_.plots) {
    const auto* codes = plot.said.if_contains("codes");
    if (codes == nullptr) continue;
    for (const json::value& code : codes->get_array()) {
      if (const auto* issuer = code.get_object().if_contains("issuer"))
        ++named[std::string(issuer->get_string())];
    }
  }
  std::vector<std::pair<std::size_t, std::string>> often;
  for (const auto& [issuer, count] : named) often.emplace_back(count, issuer);
  std::ranges::sort(often, [](const auto& a, const auto& b) {
    return std::pair(b.first, a.second) < std::pair(a.first, b.second);
  });
  if (often.size() > offered_issuers) often.resize(offered_issuers);
  // Where the table names one issuer, the others are probably its too; of several nobody can say.
  const ProposedAnswer without{"without", {}, {}, {}};
  if (often.size() != 1) asked.answers.push_back(without);
  for (const auto& [count, issuer] : often)
    asked.answers.push_back({"value", issuer, {{"issuer", issuer}}, {}});
  if (often.size() == 1) asked.answers.push_back(without);
  asked.answers.push_back({"write", {}, {{"issuer", nullptr}}, {}});
  plan_.ask(std::move(asked));
}

void CodeReader::ask_for_schemes() {
  Doubt asked = doubt_of_lacking("code.scheme", plan_, "scheme");
  if (asked.plots.empty()) return;
  const auto column = std::ranges::find(plan_.table.columns, Column::code);
  const auto at = static_cast<std::size_t>(column - plan_.table.columns.begin());
  const auto proposed =
      scheme_headed(at < plan_.table.headings.size() ? plan_.table.headings[at] : "");
  const auto offer = [&](std::string_view scheme) {
    asked.answers.push_back({"scheme", std::string(scheme), {{"scheme", scheme}}, {}});
  };
  offer(proposed);
  for (const auto scheme : code_schemes) {
    if (scheme != proposed) offer(scheme);
  }
  plan_.ask(std::move(asked));
}

}  // namespace nguon::server
