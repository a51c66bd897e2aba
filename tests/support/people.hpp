#pragma once

#include "ledger/entry/admission.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/keys/key.hpp"
#include "schemas/bundle.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::tests {

class Saying;

/// A small deployment to speak in: named people with fixed keys, one genesis entry, one bundle. The
/// same in every run: keys by name, salts and jti from one seed. All people and places are
/// invented.
///
///   People people;
///   auto made = people.make("batch.harvest/1").by("member").starts("batch").data(harvest).sign();
///   auto admission = people.admit(made);
///
/// "root", "log", "service", "recovery" and names that begin with one of the first three hold
/// Ed25519 keys, everyone else a P-256 key, as a phone does.
class People {
 public:
  /// `bundle` outlives the People; its hash stands in the genesis entry.
  explicit People(std::string_view seed = "people",
                  const schemas::Bundle& bundle = schemas::Bundle::built_in());

  /// The key of that name, made on first use and known to resolver().
  const ledger::PrivateKey& key(std::string_view name);
  /// A key of that name which no log ever enrolled.
  ledger::PrivateKey stranger(ledger::Alg alg = ledger::Alg::es256) const;

  const ledger::MadeEntry& genesis() const { return genesis_; }
  const std::string& deployment_id() const { return genesis_.id; }
  const schemas::Bundle& bundle() const { return bundle_; }
  ledger::KeyResolver resolver() const;

  /// Begins an entry of that type; sign() ends it.
  Saying make(std::string_view type);
  /// A harvest by "member" that starts a batch, with one disclosure.
  ledger::MadeEntry harvest(std::string_view amount = "120.5");
  /// Layer 1 as this deployment runs it.
  ledger::Admission admit(std::string_view body, std::string_view expected_id = {}) const;
  ledger::Admission admit(const ledger::MadeEntry& made) const {
    return admit(made.sd_jwt, made.id);
  }

 private:
  friend class Saying;
  std::string seed_;
  std::map<std::string, ledger::PrivateKey, std::less<>> keys_;
  const schemas::Bundle& bundle_;
  ledger::MadeEntry genesis_;
  std::optional<ledger::EntryMaker> maker_;  // once the genesis has given the deployment its id
  std::int64_t now_ = 1'789'000'000;         // Unix seconds: each entry a minute after the last
};

/// One entry being said. Cheap; used as a temporary.
class Saying {
 public:
  Saying(People& people, std::string_view type);
  Saying& by(std::string_view name);      ///< Default "member".
  Saying& starts(std::string_view kind);  ///< A new subject of that kind.
  Saying& continues(std::string_view sub, std::string_view prev);
  Saying& from(const ledger::MadeEntry& input, std::string_view amount,
               std::string_view unit = "kg");
  Saying& on_behalf_of(std::string_view person);
  Saying& at(std::int64_t iat);  ///< Device time, Unix seconds.
  Saying& seen(ledger::Seen seen);
  Saying& data(std::string_view json);  ///< Private values plain, in their places.
  /// Throws std::logic_error where the draft itself is nonsense: a test's bug.
  ledger::MadeEntry sign();

 private:
  People& people_;
  const schemas::TypeSchema& type_;
  std::string name_ = "member";
  ledger::Draft draft_;
};

/// A subject id of that kind for data that only has to look right; differs by `seed`.
std::string some_subject(std::string_view kind, std::string_view seed = "1");

}  // namespace nguon::tests
