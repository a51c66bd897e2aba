#include "server/backup/secrets.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/keys/key.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/keyring.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace nguon::server {
namespace {

constexpr std::size_t max_key_files = 256;
constexpr std::size_t max_key_name = 64;
constexpr std::size_t shortest_passphrase = 12;

bool is_key_name(std::string_view name) {
  return !name.empty() && name.size() <= max_key_name && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_';
         });
}

ledger::Error bad_keys(std::string detail) { return ledger::invalid("backup.keys", {}, detail); }

}  // namespace

ledger::Result<std::string> pack_keys(const std::string& directory) {
  NGUON_CHECK(read_keyring(directory));  // a backup without them would be found out too late
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(directory, error)) {
    const std::string name = file.path().filename();
    if (file.is_regular_file() && !name.ends_with(unfinished_ending)) names.push_back(name);
  }
  if (error || names.size() > max_key_files) return bad_keys(directory);
  std::sort(names.begin(), names.end());
  boost::json::object files;
  for (const std::string& name : names) {
    if (!is_key_name(name)) return bad_keys(directory + '/' + name);
    NGUON_TRY(std::string octets, read_secret(directory + '/' + name));
    files[name] = ledger::base64url_encode(octets);
    ledger::wipe(octets);
  }
  return boost::json::serialize(files);
}

ledger::Result<void> unpack_keys(std::string_view text, const std::string& directory) {
  const auto parsed = ledger::parse_json(text);
  if (!parsed || !parsed->is_object()) return bad_keys("not a set of keys");
  NGUON_CHECK(make_directory(directory, 0700));
  for (const auto& member : parsed->get_object()) {
    const std::string name(member.key());
    auto octets = member.value().is_string()
                      ? ledger::base64url_decode(std::string(member.value().get_string()))
                      : std::nullopt;
    if (!is_key_name(name) || !octets) return bad_keys("not a set of keys");
    const auto written = write_new_secret(directory + '/' + name, *octets);
    ledger::wipe(*octets);
    if (!written) return written.error();
  }
  return {};
}

ledger::Result<std::string> read_passphrase(const std::string& path) {
  NGUON_TRY(std::string text, read_secret(path));
  std::string line = text.substr(0, text.find_first_of("\r\n"));
  ledger::wipe(text);
  if (line.size() < shortest_passphrase) {
    return ledger::Error{ledger::Errc::invalid, "backup.passphrase", {}, path};
  }
  return line;
}

}  // namespace nguon::server
