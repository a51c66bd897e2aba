#include "server/backup/manifest.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/log/checkpoint.hpp"
#include "server/backup/blobs.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::string_view manifest_format = "nguon-backup/1";
constexpr std::size_t max_file_name = 64;
constexpr std::size_t max_file_identity = 64;
constexpr std::int64_t max_store_format = 1000;
// Boost.JSON is built to read no longer array (BOOST_JSON_MAX_STRUCTURED_SIZE).
constexpr std::size_t blobs_in_a_list = 50'000;

ledger::Error bad_manifest(std::string field) {
  return ledger::invalid("backup.manifest", std::move(field));
}

/// A restore joins names to its own folder, so a name can never lead out of it.
bool is_backup_name(std::string_view name) {
  for (const std::string_view folder : {"database/", "config/", "notes/"}) {
    if (!name.starts_with(folder)) continue;
    name.remove_prefix(folder.size());
    return !name.empty() && name.size() <= max_file_name && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '.' || c == '-' || c == '_';
           });
  }
  return false;
}

std::optional<std::uint64_t> member_number(const json::object& from, const char* name,
                                           std::uint64_t max) {
  const auto* value = from.if_contains(name);
  if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return std::nullopt;
  const auto found = static_cast<std::uint64_t>(value->get_int64());
  if (found > max) return std::nullopt;
  return found;
}

std::optional<std::string> member_text(const json::object& from, const char* name,
                                       std::size_t max) {
  const auto* value = from.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  std::string found(value->get_string());
  if (found.size() > max) return std::nullopt;
  return found;
}

std::optional<ledger::Hash> member_hash(const json::object& from, const char* name) {
  const auto found = member_text(from, name, 64);
  const auto octets = found ? ledger::hex_decode(*found) : std::nullopt;
  ledger::Hash hash;
  if (!octets || octets->size() != hash.bytes.size()) return std::nullopt;
  std::memcpy(hash.bytes.data(), octets->data(), octets->size());
  return hash;
}

ledger::Result<BackupFile> read_member(const json::value& value, const std::string& field) {
  if (!value.is_object()) return bad_manifest(field);
  const json::object& object = value.get_object();
  const auto name = member_text(object, "name", max_file_name + 9);
  const auto size = member_number(object, "size", ledger::max_safe_integer);
  const auto hash = member_hash(object, "sha256");
  const auto identity = member_text(object, "id", max_file_identity);
  if (!name || !is_backup_name(*name) || !size || !hash || !identity || object.size() != 4) {
    return bad_manifest(field);
  }
  return BackupFile{*name, *size, *hash, *identity};
}

}  // namespace

std::string format_manifest(const Manifest& manifest) {
  json::array files;
  json::array blobs;
  for (const BackupFile& file : manifest.files) {
    if (!file.about.empty()) {
      if (blobs.empty() || blobs.back().get_array().size() == blobs_in_a_list) {
        blobs.push_back(json::array());
      }
      blobs.back().get_array().push_back(blob_member(file));
      continue;
    }
    files.push_back({{"name", file.name},
                     {"size", file.size},
                     {"sha256", ledger::hex_encode(file.sha256.view())},
                     {"id", file.identity}});
  }
  json::object text{{"format", manifest_format},
                    {"number", manifest.number},
                    {"taken", manifest.taken},
                    {"deployment", manifest.deployment},
                    {"origin", manifest.origin},
                    {"size", manifest.size},
                    {"root", ledger::base64url_encode(manifest.root)},
                    {"store", manifest.store_format},
                    {"last", manifest.last},
                    {"files", std::move(files)}};
  if (!blobs.empty()) text["blobs"] = std::move(blobs);
  return json::serialize(text);
}

ledger::Result<Manifest> parse_manifest(std::string_view octets) {
  if (octets.size() > max_manifest_size) return bad_manifest("");
  NGUON_TRY(const json::value parsed, ledger::parse_json(octets));
  if (!parsed.is_object()) return bad_manifest("");
  const json::object& object = parsed.get_object();
  const auto* blobs = object.if_contains("blobs");
  if (object.size() != (blobs == nullptr ? 10U : 11U)) return bad_manifest("");
  if (member_text(object, "format", 32) != manifest_format) return bad_manifest("/format");
  Manifest manifest;
  const auto sequence = member_number(object, "number", ledger::max_safe_integer);
  if (!sequence || *sequence == 0) return bad_manifest("/number");
  manifest.number = *sequence;
  const auto taken = member_number(object, "taken", ledger::max_safe_integer);
  if (!taken) return bad_manifest("/taken");
  manifest.taken = static_cast<std::int64_t>(*taken);
  const auto deployment = member_text(object, "deployment", 43);
  if (!deployment || !ledger::base64url_hash(*deployment)) return bad_manifest("/deployment");
  manifest.deployment = *deployment;
  const auto origin = member_text(object, "origin", 255);
  if (!origin || origin->empty()) return bad_manifest("/origin");
  manifest.origin = *origin;
  const auto size = member_number(object, "size", ledger::max_tree_size);
  if (!size) return bad_manifest("/size");
  manifest.size = *size;
  const auto root = member_text(object, "root", 43);
  const auto hash = root ? ledger::base64url_hash(*root) : std::nullopt;
  if (!hash) return bad_manifest("/root");
  manifest.root = *hash;
  const auto store = member_number(object, "store", max_store_format);
  if (!store) return bad_manifest("/store");
  manifest.store_format = static_cast<int>(*store);
  const auto* last = object.if_contains("last");
  if (last == nullptr || !last->is_bool()) return bad_manifest("/last");
  manifest.last = last->get_bool();
  const auto* files = object.if_contains("files");
  if (files == nullptr || !files->is_array() || files->get_array().size() > max_backup_files) {
    return bad_manifest("/files");
  }
  std::set<std::string> names;
  for (const json::value& value : files->get_array()) {
    const std::string field = "/files/" + std::to_string(manifest.files.size());
    NGUON_TRY(BackupFile file, read_member(value, field));
    if (!names.insert(file.name).second) return bad_manifest(field);
    manifest.files.push_back(std::move(file));
  }
  if (blobs == nullptr) return manifest;
  if (!blobs->is_array() || blobs->get_array().empty()) return bad_manifest("/blobs");
  std::size_t count = 0;
  for (const json::value& list : blobs->get_array()) {
    if (!list.is_array() || list.get_array().empty()) return bad_manifest("/blobs");
    for (const json::value& value : list.get_array()) {
      auto file = blob_of_member(value);
      if (!file || ++count > max_backup_blobs || !names.insert(file->name).second) {
        return bad_manifest("/blobs");
      }
      manifest.files.push_back(std::move(*file));
    }
  }
  return manifest;
}

std::string format_backup(const Backup& backup) {
  return backup.text + '\n' + ledger::base64url_encode(backup.box) + '\n';
}

ledger::Result<Backup> parse_backup(std::string_view octets) {
  const auto end = octets.find('\n');
  if (end == std::string_view::npos || end > max_manifest_size || !octets.ends_with('\n')) {
    return bad_manifest("");
  }
  const std::string_view rest = octets.substr(end + 1);
  if (rest.empty() || rest.size() > max_box_size * 4 / 3 + 4) return bad_manifest("");
  auto box = ledger::base64url_decode(rest.substr(0, rest.size() - 1));
  if (!box) return bad_manifest("");
  return Backup{std::string(octets.substr(0, end)), std::move(*box)};
}

}  // namespace nguon::server
