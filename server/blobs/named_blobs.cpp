#include "ledger/audit/links.hpp"
#include "server/blobs/blob_desk.hpp"
#include "server/session/private_view.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace nguon::server {

void collect_blobs(const boost::json::value& value, std::vector<BlobName>& found) {
  if (auto name = blob_name_of(value)) {
    found.push_back(std::move(*name));
  } else if (const auto* object = value.if_object()) {
    for (const auto& member : *object) collect_blobs(member.value(), found);
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array) collect_blobs(element, found);
  }
}

ledger::Result<NamedBlobs> named_blobs(const ledger::Ledger& ledger, std::string_view entry_id) {
  NGUON_TRY(const auto leaf, ledger.find(entry_id));
  if (!leaf) return ledger::Error{ledger::Errc::not_found, "entry.not-found", {}, {}};
  NGUON_TRY(const auto linked, ledger::read_linked(leaf->index, leaf->recorded, leaf->jws));
  const ledger::Entry& entry = linked.effective();
  NamedBlobs named;
  collect_blobs(entry.data, named.open);
  NGUON_TRY(const auto held, ledger.disclosures(entry.id));
  for (const ledger::Disclosure& disclosure : held) {
    collect_blobs(disclosure.value, named.secret);
  }
  if (named.open.empty() && named.secret.empty()) return named;
  NGUON_TRY(const ValueOwner owner, owner_of(ledger, entry));
  named.org = owner.maker;
  return named;
}

}  // namespace nguon::server
