#pragma once

#include "tests/ledger/apply/world.hpp"

#include <map>
#include <string>

namespace nguon::ledger {

/// What an entry of some type would be, had anybody the right to make it.
struct Meant {
  std::string sub;  ///< A subject, or a kind.
  std::string data;
  std::vector<Input> from;
};

/// A world with a union above its co-operative, a sibling of that, a stranger, and something of
/// every kind that is the co-operative's. People get keys written straight into the state, so that
/// also those can be tried whom nobody could enrol.
class Town {
 public:
  Town();

  /// Somebody with a live key of this role alone, and a membership, in `org`.
  Actor somebody(const std::string& org, const std::string& role);
  /// Another key of the same person, ended long ago.
  Actor former_key(const Actor& whose, const std::string& role);
  /// `who` makes what `meant` says of `type` ("site.add"); nothing is kept.
  Verdict tries(const Actor& who, const std::string& type, const Meant& meant,
                const std::string& acting_for = {});
  /// `who` adopts a harvest that the ended key `maker` signed.
  Verdict adopts(const Actor& who, const Actor& maker, const std::string& acting_for = {});
  /// `who` enrols a new member of the co-operative.
  Verdict enrols(const Actor& who, const std::string& acting_for = {});
  /// The rule that refuses, with the kind before it where it is no plain refusal; "yes" and the
  /// flags otherwise.
  static std::string told(const Verdict& verdict);
  /// Valid data for each type but genesis, entry.adopt and key.add, about the co-operative's
  /// things.
  const Meant& meant(const std::string& type) const { return meant_.at(type); }

  World world;
  std::string above, sibling, stranger;
  Actor late_member;  ///< Of the co-operative; the key has ended.

 private:
  void mean_animals();
  void mean_batches();
  void mean_labels();
  void mean_hand_over();
  void mean_master();
  void mean_people();
  Verdict judge(const Entry& entry);

  int made_ = 0;
  std::map<std::string, Meant> meant_;
};

}  // namespace nguon::ledger
