#include "ledger/trace/opened.hpp"

#include "ledger/entry/claims.hpp"

namespace nguon::ledger::trace {
namespace {

Result<Entry> read(std::string_view text) {
  const auto jws = parse_jws(text, entry_typ);
  if (jws) {
    auto claims = parse_claims(text, *jws);
    if (claims) return std::move(claims->entry);
  }
  return Error{Errc::corrupt, "leaf.entry", {}, "a logged leaf is not an entry"};
}

}  // namespace

Result<Opened> open_leaf(const Leaf& leaf) {
  Opened opened;
  opened.recorded = leaf.recorded;
  NGUON_TRY(opened.logged, read(leaf.jws));
  const auto name = parse_type(opened.logged.type);
  opened.adopted = name && name->name == adopt_type_name;
  if (!opened.adopted) {
    opened.effective = opened.logged;
    return opened;
  }
  const auto* inner = opened.logged.data.if_contains("entry");
  if (inner == nullptr || !inner->is_string()) {
    return Error{Errc::corrupt, "leaf.entry", {}, "a logged adoption holds no entry"};
  }
  NGUON_TRY(opened.effective, read(inner->get_string()));
  return opened;
}

}  // namespace nguon::ledger::trace
