#pragma once

#include "ledger/audit/links.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/log/subject_head.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

/// The histories that somebody watches, from the leaves themselves: one subject, or an organisation
/// with every subject that its keys began or that names it as owner. Not thread-safe.
class Watched {
 public:
  /// Entry ids of one subject in log order, with their log indexes.
  struct History {
    std::vector<std::uint64_t> indexes;
    std::vector<Hash> ids;

    /// How many stand below this log index.
    std::size_t below(std::uint64_t size) const;
  };

  explicit Watched(std::string of) : of_(std::move(of)) {}

  /// The next entry of the log.
  void take(const LinkedEntry& linked);

  const std::string& of() const { return of_; }
  const std::map<std::string, History>& histories() const { return histories_; }
  /// Subjects with entries since this was asked last.
  std::set<std::string> changed();

 private:
  bool begins_here(const LinkedEntry& linked) const;

  const std::string of_;
  std::map<std::string, std::string> orgs_;  // Whose key it is, by kid.
  std::set<std::string> begun_;              // Every subject of the log, while an org is watched.
  std::map<std::string, History> histories_;
  std::set<std::string> changed_;
};

/// A page of a subject's entries as the service lists it (FORMAT.md "Subject heads"). Errors:
/// `json.*`, `monitor.pages` when it is not of this shape or not of this subject and page.
Result<std::vector<SubjectEntry>> parse_subject_page(std::string_view text, std::string_view sub,
                                                     std::uint64_t page);

}  // namespace nguon::ledger
