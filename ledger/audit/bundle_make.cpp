#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_master.hpp"
#include "ledger/audit/bundle_shelf.hpp"
#include "ledger/entry/subject.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace nguon::ledger {
namespace {

using Entries = std::map<std::uint64_t, std::shared_ptr<const KeptEntry>>;

// What is left of max_bundle_octets covers the checkpoint, the missing ids and the frame.
constexpr std::size_t octets_for_entries = max_bundle_octets * 3 / 4;
// Hashes of the proof with their quotes and commas, for a tree of 2^32 leaves; and the names around
// an entry's place.
constexpr std::size_t octets_around_entry = 32 * 46 + 64;

/// Gathers leaves outwards from one subject, every step closed under "who signed it" and "what it
/// continues", so that whatever is in can be verified.
class BundleWalk {
 public:
  BundleWalk(const Ledger& ledger, BundleDesk::Shelf& shelf, std::uint64_t size)
      : ledger_(ledger), shelf_(shelf), size_(size) {}

  Result<void> run(std::string_view sub) {
    NGUON_CHECK(take(0));
    NGUON_CHECK(take_key_changes());
    follow(std::string(sub));
    while (!subjects_.empty() && !full_) {
      const std::string next = std::move(subjects_.front());
      subjects_.pop_front();
      NGUON_CHECK(visit(next));
    }
    while (!wishes_.empty() && !full_) {
      const std::uint64_t index = wishes_.back();
      wishes_.pop_back();
      NGUON_CHECK(take(index));
    }
    return {};
  }

  const Entries& entries() const { return entries_; }
  /// At least those of the file.
  std::size_t octets() const { return octets_; }

  /// Whether it may stand in the file without its place in the log, backed by that other entry.
  bool may_be_named(const KeptEntry& kept, std::uint64_t backer) const {
    if (kept.moves_keys) return false;
    // Backed by what was logged after its key's end it might be as young.
    const auto& grounds = keys_.at(kept.linked.entry.kid);
    return !grounds.revoked || *grounds.revoked > backer;
  }

 private:
  /// Whoever knows an older key of the log follows by these.
  Result<void> take_key_changes() {
    NGUON_TRY(const auto origins, record<OriginsRecord>(state_key::origins()));
    for (const auto& term : origins ? origins->of : std::vector<OriginTerm>{}) {
      NGUON_CHECK(take(static_cast<std::uint64_t>(term.since)));
    }
    NGUON_TRY(const auto signers, record<SignersRecord>(state_key::signers()));
    if (!signers) return {};
    for (const auto* terms : {&signers->log, &signers->service, &signers->root}) {
      for (const KeyTerm& term : *terms) {
        NGUON_CHECK(take(static_cast<std::uint64_t>(term.since)));
        if (term.until) {
          NGUON_CHECK(take(static_cast<std::uint64_t>(*term.until)));
        }
      }
    }
    return {};
  }

  void follow(const std::string& sub) {
    if (seen_.insert(sub).second) subjects_.push_back(sub);
  }

  /// The newest first: where a history is cut, a recall stays in and the file names what it lacks.
  Result<void> visit(const std::string& sub) {
    NGUON_TRY(const auto head, record<HeadRecord>(state_key::head(sub)));
    if (!head) return {};
    NGUON_TRY(const auto history, newest_of(sub, *head));
    for (auto index = history.rbegin(); index != history.rend(); ++index) {
      if (*index >= size_) continue;
      NGUON_CHECK(take(*index));
      if (full_) return {};
      for (const auto& named : entries_.at(*index)->subjects) follow(named);
    }
    follow(head->org);
    return follow_state(sub);
  }

  /// Log indexes of the subject's newest entries, oldest first.
  Result<std::vector<std::uint64_t>> newest_of(const std::string& sub,
                                               const HeadRecord& head) const {
    if (head.count == 1) {
      // Most harvests: the only entry is the head, and reading it is ten times cheaper than a scan.
      if (const auto known = shelf_.index_of(head.head)) return std::vector{*known};
      NGUON_TRY(const auto only, record<EntryRecord>(state_key::entry(head.head)));
      if (only) return std::vector{static_cast<std::uint64_t>(only->index)};
    }
    const auto count = static_cast<std::uint64_t>(head.count);
    return ledger_.history(sub, count - std::min<std::uint64_t>(count, max_bundle_entries),
                           max_bundle_entries);
  }

  /// Decisions and certificates, which name the subject and not the other way round.
  Result<void> follow_state(const std::string& sub) {
    const auto kind = subject_kind(sub);
    if (kind == "product") {
      NGUON_TRY(const auto decisions, record<ListRecord>(state_key::ocop_of(sub)));
      if (decisions)
        std::for_each(decisions->of.begin(), decisions->of.end(),
                      [&](auto& decision) { follow(decision); });
    } else if (kind == "org") {
      NGUON_TRY(const auto held, record<ListRecord>(state_key::certificates_of(sub)));
      for (const auto& certificate : held ? held->of : std::vector<std::string>{}) {
        NGUON_TRY(const auto stated, record<CertificateRecord>(state_key::subject(certificate)));
        if (stated && concerns(*stated)) follow(certificate);
      }
    }
    return {};
  }

  /// Organisations hold many certificates: only those for what is in the bundle belong here.
  bool concerns(const CertificateRecord& certificate) const {
    const auto known = [this](const std::vector<std::string>& scope) {
      return scope.empty() || std::any_of(scope.begin(), scope.end(),
                                          [this](auto& sub) { return seen_.contains(sub); });
    };
    return known(certificate.products) && known(certificate.sites);
  }

  template <codec::Record T>
  Result<std::optional<T>> record(const std::string& key) const {
    NGUON_TRY(const auto stored, shelf_.state(ledger_, size_, key));
    if (!stored) return std::optional<T>();
    NGUON_TRY(auto decoded, decode<T>(*stored));
    return std::optional<T>(std::move(decoded));
  }

  /// Adds an entry with all it stands on, or nothing and sets full_.
  Result<void> take(std::uint64_t wanted) {
    Entries entries;
    std::size_t octets = octets_;
    std::vector<std::uint64_t> todo{wanted};
    while (!todo.empty()) {
      const std::uint64_t index = todo.back();
      todo.pop_back();
      if (index >= size_ || entries_.contains(index) || entries.contains(index)) continue;
      NGUON_TRY(auto kept, shelf_.entry(ledger_, index));
      octets += kept->spelled.size() + octets_around_entry;
      if (entries_.size() + entries.size() >= max_bundle_entries || octets > octets_for_entries) {
        full_ = true;
        return {};
      }
      NGUON_CHECK(add_grounds(*kept, todo));
      entries.emplace(index, std::move(kept));
    }
    entries_.merge(entries);
    octets_ = octets;
    return {};
  }

  /// What a reader needs to verify it: the keys, what a strict entry continues, what started a
  /// subject that it goes on with without saying from where.
  Result<void> add_grounds(const KeptEntry& kept, std::vector<std::uint64_t>& todo) {
    const Entry& entry = kept.linked.entry;
    NGUON_CHECK(add_key(entry.kid, todo));
    if (kept.linked.inner) {
      NGUON_CHECK(add_key(kept.linked.inner->kid, todo));
    }
    if (kept.starts_subject) return {};
    if (!entry.prev) {
      NGUON_TRY(const auto first, ledger_.history(entry.sub, 0, 1));
      todo.insert(todo.end(), first.begin(), first.end());
      return {};
    }
    NGUON_TRY(const auto previous, ledger_.find(*entry.prev));
    if (previous) (kept.strict ? todo : wishes_).push_back(previous->index);
    return {};
  }

  /// Where the key was enrolled and, where that happened, revoked.
  Result<void> add_key(const std::string& kid, std::vector<std::uint64_t>& todo) {
    auto known = keys_.find(kid);
    if (known == keys_.end()) {
      NGUON_TRY(const auto key, record<KeyRecord>(state_key::key(kid)));
      if (!key) return Error{Errc::corrupt, "store.corrupt", {}, "a logged entry's key is unknown"};
      known = keys_.emplace(kid, Grounds{static_cast<std::uint64_t>(key->added), {}}).first;
      if (key->revoked) known->second.revoked = static_cast<std::uint64_t>(*key->revoked);
    }
    todo.push_back(known->second.added);
    if (known->second.revoked) todo.push_back(*known->second.revoked);
    return {};
  }

  /// Log indexes that a key's signatures stand on.
  struct Grounds {
    std::uint64_t added = 0;
    std::optional<std::uint64_t> revoked;
  };

  const Ledger& ledger_;
  BundleDesk::Shelf& shelf_;
  const std::uint64_t size_;
  std::deque<std::string> subjects_;   // To visit, nearest first.
  std::set<std::string> seen_;         // Visited or to visit.
  std::vector<std::uint64_t> wishes_;  // What facts of the field continue: in if there is room.
  std::map<std::string, Grounds> keys_;
  Entries entries_;
  std::size_t octets_ = 0;
  bool full_ = false;
};

}  // namespace

BundleDesk::BundleDesk(const Ledger& ledger) : ledger_(ledger), shelf_(std::make_unique<Shelf>()) {}
BundleDesk::~BundleDesk() = default;

Result<std::string> make_bundle(const Ledger& ledger, std::string_view sub) {
  return BundleDesk(ledger).make(sub);
}

Result<std::string> BundleDesk::make(std::string_view sub) const {
  const Ledger& ledger = ledger_;
  // One head for the whole file, though the log goes on growing.
  const SignedHead newest = ledger.signed_head();
  BundleWalk walk(ledger, *shelf_, newest.head.size);
  NGUON_CHECK(walk.run(sub));
  const bool known = std::any_of(walk.entries().begin(), walk.entries().end(), [&](auto& entry) {
    return entry.second->linked.entry.sub == sub;
  });
  if (!known) return Error{Errc::not_found, "subject.not-found", {}, "the log has no entry of it"};
  std::vector<const KeptEntry*> kept;
  std::vector<const EntryLinks*> links;
  for (const auto& [index, entry] : walk.entries()) {
    kept.push_back(entry.get());
    links.push_back(&entry->links);
  }
  const auto backers = backers_of(links, [&](std::size_t place, std::optional<std::size_t> by) {
    return !by || !walk.may_be_named(*kept[place], kept[*by]->linked.index);
  });
  BundleWriter writer(ledger.origin(), sub, newest.checkpoint, walk.octets());
  std::vector<std::uint64_t> logged;
  for (std::size_t place = 0; place < kept.size(); ++place) {
    const LinkedEntry& linked = kept[place]->linked;
    std::optional<LogPlace> in_log;
    if (backers[place] == place) {
      in_log = LogPlace{linked.index, linked.recorded};
      logged.push_back(linked.index);
    }
    writer.add(in_log, kept[place]->spelled);
  }
  NGUON_TRY(const auto proof, ledger.joint_path(logged, newest.head.size));
  return writer.finish(proof, missing_links(links));
}

}  // namespace nguon::ledger
