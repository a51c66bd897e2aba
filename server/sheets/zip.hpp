#pragma once

#include "ledger/base/result.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace nguon::server {

/// What all wanted files of one archive unpack to, at most: a thousandfold bomb of 10 MiB stops
/// here.
inline constexpr std::size_t max_unpacked_octets = 64 << 20;
inline constexpr std::size_t max_zip_files = 2'000;

/// Files of a zip archive by name, those that `wanted` names; a name that is there twice is
/// refused, for two readers could see two workbooks. Errors: `sheet.xlsx`, `sheet.too-large`.
ledger::Result<std::map<std::string, std::string>> unzip(
    std::string_view octets, const std::function<bool(std::string_view name)>& wanted);

}  // namespace nguon::server
