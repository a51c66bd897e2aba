#include "ledger/audit/key_chain.hpp"

#include "ledger/apply/signers.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/succession.hpp"
#include "ledger/log/merkle.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace nguon::ledger {
namespace {

Error bad_genesis(std::string detail) { return invalid("verify.genesis", {}, std::move(detail)); }

}  // namespace

Result<KeyChain> KeyChain::begin(const Entry& genesis, const Hash& leaf) {
  KeyChain chain;
  chain.aud_ = genesis.id;
  chain.operator_org_ = genesis.sub;
  chain.first_leaf_ = leaf;
  const auto enrol = [&](const boost::json::value* jwk) -> Result<std::string> {
    auto key = PublicKey::from_jwk(jwk == nullptr ? "" : boost::json::serialize(*jwk));
    if (!key) return bad_genesis("a key of the genesis entry");
    const std::string kid = key->kid();
    chain.keys_.insert_or_assign(kid, std::move(*key));
    return kid;
  };
  NGUON_TRY(auto log, enrol(genesis.data.if_contains("log")));
  NGUON_TRY(auto service, enrol(genesis.data.if_contains("service")));
  NGUON_TRY(auto root, enrol(genesis.data.if_contains("root")));
  chain.signers_.log.push_back({std::move(log), 0, std::nullopt});
  chain.signers_.service.push_back({std::move(service), 0, std::nullopt});
  chain.signers_.root.push_back({std::move(root), 0, std::nullopt});
  const auto* recovery = genesis.data.if_contains("recovery");
  if (recovery == nullptr || !recovery->is_array()) return bad_genesis("its recovery keys");
  for (const auto& jwk : recovery->get_array()) {
    NGUON_TRY(auto kid, enrol(&jwk));
    chain.signers_.recovery.push_back(std::move(kid));
  }
  const auto* origin = genesis.data.if_contains("origin");
  if (origin == nullptr || !origin->is_string()) return bad_genesis("its origin");
  chain.names_.push_back({std::string(origin->get_string()), 0});
  return chain;
}

Result<void> KeyChain::add(std::uint64_t index, const Entry& entry) {
  if (!changes_log(entry)) return {};
  if (entry.sub != operator_org_) return invalid("keys.subject", "/sub", "not the operator's");
  if (entry.is(succession_name)) return succeed(index, entry);
  NGUON_TRY(KeyChange change, read_key_change(entry));
  NGUON_CHECK(change_signers(signers_, entry.kid, index, change));
  for (auto& added : change.added) {
    const std::string kid = added.key.kid();
    keys_.insert_or_assign(kid, std::move(added.key));
  }
  if (change.before) before_.push_back(std::move(*change.before));
  return {};
}

Result<void> KeyChain::succeed(std::uint64_t index, const Entry& entry) {
  if (!is_in_charge(signers_, entry.kid)) {
    return Error{Errc::forbidden, "keys.signer", "/kid", "neither root key nor recovery key"};
  }
  NGUON_TRY(Succession said, read_succession(entry));
  if (said.origin != next_origin(names_.back().origin)) {
    return invalid("succeed.origin", "/data/origin", "the same host and the next number");
  }
  if (said.size != index) {
    return invalid("succeed.size", "/data/size", "the number of leaves that remained");
  }
  names_.push_back({std::move(said.origin), static_cast<std::int64_t>(index)});
  if (said.before) before_.push_back(std::move(*said.before));
  return {};
}

const OriginTerm& KeyChain::name_at(std::uint64_t size) const {
  auto name = names_.rbegin();
  while (name + 1 != names_.rend() && static_cast<std::uint64_t>(name->since) >= size) ++name;
  return *name;
}

bool changes_log(const Entry& entry) {
  return entry.is(key_change_name) || entry.is(succession_name);
}

Result<void> KeyChain::add_signed(std::uint64_t index, const Entry& entry) {
  const PublicKey* signer = find(entry.kid);
  if (signer == nullptr) return invalid("keys.signer", "/kid", "no key of this log");
  NGUON_TRY(const Jws jws, parse_jws(entry.jws, entry_typ));
  NGUON_CHECK(verify_jws(jws, *signer));
  if (entry.aud != aud_) return invalid("entry.aud", "/aud", "made for another deployment");
  return add(index, entry);
}

bool may_change_log(std::string_view jws) {
  const auto first = jws.find('.');
  const auto last = jws.rfind('.');
  if (first == last) return true;
  const auto payload = base64url_decode(jws.substr(first + 1, last - first - 1));
  return !payload || payload->find(key_change_name) != std::string::npos ||
         payload->find(succession_name) != std::string::npos ||
         payload->find('\\') != std::string::npos;
}

const PublicKey* KeyChain::find(const std::string& kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second;
}

const PublicKey* KeyChain::find_service(const std::string& kid) const {
  const bool known = std::any_of(signers_.service.begin(), signers_.service.end(),
                                 [&](const KeyTerm& term) { return term.kid == kid; });
  return known ? find(kid) : nullptr;
}

const KeyTerm* KeyChain::log_term(const std::string& kid) const {
  const auto found = std::find_if(signers_.log.begin(), signers_.log.end(),
                                  [&](const KeyTerm& term) { return term.kid == kid; });
  return found == signers_.log.end() ? nullptr : &*found;
}

std::vector<NoteVerifier> KeyChain::in_force(std::uint64_t size, std::int64_t from) const {
  std::vector<NoteVerifier> known;
  for (const KeyTerm& term : signers_.log) {
    if (term.since < from || !term.in_force(size)) continue;
    if (auto name = NoteVerifier::make(origin(size), keys_.at(term.kid))) known.push_back(*name);
  }
  return known;
}

bool KeyChain::vouched(const NoteVerifier& trusted) const {
  return std::any_of(before_.begin(), before_.end(), [&](const KeyChange::Before& before) {
    const auto said = open_checkpoint(before.checkpoint, trusted);
    return said && verify_inclusion(0, said->size, first_leaf_, before.path, said->root);
  });
}

Result<Checkpoint> KeyChain::open(std::string_view note, const NoteVerifier& trusted) const {
  const auto own = open_checkpoint(note, trusted);
  // Whoever can write a genesis can name any key in it; only what the trusted key signed binds it
  // to this one.
  if (!own && (own.error().rule != "note.unknown-keys" || !vouched(trusted))) return own.error();
  const KeyTerm* term = log_term(trusted.key().kid());
  const auto name = std::find_if(names_.begin(), names_.end(), [&](const OriginTerm& one) {
    return one.origin == trusted.name();
  });
  if (term == nullptr || name == names_.end()) {
    return bad_genesis("the genesis entry is of another log");
  }
  NGUON_TRY(const Note parsed, parse_note(note));
  NGUON_TRY(const Checkpoint said, parse_checkpoint_text(parsed.text));
  const bool later = name_at(said.size).since >= name->since;
  auto opened =
      open_checkpoint(note, later ? in_force(said.size, term->since) : std::vector<NoteVerifier>());
  if (!opened && opened.error().rule == "note.unknown-keys") {
    return invalid("verify.log-key", {},
                   "signed by a key that is retired, or older than the one known");
  }
  return opened;
}

Result<PublicKey> KeyChain::service(const std::string& kid, std::uint64_t size) const {
  const bool spoke =
      std::any_of(signers_.service.begin(), signers_.service.end(),
                  [&](const KeyTerm& term) { return term.kid == kid && term.in_force(size); });
  if (!spoke) {
    return invalid("verify.service-key", "/kid", "no service key of this log at that size");
  }
  return keys_.at(kid);
}

}  // namespace nguon::ledger
