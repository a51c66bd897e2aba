#include "ledger/audit/head_verify.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"

namespace nguon::ledger {
namespace {

Error head_differs(std::string field, std::string detail) {
  return invalid("verify.head", std::move(field), std::move(detail));
}

}  // namespace

Result<HeadClaims> verify_head(std::string_view statement, const BundleReport& report) {
  NGUON_TRY(const Jws jws, parse_jws(statement, head_typ));
  const PublicKey* service = report.keys.find_service(jws.kid);
  if (service == nullptr) return head_differs("/kid", "by no key of this log that the file knows");
  NGUON_TRY(HeadClaims claims, open_head(statement, *service));
  NGUON_CHECK(report.keys.service(jws.kid, claims.size));
  if (claims.origin != report.keys.origin(claims.size))
    return head_differs("/origin", "it speaks of another log");
  if (claims.aud != report.entries.front().id) {
    return head_differs("/aud", "it speaks of another deployment");
  }
  if (claims.sub != report.sub) return head_differs("/sub", "it speaks of another subject");
  if (claims.size == report.head.size && claims.log_root != report.head.root) {
    return head_differs("/log_root", "two logs of one size: the operator shows two histories");
  }
  std::vector<Hash> ids;
  // Of a named entry only what it is older than is known. Between the last that is surely below the
  // size and the first that is surely not, the count decides, and the root says whether rightly.
  std::size_t surely = 0;
  for (const ProvenEntry& entry : report.entries) {
    if (entry.sub != claims.sub) continue;
    if (entry.index >= claims.size && !entry.named) break;
    if (const auto id = base64url_hash(entry.id)) ids.push_back(*id);
    if (entry.index < claims.size) surely = ids.size();
  }
  const std::string counts =
      "it counts " + std::to_string(claims.count) + ", " + std::to_string(ids.size()) + " are here";
  if (surely > claims.count) return head_differs("/count", counts + ": one was kept back");
  if (ids.size() < claims.count) return head_differs("/count", counts + ": the file lacks some");
  if (!proves_all(claims, ids)) return head_differs("/root", "it counts other entries");
  return claims;
}

std::string head_text(const HeadClaims& claims) {
  return "complete: the service signed, at Unix time " + std::to_string(claims.minute) +
         ", that the log of " + std::to_string(claims.size) + " entries held exactly these " +
         std::to_string(claims.count) + " of " + claims.sub + "\n";
}

}  // namespace nguon::ledger
