#include "ledger/log/head_statement.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/log/subject_page.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <optional>

namespace nguon::ledger {
namespace {

/// The members of a head statement, each of which must be there, be of its kind, and be all.
class HeadMembers {
 public:
  explicit HeadMembers(const boost::json::object& members) : members_(members) {}

  void read(std::string_view name, std::string& text) {
    const auto* value = take(name);
    if (value == nullptr || !value->is_string()) return fail(name);
    text = value->get_string();
  }
  void read(std::string_view name, Hash& hash) {
    std::string text;
    read(name, text);
    const auto octets = base64url_hash(text);
    if (!octets) return fail(name);
    hash = *octets;
  }
  void read(std::string_view name, std::int64_t& number) {
    const auto* value = take(name);
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return fail(name);
    number = value->get_int64();
  }
  void read(std::string_view name, std::uint64_t& number) {
    std::int64_t read_number = 0;
    read(name, read_number);
    number = static_cast<std::uint64_t>(read_number);
  }
  void require(bool holds, std::string_view name) {
    if (!holds) fail(name);
  }
  Result<void> finish() {
    if (taken_ != members_.size()) fail({});
    if (bad_) return invalid("head.claims", *bad_);
    return {};
  }

 private:
  const boost::json::value* take(std::string_view name) {
    ++taken_;
    return members_.if_contains(name);
  }
  void fail(std::string_view name) {
    if (!bad_) bad_ = name.empty() ? std::string() : "/" + std::string(name);
  }

  const boost::json::object& members_;
  std::size_t taken_ = 0;
  std::optional<std::string> bad_;
};

}  // namespace

std::string sign_head(const PrivateKey& service, const HeadClaims& claims) {
  const boost::json::object payload{{"aud", claims.aud},
                                    {"origin", claims.origin},
                                    {"sub", claims.sub},
                                    {"count", claims.count},
                                    {"root", base64url_encode(claims.root)},
                                    {"size", claims.size},
                                    {"log_root", base64url_encode(claims.log_root)},
                                    {"minute", claims.minute}};
  return make_jws(service, head_typ, boost::json::serialize(payload));
}

Result<HeadClaims> open_head(std::string_view jws, const PublicKey& service) {
  if (jws.size() > max_head_octets) return invalid("head.claims", {}, "at most 4,096 octets");
  NGUON_TRY(const Jws parsed, parse_jws(jws, head_typ));
  NGUON_CHECK(verify_jws(parsed, service));
  if (parsed.kid != service.kid()) return invalid("head.claims", "/kid", "not the service's key");
  NGUON_TRY(const auto payload, parse_json(parsed.payload));
  if (!payload.is_object()) return invalid("head.claims");
  HeadMembers members(payload.get_object());
  HeadClaims claims;
  members.read("aud", claims.aud);
  members.read("origin", claims.origin);
  members.read("sub", claims.sub);
  members.read("count", claims.count);
  members.read("root", claims.root);
  members.read("size", claims.size);
  members.read("log_root", claims.log_root);
  members.read("minute", claims.minute);
  members.require(base64url_hash(claims.aud).has_value(), "aud");
  members.require(claims.count >= 1 && claims.count <= claims.size, "count");
  members.require(claims.minute % 60 == 0, "minute");
  NGUON_CHECK(members.finish());
  return claims;
}

bool proves_all(const HeadClaims& claims, const std::vector<Hash>& ids) {
  if (ids.size() < claims.count) return false;
  const auto end = ids.begin() + static_cast<std::ptrdiff_t>(claims.count);
  return subject_root({ids.begin(), end}) == claims.root;
}

bool proves_entry(const HeadClaims& claims, const Hash& id, std::uint64_t position,
                  const std::vector<Hash>& path) {
  return verify_inclusion(position, claims.count, leaf_hash(id.view()), path, claims.root);
}

}  // namespace nguon::ledger
