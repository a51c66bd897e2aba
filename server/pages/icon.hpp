#pragma once

#include "server/pages/markup.hpp"
#include "server/pages/view.hpp"

#include <string_view>

namespace nguon::server {

/// Small drawings of our own, inline SVG, hidden from screen readers: the words beside them say it
/// all.
Markup good_icon();
Markup warn_icon();
Markup bad_icon();
Markup question_icon();
/// A picture of the crop, 52 px; a leaf for crops without one.
Markup crop_icon(std::string_view crop);
/// A different shape for each kind of voucher, so that colour is never the only sign.
Markup vouch_icon(Vouch vouch);

}  // namespace nguon::server
