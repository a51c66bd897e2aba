#pragma once

#include "ledger/base/result.hpp"
#include "server/http/request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// Longest request target accepted, octets. RFC 9112 §3 recommends at least 8000.
inline constexpr std::size_t max_target_octets = 8192;

/// Fills target, path, segments, query (and host from an absolute-form target). Refuses what two
/// readers could read differently: `//`, `.` and `..` (encoded too), bad percent-encoding, control
/// octets or broken UTF-8 behind it, backslashes, fragments, foreign characters. Errors:
/// `http.target`, Errc::invalid.
ledger::Result<void> set_target(Request& request, std::string_view target);

/// Lower-case host of an authority or Host value, port off (an IPv6 literal keeps its brackets);
/// absent when it holds octets that have no business in links made from it.
std::optional<std::string> host_of(std::string_view authority);

/// Percent-decodes; absent on bad encoding. `plus_is_blank` for form-encoded queries.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank = false);

/// The path for a log line: segments after Q, 21, T, E, N, C, 8018 … (serials, tags, codes, cards)
/// become
/// `*`, and whatever is not plain ASCII becomes `?`. The query never appears.
std::string loggable_path(const Request& request);

}  // namespace nguon::server
