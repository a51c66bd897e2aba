#include "schemas/problems.hpp"

#include "schemas/embedded.hpp"

#include <boost/json/parse.hpp>

namespace nguon::schemas {
namespace {

std::map<std::string, Problem, std::less<>> read() {
  std::map<std::string, Problem, std::less<>> out;
  const boost::json::value document = boost::json::parse(embedded_file("problems.json").value());
  for (const auto& [rule, row] : document.get_object()) {
    const boost::json::object& texts = row.get_object();
    out.emplace(rule, Problem{std::string(texts.at("vi").get_string()),
                              std::string(texts.at("en").get_string())});
  }
  return out;
}

}  // namespace

const std::map<std::string, Problem, std::less<>>& problems() {
  static const std::map<std::string, Problem, std::less<>> table = read();
  return table;
}

const Problem* find_problem(std::string_view rule) {
  const auto found = problems().find(rule);
  return found == problems().end() ? nullptr : &found->second;
}

}  // namespace nguon::schemas
