#pragma once

#include "ledger/base/hash.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace nguon::server {

/// What an entry says of a photo or document: the `blob` of the schemas.
struct BlobName {
  ledger::Hash sha256;
  std::uint64_t size = 0;
  std::string type;

  bool operator==(const BlobName&) const = default;
};

/// Exactly {sha256, size, type} within the limits of media.hpp; absent for any other value.
std::optional<BlobName> blob_name_of(const boost::json::value& value);
boost::json::value json_of(const BlobName& name);

}  // namespace nguon::server
