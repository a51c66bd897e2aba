#pragma once

#include "ledger/log/head_statement.hpp"
#include "ledger/monitor/mirror.hpp"
#include "ledger/monitor/watch_record.hpp"
#include "ledger/monitor/watched.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nguon::ledger {

struct WatchOptions {
  MirrorOptions log;  ///< Its `url` ends with `/log/<n>`; the API is beside it.
  std::string of;     ///< The subject, or the organisation, to watch.
  /// Seconds after which what should have been renewed is said to stand still.
  std::uint64_t stale_seconds = 30 * 60;
  /// Seconds by which the operator's clock may differ from ours before his times are disbelieved.
  std::uint64_t clock_seconds = 60 * 60;
};

/// What one look came to.
struct WatchLook {
  Look log;
  std::size_t subjects = 0;  ///< Watched now.
  std::size_t entries = 0;   ///< Of all these.
  std::size_t checked = 0;   ///< Subjects whose head and pages were held against the log this time.
};

/// Keeps an eye on one organisation or batch for its people: a mirror of the log, and everything
/// the service says of these subjects held against its entries. In the folder: `log/`, the mirror;
/// `watch`, what else is remembered.
///
/// Alarms are Errors of Errc::corrupt with both sides kept in `log/evidence/`: those of Mirror, and
/// `monitor.withheld` (the service keeps an entry back that the log holds), `monitor.head` (it
/// signed a head that the log contradicts), `monitor.pages` (it lists other entries than the log
/// holds), `monitor.backwards` (an older head statement than before), `monitor.stale` (a statement
/// or cosignature that should have been renewed was not), `monitor.back-dated` (an entry that was
/// not there claims to have been recorded before that). What may be a cache's lag is asked again
/// after a pause. Not thread-safe.
class Watch {
 public:
  /// Errors: those of Mirror::open(), `monitor.state` when the folder watches something else.
  static Result<std::unique_ptr<Watch>> open(const std::string& folder, NoteVerifier log,
                                             WatchOptions options);

  /// Errors: alarms, those of Mirror::look(), and `subject.unknown` when the log has no entry of
  /// what is watched.
  Result<WatchLook> look();

 private:
  /// Why a head or page is not believed.
  struct Finding {
    std::string rule, detail;
    std::vector<std::pair<std::string, std::string>> evidence;
  };
  using Checked = Result<std::optional<Finding>>;

  Watch(std::unique_ptr<MirrorFolder> folder, std::unique_ptr<Mirror> mirror, WatchOptions options);
  Result<void> follow(std::optional<Error>& alarm);
  std::vector<std::string> due();
  Result<void> catch_up();
  Result<void> check_twice(const std::string& sub);
  Checked check(const std::string& sub);
  Checked check_claims(const std::string& sub, const std::string& statement,
                       const HeadClaims& claims) const;
  Result<HeadClaims> read_head(const std::string& statement) const;
  Checked check_pages(const std::string& sub);
  Finding finding(std::string rule, std::string detail, const std::string& statement) const;
  Result<std::string> ask(const std::string& sub, const std::string& what) const;
  std::uint64_t now_seconds() const;

  const std::unique_ptr<MirrorFolder> folder_;
  const std::unique_ptr<Mirror> mirror_;
  const WatchOptions options_;
  const std::string api_;
  Watched watched_;
  WatchRecord record_;
  std::uint64_t taken_ = 0;    // Leaves that watched_ has seen.
  std::uint64_t settled_ = 0;  // Size of the log when this look began: heads must know all of it.
  std::uint64_t begun_ = 0;    // Unix seconds of this look.
  std::string turn_;           // The subject that was checked last, of those in turn.
};

}  // namespace nguon::ledger
