#pragma once

#include "ledger/log/ledger.hpp"
#include "schemas/bundle.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What the office reads of its labels: ranges, the batches they were printed for or put on, and
/// who said that labels are void, lost, given back or printed once more.
enum class LabelList : std::uint8_t { ranges, batches, reports };
inline constexpr std::array<std::string_view, 3> label_list_names{"ranges", "batches", "reports"};

std::optional<LabelList> label_list_of(std::string_view name);

/// The account of one organisation's labels, put together when asked from the state and the
/// histories of its ranges: O(runs), never O(labels).
struct LabelAccounts {
  boost::json::array ranges;
  boost::json::array batches;
  boost::json::array reports;  ///< Newest first in each range; at most `most_reports`.
  boost::json::array offers;   ///< Blank labels of others that wait to be taken by this one.
  std::int64_t asked = 0;      ///< Labels asked for that the service has not granted yet.
  bool cut = false;            ///< There is more of something than is read.

  const boost::json::array& list(LabelList which) const;
};

/// Looks at every range once, by its number. Errors: `store.*`.
ledger::Result<LabelAccounts> label_accounts(const ledger::Ledger& ledger,
                                             const schemas::Bundle& bundle, const std::string& org);

/// A reason, or what was done, in Vietnamese; the id itself where it has no word.
std::string_view label_word(std::string_view id);

/// Headings in Vietnamese and the cells of a row, for a sheet.
std::vector<std::string> label_headings(LabelList which);
std::vector<std::string> label_cells(LabelList which, const boost::json::object& row);

}  // namespace nguon::server
