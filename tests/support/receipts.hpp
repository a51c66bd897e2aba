#pragma once

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/log/receipt.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::tests {

/// A receipt taken apart and checked up to the service's signature, as FORMAT.md "Receipt" says it.
struct OpenedReceipt {
  boost::json::object group;
  boost::json::object claims;
};

/// The hashes of `octets`, 32 each.
inline std::optional<std::vector<ledger::Hash>> hashes_in(std::string_view octets) {
  std::vector<ledger::Hash> hashes;
  for (; octets.size() >= 32; octets.remove_prefix(32)) {
    octets.copy(reinterpret_cast<char*>(hashes.emplace_back().bytes.data()), 32);
  }
  return octets.empty() ? std::optional(std::move(hashes)) : std::nullopt;
}

/// Absent when its grammar, its signature or its place in the group is wrong.
inline std::optional<OpenedReceipt> open_receipt(std::string_view text,
                                                 const ledger::PublicKey& service) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at != std::string_view::npos;) {
    const auto end = text.find('~', at);
    parts.push_back(text.substr(at, end == std::string_view::npos ? end : end - at));
    at = end == std::string_view::npos ? end : end + 1;
  }
  if (parts.size() != 4) return std::nullopt;
  const auto jws = ledger::parse_jws(parts[0], ledger::receipt_typ);
  if (!jws || !ledger::verify_jws(*jws, service)) return std::nullopt;
  const auto claims = ledger::base64url_decode(parts[1]);
  const auto octets = ledger::base64url_decode(parts[3]);
  const auto path = octets ? hashes_in(*octets) : std::nullopt;
  if (!claims || !path) return std::nullopt;
  const auto group = ledger::parse_json(jws->payload);
  if (!group || !group->is_object()) return std::nullopt;
  const auto root = ledger::base64url_hash(group->at("root").as_string());
  const auto count = group->at("count").to_number<std::uint64_t>();
  const auto place = std::stoull(std::string(parts[2]));
  if (!root || !ledger::verify_inclusion(place, count, ledger::leaf_hash(parts[1]), *path, *root)) {
    return std::nullopt;
  }
  // Signed by the service, so it is what FORMAT.md says or a fault of ours: throw.
  return OpenedReceipt{group->as_object(), ledger::parse_json(*claims)->as_object()};
}

}  // namespace nguon::tests
