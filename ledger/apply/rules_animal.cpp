#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/rules.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

// Tags break; more than this on one animal is a mistake.
constexpr std::size_t max_tags = 64;

bool wears(const AnimalRecord& animal, const std::string& scheme, const std::string& number) {
  return std::any_of(animal.tags.begin(), animal.tags.end(), [&](const Tag& tag) {
    return tag.scheme == scheme && tag.number == number && !tag.until;
  });
}

// A number may be on one living animal at a time; after it died the issuer may give it again.
Result<void> claim_number(Work& work, const std::string& scheme, const std::string& number) {
  const auto key = state_key::tag(scheme, number);
  NGUON_TRY(const auto bearer, work.find<PointerRecord>(key));
  if (bearer && bearer->sub != work.entry().sub) {
    NGUON_TRY(const auto other, named<AnimalRecord>(work, bearer->sub, "/data/number"));
    if (wears(other, scheme, number) && !other.ended) {
      return invalid("animal.tag-taken", "/data/number", "a living animal wears this number");
    }
  }
  work.put(key, PointerRecord{work.entry().sub});
  return {};
}

void take_off(Work& work, AnimalRecord& animal, const std::string& number, const std::string& on) {
  const auto old = std::find_if(animal.tags.begin(), animal.tags.end(),
                                [&](const Tag& tag) { return tag.number == number && !tag.until; });
  if (old == animal.tags.end()) {
    work.flag("flag.tag-not-worn");
  } else {
    old->until = on;
  }
}

}  // namespace

Result<void> animal_arrives(Work& work) {
  const Data data(work.entry().data);
  AnimalRecord animal;
  animal.org = work.maker().org;
  NGUON_TRY(animal.site, data.text("site"));
  NGUON_TRY(animal.species, data.text("species"));
  NGUON_TRY(animal.breed, data.text("breed"));
  NGUON_TRY(animal.sex, data.text("sex"));
  NGUON_TRY(animal.born, data.maybe_text("born"));
  NGUON_TRY(animal.arrived, data.date("on"));
  NGUON_TRY(animal.source, data.text("source"));
  NGUON_TRY(const auto site, named<SiteRecord>(work, animal.site, "/data/site"));
  if (site.retired && *site.retired <= animal.arrived) work.flag("flag.site-retired");
  if (site.org != animal.org) work.flag("flag.site-of-another");
  put_own(work, animal);
  return {};
}

Result<void> tag_animal(Work& work) {
  const Data data(work.entry().data);
  Tag tag;
  NGUON_TRY(tag.scheme, data.text("scheme"));
  NGUON_TRY(tag.number, data.text("number"));
  NGUON_TRY(tag.on, data.date("on"));
  NGUON_TRY(const auto replaced, data.maybe_text("replaces_number"));
  NGUON_TRY(auto animal, own<AnimalRecord>(work));
  if (wears(animal, tag.scheme, tag.number)) {
    return invalid("animal.tag-worn", "/data/number", "this animal wears it already");
  }
  if (animal.tags.size() == max_tags) return invalid("animal.tags", "/sub", "at most 64 tags");
  NGUON_CHECK(claim_number(work, tag.scheme, tag.number));
  if (replaced) take_off(work, animal, *replaced, tag.on);
  animal.tags.push_back(std::move(tag));
  put_own(work, animal);
  return {};
}

}  // namespace nguon::ledger
