#pragma once

#include "ledger/base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// One field of a form as a browser sent it. Views into the body.
struct FormPart {
  std::string name;
  std::string_view content;
  bool file = false;  ///< It had a file name, which is nobody's business and not kept.
};

inline constexpr std::size_t max_form_parts = 12;

/// A `multipart/form-data` body (RFC 7578, with the grammar of RFC 2046 §5.1): strict, with limits
/// on parts and their headers. Error: `report.form`.
ledger::Result<std::vector<FormPart>> read_form(std::string_view content_type,
                                                std::string_view body);

/// The content of the first part of that name; empty when there is none.
std::string_view field_of(const std::vector<FormPart>& parts, std::string_view name);

}  // namespace nguon::server
