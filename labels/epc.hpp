#pragma once

#include "labels/digital_link.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace nguon::labels {

/// `urn:epc:id|class|idpat:SCHEME:…` -> the Digital Link that names the same thing, elements
/// checked. A pattern must be one of a whole class: `*` last and nowhere else.
Gs1Result<DigitalLink> read_epc(std::string_view urn);

/// The EPC URN of a Digital Link's key and qualifiers. A link does not say where the company prefix
/// ends, so its length (4..12 digits) has to be known. epc: that combination has no URN.
Gs1Result<std::string> write_epc(const DigitalLink& link, std::size_t prefix_length);

}  // namespace nguon::labels
