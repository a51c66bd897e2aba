#pragma once

#include "server/pages/product_view.hpp"
#include "server/resolver/link_item.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

/// Links of one of our labels that was issued: its page first and by default, in both languages and
/// for machines, and the chain it came by. `origin`: `https://HOST`; `path`: of the page.
LinkItem label_item(const ScanView& view, std::string_view origin, const std::string& path);

/// Links of a product that the log knows and no file says anything of: its page, in the same forms.
LinkItem product_item(const ProductView& view, std::string_view origin);

}  // namespace nguon::server
