#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/rules.hpp"

namespace nguon::ledger {

Result<void> apply_input(Work& work) {
  const Data data(work.entry().data);
  InputRecord input;
  input.org = work.maker().org;
  NGUON_TRY(input.site, data.text("site"));
  NGUON_TRY(input.kind, data.text("kind"));
  NGUON_TRY(input.name, data.text("name"));
  NGUON_TRY(input.on, data.date("on"));
  NGUON_TRY(input.phi_days, data.maybe_integer("phi_days"));
  NGUON_TRY(const auto site, named<SiteRecord>(work, input.site, "/data/site"));
  if (site.retired && *site.retired <= input.on) work.flag("flag.site-retired");
  if (site.org != input.org) work.flag("flag.site-of-another");
  if (input.phi_days) {
    NGUON_TRY(const auto free, days_after(input.on, *input.phi_days, "/data/phi_days"));
    // Diaries come late: the latest end of all intervals counts, whichever was told last.
    const auto key = state_key::wait(input.site);
    NGUON_TRY(const auto known, work.find<WaitRecord>(key));
    if (!known || known->free < free) work.put(key, WaitRecord{free, work.entry().sub});
  }
  put_own(work, input);
  return {};
}

}  // namespace nguon::ledger
