#pragma once

#include "server/pages/layout.hpp"
#include "server/pages/product_view.hpp"
#include "server/pages/view.hpp"

#include <string>

namespace nguon::server {

inline constexpr std::string_view ld_json = "application/ld+json";

/// What the page of a serial says, for machines: JSON-LD 1.1 in terms of schema.org and the GS1 Web
/// Vocabulary, its context inside, so that nothing need be fetched to read it. No person is named,
/// and marks are told by the rules of the page: a rating only while it is in force. Pure.
std::string product_ld(const ScanView& view, const PageContext& context);
/// The same of a product by itself: no verdict, for no pack is spoken of.
std::string product_ld(const ProductView& view, const PageContext& context);

/// A verdict's stable name: `valid`, `not-activated`, …
std::string_view name_of(Verdict verdict);

}  // namespace nguon::server
