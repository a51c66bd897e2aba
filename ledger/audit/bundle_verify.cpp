#include "ledger/audit/bundle.hpp"
#include "ledger/audit/links.hpp"
#include "ledger/audit/proof_bundle.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/admission.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/entry/key_change.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle_proof.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace nguon::ledger {
namespace {

/// Goes through a bundle in log order, as a reader who knows only the log's key.
class BundleVerifier {
 public:
  BundleVerifier(const ProofBundle& bundle, const NoteVerifier& log) : bundle_(bundle), log_(log) {}

  Result<BundleReport> run() {
    NGUON_CHECK(open());
    for (std::size_t place = 0; place < bundle_.entries.size(); ++place) {
      const auto checked = check_entry(place);
      if (!checked) return at(place, checked.error());
    }
    if (linked_.empty()) return invalid("verify.genesis", "/entries", "index 0 is not here");
    // After the entries, which say better than a root does where something was changed.
    if (joint_root(leaves_, checkpoint_.size, bundle_.proof) != checkpoint_.root) {
      return invalid("verify.inclusion", "/proof",
                     "the leaves and these hashes do not lead to the checkpoint's root");
    }
    NGUON_CHECK(check_named());
    if (const auto led = keys_of_log_.open(bundle_.checkpoint, log_); !led) {
      return at_checkpoint(led.error());
    }
    if (!last_.contains(bundle_.sub)) {
      return invalid("verify.sub", "/sub", "no entry of that subject is here");
    }
    if (missing_links(here()) != bundle_.missing) {
      return invalid("verify.missing", "/missing", "not the entries that are named and not here");
    }
    return report();
  }

 private:
  struct Known {
    PublicKey key;
    std::optional<std::uint64_t> revoked;  ///< Index of the bundled key.revoke.
  };

  Result<void> open() {
    // Where nothing can lead on from the first log key, the vkey is that one's: said before all
    // else.
    leads_ = std::any_of(bundle_.entries.begin(), bundle_.entries.end(),
                         [](const BundledEntry& bundled) { return may_change_log(bundled.jws()); });
    const auto checkpoint = open_checkpoint(bundle_.checkpoint, log_);
    if (checkpoint) {
      checkpoint_ = *checkpoint;
    } else if (leads_ && checkpoint.error().rule == "note.unknown-keys") {
      // A newer key of the log may have signed: what to think of that is known at the end.
      NGUON_TRY(const Note note, parse_note(bundle_.checkpoint));
      NGUON_TRY(checkpoint_, parse_checkpoint_text(note.text));
    } else {
      return at_checkpoint(checkpoint.error());
    }
    if (bundle_.origin != checkpoint_.origin) {
      return invalid("verify.origin", "/origin", "the checkpoint is of " + checkpoint_.origin);
    }
    return {};
  }

  static Error at_checkpoint(Error error) {
    error.field = "/checkpoint";
    return error;
  }

  Error at(std::size_t place, Error error) const {
    error.field = "/entries/" + std::to_string(place);
    const auto& logged = bundle_.entries[place].logged;
    if (!logged) return error;
    error.detail = "index " + std::to_string(logged->index) +
                   (error.detail.empty() ? "" : ": " + error.detail);
    return error;
  }

  Result<void> check_entry(std::size_t place) {
    const BundledEntry& bundled = bundle_.entries[place];
    NGUON_TRY(auto linked, bundled.logged ? open_logged(bundled) : open_named(bundled));
    NGUON_CHECK(place == 0 ? check_first(linked) : check_signer(linked));
    NGUON_CHECK(check_subject(linked));
    if (bundled.logged) {
      NGUON_CHECK(keys_of_log_.add(linked.index, linked.entry));
      NGUON_CHECK(enrol(linked));
    }
    last_[linked.entry.sub] = linked.entry.id;
    here_.insert(linked.entry.id);
    if (linked.inner) here_.insert(linked.inner->id);
    links_.push_back(links_of(linked));
    linked_.push_back(std::move(linked));
    return {};
  }

  Result<LinkedEntry> open_named(const BundledEntry& bundled) const {
    NGUON_TRY(auto linked, read_linked(0, 0, bundled.jws()));
    if (moves_keys(linked)) return invalid("verify.named", {}, "keys move at a place of the log");
    return linked;
  }

  Result<LinkedEntry> open_logged(const BundledEntry& bundled) {
    const auto [index, recorded] = *bundled.logged;
    if ((!leaves_.empty() && index <= leaves_.back().index) || index >= checkpoint_.size) {
      return invalid("verify.order", {}, "indexes rise and are below the checkpoint's size");
    }
    const std::string jws = bundled.jws();
    leaves_.push_back({index, leaf_hash(encode_leaf(recorded, jws))});
    return read_linked(index, recorded, jws);
  }

  /// What the logged entries say of the named ones, once all are known.
  Result<void> check_named() {
    const auto backers = backers_of(here(), [&](std::size_t place, std::optional<std::size_t>) {
      return bundle_.entries[place].logged.has_value();
    });
    for (std::size_t place = 0; place < linked_.size(); ++place) {
      if (bundle_.entries[place].logged) continue;
      if (!backers[place]) {
        return at(place, invalid("verify.inclusion", {}, "nothing logged here names it"));
      }
      LinkedEntry& linked = linked_[place];
      linked.index = linked_[*backers[place]].index;
      linked.recorded = linked_[*backers[place]].recorded;
      // It may be as young as what backs it, and its key had ended by then.
      if (const auto ended = keys_.at(linked.entry.kid).revoked; ended && *ended < linked.index) {
        return at(place, revoked_at(*ended));
      }
    }
    return {};
  }

  std::vector<const EntryLinks*> here() const {
    std::vector<const EntryLinks*> here;
    for (const EntryLinks& links : links_) here.push_back(&links);
    return here;
  }

  static Error revoked_at(std::uint64_t index) {
    return invalid("verify.revoked", {}, "its key was revoked at index " + std::to_string(index));
  }

  Result<void> check_first(const LinkedEntry& first) {
    if (leaves_.empty() || first.index != 0) {
      return invalid("verify.genesis", {}, "index 0 is not here");
    }
    NGUON_TRY(const Entry genesis, check_genesis(first.entry.jws));
    aud_ = genesis.id;
    NGUON_TRY(keys_of_log_, KeyChain::begin(genesis, leaves_[0].hash));
    const auto* jwk = genesis.data.if_contains("log");
    const auto key = PublicKey::from_jwk(jwk == nullptr ? "" : boost::json::serialize(*jwk));
    if (!leads_ &&
        (!key || key->kid() != log_.key().kid() || keys_of_log_.origin(1) != bundle_.origin)) {
      return invalid("verify.genesis", {}, "the genesis entry is of another log");
    }
    return {};
  }

  Result<const Known*> known(const std::string& kid) const {
    const auto found = keys_.find(kid);
    if (found == keys_.end()) return invalid("verify.key", {}, "no enrolment of " + kid);
    return &found->second;
  }

  Result<void> check_signer(const LinkedEntry& linked) {
    const Entry& entry = linked.entry;
    NGUON_TRY(const auto* signer, known(entry.kid));
    if (signer->revoked) return revoked_at(*signer->revoked);
    NGUON_CHECK(check_grammar_and_signature(entry.jws, signer->key));
    if (entry.aud != aud_) return invalid("verify.aud", {}, "made for another deployment");
    if (!linked.inner) return {};
    // What was adopted is signed by a key that had already ended; that is why it was adopted.
    NGUON_TRY(const auto* maker, known(linked.inner->kid));
    NGUON_CHECK(check_grammar_and_signature(linked.inner->jws, maker->key));
    if (linked.inner->aud != aud_ || linked.inner->sub != entry.sub) {
      return invalid("verify.aud", {}, "the adopted entry is of another deployment or subject");
    }
    return {};
  }

  Result<void> check_subject(const LinkedEntry& linked) const {
    const Entry& entry = linked.entry;
    const Entry& effective = linked.effective();
    const auto last = last_.find(entry.sub);
    if (!entry.prev && last == last_.end() &&
        entry.sub !=
            subject_id(subject_kind(entry.sub), effective.aud, effective.kid, effective.jti)) {
      return invalid("verify.subject", {}, "it does not start the subject it names");
    }
    if (!is_strict(effective)) return {};
    if (!entry.prev && last == last_.end()) return {};
    if (entry.prev && last != last_.end() && *entry.prev == last->second) return {};
    if (entry.prev && !here_.contains(*entry.prev)) {
      return invalid("verify.prev", {}, "the entry it continues is not here: " + *entry.prev);
    }
    return invalid("verify.fork", {}, "another entry already continued its subject");
  }

  Result<void> enrol(const LinkedEntry& linked) {
    const Entry& effective = linked.effective();
    for (const auto& jwk : enrolled_jwks(effective)) {
      NGUON_TRY(auto key, PublicKey::from_jwk(jwk));
      const std::string kid = key.kid();
      keys_.emplace(kid, Known{std::move(key), std::nullopt});
    }
    for (const std::string& kid : revoked_kids(effective)) {
      const auto revoked = keys_.find(kid);
      if (revoked != keys_.end()) revoked->second.revoked = linked.index;
    }
    return {};
  }

  BundleReport report() const {
    BundleReport report;
    report.origin = checkpoint_.origin;
    report.head = {checkpoint_.size, checkpoint_.root};
    report.sub = bundle_.sub;
    report.missing = bundle_.missing;
    report.keys = keys_of_log_;
    for (std::size_t place = 0; place < linked_.size(); ++place) {
      const LinkedEntry& linked = linked_[place];
      report.entries.push_back({linked.index, linked.recorded, !bundle_.entries[place].logged,
                                linked.entry.iat, linked.entry.id, linked.effective().type,
                                linked.entry.sub, linked.entry.kid, linked.inner.has_value()});
    }
    return report;
  }

  const ProofBundle& bundle_;
  const NoteVerifier& log_;
  Checkpoint checkpoint_;
  std::vector<PlacedHash> leaves_;  // Of the logged entries so far.
  bool leads_ = false;              // It may hold what changes keys or name of the log.
  KeyChain keys_of_log_;
  std::string aud_;
  std::map<std::string, Known> keys_;
  std::map<std::string, std::string> last_;  // Newest entry id so far, by subject.
  std::set<std::string> here_;               // Entry ids so far, adopted ones too.
  std::vector<LinkedEntry> linked_;
  std::vector<EntryLinks> links_;  // Of those, place by place.
};

}  // namespace

Result<BundleReport> verify_bundle(std::string_view text, std::string_view vkey) {
  NGUON_TRY(const auto log, NoteVerifier::parse(vkey));
  NGUON_TRY(const auto bundle, parse_proof_bundle(text));
  return BundleVerifier(bundle, log).run();
}

}  // namespace nguon::ledger
