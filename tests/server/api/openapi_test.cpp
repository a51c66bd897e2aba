// The OpenAPI document and the route table say the same, in both directions.
#include "schemas/embedded.hpp"
#include "schemas/problems.hpp"
#include "tests/server/api/test_api.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace nguon::server {
namespace {

using MethodAndPath = std::pair<std::string, std::string>;

boost::json::object document() {
  return boost::json::parse(schemas::embedded_file("openapi.json").value()).as_object();
}

class OpenApi : public TestApi {};

TEST_F(OpenApi, ListsExactlyTheRoutesOfTheRouter) {
  std::set<MethodAndPath> served;
  for (const Route& route : router.routes()) {
    std::string method(to_string(route.method));
    std::transform(method.begin(), method.end(), method.begin(),
                   [](char c) { return static_cast<char>(c + ('a' - 'A')); });
    // OpenAPI 3.1 has no name for "the rest of the path".
    served.insert(
        {method, std::regex_replace(std::string(route.pattern), std::regex("\\.\\.\\.\\}"), "}")});
  }
  std::set<MethodAndPath> documented;
  const boost::json::object written = document();
  for (const auto& [path, item] : written.at("paths").as_object()) {
    for (const auto& [method, operation] : item.as_object()) documented.insert({method, path});
  }
  EXPECT_EQ(served, documented);
}

TEST_F(OpenApi, EveryPathParameterIsDeclared) {
  const boost::json::object written = document();
  for (const auto& [path, item] : written.at("paths").as_object()) {
    const std::string text(path);
    for (const auto& [method, operation] : item.as_object()) {
      const auto* declared = operation.as_object().if_contains("parameters");
      std::set<std::string> names;
      if (declared != nullptr) {
        for (const auto& parameter : declared->as_array()) {
          const auto* name = parameter.as_object().if_contains("name");
          names.insert(name != nullptr ? std::string(name->as_string()) : "log");
        }
      }
      const std::regex braces("\\{([a-z0-9]+)\\}");
      for (std::sregex_iterator at(text.begin(), text.end(), braces), end; at != end; ++at) {
        EXPECT_TRUE(names.count((*at)[1])) << text << " " << (*at)[1];
      }
    }
  }
}

TEST_F(OpenApi, EveryReferenceLeadsSomewhere) {
  const boost::json::value whole = document();
  const std::string text(schemas::embedded_file("openapi.json").value());
  const std::regex reference("\"\\$ref\": ?\"#([^\"]+)\"");
  std::size_t found = 0;
  for (std::sregex_iterator at(text.begin(), text.end(), reference), end; at != end;
       ++at, ++found) {
    boost::system::error_code error;
    whole.find_pointer((*at)[1].str(), error);
    EXPECT_FALSE(error) << (*at)[1];
  }
  EXPECT_GT(found, 10U);
}

TEST(Rules, EveryRuleOfTheServerHasItsSentences) {
  std::size_t found = 0;
  const std::regex rule("\"((http|log|entry|blob|subject|rules|schema|store)\\.[a-z-]+)\"");
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(NGUON_SOURCE_DIR "/server/api")) {
    std::ostringstream text;
    text << std::ifstream(file.path()).rdbuf();
    const std::string source = text.str();
    for (std::sregex_iterator at(source.begin(), source.end(), rule), end; at != end;
         ++at, ++found) {
      EXPECT_NE(schemas::find_problem((*at)[1].str()), nullptr) << (*at)[1];
    }
  }
  EXPECT_GT(found, 8U);
}

}  // namespace
}  // namespace nguon::server
