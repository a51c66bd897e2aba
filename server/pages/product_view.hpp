#pragma once

#include "ledger/base/result.hpp"
#include "server/pages/view.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nguon::server {

/// What the log says of a product by itself, when a code names no pack. Texts are as signed, unescaped;
/// sizes as pages tell them.
struct ProductView {
  std::string gtin;  ///< The one asked for, 14 digits: of the product, or of one of its sizes.
  std::string lot;   ///< Asked for besides; nothing here answers for it. Empty: none.
  std::string sub;   ///< The product's subject in the log.
  std::string crop;
  std::string product;
  std::string product_en;          ///< Empty: there is only the one name.
  std::string pack;                ///< The size this GTIN stands for; empty: any.
  std::vector<std::string> sizes;  ///< All that its newest record states.
  std::string org;                 ///< Whose product it is.
  std::string commune;             ///< Of that organisation's office.
  std::string province;
  std::string retired;           ///< ISO date; empty: it is still made.
  std::optional<OcopLine> ocop;  ///< As for a pack of that organisation.
};

/// The product that bears a GTIN, as of `now_ms`; absent: the log gave it to none. Thread-safe. Errors:
/// only when the store fails.
using ProductSource = std::function<ledger::Result<std::optional<ProductView>>(
    const std::string& gtin14, std::int64_t now_ms)>;

}  // namespace nguon::server
