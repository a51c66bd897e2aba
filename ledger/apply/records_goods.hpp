#pragma once

#include "ledger/apply/codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// State records of goods, animals and labels (FORMAT.md "State").
namespace nguon::ledger {

/// A recall that stands.
struct Recall {
  std::string entry;
  std::string on;  ///< YYYY-MM-DD.
  std::string reason;
  std::string action;

  bool operator==(const Recall&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("action", self.action);
    visit("entry", self.entry);
    visit("on", self.on);
    visit("reason", self.reason);
  }
};

/// `batch/<sub>`: plain credits and debits in integer 10⁻⁶ of the base unit.
struct BatchRecord {
  std::string kind;    ///< harvest, delivery, lot, made or pack.
  std::string org;     ///< Organisation that made it.
  std::string holder;  ///< Organisation in whose hands it is.
  std::string product;
  std::optional<std::string> site;
  std::string dimension;  ///< Of all its amounts: mass, volume or count.
  Amount credited;
  Amount debited;
  std::string first;                   ///< Earliest date of its own entries, YYYY-MM-DD.
  std::string last;                    ///< Latest.
  std::int64_t tickets = 0;            ///< Entries that credited it.
  std::vector<std::string> inputs;     ///< Subjects consumed, each once; a lot keeps its first 64.
  bool inputs_cut = false;             ///< There were more than `inputs` holds.
  std::int64_t people = 0;             ///< Persons whose goods its own entries brought, each once.
  std::optional<std::string> step;     ///< Of kind made.
  std::optional<std::string> lot;      ///< As printed on the pack.
  std::optional<Amount> pack;          ///< Net content of one pack.
  std::optional<std::int64_t> count;   ///< Packs made.
  std::optional<std::string> expires;  ///< YYYY-MM-DD.
  std::int64_t labels = 0;             ///< Labels applied so far.
  std::int64_t extra = 0;              ///< Labels approved beyond the allowance.
  std::vector<Recall> recalls;         ///< Those not lifted.

  bool operator==(const BatchRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("count", self.count);
    visit("credited", self.credited);
    visit("debited", self.debited);
    visit("dimension", self.dimension);
    visit("expires", self.expires);
    visit("extra", self.extra);
    visit("first", self.first);
    visit("holder", self.holder);
    visit("inputs", self.inputs);
    visit("inputs_cut", self.inputs_cut);
    visit("kind", self.kind);
    visit("labels", self.labels);
    visit("last", self.last);
    visit("lot", self.lot);
    visit("org", self.org);
    visit("pack", self.pack);
    visit("people", self.people);
    visit("product", self.product);
    visit("recalls", self.recalls);
    visit("site", self.site);
    visit("step", self.step);
    visit("tickets", self.tickets);
  }
};

/// One number on one animal.
struct Tag {
  std::string scheme;
  std::string number;
  std::string on;                    ///< YYYY-MM-DD.
  std::optional<std::string> until;  ///< Day it was replaced.

  bool operator==(const Tag&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("number", self.number);
    visit("on", self.on);
    visit("scheme", self.scheme);
    visit("until", self.until);
  }
};

/// The newest dose against one disease.
struct Vaccination {
  std::string disease;
  std::string on;  ///< YYYY-MM-DD.

  bool operator==(const Vaccination&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("disease", self.disease);
    visit("on", self.on);
  }
};

/// The newest weighing.
struct Weighing {
  std::string on;  ///< YYYY-MM-DD.
  Amount weight;   ///< Kilograms.

  bool operator==(const Weighing&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("on", self.on);
    visit("weight", self.weight);
  }
};

/// `animal/<sub>`. Entries come late and out of order, so what is newest is asked of their dates.
struct AnimalRecord {
  std::string org;
  std::string site;
  std::string species;
  std::string breed;
  std::string sex;
  std::optional<std::string> born;  ///< YYYY-MM.
  std::string arrived;              ///< YYYY-MM-DD.
  std::string source;
  std::vector<Tag> tags;  ///< Oldest first.
  std::optional<std::string>
      ended;  ///< Day it died, was slaughtered or left; it then frees its numbers.
  std::optional<std::string> dam;    ///< Subject, where it was born in the herd.
  std::optional<std::string> moved;  ///< Day it came to `site`, where that is not the first.
  std::optional<Weighing> weighed;
  std::optional<std::string> withheld;  ///< First day its meat is free of every medicine given.
  std::optional<std::vector<Vaccination>> vaccinated;  ///< One a disease, in their order.

  bool operator==(const AnimalRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("arrived", self.arrived);
    visit("born", self.born);
    visit("breed", self.breed);
    visit("dam", self.dam);
    visit("ended", self.ended);
    visit("moved", self.moved);
    visit("org", self.org);
    visit("sex", self.sex);
    visit("site", self.site);
    visit("source", self.source);
    visit("species", self.species);
    visit("tags", self.tags);
    visit("vaccinated", self.vaccinated);
    visit("weighed", self.weighed);
    visit("withheld", self.withheld);
  }
};

/// `input/<sub>`: something sprayed, spread or fed on a site.
struct InputRecord {
  std::string org;
  std::string site;
  std::string kind;
  std::string name;
  std::string on;                        ///< YYYY-MM-DD.
  std::optional<std::int64_t> phi_days;  ///< Pre-harvest interval; absent: not known.

  bool operator==(const InputRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("kind", self.kind);
    visit("name", self.name);
    visit("on", self.on);
    visit("org", self.org);
    visit("phi_days", self.phi_days);
    visit("site", self.site);
  }
};

/// `wait/<site>`: the latest end of an interval after what was applied there.
struct WaitRecord {
  std::string free;   ///< First day of picking, YYYY-MM-DD.
  std::string input;  ///< Subject that says so.

  bool operator==(const WaitRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("free", self.free);
    visit("input", self.input);
  }
};

/// `range/<sub>`: labels granted; what became of each run is under `runs/`.
struct RangeRecord {
  std::string org;
  std::int64_t number = 0;  ///< 24 bits.
  std::int64_t epoch = 0;   ///< 0 to 31.
  std::int64_t count = 0;
  std::string request;  ///< Entry id.
  std::string serial_root;
  std::int64_t applied = 0;  ///< Labels on goods.
  std::int64_t voided = 0;   ///< Labels worth nothing.

  bool operator==(const RangeRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("applied", self.applied);
    visit("count", self.count);
    visit("epoch", self.epoch);
    visit("number", self.number);
    visit("org", self.org);
    visit("request", self.request);
    visit("serial_root", self.serial_root);
    visit("voided", self.voided);
  }
};

/// `epoch/<number>`: where the numbering of ranges stands.
struct EpochRecord {
  std::int64_t last = 0;

  bool operator==(const EpochRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("last", self.last);
  }
};

/// `request/<sub>`: labels asked for, or an extra allowance for one batch.
struct RequestRecord {
  std::string org;
  std::string person;                 ///< Who signed it.
  std::optional<std::int64_t> count;  ///< Labels wanted.
  std::optional<std::string> batch;
  std::optional<std::int64_t> extra;  ///< Labels beyond the batch's allowance.
  std::optional<std::string> reason;
  std::optional<std::string> used;  ///< Entry that made use of it; each serves once.

  bool operator==(const RequestRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("batch", self.batch);
    visit("count", self.count);
    visit("extra", self.extra);
    visit("org", self.org);
    visit("person", self.person);
    visit("reason", self.reason);
    visit("used", self.used);
  }
};

}  // namespace nguon::ledger
