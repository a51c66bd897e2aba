#pragma once

#include "labels/gtin.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::server {

/// `{"amount","unit"}` as every schema writes quantities.
inline boost::json::object goods(std::int64_t amount, std::string_view unit) {
  return {{"amount", std::to_string(amount)}, {"unit", unit}};
}

/// A commune of the administrative list in force since 1 July 2025.
inline boost::json::object commune(std::string_view code) {
  return {{"code", code}, {"vintage", "2025-07-01"}};
}

/// A GTIN-14 of GS1's demonstration prefix 952, which is nobody's.
inline std::string demo_gtin(std::string_view item_of_5_digits) {
  const std::string digits = "0952000" + std::string(item_of_5_digits) + '0';
  return digits + labels::gs1_check_digit(digits);
}

}  // namespace nguon::server
