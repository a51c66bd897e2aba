#include "server/deployment/key_change.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/signers.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/append.hpp"
#include "ledger/log/key_list.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/signing.hpp"
#include "ledger/log/state_overlay.hpp"
#include "ledger/log/tile_tree.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "schemas/bundle.hpp"
#include "server/control/resting_store.hpp"
#include "server/deployment/anchored.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/key_folder.hpp"
#include "server/deployment/keyring.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <optional>

namespace nguon::server {

namespace json = boost::json;

namespace {

constexpr std::uint32_t log_number = 0;

/// What the entry is made from, as of what is anchored.
struct KeyStanding {
  ledger::DeploymentRecord deployment;
  ledger::SignersRecord signers;
  std::string origin;
  ledger::HeadRecord operator_head;
  ledger::TreeHead head;
  std::unique_ptr<ledger::TileTree> tree;
};

ledger::Error not_begun() {
  return {ledger::Errc::not_found, "start.not-initialised", {}, "run nguon init first"};
}

ledger::Result<KeyStanding> look(const ledger::Store& store,
                              const std::optional<ledger::Anchor::Head>& anchored) {
  const ledger::StateOverlay state(store, log_number);
  KeyStanding standing;
  NGUON_TRY(const auto deployment,
            ledger::read_record<ledger::DeploymentRecord>(state, ledger::state_key::deployment()));
  if (!deployment || !anchored) return not_begun();
  standing.deployment = *deployment;
  NGUON_TRY(standing.signers, ledger::read_signers(state));
  NGUON_TRY(const auto origins, ledger::read_origins(state));
  standing.origin = origins.of.back().origin;
  NGUON_TRY(const auto head, ledger::read_record<ledger::HeadRecord>(
                                 state, ledger::state_key::head(deployment->operator_org)));
  if (!head) return not_begun();
  standing.operator_head = *head;
  // What is beyond the anchor may not be signed.
  standing.head = {anchored->size, anchored->root};
  NGUON_TRY(standing.tree, ledger::TileTree::load(store, log_number, anchored->size));
  return standing;
}

bool is_new(const ledger::Store& store, const std::string& kid) {
  const ledger::StateOverlay state(store, log_number);
  const auto bound = ledger::read_record<ledger::KeyRecord>(state, ledger::state_key::key(kid));
  return bound && !*bound;
}

/// The key that an interrupted run left, else a fresh one. Crash order: the file is durable here,
/// before any entry can name its key; a key that no entry names is harmless and taken next time.
ledger::Result<ledger::PrivateKey> take_key(const ledger::Store& store, const Places& places,
                                            const std::string& name) {
  if (auto held = read_keys(places.keys(), name)) {
    for (auto& key : *held) {
      if (is_new(store, key.kid())) return std::move(key);
    }
  }
  auto key = ledger::PrivateKey::generate(ledger::Alg::eddsa);
  const std::string path = next_key_path(places.keys(), name);
  NGUON_CHECK(write_new_secret(path, key.to_pem()));
  std::fprintf(stderr, "made %s\n", path.c_str());
  return key;
}

/// The lines of `note` that log keys of this log made, so that it is short.
ledger::Result<std::string> own_lines(const std::string& note, const KeyStanding& standing,
                                      const ledger::Store& store) {
  const ledger::StateOverlay state(store, log_number);
  std::vector<ledger::NoteVerifier> known;
  for (const auto& term : standing.signers.log) {
    NGUON_TRY(const auto record,
              ledger::read_record<ledger::KeyRecord>(state, ledger::state_key::key(term.kid)));
    if (!record) return ledger::Error{ledger::Errc::corrupt, "store.corrupt", {}, term.kid};
    NGUON_TRY(const auto key, ledger::PublicKey::from_jwk(record->jwk));
    NGUON_TRY(auto name, ledger::NoteVerifier::make(standing.origin, key));
    known.push_back(std::move(name));
  }
  NGUON_TRY(const auto opened, ledger::open_note(note, known));
  std::string text = opened.text + '\n';
  for (const auto& line : opened.signatures) text += ledger::signature_line(line);
  return text;
}

/// A checkpoint by the log keys in force that this machine holds; empty when it holds none.
ledger::Result<std::string> sign_by_held(const KeyStanding& standing, const Places& places) {
  const KeyFolder folder(places.keys());
  ledger::Signing signing;
  signing.origin = standing.origin;
  for (const auto& term : standing.signers.log) {
    auto signer = folder.log_signer(term.kid);
    if (!signer || !term.in_force(standing.head.size)) continue;
    NGUON_TRY(auto name, ledger::NoteVerifier::make(signing.origin, signer->public_key()));
    signing.log.push_back({std::move(name), std::move(signer)});
  }
  if (signing.log.empty()) return std::string();
  return ledger::sign_checkpoint(standing.head.size, standing.head.root, signing);
}

ledger::Result<void> add_before(json::object& data, const KeyStanding& standing, const Places& places,
                                const ledger::Store& store, const std::string& kept) {
  NGUON_TRY(const std::string note,
            kept.empty() ? sign_by_held(standing, places) : own_lines(kept, standing, store));
  if (note.empty()) return {};
  NGUON_TRY(const auto parsed, ledger::parse_note(note));
  NGUON_TRY(const auto said, ledger::parse_checkpoint_text(parsed.text));
  const auto root = said.size <= standing.head.size ? standing.tree->root(said.size)
                                                    : ledger::Result<ledger::Hash>(not_begun());
  if (!root || *root != said.root) {
    return ledger::invalid("keys.before", "/data/before", "no checkpoint of this log");
  }
  NGUON_TRY(const auto path, standing.tree->inclusion(0, said.size));
  json::array steps;
  for (const auto& hash : path) steps.emplace_back(ledger::base64url_encode(hash));
  data["before"] = {{"checkpoint", note}, {"path", std::move(steps)}};
  return {};
}

ledger::Result<std::unique_ptr<ledger::FileAnchor>> open_anchor(const Places& places) {
  // Opening makes the file where there is none.
  if (!file_exists(places.anchor())) return not_begun();
  return ledger::FileAnchor::open(places.anchor());
}

}  // namespace

json::object new_key(const ledger::PrivateKey& key, ledger::KeyUse use,
                     const std::string& deployment_id, const std::string& org) {
  return {{"jwk", json::parse(key.public_key().jwk())},
          {"proof", ledger::prove_possession(key, use, deployment_id, org)}};
}

ledger::Result<KeyDraft> draft_key_change(const Places& places, const KeyWishes& wishes) {
  if (!wishes.log && !wishes.service && wishes.root.empty() && wishes.retire.empty()) {
    return ledger::invalid("keys.nothing", "/data", "neither --new nor --retire");
  }
  NGUON_TRY(const auto anchored, read_anchor(places.anchor()));
  // The anchor was read first, so it is never ahead of the store.
  NGUON_TRY(const auto resting, RestingStore::open(places.data, places.database()));
  const ledger::Store& store = resting->store();
  NGUON_TRY(const KeyStanding standing, look(store, anchored));
  KeyDraft made;
  made.deployment_id = standing.deployment.id;
  made.needs_before = wishes.log;
  made.draft.sub = standing.deployment.operator_org;
  made.draft.prev = standing.operator_head.head;
  made.draft.iat = std::time(nullptr);
  json::object& data = made.draft.data;
  if (wishes.log) {
    NGUON_TRY(const auto key, take_key(store, places, "log"));
    data["log"] = new_key(key, ledger::KeyUse::log, made.deployment_id, made.draft.sub);
    NGUON_CHECK(add_before(data, standing, places, store, wishes.before));
  }
  if (wishes.service) {
    NGUON_TRY(const auto key, take_key(store, places, "service"));
    data["service"] = new_key(key, ledger::KeyUse::service, made.deployment_id, made.draft.sub);
  }
  if (!wishes.root.empty()) {
    NGUON_TRY(data["root"], ledger::parse_json(wishes.root));
  }
  json::array retired;
  for (const auto& name : wishes.retire) {
    const auto vkey = ledger::NoteVerifier::parse(name);
    retired.emplace_back(vkey ? vkey->key().kid() : name);
  }
  if (!retired.empty()) data["retire"] = std::move(retired);
  NGUON_CHECK(resting->finish());
  return made;
}

ledger::Result<std::uint64_t> log_offline(const Places& places, const ledger::PrivateKey& key,
                                          std::string_view type, const ledger::Draft& draft) {
  NGUON_TRY(const Keyring keyring, read_keyring(places.keys()));
  NGUON_TRY(const auto store, ledger::open_rocks_store(places.database()));
  NGUON_TRY(const auto anchor, open_anchor(places));
  const ledger::StateOverlay state(*store, log_number);
  NGUON_TRY(const auto deployment,
            ledger::read_record<ledger::DeploymentRecord>(state, ledger::state_key::deployment()));
  if (!deployment) return not_begun();
  ledger::EntryMaker maker(deployment->id, ledger::system_entropy());
  NGUON_TRY(const auto made,
            maker.make(key, *schemas::Bundle::built_in().find(std::string(type)), draft));
  return ledger::append_unsigned(*store, *anchor, ledger::SystemClock(), log_number, keyring.vault,
                                 made.sd_jwt);
}

ledger::Result<std::uint64_t> activate_built_in_rules(const Places& places,
                                                      const ledger::PrivateKey& key) {
  ledger::Draft draft;
  {
    NGUON_TRY(const auto store, ledger::open_rocks_store(places.database()));
    NGUON_CHECK(ledger::add_rules_unsigned(*store, log_number, schemas::Bundle::built_in_text()));
    const ledger::StateOverlay state(*store, log_number);
    NGUON_TRY(const auto deployment, ledger::read_record<ledger::DeploymentRecord>(
                                         state, ledger::state_key::deployment()));
    if (!deployment) return not_begun();
    NGUON_TRY(const auto head, ledger::read_record<ledger::HeadRecord>(
                                   state, ledger::state_key::head(deployment->operator_org)));
    if (!head) return not_begun();
    draft.sub = deployment->operator_org;
    draft.prev = head->head;
  }
  draft.iat = std::time(nullptr);
  draft.data = {
      {"engine", 1},
      {"bundle", ledger::base64url_encode(ledger::sha256(schemas::Bundle::built_in_text()))}};
  return log_offline(places, key, "rules.activate/1", draft);
}

ledger::Result<std::string> list_keys_of(const ledger::Store& store) {
  NGUON_TRY(const auto octets, store.get(ledger::Family::log, ledger::keys::head(log_number)));
  if (!octets) return not_begun();
  NGUON_TRY(const auto head, ledger::decode_head(*octets));
  return ledger::list_keys(store, log_number, head.size);
}

}  // namespace nguon::server
