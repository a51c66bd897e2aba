#pragma once

#include "server/pages/catalogue.hpp"
#include "server/signals/signal_book.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace nguon::server {

/// A label's page with its two places for signals filled in (scan_page): the count beside the
/// serial and, with `amber`, the warning above the goods. `count` stands where count_text() of a
/// label is to be put. A page without the places comes back as it was.
std::string with_signals(std::string_view page, bool amber, std::string_view count,
                         std::string_view serial, Lang lang);

/// What is counted of one label, in words, as with_signals() wants it: always count_width() octets,
/// so that it can be put into a page that is compressed already (pages/stencil.hpp).
std::string count_text(const SignalView& view, Lang lang);
std::size_t count_width(Lang lang);

/// The two places, for whoever renders a page.
inline constexpr std::string_view amber_place = "<!--a-->";
inline constexpr std::string_view count_place = "<!--n-->";

}  // namespace nguon::server
