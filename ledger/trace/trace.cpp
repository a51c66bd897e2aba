#include "ledger/trace/trace.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/trace/opened.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace nguon::ledger::trace {
namespace {

/// What the entry says itself.
Event event_of(std::uint64_t index, const Opened& opened) {
  Event event;
  event.index = index;
  event.recorded = opened.recorded;
  event.entry = opened.logged.id;
  event.sub = opened.effective.sub;
  event.type = opened.effective.type;
  event.iat = opened.effective.iat;
  event.on_behalf_of = opened.effective.on_behalf_of;
  event.adopted = opened.adopted;
  event.data = opened.effective.data;
  return event;
}

}  // namespace

Result<std::optional<BatchView>> Trace::batch(const std::string& sub) const {
  NGUON_TRY(auto record, read_record<BatchRecord>(source_, state_key::subject(sub)));
  NGUON_TRY(auto head, read_record<HeadRecord>(source_, state_key::head(sub)));
  if (!record || !head) return std::optional<BatchView>();
  BatchView view;
  view.sub = sub;
  view.record = std::move(*record);
  view.head = std::move(*head);
  NGUON_TRY(auto goods, product(view.record.product));
  NGUON_TRY(auto maker, org(view.record.org));
  NGUON_TRY(auto holder, org(view.record.holder));
  view.product = std::move(goods).value_or(ProductView{});
  view.maker = std::move(maker).value_or(OrgView{});
  view.holder = std::move(holder).value_or(OrgView{});
  std::vector<std::string> products;
  NGUON_TRY(view.origin, origin_of(sub, view.record, view.recalls, products));
  if (view.record.kind == "pack") view.packed = view.record.first;
  NGUON_TRY(view.ocop, ocop(view.record.product, view.record.org));
  NGUON_TRY(view.certificates, certificates(view, products));
  return std::optional<BatchView>(std::move(view));
}

Result<std::optional<AnimalView>> Trace::animal(const std::string& number,
                                                const std::string& scheme) const {
  NGUON_TRY(const auto bearer, read_record<PointerRecord>(source_, state_key::tag(scheme, number)));
  if (!bearer) return std::optional<AnimalView>();
  NGUON_TRY(auto record, read_record<AnimalRecord>(source_, state_key::subject(bearer->sub)));
  NGUON_TRY(auto head, read_record<HeadRecord>(source_, state_key::head(bearer->sub)));
  if (!record || !head) return std::optional<AnimalView>();
  AnimalView view;
  view.sub = bearer->sub;
  view.record = std::move(*record);
  view.head = std::move(*head);
  NGUON_TRY(auto owner, org(view.record.org));
  NGUON_TRY(auto barn, site(view.record.site));
  view.org = std::move(owner).value_or(OrgView{});
  view.site = std::move(barn).value_or(SiteView{});
  view.wears = std::any_of(view.record.tags.begin(), view.record.tags.end(), [&](const Tag& tag) {
    return tag.scheme == scheme && tag.number == number && !tag.until;
  });
  return std::optional<AnimalView>(std::move(view));
}

Result<Timeline> Trace::timeline(const std::string& sub) const {
  return timeline(std::vector<std::string>{sub});
}

Result<Timeline> Trace::timeline(const std::vector<std::string>& subs) const {
  std::vector<std::uint64_t> indexes;
  Timeline timeline;
  for (const auto& sub : subs) {
    // One more than fits tells whether there are more.
    NGUON_TRY(const auto found, source_.history(sub, 0, limits_.max_events + 1));
    indexes.insert(indexes.end(), found.begin(), found.end());
    if (indexes.size() > limits_.max_events) {
      timeline.cut = true;
      indexes.resize(limits_.max_events);
      break;
    }
  }
  std::sort(indexes.begin(), indexes.end());
  std::map<std::string, KeyHolder> holders;  // By key: a story of many entries has few.
  for (const auto index : indexes) {
    NGUON_TRY(const auto opened, source_.opened(index));
    const std::string& kid = opened->effective.kid;
    auto holder = holders.find(kid);
    if (holder == holders.end()) {
      NGUON_TRY(auto found, holder_of(kid));
      holder = holders.emplace(kid, std::move(found)).first;
    }
    Event line = event_of(index, *opened);
    line.person = holder->second.person;
    line.org = holder->second.signer.org;
    line.org_name = holder->second.signer.name;
    line.roles = holder->second.signer.roles;
    timeline.events.push_back(std::move(line));
  }
  return timeline;
}

Result<std::vector<std::string>> Trace::used_in(const std::string& sub) const {
  std::vector<std::string> users;
  NGUON_TRY(const auto indexes, source_.consumers(sub, limits_.max_batches));
  for (const auto index : indexes) {
    NGUON_TRY(const auto opened, source_.opened(index));
    if (std::find(users.begin(), users.end(), opened->effective.sub) == users.end()) {
      users.push_back(opened->effective.sub);
    }
  }
  return users;
}

}  // namespace nguon::ledger::trace
