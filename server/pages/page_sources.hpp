#pragma once

#include "labels/serial.hpp"
#include "ledger/log/ledger.hpp"
#include "schemas/bundle.hpp"
#include "server/pages/desk.hpp"

namespace nguon::server {

/// Pages answered from a running log. The references outlive the result; `codec` holds the keys of
/// every epoch ever printed; `witnesses`: how many the log asks to cosign.
PageSources page_sources(const ledger::Ledger& ledger, const labels::SerialCodec& codec,
                         const schemas::Bundle& bundle, std::size_t witnesses);

}  // namespace nguon::server
