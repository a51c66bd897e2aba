#include "server/blobs/blob_about.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::server {

boost::json::value about_json(const StoredBlob& blob) {
  return boost::json::object{
      {"blob", json_of(blob.name)},
      {"entries", boost::json::array(blob.entries.begin(), blob.entries.end())}};
}

std::string format_about(const StoredBlob& blob) {
  return boost::json::serialize(about_json(blob));
}

std::optional<StoredBlob> parse_about(std::string_view text) {
  const auto parsed = ledger::parse_json(text);
  return parsed ? about_of(*parsed) : std::nullopt;
}

std::optional<StoredBlob> about_of(const boost::json::value& value) {
  const auto* object = value.if_object();
  const auto* named = object == nullptr ? nullptr : object->if_contains("blob");
  const auto* entries = object == nullptr ? nullptr : object->if_contains("entries");
  if (named == nullptr || entries == nullptr || object->size() != 2 || !entries->is_array() ||
      entries->get_array().empty() || entries->get_array().size() > max_blob_entries) {
    return std::nullopt;
  }
  const auto name = blob_name_of(*named);
  if (!name) return std::nullopt;
  StoredBlob blob{*name, {}, 0, false};
  for (const auto& entry : entries->get_array()) {
    if (!entry.is_string() || !ledger::base64url_hash(entry.get_string())) return std::nullopt;
    blob.entries.emplace_back(entry.get_string());
  }
  return blob;
}

std::string org_folder(std::string_view org) { return std::string(org.substr(org.find(':') + 1)); }

std::string org_of_folder(std::string_view folder) { return "org:" + std::string(folder); }

std::string kept_folder(std::string_view org, const ledger::Hash& sha256) {
  return "kept/" + org_folder(org) + '/' + ledger::hex_encode(sha256.view());
}

}  // namespace nguon::server
