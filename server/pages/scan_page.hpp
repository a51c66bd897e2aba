#pragma once

#include "server/pages/layout.hpp"
#include "server/pages/view.hpp"

namespace nguon::server {

/// The page of one issued serial, always 200: verdict, product, who, where, dates, OCOP,
/// certificates, serial, actions on the first screen of a 360×640 phone (DESIGN §7), the rest
/// below. Pure.
Page scan_page(const ScanView& view, const PageContext& context);

/// The page of one known animal, 200. Pure.
Page animal_page(const AnimalView& view, const PageContext& context);

}  // namespace nguon::server
