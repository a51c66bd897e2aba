#pragma once

#include "server/pages/catalogue.hpp"
#include "server/signals/signal_book.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// A label's page with what is known of its scans filled in where the page has its two places for
/// it (scan_page): amber above the goods, the count beside the serial. A page without them comes
/// back as it was.
std::string with_signals(std::string_view page, const SignalView& view, std::string_view serial,
                         Lang lang);

/// The two places, for whoever renders a page.
inline constexpr std::string_view amber_place = "<!--a-->";
inline constexpr std::string_view count_place = "<!--n-->";

}  // namespace nguon::server
