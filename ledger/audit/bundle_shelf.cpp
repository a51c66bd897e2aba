#include "ledger/audit/bundle_shelf.hpp"

#include "ledger/entry/subject.hpp"

namespace nguon::ledger {
namespace {

std::vector<std::string> subjects_named(const Entry& entry) {
  std::vector<std::string> subjects;
  for (const Input& input : entry.from) subjects.push_back(input.sub);
  for (const auto& member : entry.data) {
    if (!member.value().is_string()) continue;
    const std::string_view text(member.value().get_string());
    const auto kind = subject_kind(text);
    if (is_subject(text) && (kind == "product" || kind == "site" || kind == "org")) {
      subjects.emplace_back(text);
    }
  }
  return subjects;
}

bool starts_its_subject(const Entry& entry) {
  return !entry.prev &&
         subject_id(subject_kind(entry.sub), entry.aud, entry.kid, entry.jti) == entry.sub;
}

}  // namespace

Result<std::shared_ptr<const KeptEntry>> BundleDesk::Shelf::entry(const Ledger& ledger,
                                                                  std::uint64_t index) {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto* known = kept_.find(index)) return *known;
  }
  NGUON_TRY(const Leaf leaf, ledger.leaf(index));
  NGUON_TRY(const auto bundled, BundledEntry::from(leaf.jws, {}));
  auto kept = std::make_shared<KeptEntry>();
  NGUON_TRY(kept->linked, read_linked(index, leaf.recorded, leaf.jws));
  const LinkedEntry& linked = kept->linked;
  kept->links = links_of(linked);
  kept->spelled = spell(bundled);
  kept->subjects = subjects_named(linked.effective());
  kept->starts_subject = starts_its_subject(linked.entry);
  kept->strict = is_strict(linked.effective());
  kept->moves_keys = moves_keys(linked);
  const std::scoped_lock lock(mutex_);
  indexes_.put(linked.entry.id, index);
  return kept_.put(index, std::move(kept));
}

std::optional<std::uint64_t> BundleDesk::Shelf::index_of(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  const auto* known = indexes_.find(id);
  return known == nullptr ? std::nullopt : std::optional(*known);
}

Result<std::optional<std::string>> BundleDesk::Shelf::state(const Ledger& ledger,
                                                            std::uint64_t size,
                                                            const std::string& key) {
  {
    const std::scoped_lock lock(mutex_);
    if (states_of_ < size) {
      states_ = GenerationCache<std::optional<std::string>>(states_kept);
      states_of_ = size;
    }
    if (states_of_ == size) {
      if (const auto* known = states_.find(key)) return *known;
    }
  }
  // State is written before a size is told, so this row has all of `size` and perhaps more.
  NGUON_TRY(auto stored, ledger.state(key));
  const std::scoped_lock lock(mutex_);
  if (states_of_ == size) states_.put(key, stored);
  return stored;
}

}  // namespace nguon::ledger
