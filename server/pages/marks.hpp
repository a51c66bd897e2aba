#pragma once

#include "server/pages/layout.hpp"
#include "server/pages/view.hpp"

#include <string>
#include <vector>

namespace nguon::server {

// What goods may boast of, judged by the calendar of the moment it is shown: a page that was kept
// over midnight, or over an outage of days, never shows stars of yesterday.

/// The recognition as it stands on `today` (ISO date in Vietnam).
OcopLine standing_on(OcopLine ocop, const std::string& today);

/// The OCOP line. Stars only while in force, as drawn stars beside the words "OCOP 4 sao"; lapsed
/// and withdrawn say since when and never how many (products.md §4.3, Decision 148/QĐ-TTg).
void write_ocop(Html& html, const PageContext& context, const OcopLine& ocop);

/// Each with the mark of who entered it; one that held when the goods were packed and no more says
/// both.
void write_certificates(Html& html, const PageContext& context,
                        const std::vector<CertificateLine>& certificates);

}  // namespace nguon::server
