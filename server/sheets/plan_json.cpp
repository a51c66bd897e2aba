#include "server/sheets/plan.hpp"

#include <boost/json/array.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;

json::array numbers(const std::vector<std::size_t>& values) {
  return json::array(values.begin(), values.end());
}

json::object answer_json(const ProposedAnswer& answer) {
  json::object said{{"name", answer.name}};
  if (!answer.what.empty()) said["what"] = answer.what;
  if (!answer.set.empty()) said["set"] = answer.set;
  if (!answer.ask.empty()) said["ask"] = answer.ask;
  return said;
}

json::object doubt_json(const Doubt& doubt) {
  json::object said{{"kind", doubt.kind}, {"rows", numbers(doubt.rows)}};
  if (doubt.column != 0) said["column"] = doubt.column;
  if (!doubt.stood.empty()) said["stood"] = doubt.stood;
  if (!doubt.about.empty()) said["about"] = doubt.about;
  json::array answers;
  for (const ProposedAnswer& answer : doubt.answers) answers.emplace_back(answer_json(answer));
  said["answers"] = std::move(answers);
  if (!doubt.members.empty()) said["members"] = numbers(doubt.members);
  if (!doubt.plots.empty()) said["plots"] = numbers(doubt.plots);
  return said;
}

}  // namespace

json::object plan_json(const Plan& plan) {
  json::array columns;
  for (std::size_t at = 0; at < plan.table.columns.size(); ++at) {
    columns.emplace_back(json::object{
        {"is", column_names[static_cast<std::size_t>(plan.table.columns[at])]},
        {"heading", at < plan.table.headings.size() ? plan.table.headings[at] : std::string()}});
  }
  json::array members;
  for (const Draft& draft : plan.members)
    members.emplace_back(json::object{{"row", draft.row}, {"said", draft.said}});
  json::array plots;
  for (const Draft& draft : plan.plots) {
    plots.emplace_back(json::object{{"row", draft.row}, {"of", draft.of}, {"said", draft.said}});
  }
  json::array doubts;
  for (const Doubt& doubt : plan.doubts) doubts.emplace_back(doubt_json(doubt));
  return {{"sheets", json::array(plan.sheets.begin(), plan.sheets.end())},
          {"sheet", plan.sheet},
          {"header", plan.table.header},
          {"columns", std::move(columns)},
          {"empty_rows", plan.empty_rows},
          {"doubts", std::move(doubts)},
          {"members", std::move(members)},
          {"plots", std::move(plots)}};
}

}  // namespace nguon::server
