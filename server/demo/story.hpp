#pragma once

#include "ledger/entry/maker.hpp"
#include "ledger/keys/key.hpp"
#include "schemas/bundle.hpp"
#include "server/demo/day.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nguon::server {

/// Somebody who signs: one device key of one person, speaking for one organisation.
struct Hand {
  const ledger::PrivateKey* key = nullptr;  ///< Owned by the Story.
  std::string person;                       ///< Subject id; empty for the operator's own keys.
  std::string org;                          ///< Subject id.
};

/// What is consumed: `amount` is a decimal text.
struct Consumed {
  std::string sub;
  std::string amount;
  std::string unit;
};

/// The rest of a sentence beside who, what and when.
struct Circumstances {
  std::vector<Consumed> from;
  std::string on_behalf_of;  ///< Person; empty for none.
  int hour = 8;              ///< Device clock that day.
  int minute = 0;
};

/// An entry of the story, signed and not yet sent.
struct ToldEntry {
  std::int64_t iat = 0;  ///< Device time, Unix seconds.
  std::string kid;       ///< Who signed it.
  std::string type;
  std::string sd_jwt;
  std::string id;
  std::string enrols;  ///< Kid that it enrols, or empty.
};

/// Signs a season, entry by entry; deliver() sends it. Same seed, same entries, to the bit except
/// ES256 signatures, which are no part of an entry's identity. Chains may be told one after the
/// other, each entry after those it names by its device's time. One thread tells a story.
class Story {
 public:
  /// `bundle` outlives the Story.
  Story(std::string deployment_id, const schemas::Bundle& bundle, std::uint64_t seed);

  std::uint64_t seed() const { return seed_; }

  /// Signs the first entry of a new subject; returns that subject. `data` holds
  /// private values plain, in their places.
  std::string start(const Hand& by, std::string_view type, std::string_view kind, Day when,
                    const boost::json::object& data, const Circumstances& around = {});
  /// Signs a further entry of `sub`, after the newest one this story told; returns the entry's id.
  std::string follow(const Hand& by, std::string_view type, const std::string& sub, Day when,
                     const boost::json::object& data, const Circumstances& around = {});

  /// The office enrols a person and their device: member.add, then key.add with the new key's
  /// proof.
  Hand enrol(const Hand& office, const std::string& name, const std::string& org,
             const std::vector<std::string>& roles, Day when, std::string_view kind = "worker");

  /// Newest entry of a subject as this story told it.
  const std::string& head(const std::string& sub) const { return heads_.at(sub); }

  /// Everything told so far, in the order of telling; the story goes on empty.
  std::vector<ToldEntry> take() { return std::exchange(told_, {}); }

 private:
  ledger::MadeEntry tell(const Hand& by, std::string_view type, ledger::Draft draft, Day when,
                         const boost::json::object& data, const Circumstances& around);

  const std::string deployment_id_;
  const schemas::Bundle& bundle_;
  const std::uint64_t seed_;
  ledger::EntryMaker maker_;
  std::deque<ledger::PrivateKey> devices_;  // Hands point into it
  std::map<std::string, std::string> heads_;
  std::vector<ToldEntry> told_;
};

}  // namespace nguon::server
