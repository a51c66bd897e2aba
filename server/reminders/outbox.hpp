#pragma once

#include "server/deployment/notebook.hpp"
#include "server/reminders/due.hpp"
#include "server/reminders/letter.hpp"
#include "server/reminders/sentences.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace nguon::server {

/// Where digests go, and when.
struct ReminderWays {
  std::vector<Target> targets;
  Carry carry;               ///< Empty: nothing leaves.
  unsigned digest_hour = 7;  ///< From this hour on, Asia/Ho_Chi_Minh.
};

/// Sends each target, once a day, the notices it has not had. What was sent is on the disk after it
/// was sent, so a crash between the two sends a letter again, under the same id, and none is lost.
/// What fails is tried again after 1, 2, 4 … minutes, an hour at most. For one thread.
class Outbox {
 public:
  /// `notebook` outlives it.
  Outbox(Notebook& notebook, ReminderWays ways);

  /// A record of the notebook that is the outbox's own; others are passed over.
  void recall(const boost::json::object& record);

  /// Sends what is due to be sent at `now_ms`. Returns how many letters left.
  std::size_t send(std::span<const Due> due, const OrgNames& names, std::int64_t now_ms);

 private:
  struct Had {
    std::set<std::string, std::less<>> notices;
    std::string day;              ///< Of the last digest.
    std::int64_t not_before = 0;  ///< Unix ms.
    int failures = 0;
  };

  Notebook& notebook_;
  const ReminderWays ways_;
  std::map<std::string, Had, std::less<>> had_;  // By target.
};

}  // namespace nguon::server
