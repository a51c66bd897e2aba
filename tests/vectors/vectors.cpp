#include "tests/vectors/vectors.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace nguon::ledger::vectors {

namespace json = boost::json;

namespace {

std::filesystem::path vectors_folder() {
  const char* wanted = std::getenv("NGUON_VECTORS");
  // A relative folder is one beside the project, here as at configure time.
  return std::filesystem::path(NGUON_ROOT) /
         (wanted != nullptr && *wanted != '\0' ? wanted : NGUON_VECTORS_FOUND);
}

}  // namespace

std::filesystem::path tlog_file(const std::string& name) {
  return vectors_folder() / "tlog" / name;
}

std::vector<std::filesystem::path> epcis_files(const std::string& prefix) {
  std::vector<std::filesystem::path> files;
  for (const auto& found :
       std::filesystem::recursive_directory_iterator(vectors_folder() / "epcis")) {
    const std::string name = found.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(".jsonl")) files.push_back(found.path());
  }
  std::sort(files.begin(), files.end());
  EXPECT_FALSE(files.empty()) << "no " << prefix << "*.jsonl";
  return files;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << "cannot read " << path;
  std::ostringstream octets;
  octets << file.rdbuf();
  return octets.str();
}

json::value parse(std::string_view text) {
  const auto value = parse_json(text, {.max_depth = 32, .integers_only = false, .nfc_only = false});
  if (value) return *value;
  ADD_FAILURE() << "not JSON: " << value.error().rule << " in " << text.substr(0, 80);
  return nullptr;
}

void for_each_line(const std::string& name, const std::function<void(const json::object&)>& visit) {
  for_each_line_of(tlog_file(name), visit);
}

void for_each_line_of(const std::filesystem::path& file,
                      const std::function<void(const json::object&)>& visit) {
  std::istringstream lines(read(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    const json::value value = parse(line);
    ASSERT_TRUE(value.is_object());
    visit(value.get_object());
  }
}

std::string text(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::uint64_t number(const json::object& object, std::string_view member) {
  return object.at(member).to_number<std::uint64_t>();
}

std::optional<Hash> hash(std::string_view base64) {
  const auto octets = base64_decode(base64);
  if (!octets || octets->size() != 32) return std::nullopt;
  Hash result;
  std::copy(octets->begin(), octets->end(), result.bytes.begin());
  return result;
}

std::optional<std::vector<Hash>> hashes(const json::object& object, std::string_view member) {
  std::vector<Hash> result;
  const json::value& list = object.at(member);
  if (list.is_null()) return result;
  for (const json::value& element : list.as_array()) {
    const auto one = hash(element.as_string());
    if (!one) return std::nullopt;
    result.push_back(*one);
  }
  return result;
}

void run_wycheproof(const std::string& name,
                    const std::function<Result<PublicKey>(const json::object&)>& key_of) {
  const json::value file = parse(read(tlog_file(name)));
  ASSERT_TRUE(file.is_object());
  std::size_t valid = 0;
  std::size_t invalid_count = 0;
  for (const json::value& member : file.at("testGroups").as_array()) {
    const json::object& group = member.as_object();
    const auto key = key_of(group);
    ASSERT_TRUE(key) << key.error().rule << " " << key.error().field;
    for (const json::value& test : group.at("tests").as_array()) {
      const json::object& one = test.as_object();
      const bool wanted = text(one, "result") == "valid";
      const auto message = hex_decode(text(one, "msg"));
      const auto signature = hex_decode(text(one, "sig"));
      ASSERT_TRUE(message && signature);
      EXPECT_EQ(key->verify(*message, *signature), wanted)
          << "tcId " << number(one, "tcId") << ": " << text(one, "comment");
      (wanted ? valid : invalid_count) += 1;
    }
  }
  EXPECT_GT(valid, 0U);
  EXPECT_GT(invalid_count, 0U);
  EXPECT_EQ(valid + invalid_count, number(file.get_object(), "numberOfTests"));
  std::cout << name << ": " << valid << " valid, " << invalid_count << " invalid\n";
}

}  // namespace nguon::ledger::vectors
