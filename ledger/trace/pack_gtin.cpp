#include "ledger/trace/pack_gtin.hpp"

#include "ledger/apply/pack_size.hpp"
#include "ledger/apply/typed.hpp"

namespace nguon::ledger::trace {

Result<bool> fits_gtin(const StateReader& state, const std::string& gtin14,
                       const BatchView& batch) {
  NGUON_TRY(const auto bearer, read_record<PointerRecord>(state, state_key::gtin(gtin14)));
  if (!bearer || bearer->sub != batch.product.sub) return false;
  // What the record says of the product as a whole outlives what it once said of one size.
  if (batch.product.record.gtin == gtin14 || !batch.record.pack) return true;
  NGUON_TRY(const auto size, read_record<PackSizeRecord>(state, state_key::gtin_size(gtin14)));
  return !size || (size->dimension == batch.record.dimension && size->size == *batch.record.pack);
}

}  // namespace nguon::ledger::trace
