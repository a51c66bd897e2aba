#include "server/backup/blobs.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "server/backup/copying.hpp"
#include "server/blobs/blob_about.hpp"
#include "server/deployment/files.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

namespace nguon::server {
namespace {

namespace fs = std::filesystem;
using ledger::Error;
using ledger::Result;

constexpr std::string_view blobs_folder = "blobs/";
constexpr std::string_view octets_name = "/octets";
constexpr std::size_t org_symbols = 26;

bool is_org_name(std::string_view name) {
  return name.size() == org_symbols && std::ranges::all_of(name, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
         });
}

BackupFile file_of(std::string_view org, const StoredBlob& blob) {
  return {std::string(blobs_folder) + kept_folder(org_of_folder(org), blob.name.sha256) +
              std::string(octets_name),
          blob.name.size,
          blob.name.sha256,
          {},
          format_about(blob)};
}

std::vector<fs::path> names_in(const fs::path& folder) {
  std::vector<fs::path> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) names.push_back(entry.path());
  std::ranges::sort(names);
  return names;
}

/// Every folder from `blobs` down to those of the manifest's blobs, parents first.
std::set<std::string> folders_of(const Manifest& manifest, const std::string& data) {
  std::set<std::string> folders;
  for (const BackupFile& file : manifest.files) {
    if (file.about.empty()) continue;
    for (auto end = file.name.find('/'); end != std::string::npos;
         end = file.name.find('/', end + 1)) {
      folders.insert(data + '/' + file.name.substr(0, end));
    }
  }
  return folders;
}

}  // namespace

boost::json::value blob_member(const BackupFile& file) {
  const std::string_view below = std::string_view(file.name).substr(blobs_folder.size() + 5);
  // A file of blobs is made by this file alone, so its `about` is one.
  const auto about = parse_about(file.about);
  return boost::json::object{{"org", below.substr(0, below.find('/'))},
                             {"about", about ? about_json(*about) : boost::json::value()}};
}

std::optional<BackupFile> blob_of_member(const boost::json::value& value) {
  const auto* object = value.if_object();
  const auto* org = object == nullptr ? nullptr : object->if_contains("org");
  const auto* about = object == nullptr ? nullptr : object->if_contains("about");
  if (org == nullptr || about == nullptr || object->size() != 2 || !org->is_string() ||
      !is_org_name(org->get_string())) {
    return std::nullopt;
  }
  const auto blob = about_of(*about);
  if (!blob) return std::nullopt;
  return file_of(org->get_string(), *blob);
}

Result<TakenBlobs> take_blobs(BackupFolder& folder, const std::string& blobs) {
  TakenBlobs taken;
  for (const fs::path& org : names_in(blobs + "/kept")) {
    if (!is_org_name(org.filename().string())) continue;
    for (const fs::path& place : names_in(org)) {
      const std::string octets = place.string() + std::string(octets_name);
      const auto text = read_file(place.string() + "/about");
      const auto about = text ? parse_about(*text) : std::nullopt;
      if (!about) {
        if (file_exists(octets)) ++taken.damaged;
        continue;
      }
      BackupFile file = file_of(org.filename().string(), *about);
      if (!folder.holds(file.sha256, file.size)) {
        const auto added = folder.add([&](const BackupFolder::Append& append) {
          return read_pieces(octets, file.size, append);
        });
        if (!added && added.error().rule == "backup.write") return added.error();
        if (!added || *added != file.sha256) {
          if (file_exists(octets)) ++taken.damaged;
          continue;
        }
        ++taken.new_files;
        taken.new_octets += file.size;
      }
      if (taken.files.size() == max_backup_blobs) {
        return Error{ledger::Errc::too_large, "backup.blobs", {}, blobs};
      }
      taken.files.push_back(std::move(file));
    }
  }
  return taken;
}

Result<void> begin_blobs(const Manifest& manifest, const std::string& data) {
  for (const std::string& folder : folders_of(manifest, data)) {
    NGUON_CHECK(make_directory(folder, 0700));
  }
  for (const BackupFile& file : manifest.files) {
    if (file.about.empty()) continue;
    const auto folder = fs::path(data + '/' + file.name).parent_path().string();
    NGUON_TRY(NewFile about, NewFile::create(folder + "/about"));
    NGUON_CHECK(about.append(file.about));
    NGUON_CHECK(about.finish());
  }
  return {};
}

Result<void> settle_blobs(const Manifest& manifest, const std::string& data) {
  for (const std::string& folder : folders_of(manifest, data)) {
    NGUON_CHECK(sync_folder(folder));
  }
  return {};
}

}  // namespace nguon::server
