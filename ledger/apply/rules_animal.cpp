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

/// That a place can take an animal on that day.
Result<void> check_site(Work& work, const AnimalRecord& animal, const std::string& on,
                        const std::string& field) {
  NGUON_TRY(const auto site, named<SiteRecord>(work, animal.site, field));
  if (site.retired && *site.retired <= on) work.flag("flag.site-retired");
  if (site.org != animal.org) work.flag("flag.site-of-another");
  return {};
}

/// What arrival and birth have in common.
Result<AnimalRecord> new_animal(Work& work, const Data& data) {
  AnimalRecord animal;
  animal.org = work.maker().org;
  NGUON_TRY(animal.site, data.text("site"));
  NGUON_TRY(animal.species, data.text("species"));
  NGUON_TRY(animal.breed, data.text("breed"));
  NGUON_TRY(animal.sex, data.text("sex"));
  NGUON_TRY(animal.arrived, data.date("on"));
  NGUON_CHECK(check_site(work, animal, animal.arrived, "/data/site"));
  return animal;
}

/// What happened to a living animal: its day, which stands beside the record.
struct Event {
  AnimalRecord animal;
  std::string on;
};

Result<Event> happening(Work& work, const Data& data) {
  NGUON_TRY(auto animal, own<AnimalRecord>(work));
  NGUON_TRY(auto on, data.date("on"));
  if (animal.ended && *animal.ended < on) work.flag("flag.animal-ended");
  return Event{std::move(animal), std::move(on)};
}

bool is_newer(const std::optional<std::string>& known, const std::string& on) {
  return !known || *known <= on;
}

}  // namespace

Result<void> animal_arrives(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto animal, new_animal(work, data));
  NGUON_TRY(animal.born, data.maybe_text("born"));
  NGUON_TRY(animal.source, data.text("source"));
  put_own(work, animal);
  return {};
}

Result<void> animal_is_born(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto animal, new_animal(work, data));
  animal.born = animal.arrived.substr(0, 7);
  animal.source = "born";
  if (data.has("weight")) {
    NGUON_TRY(const auto weight, data.quantity("weight", work.bundle().units()));
    animal.weighed = Weighing{animal.arrived, weight.amount};
  }
  NGUON_TRY(animal.dam, data.maybe_text("dam"));
  if (animal.dam) {
    NGUON_TRY(const auto dam, named<AnimalRecord>(work, *animal.dam, "/data/dam"));
    if (dam.sex != "female" || dam.species != animal.species) work.flag("flag.dam");
    if (dam.ended && *dam.ended < animal.arrived) work.flag("flag.animal-ended");
  }
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

Result<void> weigh_animal(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto event, happening(work, data));
  auto& animal = event.animal;
  const auto& on = event.on;
  NGUON_TRY(const auto weight, data.quantity("weight", work.bundle().units()));
  if (!animal.weighed || animal.weighed->on <= on) animal.weighed = Weighing{on, weight.amount};
  put_own(work, animal);
  return {};
}

Result<void> treat_animal(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto event, happening(work, data));
  auto& animal = event.animal;
  const auto& on = event.on;
  NGUON_TRY(const auto days, data.maybe_integer("withdrawal_days"));
  if (days) {
    NGUON_TRY(const auto free, days_after(on, *days, "/data/withdrawal_days"));
    if (is_newer(animal.withheld, free)) animal.withheld = free;
  }
  put_own(work, animal);
  return {};
}

Result<void> vaccinate_animal(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto event, happening(work, data));
  auto& animal = event.animal;
  const auto& on = event.on;
  NGUON_TRY(const auto disease, data.text("disease"));
  auto given = animal.vaccinated.value_or(std::vector<Vaccination>{});
  const auto place =
      std::lower_bound(given.begin(), given.end(), disease,
                       [](const Vaccination& one, const auto& name) { return one.disease < name; });
  if (place == given.end() || place->disease != disease) {
    given.insert(place, {disease, on});
  } else {
    place->on = std::max(place->on, on);
  }
  animal.vaccinated = std::move(given);
  put_own(work, animal);
  return {};
}

Result<void> move_animal(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto event, happening(work, data));
  auto& animal = event.animal;
  const auto& on = event.on;
  NGUON_TRY(auto to, data.text("to"));
  AnimalRecord there = animal;
  there.site = std::move(to);
  NGUON_CHECK(check_site(work, there, on, "/data/to"));
  if (is_newer(animal.moved, on)) {
    there.moved = on;
    animal = std::move(there);
  }
  put_own(work, animal);
  return {};
}

Result<void> animal_dies(Work& work) {
  const Data data(work.entry().data);
  NGUON_TRY(auto animal, own<AnimalRecord>(work));
  NGUON_TRY(const auto on, data.date("on"));
  // Said twice, by two people or of two days: the first stands, a person looks.
  if (animal.ended) {
    work.flag("flag.animal-ended");
    return {};
  }
  animal.ended = on;
  put_own(work, animal);
  return {};
}

}  // namespace nguon::ledger
