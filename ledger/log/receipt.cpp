#include "ledger/log/receipt.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/merkle.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

std::string encode_claims(const ReceiptClaims& claims) {
  json::array path;
  path.reserve(claims.path.size());
  for (const Hash& hash : claims.path) path.emplace_back(base64url_encode(hash));
  const json::object object{{"entry", claims.entry},
                            {"index", claims.index},
                            {"recorded", claims.recorded},
                            {"path", std::move(path)},
                            {"slots", json::array(claims.slots.begin(), claims.slots.end())}};
  return base64url_encode(json::serialize(object));
}

std::string sign_group(const PrivateKey& service, const ReceiptGroup& group, std::size_t count,
                       const Hash& root) {
  const json::object payload{{"aud", group.aud},
                             {"checkpoint", group.checkpoint},
                             {"count", count},
                             {"root", base64url_encode(root)}};
  return make_jws(service, receipt_typ, json::serialize(payload));
}

}  // namespace

std::vector<std::string> sign_receipts(const PrivateKey& service, const ReceiptGroup& group,
                                       std::span<const ReceiptClaims> claims) {
  std::vector<std::string> receipts;
  if (claims.empty()) return receipts;
  std::vector<std::string> encoded;
  std::vector<Hash> leaves;
  for (const ReceiptClaims& one : claims) {
    leaves.push_back(leaf_hash(encoded.emplace_back(encode_claims(one))));
  }
  const MerkleRows tree(std::move(leaves));
  const std::string signed_group = sign_group(service, group, claims.size(), tree.root());
  for (std::size_t place = 0; place < claims.size(); ++place) {
    std::string path;
    for (const Hash& hash : tree.path(place)) path += hash.view();
    std::string& receipt = receipts.emplace_back();
    receipt.reserve(signed_group.size() + encoded[place].size() + path.size() * 4 / 3 + 16);
    receipt += signed_group;
    receipt += '~';
    receipt += encoded[place];
    receipt += '~';
    receipt += std::to_string(place);
    receipt += '~';
    receipt += base64url_encode(path);
  }
  return receipts;
}

}  // namespace nguon::ledger
