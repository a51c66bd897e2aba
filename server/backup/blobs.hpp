#pragma once

#include "ledger/base/result.hpp"
#include "server/backup/folder.hpp"
#include "server/backup/manifest.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nguon::server {

/// A blob's line in a manifest: {"org":<26 symbols>,"about":{…}}; and back, absent for any other.
boost::json::value blob_member(const BackupFile& file);
std::optional<BackupFile> blob_of_member(const boost::json::value& value);

struct TakenBlobs {
  std::vector<BackupFile> files;
  std::uint64_t new_files = 0;
  std::uint64_t new_octets = 0;
  std::uint64_t damaged = 0;  ///< Do not read as they were written, and are not among the files.
};

/// Brings every kept blob below `blobs` (a data directory's) into the folder; one that an earlier
/// backup holds is not even read. The service may go on: blobs never change, and one that it
/// deletes meanwhile is left out. Errors: those of BackupFolder::add(), `backup.read`.
ledger::Result<TakenBlobs> take_blobs(BackupFolder& folder, const std::string& blobs);

/// Makes the folders of a manifest's blobs below the data directory, and each one's `about`.
/// Errors: `file.write`, `backup.write`.
ledger::Result<void> begin_blobs(const Manifest& manifest, const std::string& data);
/// Syncs the names in them once the octets are there. Errors: `backup.write`.
ledger::Result<void> settle_blobs(const Manifest& manifest, const std::string& data);

}  // namespace nguon::server
