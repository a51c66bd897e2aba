#include "server/deployment/successor.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/signers.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/entry/succession.hpp"
#include "ledger/log/append.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/signing.hpp"
#include "ledger/log/state_overlay.hpp"
#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"
#include "schemas/bundle.hpp"
#include "server/deployment/key_folder.hpp"
#include "server/deployment/keyring.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <ctime>

namespace nguon::server {
namespace {

constexpr std::uint32_t the_log = 0;

/// The anchor of the log as it remained: the true one speaks of what is lost.
class RemainingAnchor final : public ledger::Anchor {
 public:
  explicit RemainingAnchor(const ledger::TreeHead& head) : head_{head.size, head.root} {}
  ledger::Result<std::optional<Head>> read() const override { return std::optional(head_); }
  ledger::Result<void> write(const Head& head) override {
    head_ = head;
    return {};
  }
  const Head& head() const { return head_; }

 private:
  Head head_;
};

const std::string& name_of(const ledger::Start& start) { return start.origins.of.back().origin; }

/// That the log signed `last`, and that it does not contradict what remained.
ledger::Result<ledger::Checkpoint> open_last(const ledger::Store& store, const ledger::Start& start,
                                             const std::string& last) {
  const ledger::StateOverlay state(store, the_log);
  std::vector<ledger::NoteVerifier> known;
  for (const auto& term : start.signers.log) {
    NGUON_TRY(const auto record,
              ledger::read_record<ledger::KeyRecord>(state, ledger::state_key::key(term.kid)));
    if (!record) return ledger::Error{ledger::Errc::corrupt, "store.corrupt", {}, term.kid};
    NGUON_TRY(const auto key, ledger::PublicKey::from_jwk(record->jwk));
    NGUON_TRY(auto name, ledger::NoteVerifier::make(name_of(start), key));
    known.push_back(std::move(name));
  }
  const auto opened = ledger::open_checkpoint(last, known);
  if (!opened) return ledger::invalid("succeed.last", {}, opened.error().rule);
  // A value of its own: g++ 12 at -O1 sees no 32 octets in the one inside the result.
  const ledger::Checkpoint checkpoint = *opened;
  if (checkpoint.size <= start.head.size) {
    NGUON_TRY(const auto root, start.tree->root(checkpoint.size));
    if (root != checkpoint.root) return ledger::invalid("succeed.last", {}, "of another history");
  }
  return checkpoint;
}

/// A checkpoint of what remained under the old name: it is a beginning of all that was ever signed.
ledger::Result<boost::json::object> sign_remains(const ledger::Start& start, const Places& places) {
  const KeyFolder folder(places.keys());
  NGUON_TRY(const auto signing,
            ledger::find_signing(start.signers, name_of(start), start.head.size, folder));
  NGUON_TRY(const std::string note,
            ledger::sign_checkpoint(start.head.size, start.head.root, *signing));
  NGUON_TRY(const auto path, start.tree->inclusion(0, start.head.size));
  boost::json::array steps;
  for (const auto& hash : path) steps.emplace_back(ledger::base64url_encode(hash));
  return boost::json::object{{"checkpoint", note}, {"path", std::move(steps)}};
}

ledger::Result<ledger::MadeEntry> make_succession(const ledger::Store& store,
                                                  const ledger::Start& start, const Places& places,
                                                  const ledger::PrivateKey& root,
                                                  const ledger::Anchor::Head& anchored,
                                                  const std::string& last) {
  const ledger::StateOverlay state(store, the_log);
  NGUON_TRY(const auto head, ledger::read_record<ledger::HeadRecord>(
                                 state, ledger::state_key::head(start.deployment.operator_org)));
  if (!head) return ledger::Error{ledger::Errc::corrupt, "store.corrupt", {}, "no operator"};
  const auto origin = ledger::next_origin(name_of(start));
  if (!origin) return ledger::invalid("succeed.origin", {}, name_of(start));
  ledger::Draft draft;
  draft.sub = start.deployment.operator_org;
  draft.prev = head->head;
  draft.iat = std::time(nullptr);
  draft.data = {{"origin", *origin},
                {"size", static_cast<std::int64_t>(start.head.size)},
                {"anchored",
                 {{"size", static_cast<std::int64_t>(anchored.size)},
                  {"root", ledger::base64url_encode(anchored.root)}}},
                {"last", last}};
  // Without the old key nobody who knows only that can follow; the log goes on all the same.
  if (auto bound = sign_remains(start, places)) draft.data["before"] = std::move(*bound);
  ledger::EntryMaker maker(start.deployment.id, ledger::system_entropy());
  return maker.make(root, *schemas::Bundle::built_in().find("log.succeed/1"), draft);
}

/// Whether the newest entry is the `log.succeed` that was made against this very anchor: a run that
/// was interrupted before it moved the anchor. An older one is no such thing, for after it the
/// anchor spoke of other trees.
ledger::Result<bool> was_logged(const ledger::Store& store, std::uint64_t size,
                                const ledger::Anchor::Head& anchored) {
  NGUON_TRY(const auto text, store.get(ledger::Family::log, ledger::keys::leaf(the_log, size - 1)));
  if (!text) return ledger::Error{ledger::Errc::corrupt, "store.corrupt", {}, "a leaf is missing"};
  NGUON_TRY(const auto leaf, ledger::decode_leaf(size - 1, *text));
  NGUON_TRY(const auto jws, ledger::parse_jws(leaf.jws, ledger::entry_typ));
  NGUON_TRY(const auto claims, ledger::parse_claims(leaf.jws, jws));
  if (!claims.entry.is(ledger::succession_name)) return false;
  NGUON_TRY(const auto said, ledger::read_succession(claims.entry));
  return ledger::Anchor::Head{said.anchored_size, said.anchored_root} == anchored;
}

std::uint64_t beyond(std::uint64_t size, std::uint64_t kept) {
  return size > kept ? size - kept : 0;
}

}  // namespace

ledger::Result<SuccessorReport> open_successor(const Places& places, const ledger::PrivateKey& root,
                                               const std::string& last) {
  NGUON_TRY(const Keyring keyring, read_keyring(places.keys()));
  NGUON_TRY(const auto store, ledger::open_rocks_store(places.database()));
  NGUON_TRY(const auto anchor, ledger::FileAnchor::open(places.anchor()));
  NGUON_TRY(const auto anchored, anchor->read());
  NGUON_TRY(const auto stored, ledger::stored_head(*store, the_log));
  if (!stored || !anchored) {
    return ledger::Error{ledger::Errc::not_found, "start.not-initialised", {}, places.data};
  }
  RemainingAnchor remaining(*stored);
  NGUON_TRY(const ledger::Start start, ledger::check_start(*store, remaining, the_log));
  NGUON_TRY(const bool logged, was_logged(*store, stored->size, *anchored));
  if (!logged && anchored->size <= stored->size) {
    return ledger::Error{ledger::Errc::conflict, "succeed.not-lost", {}, ledger::show(*stored)};
  }
  SuccessorReport report;
  // Crash order: the entry in one synced commit, then the anchor. Between the two the service does
  // not start, for the anchor is of another tree; whoever comes here again finds the entry as the
  // newest of all and only moves the anchor.
  if (logged) {
    report.kept = stored->size - 1;
    report.lost = beyond(anchored->size, report.kept);
  } else {
    NGUON_TRY(const auto newest, open_last(*store, start, last));
    report.kept = stored->size;
    report.lost = beyond(std::max(anchored->size, newest.size), report.kept);
    NGUON_TRY(const auto made, make_succession(*store, start, places, root, *anchored, last));
    NGUON_CHECK(ledger::append_unsigned(*store, remaining, ledger::SystemClock(), the_log,
                                        keyring.vault, made.sd_jwt));
  }
  NGUON_TRY(const auto origins, ledger::read_origins(ledger::StateOverlay(*store, the_log)));
  report.origin = origins.of.back().origin;
  NGUON_CHECK(ledger::replace_anchor(places.anchor(), remaining.head()));
  return report;
}

}  // namespace nguon::server
