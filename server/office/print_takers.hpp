#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/base/result.hpp"
#include "server/deployment/notebook.hpp"
#include "server/session/viewer.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace nguon::server {

/// Who has the labels of one part of a signed print. A key is one computer: it never leaves it.
struct PrintTaker {
  std::int64_t part = 0;
  std::string kid;
  std::string person;
  std::int64_t at_ms = 0;
};

/// From one part of a signed print to another, both inside.
struct PrintParts {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// Which computer took the labels of a signed print: that one may take them again, if its file was lost,
/// and another only by taking them over, or both would print the same serials. Remembered, across restarts
/// too, for as long as files are given. Thread-safe.
class PrintTakers {
 public:
  /// After so long nobody is given the file any more, and nothing is kept (server/api/label_print.hpp).
  static constexpr std::int64_t kept_ms = std::int64_t{24} * 3600 * 1000;

  /// `path`: of its notebook. Errors: those of Notebook::open(). `clock` outlives it.
  static ledger::Result<std::unique_ptr<PrintTakers>> open(const std::string& path,
                                                           const ledger::Clock& clock);

  /// Notes that `who` takes the parts, before the first octet of them leaves; all or none, but for those
  /// noted before a note failed, which are then his. Errors: `label.print-taken` (Errc::conflict), its
  /// detail the person and the Unix ms, when another key has one and `over` is not said; those of
  /// Notebook::append().
  ledger::Result<void> take(const std::string& entry, PrintParts parts, const Viewer& who, bool over);
  /// Whether take() would be refused for another's sake, and so; nothing is noted.
  ledger::Result<void> may_take(const std::string& entry, PrintParts parts, const Viewer& who,
                                bool over) const;
  /// By part.
  std::vector<PrintTaker> of(const std::string& entry) const;

 private:
  explicit PrintTakers(const ledger::Clock& clock) : clock_(clock) {}
  ledger::Result<void> read(const boost::json::object& record);
  /// Leaves out what is over; the file too, where there was any.
  ledger::Result<void> forget_old();
  /// Those of the parts that `who` does not have yet. Errors: as take(). With mutex_ held.
  ledger::Result<std::vector<std::int64_t>> others(const std::string& entry, PrintParts parts,
                                                   const Viewer& who, bool over) const;

  const ledger::Clock& clock_;
  mutable std::mutex mutex_;  // Guards all below; held while a note is being synced.
  std::unique_ptr<Notebook> book_;
  std::map<std::pair<std::string, std::int64_t>, PrintTaker> takers_;  // By entry and part.
};

}  // namespace nguon::server
