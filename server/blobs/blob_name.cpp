#include "server/blobs/blob_name.hpp"

#include "ledger/base/base64url.hpp"
#include "server/blobs/media.hpp"

#include <boost/json/object.hpp>

namespace nguon::server {

std::optional<BlobName> blob_name_of(const boost::json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr || object->size() != 3) return std::nullopt;
  const auto* sha256 = object->if_contains("sha256");
  const auto* size = object->if_contains("size");
  const auto* type = object->if_contains("type");
  if (sha256 == nullptr || size == nullptr || type == nullptr || !sha256->is_string() ||
      !size->is_int64() || !type->is_string()) {
    return std::nullopt;
  }
  const auto hash = ledger::base64url_hash(sha256->get_string());
  const std::int64_t octets = size->get_int64();
  const std::string said(type->get_string());
  if (!hash || octets < 1 || static_cast<std::uint64_t>(octets) > max_blob_octets ||
      (said != jpeg_type && said != webp_type && said != pdf_type)) {
    return std::nullopt;
  }
  return BlobName{*hash, static_cast<std::uint64_t>(octets), said};
}

boost::json::value json_of(const BlobName& name) {
  return boost::json::object{
      {"sha256", ledger::base64url_encode(name.sha256)}, {"size", static_cast<std::int64_t>(name.size)}, {"type", name.type}};
}

}  // namespace nguon::server
