#pragma once

#include "server/office/label_lists.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <string_view>

namespace nguon::server {

inline constexpr std::size_t most_label_rows = 200;

/// {rows, total, next?} of a list of labels: rows in which every word of `typed` begins a word,
/// blind to marks and case, or whose range or batch it is; `limit` of them from the `from`-th on.
boost::json::object label_page(LabelList which, const boost::json::array& rows,
                               std::string_view typed, std::size_t from, std::size_t limit);

}  // namespace nguon::server
