#include "ledger/apply/keys.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/trace/opened.hpp"
#include "ledger/trace/trace.hpp"

#include <algorithm>
#include <deque>
#include <set>

// The walk from a batch back to what it was made from.
namespace nguon::ledger::trace {
namespace {

// A lot without inputs is where the chain begins for linked households: its tickets' dates stand
// for the harvest's. A lot that consumed harvest batches leaves the dates to them, and
// so does a delivery.
bool begins_chain(const BatchRecord& batch) {
  const bool gathers = batch.kind == "lot" || batch.kind == "delivery";
  return batch.kind == "harvest" || (gathers && batch.inputs.empty());
}

bool contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// What the walk gathers besides the view.
struct Gathered {
  std::set<std::string> harvesters;
  std::vector<std::string> harvest_sites;
  std::vector<std::string> other_sites;
};

void take(const BatchRecord& batch, Origin& origin, Gathered& gathered) {
  origin.cut = origin.cut || batch.inputs_cut;
  if (begins_chain(batch)) {
    if (origin.harvest_first.empty() || batch.first < origin.harvest_first) {
      origin.harvest_first = batch.first;
    }
    origin.harvest_last = std::max(origin.harvest_last, batch.last);
  }
  if (batch.kind == "harvest") ++origin.harvests;
  if (batch.kind == "lot") {
    origin.tickets += batch.tickets;
    origin.people += batch.people;
  }
  if (batch.site) {
    (begins_chain(batch) ? gathered.harvest_sites : gathered.other_sites).push_back(*batch.site);
  }
}

}  // namespace

Result<Origin> Trace::origin_of(const std::string& sub, const BatchRecord& batch,
                                std::vector<RecallView>& recalls,
                                std::vector<std::string>& products) const {
  Origin origin;
  Gathered gathered;
  std::set<std::string> seen{sub};
  std::deque<std::pair<std::string, BatchRecord>> queue{{sub, batch}};
  while (!queue.empty()) {
    const auto [at, record] = std::move(queue.front());
    queue.pop_front();
    origin.batches.push_back(at);
    take(record, origin, gathered);
    if (!contains(products, record.product)) products.push_back(record.product);
    for (const auto& recall : record.recalls) {
      NGUON_TRY(auto view, recall_view(at, recall));
      recalls.push_back(std::move(view));
    }
    if (record.kind == "harvest") {
      NGUON_TRY(const auto head, read_record<HeadRecord>(source_, state_key::head(at)));
      if (head) gathered.harvesters.insert(head->person);
    }
    for (const auto& input : record.inputs) {
      if (!seen.insert(input).second) continue;
      if (origin.batches.size() + queue.size() >= limits_.max_batches) {
        origin.cut = true;
        break;
      }
      NGUON_TRY(auto next, read_record<BatchRecord>(source_, state_key::subject(input)));
      if (next) queue.emplace_back(input, std::move(*next));
    }
  }
  origin.people += static_cast<std::int64_t>(gathered.harvesters.size());
  auto& places = gathered.harvest_sites;
  places.insert(places.end(), gathered.other_sites.begin(), gathered.other_sites.end());
  std::set<std::string> named;
  for (const auto& place : places) {
    if (!named.insert(place).second) continue;
    if (origin.sites.size() == limits_.max_sites) {
      origin.cut = true;
      break;
    }
    NGUON_TRY(auto view, site(place));
    if (view) origin.sites.push_back(std::move(*view));
  }
  return origin;
}

Result<RecallView> Trace::recall_view(const std::string& batch, const Recall& recall) const {
  RecallView view{batch, recall, {}, {}};
  NGUON_TRY(const auto leaf, source_.find(recall.entry));
  if (!leaf) return view;
  NGUON_TRY(const auto opened, open_leaf(*leaf));
  const auto* notice = opened.effective.data.if_contains("notice");
  if (notice == nullptr || !notice->is_object()) return view;
  const auto text = [&](std::string_view language) {
    const auto* value = notice->get_object().if_contains(language);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
  };
  view.notice_vi = text("vi");
  view.notice_en = text("en");
  return view;
}

Result<std::vector<CertificateView>> Trace::certificates(
    const BatchView& view, const std::vector<std::string>& products) const {
  std::vector<CertificateView> held;
  NGUON_TRY(const auto list,
            read_record<ListRecord>(source_, state_key::certificates_of(view.record.org)));
  if (!list) return held;
  // Certificates are judged at the event's date (DESIGN §5), not at the day of the scan.
  const auto& day = view.record.last;
  for (const auto& sub : list->of) {
    NGUON_TRY(auto record, read_record<CertificateRecord>(source_, state_key::subject(sub)));
    if (!record || day < record->from || (record->until && *record->until < day) ||
        (record->withdrawn && *record->withdrawn <= day)) {
      continue;
    }
    const bool product = record->products.empty() ||
                         std::any_of(products.begin(), products.end(), [&](const std::string& p) {
                           return contains(record->products, p);
                         });
    const bool place =
        record->sites.empty() ||
        std::any_of(view.origin.sites.begin(), view.origin.sites.end(),
                    [&](const SiteView& s) { return contains(record->sites, s.sub); });
    if (!product || !place) continue;
    NGUON_TRY(auto by, signer_of(sub));
    held.push_back(CertificateView{sub, std::move(*record), std::move(by)});
  }
  return held;
}

Result<Signer> Trace::signer_of(const std::string& sub) const {
  NGUON_TRY(const auto head, read_record<HeadRecord>(source_, state_key::head(sub)));
  if (!head) return Signer();
  NGUON_TRY(auto holder, holder_of(head->kid));
  return std::move(holder.signer);
}

Result<Trace::KeyHolder> Trace::holder_of(const std::string& kid) const {
  NGUON_TRY(auto key, read_record<KeyRecord>(source_, state_key::key(kid)));
  if (!key) return KeyHolder();
  KeyHolder holder{std::move(key->person), {std::move(key->org), {}, std::move(key->roles)}};
  NGUON_TRY(const auto known, org(holder.signer.org));
  if (known) holder.signer.name = known->record.name;
  return holder;
}

}  // namespace nguon::ledger::trace
