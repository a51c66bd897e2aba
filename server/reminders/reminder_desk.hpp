#pragma once

#include "ledger/base/clock.hpp"
#include "server/reminders/due.hpp"
#include "server/reminders/outbox.hpp"
#include "server/session/viewer.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nguon::server {

inline constexpr std::string_view reminders_read_typ = "nguon-reminders+jwt";
inline constexpr std::size_t max_reminders_octets = 16 * 1024;

/// What runs out, told to the offices it concerns: an inbox for each reader, and digests to
/// outside. Thread-safe; send() is for one thread.
class ReminderDesk {
 public:
  /// Errors: those of Notebook::open. All but `ways` and `path` outlive it.
  static ledger::Result<std::unique_ptr<ReminderDesk>> open(
      const std::string& path, const ledger::Ledger& ledger, ledger::StateScan scan,
      const schemas::Bundle& bundle, const ledger::Clock& clock, ReminderWays ways);

  /// {reminders, unread, text}: of the reader's office, all for a registrar, none for who is of no
  /// office; `text` is to be pasted into a chat. Errors: `store.*`.
  ledger::Result<boost::json::object> inbox(const Viewer& viewer);

  /// Marks as read what {aud, read: [id, …]}, signed by the reader's key, names; what is not his to
  /// see is passed over. Errors: `jws.*`, `reminders.body`, `reminders.signer` (Errc::forbidden),
  /// those of Notebook::append.
  ledger::Result<boost::json::object> mark_read(std::string_view jws);

  /// Sends the digests that are due. Errors: `store.*`; what is not taken is tried again.
  ledger::Result<std::size_t> send();

 private:
  ReminderDesk(const ledger::Ledger& ledger, ledger::StateScan scan, const schemas::Bundle& bundle,
               const ledger::Clock& clock);
  ledger::Result<void> look();
  ledger::Result<Viewer> signer(std::string_view jws, boost::json::object& payload) const;

  const ledger::Ledger& ledger_;
  const ledger::Clock& clock_;
  std::unique_ptr<Notebook> notebook_;
  std::unique_ptr<Outbox> outbox_;

  std::mutex mutex_;  // Guards all below.
  DueFinder finder_;
  std::uint64_t size_ = 0;  // What due_ and names_ are as of.
  std::string day_;
  std::vector<Due> due_;
  OrgNames names_;
  std::set<std::pair<std::string, std::string>> read_;  // Person and notice.
};

}  // namespace nguon::server
