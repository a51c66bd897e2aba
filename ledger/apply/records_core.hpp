#pragma once

#include "ledger/apply/codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// State records of the log itself, keys and people (FORMAT.md "State").
namespace nguon::ledger {

/// `deployment`: who and what this log is; written once, by the genesis entry. Which keys are in
/// force later: SignersRecord.
struct DeploymentRecord {
  std::string id;  ///< Entry id of index 0: every entry's `aud`.
  std::string name;
  std::string origin;        ///< First line of every checkpoint.
  std::string operator_org;  ///< Subject that runs it; also the subject of `rules.activate`.
  std::string log_kid;       ///< Signs checkpoints only, never an entry.
  std::string service_kid;
  std::vector<std::string> root_kids;  ///< The root key, then the recovery keys.

  bool operator==(const DeploymentRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("log_kid", self.log_kid);
    visit("name", self.name);
    visit("operator_org", self.operator_org);
    visit("origin", self.origin);
    visit("root_kids", self.root_kids);
    visit("service_kid", self.service_kid);
  }
};

/// How long one key speaks for the log (FORMAT.md "Change of keys").
struct KeyTerm {
  std::string kid;
  std::int64_t since = 0;             ///< Index of the entry that introduced it.
  std::optional<std::int64_t> until;  ///< Index of the entry that retired it.

  /// Whether it speaks of a log of `size` leaves.
  bool in_force(std::uint64_t size) const {
    return static_cast<std::uint64_t>(since) < size &&
           (!until || size <= static_cast<std::uint64_t>(*until));
  }

  bool operator==(const KeyTerm&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("kid", self.kid);
    visit("since", self.since);
    visit("until", self.until);
  }
};

/// `signers`: written by each `log.keys` entry; before the first, initial_signers() says the same.
/// Each list is oldest first.
struct SignersRecord {
  std::vector<KeyTerm> log;
  std::vector<std::string> recovery;
  std::vector<KeyTerm> root;
  std::vector<KeyTerm> service;

  bool operator==(const SignersRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("log", self.log);
    visit("recovery", self.recovery);
    visit("root", self.root);
    visit("service", self.service);
  }
};

/// The name a log goes by, from the entry at `since` on: of sizes beyond it.
struct OriginTerm {
  std::string origin;
  std::int64_t since = 0;

  bool operator==(const OriginTerm&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("origin", self.origin);
    visit("since", self.since);
  }
};

/// `origins`: written by each `log.succeed`; before the first, genesis's origin alone.
struct OriginsRecord {
  std::vector<OriginTerm> of;  ///< Oldest first, genesis's too.

  bool operator==(const OriginsRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("of", self.of);
  }
};

/// `rules`: what decides from the next entry on.
struct RulesRecord {
  std::int64_t engine = 0;
  std::string bundle;  ///< SHA-256 of the bundle text, base64url.
  std::string entry;   ///< Entry that activated it.

  bool operator==(const RulesRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("bundle", self.bundle);
    visit("engine", self.engine);
    visit("entry", self.entry);
  }
};

/// `key/<kid>`: one enrolled key, bound once for ever.
struct KeyRecord {
  std::string alg;                 ///< ES256 or EdDSA.
  std::string jwk;                 ///< Canonical JWK text.
  std::string person;              ///< Subject; empty for the operator's own keys of the genesis.
  std::string org;                 ///< Organisation it speaks for.
  std::vector<std::string> roles;  ///< Sorted.
  std::int64_t added = 0;          ///< Log index.
  std::optional<std::int64_t>
      revoked;  ///< Log index of the key.revoke; it signs nothing from there on.

  bool operator==(const KeyRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("added", self.added);
    visit("alg", self.alg);
    visit("jwk", self.jwk);
    visit("org", self.org);
    visit("person", self.person);
    visit("revoked", self.revoked);
    visit("roles", self.roles);
  }
};

/// `head/<sub>`: the subject's history in short, and whose it is.
struct HeadRecord {
  std::int64_t count = 0;  ///< Entries so far.
  std::string head;        ///< Entry id of the newest.
  std::string range;       ///< CompactRange::serialise() over the entry ids' 32 octets, base64url.
  std::string org;         ///< Organisation whose subject this is.
  std::string kid;         ///< Key that started it.
  std::string person;      ///< Person of that key, or on whose behalf it was started.

  bool operator==(const HeadRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("count", self.count);
    visit("head", self.head);
    visit("kid", self.kid);
    visit("org", self.org);
    visit("person", self.person);
    visit("range", self.range);
  }
};

/// `entry/<id>`: that this entry was logged, also for an adopted inner one.
struct EntryRecord {
  std::int64_t index = 0;
  std::string sub;
  std::string type;              ///< Of the effective entry.
  std::string person;            ///< Who made it; empty for the operator's own keys.
  std::optional<Amount> credit;  ///< What it credits to its batch, corrections included.

  bool operator==(const EntryRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("credit", self.credit);
    visit("index", self.index);
    visit("person", self.person);
    visit("sub", self.sub);
    visit("type", self.type);
  }
};

/// One person's place in one organisation.
struct Membership {
  std::string org;
  std::string kind;                   ///< member, linked or worker.
  std::optional<std::string> joined;  ///< YYYY-MM-DD.
  std::optional<std::string> left;    ///< Last day, YYYY-MM-DD.

  bool operator==(const Membership&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("joined", self.joined);
    visit("kind", self.kind);
    visit("left", self.left);
    visit("org", self.org);
  }
};

/// The last word given for one purpose.
struct Consent {
  std::string org;
  std::string purpose;
  bool given = false;
  std::optional<bool> own;           ///< True when the person's own key said it.
  std::optional<std::string> until;  ///< YYYY-MM-DD, inclusive.

  bool operator==(const Consent&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("given", self.given);
    visit("org", self.org);
    visit("own", self.own);
    visit("purpose", self.purpose);
    visit("until", self.until);
  }
};

/// `person/<sub>`: public facts only; names and phones are disclosures.
struct PersonRecord {
  std::vector<std::string> kids;  ///< Keys ever added, oldest first.
  std::vector<Membership> memberships;
  std::vector<Consent> consents;
  std::optional<std::string> erased;  ///< Entry that erased this person.

  bool operator==(const PersonRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("consents", self.consents);
    visit("erased", self.erased);
    visit("kids", self.kids);
    visit("memberships", self.memberships);
  }
};

/// `erased/<entry>/<pointer>`: one private value is gone.
struct ErasedRecord {
  std::string entry;  ///< The erase entry.

  bool operator==(const ErasedRecord&) const = default;
  template <class Self, class Visit>
  static void members(Self& self, Visit&& visit) {
    visit("entry", self.entry);
  }
};

}  // namespace nguon::ledger
