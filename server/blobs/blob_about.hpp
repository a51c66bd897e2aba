#pragma once

#include "server/blobs/blob_store.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// Entries that one copy may be named by: a hash is stated once by a form, and few correct it.
inline constexpr std::size_t max_blob_entries = 64;

/// The file `about` beside a blob's octets: {"blob":{…},"entries":[…]}.
boost::json::value about_json(const StoredBlob& blob);
std::string format_about(const StoredBlob& blob);
/// Absent unless it is what the other two write.
std::optional<StoredBlob> about_of(const boost::json::value& value);
std::optional<StoredBlob> parse_about(std::string_view text);

/// Folder of an organisation, without the colon that some file systems do not take; and back.
std::string org_folder(std::string_view org);
std::string org_of_folder(std::string_view folder);

/// Where the octets of a kept one lie in a folder of blobs: `kept/<org>/<sha256>`.
std::string kept_folder(std::string_view org, const ledger::Hash& sha256);

}  // namespace nguon::server
