#pragma once

#include "ledger/base/result.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/log/ledger.hpp"
#include "schemas/bundle.hpp"
#include "server/demo/day.hpp"

#include <boost/json/object.hpp>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
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

/// Tells a season to a ledger, through the same door as anybody's entries, without waiting for each
/// one: they are signed and handed over in order, and settle() waits. Same seed, same entries, to
/// the bit except ES256 signatures, which are no part of an entry's identity. One thread tells a
/// story.
class Story {
 public:
  using Progress = std::function<void(std::size_t told)>;

  /// `ledger` and `bundle` outlive the Story.
  Story(ledger::Ledger& ledger, const schemas::Bundle& bundle, std::uint64_t seed,
        Progress progress);
  ~Story();

  std::uint64_t seed() const { return seed_; }

  /// Signs the first entry of a new subject and submits it; returns that subject. `data` holds
  /// private values plain, in their places.
  std::string start(const Hand& by, std::string_view type, std::string_view kind, Day when,
                    const boost::json::object& data, const Circumstances& around = {});
  /// Signs a further entry of `sub`, after the newest one this story told, and submits it; returns
  /// the entry's id.
  std::string follow(const Hand& by, std::string_view type, const std::string& sub, Day when,
                     const boost::json::object& data, const Circumstances& around = {});

  /// The office enrols a person and their device: member.add, then key.add with the new key's
  /// proof. Entries by that hand may be told after the next settle().
  Hand enrol(const Hand& office, const std::string& name, const std::string& org,
             const std::vector<std::string>& roles, Day when, std::string_view kind = "worker");

  /// Newest entry of a subject as this story told it.
  const std::string& head(const std::string& sub) const { return heads_.at(sub); }

  /// Waits until everything told is logged. The first entry that was not ends the story: its error,
  /// with the type of entry in `detail`.
  ledger::Result<void> settle();

 private:
  ledger::MadeEntry tell(const Hand& by, std::string_view type, ledger::Draft draft, Day when,
                         const boost::json::object& data, const Circumstances& around);
  void hand_over(const ledger::MadeEntry& made, std::string_view type);
  void note(const ledger::Outcome& outcome, const std::string& type);

  ledger::Ledger& ledger_;
  const schemas::Bundle& bundle_;
  const std::uint64_t seed_;
  const Progress progress_;
  ledger::EntryMaker maker_;
  std::deque<ledger::PrivateKey> devices_;  // Hands point into it
  std::map<std::string, std::string> heads_;
  std::uint64_t told_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_; the sequencer's thread notes outcomes.
  std::size_t outstanding_ = 0;
  std::optional<ledger::Error> first_error_;
};

}  // namespace nguon::server
