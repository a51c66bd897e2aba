#pragma once

#include "server/pages/layout.hpp"

#include <string_view>

namespace nguon::server {

// Answers to codes we cannot show goods for: each a full page with a way on, never a dead end.

/// `/`: type a serial.
Page home_page(const PageContext& context);
/// 404: well formed, never issued. `statement` is the service's signed answer (compact JWS), shown
/// so that a shopper can keep it; empty when signing has stopped.
Page never_issued_page(const PageContext& context, std::string_view serial,
                       std::string_view statement);
/// 400: the check symbol fails, or it is no serial at all. `typed` is what came, shown to compare.
Page mistyped_page(const PageContext& context, std::string_view typed);
/// 400: the link's GTIN has a wrong check digit.
Page broken_link_page(const PageContext& context);
/// 404: `/N/`, `/E/`, `/C/` codes, reserved; `kind` is that letter in upper case.
Page not_in_use_page(const PageContext& context, char kind);
/// 404: a tag no herd record holds.
Page unknown_animal_page(const PageContext& context, std::string_view tag);
/// 400: not 15 digits.
Page malformed_tag_page(const PageContext& context, std::string_view typed);
/// 404 for every other address.
Page not_found_page(const PageContext& context);
/// 200: what one rule id of a problem answer means; 404 when `sentence` is empty.
Page problem_page(const PageContext& context, std::string_view rule, std::string_view sentence);
/// 503: the store is down and nothing is known yet.
Page unavailable_page(const PageContext& context);

}  // namespace nguon::server
