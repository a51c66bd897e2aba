#pragma once

#include "ledger/apply/codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// State records of shared master data (FORMAT.md "State").
namespace nguon::ledger {

/// A commune-level unit: the code means nothing without the date of the list it is from.
struct Commune {
  std::string code;     ///< Five digits.
  std::string vintage;  ///< YYYY-MM-DD.

  bool operator==(const Commune&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("code", self.code);
    visit("vintage", self.vintage);
  }
};

/// Business or founding registration, verbatim.
struct Registration {
  std::string code;
  std::optional<std::string> issued;  ///< YYYY-MM-DD.
  std::string issuer;

  bool operator==(const Registration&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("code", self.code);
    visit("issued", self.issued);
    visit("issuer", self.issuer);
  }
};

/// `org/<sub>`.
struct OrgRecord {
  std::string name;
  std::string kind;  ///< alliance, union, cooperative, group, enterprise, household, authority,
                     ///< lab, council.
  std::optional<Commune> commune;
  std::optional<std::string> parent;  ///< The organisation above; it acts for this one only where
                                      ///< this one delegates.
  std::optional<Registration> registration;
  std::string status;                ///< active, suspended or dissolved.
  std::optional<std::string> since;  ///< Day of that status.

  bool operator==(const OrgRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("commune", self.commune);
    visit("kind", self.kind);
    visit("name", self.name);
    visit("parent", self.parent);
    visit("registration", self.registration);
    visit("since", self.since);
    visit("status", self.status);
  }
};

/// `delegation/<org>/<to>`: keys of `to` that have one of the roles may act for `org`.
struct DelegationRecord {
  std::optional<std::string> ended;  ///< Entry that took it back.
  std::string entry;                 ///< Entry that stated it.
  std::vector<std::string> roles;    ///< Sorted.
  std::string until;                 ///< Last day, YYYY-MM-DD, judged at `recorded`.

  bool operator==(const DelegationRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("ended", self.ended);
    visit("entry", self.entry);
    visit("roles", self.roles);
    visit("until", self.until);
  }
};

/// `site/<sub>`.
struct SiteRecord {
  std::string org;
  std::string kind;
  std::string name;
  Commune commune;
  std::optional<Amount> area;  ///< Square metres × 10⁶.
  std::optional<std::string> crop;
  std::optional<std::string> variety;
  std::optional<std::string> retired;  ///< YYYY-MM-DD.

  bool operator==(const SiteRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("area", self.area);
    visit("commune", self.commune);
    visit("crop", self.crop);
    visit("kind", self.kind);
    visit("name", self.name);
    visit("org", self.org);
    visit("retired", self.retired);
    visit("variety", self.variety);
  }
};

/// `product/<sub>`.
struct ProductRecord {
  std::string org;
  std::string name;
  std::optional<std::string> name_en;
  std::string crop;
  std::string stage;
  std::optional<std::string> variety;
  std::optional<std::string> gtin;  ///< 14 digits, check digit right.
  std::optional<std::int64_t> shelf_days;
  std::optional<std::string> retired;  ///< YYYY-MM-DD.

  bool operator==(const ProductRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("crop", self.crop);
    visit("gtin", self.gtin);
    visit("name", self.name);
    visit("name_en", self.name_en);
    visit("org", self.org);
    visit("retired", self.retired);
    visit("shelf_days", self.shelf_days);
    visit("stage", self.stage);
    visit("variety", self.variety);
  }
};

/// `certificate/<sub>`.
struct CertificateRecord {
  std::string kind;
  std::string number;
  std::string issuer;
  std::string holder;
  std::vector<std::string> products;     ///< Empty: all of the holder's.
  std::vector<std::string> sites;        ///< Empty: all of the holder's.
  std::string from;                      ///< First day.
  std::optional<std::string> until;      ///< Last day, inclusive.
  std::optional<std::string> withdrawn;  ///< First day it no longer holds.
  std::string entry;                     ///< Entry that stated it.

  bool operator==(const CertificateRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("entry", self.entry);
    visit("from", self.from);
    visit("holder", self.holder);
    visit("issuer", self.issuer);
    visit("kind", self.kind);
    visit("number", self.number);
    visit("products", self.products);
    visit("sites", self.sites);
    visit("until", self.until);
    visit("withdrawn", self.withdrawn);
  }
};

/// `ocop/<sub>`: a council's decision; the stars a page shows are computed from it.
struct OcopRecord {
  std::vector<std::string> products;  ///< Its scope.
  std::string holder;
  std::int64_t stars = 0;  ///< 3 to 5.
  std::string number;
  std::string council;
  std::string issued;                    ///< YYYY-MM-DD.
  std::optional<std::string> expires;    ///< Last day, where the decision states one.
  std::optional<std::string> withdrawn;  ///< First day it no longer holds.
  std::string entry;                     ///< Entry that stated it.

  bool operator==(const OcopRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("council", self.council);
    visit("entry", self.entry);
    visit("expires", self.expires);
    visit("holder", self.holder);
    visit("issued", self.issued);
    visit("number", self.number);
    visit("products", self.products);
    visit("stars", self.stars);
    visit("withdrawn", self.withdrawn);
  }
};

/// Subjects that belong to another one, oldest first: `ocop-of/<product>`, `certificates-of/<org>`.
struct ListRecord {
  std::vector<std::string> of;

  bool operator==(const ListRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("of", self.of);
  }
};

/// One subject found by a name of its own: `gtin/<14 digits>`, `tag/<scheme>/<number>`,
/// `range-number/<epoch>/<number>`.
struct PointerRecord {
  std::string sub;

  bool operator==(const PointerRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("sub", self.sub);
  }
};

}  // namespace nguon::ledger
