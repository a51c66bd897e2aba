#pragma once

#include "ledger/base/result.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace nguon::server {

/// What is told of an XML document, in its order. Names come without their prefix: what people
/// send binds the usual prefixes, or none.
struct XmlEvents {
  /// `attribute` finds a value by name (without prefix); empty when there is none. Its views end
  /// with the call.
  using Attribute = std::function<std::string_view(std::string_view name)>;
  std::function<void(std::string_view name, const Attribute& attribute)> begin;
  std::function<void(std::string_view name)> end;
  std::function<void(std::string_view text)> text;  ///< UTF-8, perhaps in several pieces.
};

inline constexpr std::size_t max_xml_depth = 64;

/// Reads a whole document in UTF-8 or UTF-16. A document type is refused, so that no entity can
/// grow or fetch anything. Errors: `xml.syntax`, `xml.doctype`, `xml.depth`.
ledger::Result<void> walk_xml(std::string_view document, const XmlEvents& events);

}  // namespace nguon::server
