#include "ledger/monitor/watched.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/log/subject_page.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

std::string member_of(const Entry& entry, std::string_view name) {
  const auto* value = entry.data.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

std::size_t Watched::History::below(std::uint64_t size) const {
  return static_cast<std::size_t>(std::lower_bound(indexes.begin(), indexes.end(), size) -
                                  indexes.begin());
}

void Watched::take(const LinkedEntry& linked) {
  const Entry& effective = linked.effective();
  const std::string& sub = linked.entry.sub;
  const bool whole_org = subject_kind(of_) == "org";
  if (whole_org && effective.is("key.add")) {
    if (const auto* jwk = effective.data.if_contains("jwk"); jwk != nullptr) {
      for (const std::string& text : enrolled_jwks(effective)) {
        const auto key = PublicKey::from_jwk(text);
        if (key) orgs_.emplace(key->kid(), member_of(effective, "org"));
      }
    }
  }
  const bool known = histories_.contains(sub);
  const bool first = whole_org && begun_.insert(sub).second;
  if (!known && sub != of_ && !(first && begins_here(linked))) return;
  const auto id = base64url_hash(linked.entry.id);
  if (!id) return;
  History& history = histories_[sub];
  history.indexes.push_back(linked.index);
  history.ids.push_back(*id);
  changed_.insert(sub);
}

bool Watched::begins_here(const LinkedEntry& linked) const {
  const Entry& effective = linked.effective();
  const auto signer = orgs_.find(effective.kid);
  return (signer != orgs_.end() && signer->second == of_) || member_of(effective, "org") == of_ ||
         member_of(effective, "holder") == of_;
}

std::set<std::string> Watched::changed() { return std::exchange(changed_, {}); }

Result<std::vector<SubjectEntry>> parse_subject_page(std::string_view text, std::string_view sub,
                                                     std::uint64_t page) {
  NGUON_TRY(const auto value, parse_json(text));
  const Error broken = invalid("monitor.pages", {}, "not a page of that subject");
  const auto* object = value.if_object();
  if (object == nullptr || object->size() != 3) return broken;
  const auto* said = object->if_contains("sub");
  const auto* first = object->if_contains("first");
  const auto* entries = object->if_contains("entries");
  if (said == nullptr || !said->is_string() || said->get_string() != sub || first == nullptr ||
      first->if_int64() == nullptr ||
      static_cast<std::uint64_t>(first->get_int64()) != page * subject_page_width ||
      entries == nullptr || !entries->is_array() ||
      entries->get_array().size() > subject_page_width) {
    return broken;
  }
  std::vector<SubjectEntry> list;
  for (const auto& one : entries->get_array()) {
    const auto* entry = one.if_object();
    const auto* index = entry == nullptr ? nullptr : entry->if_contains("index");
    const auto* id = entry == nullptr ? nullptr : entry->if_contains("id");
    if (index == nullptr || id == nullptr || index->if_int64() == nullptr ||
        index->get_int64() < 0 || !id->is_string()) {
      return broken;
    }
    const auto hash = base64url_hash(id->get_string());
    if (!hash) return broken;
    list.push_back({static_cast<std::uint64_t>(index->get_int64()), *hash});
  }
  return list;
}

}  // namespace nguon::ledger
