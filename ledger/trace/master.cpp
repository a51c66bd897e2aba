#include "ledger/apply/keys.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/trace/trace.hpp"
#include "schemas/calendar.hpp"
#include "schemas/places.hpp"

#include <algorithm>
#include <tuple>

// Organisations, products, places and OCOP lines.
namespace nguon::ledger::trace {
namespace {

PlaceName place_name(const std::optional<Commune>& commune) {
  if (!commune) return {};
  const auto place = schemas::find_commune(commune->code, commune->vintage);
  if (!place) return {};
  const auto province = schemas::find_province(place->province);
  return {std::string(place->name), province ? std::string(province->name) : std::string()};
}

// The last day of the stars: what the decision states, else its term (36 months in 2026). A term of
// months ends with the corresponding day of its last month, or with that month's last day where there
// is none (Civil Code 2015, articles 147 and 148), so that day still has them.
std::string last_day(const OcopRecord& record, int months) {
  if (record.expires) return *record.expires;
  const auto issued = schemas::parse_date(record.issued);
  const auto end = issued ? schemas::add_months(*issued, months) : std::nullopt;
  return end ? schemas::print_date(*end) : record.issued;
}

OcopLine::Standing standing_of(const OcopLine& line, const std::string& today,
                               const std::string& holder) {
  if (line.record.holder != holder) return OcopLine::Standing::other_holder;
  if (line.record.withdrawn && *line.record.withdrawn <= today)
    return OcopLine::Standing::withdrawn;
  if (today < line.record.issued) return OcopLine::Standing::not_yet;
  return line.last_day < today ? OcopLine::Standing::lapsed : OcopLine::Standing::valid;
}

}  // namespace

Result<std::optional<OrgView>> Trace::org(const std::string& sub) const {
  NGUON_TRY(auto record, read_record<OrgRecord>(source_, state_key::subject(sub)));
  if (!record) return std::optional<OrgView>();
  auto place = place_name(record->commune);
  return std::optional<OrgView>(OrgView{sub, std::move(*record), std::move(place)});
}

Result<std::optional<ProductView>> Trace::product(const std::string& sub) const {
  NGUON_TRY(auto record, read_record<ProductRecord>(source_, state_key::subject(sub)));
  if (!record) return std::optional<ProductView>();
  return std::optional<ProductView>(ProductView{sub, std::move(*record)});
}

Result<std::optional<ProductView>> Trace::product_of_gtin(const std::string& gtin14) const {
  NGUON_TRY(const auto bearer, read_record<PointerRecord>(source_, state_key::gtin(gtin14)));
  if (!bearer) return std::optional<ProductView>();
  return product(bearer->sub);
}

Result<std::optional<SiteView>> Trace::site(const std::string& sub) const {
  NGUON_TRY(auto record, read_record<SiteRecord>(source_, state_key::subject(sub)));
  if (!record) return std::optional<SiteView>();
  auto place = place_name(record->commune);
  return std::optional<SiteView>(SiteView{sub, std::move(*record), std::move(place)});
}

Result<std::vector<OcopLine>> Trace::ocop(const std::string& product,
                                          const std::string& holder) const {
  std::vector<OcopLine> lines;
  NGUON_TRY(const auto list, read_record<ListRecord>(source_, state_key::ocop_of(product)));
  if (!list) return lines;
  const auto date = schemas::date_in_vietnam(now_ms_);
  const std::string today = date ? schemas::print_date(*date) : std::string();
  for (const auto& sub : list->of) {
    NGUON_TRY(auto record, read_record<OcopRecord>(source_, state_key::subject(sub)));
    if (!record) continue;
    OcopLine line{sub, std::move(*record), {}, {}, {}};
    line.last_day = last_day(line.record, bundle_.thresholds().ocop_months);
    line.standing = standing_of(line, today, holder);
    NGUON_TRY(line.by, signer_of(sub));
    lines.push_back(std::move(line));
  }
  // Valid first, and of those the newest decision: a renewal replaces what it renews. Not
  // stable_sort, which libstdc++ 12 builds on a function that clang 19 calls deprecated: the
  // subject breaks ties.
  std::sort(lines.begin(), lines.end(), [](const OcopLine& a, const OcopLine& b) {
    const bool a_valid = a.standing == OcopLine::Standing::valid;
    const bool b_valid = b.standing == OcopLine::Standing::valid;
    if (a_valid != b_valid) return a_valid;
    return std::tie(b.record.issued, a.sub) < std::tie(a.record.issued, b.sub);
  });
  return lines;
}

}  // namespace nguon::ledger::trace
