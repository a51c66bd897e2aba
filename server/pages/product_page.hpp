#pragma once

#include "server/pages/layout.hpp"
#include "server/pages/product_view.hpp"

#include <string_view>

namespace nguon::server {

/// 200: a product by its GTIN. It vouches for no pack, so it bears no verdict and leads to the serial.
Page product_page(const ProductView& view, const PageContext& context);
/// 404: a GTIN that this log gave to nothing.
Page unknown_product_page(const PageContext& context, std::string_view gtin);

}  // namespace nguon::server
