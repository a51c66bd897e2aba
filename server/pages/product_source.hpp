#pragma once

#include "ledger/trace/source.hpp"
#include "schemas/bundle.hpp"
#include "server/pages/product_view.hpp"

namespace nguon::server {

/// What ProductSource gives, of any source.
ledger::Result<std::optional<ProductView>> product_view(const ledger::trace::Source& source,
                                                        const schemas::Bundle& bundle,
                                                        const std::string& gtin14,
                                                        std::int64_t now_ms);

/// Ledger and bundle outlive what is returned.
ProductSource product_source(const ledger::Ledger& ledger, const schemas::Bundle& bundle);

}  // namespace nguon::server
