#pragma once

#include "server/office/row.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// A list as a sheet: one heading per column, in Vietnamese, as the import of sheets reads it too.
std::vector<std::string_view> export_headings(RowKind kind);

/// Whether a column holds numbers to be reckoned with, decimal text with a point.
bool is_export_number(RowKind kind, std::size_t column);

/// The cells of one row as Directory::each() gives it, as many as there are headings; empty for
/// what the row does not hold or the viewer may not read. `org_names`: by subject.
std::vector<std::string> export_cells(
    RowKind kind, const boost::json::object& row,
    const std::map<std::string, std::string, std::less<>>& org_names);

}  // namespace nguon::server
