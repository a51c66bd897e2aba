#pragma once

#include "ledger/log/ledger.hpp"
#include "ledger/log/state_scan.hpp"
#include "schemas/bundle.hpp"
#include "server/office/row_maker.hpp"
#include "server/office/search.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace nguon::server {

/// Which rows somebody asks for.
struct Selection {
  RowKind kind = RowKind::organisations;
  std::string typed;       ///< Into the search box; empty: all.
  std::string org;         ///< That organisation's and those below it; empty: all he may see.
  std::string after;       ///< ListPage::next of the page before; empty: the first page.
  std::size_t limit = 50;  ///< Rows wanted, 1 to max_page_rows.
};

inline constexpr std::size_t max_page_rows = 200;

/// One page: best answers first, then by name, those without a readable name last.
struct ListPage {
  bool exact = false;             ///< The first row bears what was typed as a code.
  std::size_t total = 0;          ///< Rows that answer, on all pages.
  std::vector<std::string> rows;  ///< JSON objects: public members, and what the viewer may read.
  std::string next;  ///< Names the last row by ids alone, never by a value; empty: no more.
};

/// The office's lists: organisations, members, sites, products and certificates, in memory, with
/// the private values that lists show. Follows the log: what an answered question shows is as of a
/// head no older than the one released when it was asked, so an erased value is gone from the next
/// answer on. About 1 KiB a row; at most `max_rows`. Thread-safe.
class Directory {
 public:
  static constexpr std::size_t most_rows = 500'000;

  /// `scan` is of the ledger's state. Ledger and bundle outlive it.
  Directory(const ledger::Ledger& ledger, ledger::StateScan scan, const schemas::Bundle& bundle,
            std::size_t max_rows = most_rows);

  /// Reads on to the log's head; the first time all of the state. Errors: `directory.loading`
  /// (Errc::too_busy) while another thread does that first reading, `directory.full`
  /// (Errc::unavailable), `store.*`.
  ledger::Result<void> refresh();

  /// Ends a reading under way, and all later ones, with `directory.loading`: the process is ending.
  void stop() { stopping_ = true; }

  /// Errors: those of refresh(); `directory.org` (Errc::forbidden: not the viewer's to see, or
  /// unknown); `directory.cursor`.
  ledger::Result<ListPage> page(const Viewer& viewer, const Selection& selection);

  /// Calls `take` with every row of the selection (its cursor and limit aside) in its order, until
  /// it returns false. Rows made anew meanwhile come as they are by then. Errors: as page().
  ledger::Result<void> each(const Viewer& viewer, const Selection& selection,
                            const std::function<bool(const std::string& row)>& take);

  /// Rows held, all lists together, and octets of them.
  std::size_t size() const;
  std::size_t octets() const;

 private:
  using Rows = std::deque<Row>;
  struct Found;

  ledger::Result<void> load();
  ledger::Result<void> read_on(std::uint64_t size);
  ledger::Result<void> renew(const std::string& sub);
  std::uint32_t number_of(const std::string& org);
  std::uint32_t known_number(const std::string& org) const;
  std::set<std::string> owned_by(const std::string& person) const;
  ledger::Result<Sight> sight_of(const Viewer& viewer, const std::string& org) const;
  ledger::Result<std::vector<Found>> find(const Selection& selection, Sight& sight,
                                          std::size_t limit, std::size_t& total) const;

  const ledger::Ledger& ledger_;
  const ledger::StateScan scan_;
  const schemas::Bundle& bundle_;
  const std::size_t max_rows_;

  std::mutex refreshing_;  // Held by who reads the log; taken before rows_mutex_.
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> loaded_ = false;
  std::atomic<std::uint64_t> read_ = 0;  // Leaves below are in the rows.

  mutable std::shared_mutex rows_mutex_;  // Guards what follows.
  std::array<Rows, row_kind_names.size()> rows_;
  std::unordered_multimap<std::string_view, Row*> by_subject_;  // Views of Row::sub, which stays.
  std::map<std::string, std::uint32_t, std::less<>> org_numbers_;
  std::vector<std::uint32_t> parents_;  // By number.
  std::vector<std::string> orgs_;       // By number.
};

}  // namespace nguon::server
