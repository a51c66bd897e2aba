#include "ledger/apply/label_rules.hpp"
#include "ledger/apply/label_runs.hpp"
#include "ledger/apply/rules_labels.hpp"

#include <algorithm>

// Blank rolls go from one organisation to another in two steps, each signed by its own side. The
// part that was taken is a range of the taker's: its own subject, head and history, so that two
// offices never wait for one another.
namespace nguon::ledger {
namespace {

constexpr std::size_t max_offers = 16;
// A reader of one label follows so many ranges at most.
constexpr std::int64_t max_hands = 8;

auto offer_of(std::vector<LabelOffer>& offers, const std::string& entry) {
  return std::find_if(offers.begin(), offers.end(),
                      [&](const LabelOffer& offer) { return offer.entry == entry; });
}

Result<void> withdraw_offer(Work& work, LabelPart& part, const std::string& entry) {
  const auto offer = offer_of(part.offers, entry);
  if (offer == part.offers.end()) return invalid("label.offer", "/data/withdraws", "none stands");
  part.offers.erase(offer);
  put_part(work, part);
  return {};
}

// An organisation that may use labels now.
Result<void> check_taker(Work& work, const std::string& org, const std::string& field) {
  NGUON_TRY(const auto record, named<OrgRecord>(work, org, field));
  if (record.status == "active") return {};
  return Error{Errc::forbidden, "org.suspended", field, "it is " + record.status};
}

}  // namespace

Result<void> give_labels(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto range, own_range(work));
  NGUON_CHECK(data.date("on"));
  NGUON_TRY(const auto withdraws, data.maybe_text("withdraws"));
  if (withdraws) return withdraw_offer(work, range.part, *withdraws);
  NGUON_TRY(const auto span, read_span(work, range));
  NGUON_TRY(const auto to, data.text("to"));
  if (to == range.record.org) return invalid("label.own", "/data/to", "another organisation");
  NGUON_CHECK(check_taker(work, to, "/data/to"));
  NGUON_TRY(const auto piece, standing(work, span));
  if (piece.state > LabelState::printed) return stuck(piece.state);
  if (!piece.printed_for.empty()) return invalid("label.not-blank", "/data/first");
  if (range.part.offers.size() == max_offers) return invalid("label.offers", "/sub");
  if (range.part.hands == max_hands) return invalid("label.hands", "/sub");
  range.part.offers.push_back({work.logged().id, span.first, span.last, to});
  put_part(work, range.part);
  return {};
}

Result<void> take_labels(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(const auto org, data.text("org"));
  NGUON_TRY(const auto give, data.text("give"));
  NGUON_CHECK(data.date("on"));
  NGUON_TRY(const auto entry,
            work.need<EntryRecord>(state_key::entry(give),
                                   Error{Errc::not_yet, "entry.unknown", "/data/give",
                                         "the log does not hold this entry yet"}));
  if (!entry.sub.starts_with("range:")) return invalid("label.offer", "/data/give", "no offer");
  NGUON_TRY(auto from, work.need<LabelPart>(state_key::label_part(entry.sub),
                                            invalid("label.offer", "/data/give", "none stands")));
  const auto offer = offer_of(from.offers, give);
  if (offer == from.offers.end()) return invalid("label.offer", "/data/give", "none stands");
  if (offer->to != org) {
    return Error{Errc::forbidden, "label.offer-other", "/data/org", offer->to};
  }
  // What is on offer moves by nobody's word but ours, so it is as blank as it was then.
  NGUON_TRY(const auto piece, LabelBook(work, entry.sub).piece(offer->first, offer->last));
  NGUON_TRY(auto range, named<RangeRecord>(work, entry.sub, "/data/give"));
  range.org = org;
  range.applied = 0;
  range.voided = 0;
  LabelPart part;
  part.from = entry.sub;
  part.first = offer->first;
  part.last = offer->last;
  part.hands = from.hands + 1;
  NGUON_CHECK(add_run(work, entry.sub, LabelLayer::given,
                      Interval{offer->first, offer->last, work.entry().sub}));
  if (piece.printed) {
    NGUON_CHECK(add_run(work, work.entry().sub, LabelLayer::printed,
                        Interval{offer->first, offer->last, {}}));
  }
  from.offers.erase(offer);
  work.put(state_key::label_part(entry.sub), from);
  work.set_owner(org);
  put_part(work, part);
  put_own(work, range);
  return {};
}

}  // namespace nguon::ledger
