#include "labels/gtin.hpp"
#include "ledger/apply/rules.hpp"

namespace nguon::ledger {
namespace {

// What one holder or product may gather; keeps each list within the store's value size.
constexpr std::size_t max_list = 1024;

// Whose a thing is decides who may write to it, so an edit cannot give it away.
template <codec::Record T>
Result<void> check_same_org(Work& work, const std::string& org) {
  NGUON_TRY(const auto old, work.find<T>(state_key::subject(work.entry().sub)));
  if (old && old->org != org) return invalid("subject.org", "/data/org", "its organisation stays");
  return {};
}

Result<void> append_to_list(Work& work, const std::string& key, const std::string& sub) {
  NGUON_TRY(auto list, work.find<ListRecord>(key));
  ListRecord grown = list.value_or(ListRecord{});
  if (grown.of.size() == max_list) return invalid("list.full", "/sub", "more than 1024 of them");
  grown.of.push_back(sub);
  work.put(key, grown);
  return {};
}

// GS1: one GTIN names one product for ever; two would make a scan ambiguous.
Result<void> claim_gtin(Work& work, const ProductRecord& product) {
  if (!product.gtin) return {};
  const std::string_view digits = *product.gtin;
  if (digits.size() != 14 || digits.find_first_not_of("0123456789") != std::string_view::npos ||
      labels::gs1_check_digit(digits.substr(0, 13)) != digits.back()) {
    return invalid("product.gtin", "/data/gtin", "14 digits with the GS1 check digit");
  }
  const auto key = state_key::gtin(*product.gtin);
  NGUON_TRY(const auto taken, work.find<PointerRecord>(key));
  if (taken && taken->sub != work.entry().sub) {
    return invalid("product.gtin-taken", "/data/gtin", "another product bears this GTIN");
  }
  work.put(key, PointerRecord{work.entry().sub});
  return {};
}

}  // namespace

Result<void> add_site(Work& work) {
  const Data data(work.entry().data);
  SiteRecord site;
  NGUON_TRY(site.org, data.text("org"));
  NGUON_TRY(site.kind, data.text("kind"));
  NGUON_TRY(site.name, data.text("name"));
  NGUON_TRY(site.commune, data.commune("commune"));
  NGUON_TRY(site.crop, data.maybe_text("crop"));
  NGUON_TRY(site.variety, data.maybe_text("variety"));
  if (data.has("area")) {
    NGUON_TRY(const auto area, data.quantity("area", work.bundle().units()));
    if (area.dimension != "area") return invalid("quantity.dimension", "/data/area", "an area");
    site.area = area.amount;
  }
  NGUON_CHECK(named<OrgRecord>(work, site.org, "/data/org"));
  NGUON_CHECK(check_same_org<SiteRecord>(work, site.org));
  work.set_owner(site.org);
  put_own(work, site);
  return {};
}

Result<void> retire_site(Work& work) {
  NGUON_TRY(auto site, own<SiteRecord>(work));
  NGUON_TRY(site.retired, Data(work.entry().data).date("on"));
  put_own(work, site);
  return {};
}

Result<void> add_product(Work& work) {
  const Data data(work.entry().data);
  ProductRecord product;
  NGUON_TRY(product.org, data.text("org"));
  NGUON_TRY(product.name, data.text("name"));
  NGUON_TRY(product.name_en, data.maybe_text("name_en"));
  NGUON_TRY(product.crop, data.text("crop"));
  NGUON_TRY(product.stage, data.text("stage"));
  NGUON_TRY(product.variety, data.maybe_text("variety"));
  NGUON_TRY(product.gtin, data.maybe_text("gtin"));
  NGUON_TRY(product.shelf_days, data.maybe_integer("shelf_days"));
  NGUON_CHECK(named<OrgRecord>(work, product.org, "/data/org"));
  NGUON_CHECK(check_same_org<ProductRecord>(work, product.org));
  NGUON_CHECK(claim_gtin(work, product));
  work.set_owner(product.org);
  put_own(work, product);
  return {};
}

Result<void> retire_product(Work& work) {
  NGUON_TRY(auto product, own<ProductRecord>(work));
  NGUON_TRY(product.retired, Data(work.entry().data).date("on"));
  put_own(work, product);
  return {};
}

Result<void> add_certificate(Work& work) {
  const Data data(work.entry().data);
  CertificateRecord certificate;
  certificate.entry = work.logged().id;
  NGUON_TRY(certificate.kind, data.text("kind"));
  NGUON_TRY(certificate.number, data.text("number"));
  NGUON_TRY(certificate.issuer, data.text("issuer"));
  NGUON_TRY(certificate.holder, data.text("holder"));
  NGUON_TRY(certificate.products, data.texts("products"));
  NGUON_TRY(certificate.sites, data.texts("sites"));
  NGUON_TRY(certificate.from, data.date("from"));
  NGUON_TRY(certificate.until, data.maybe_date("until"));
  if (certificate.until && *certificate.until < certificate.from) {
    return invalid("data.interval", "/data/until", "ends before it begins");
  }
  NGUON_CHECK(named<OrgRecord>(work, certificate.holder, "/data/holder"));
  if (!may_act_for(work, certificate.holder)) {
    return Error{Errc::forbidden, "role.relation", "/data/holder", "another organisation"};
  }
  for (const auto& product : certificate.products) {
    NGUON_CHECK(named<ProductRecord>(work, product, "/data/products"));
  }
  for (const auto& site : certificate.sites) {
    NGUON_CHECK(named<SiteRecord>(work, site, "/data/sites"));
  }
  NGUON_CHECK(
      append_to_list(work, state_key::certificates_of(certificate.holder), work.entry().sub));
  work.set_owner(certificate.holder);
  put_own(work, certificate);
  return {};
}

Result<void> withdraw_certificate(Work& work) {
  NGUON_TRY(auto certificate, own<CertificateRecord>(work));
  NGUON_TRY(certificate.withdrawn, Data(work.entry().data).date("on"));
  put_own(work, certificate);
  return {};
}

Result<void> decide_ocop(Work& work) {
  const Data data(work.entry().data);
  OcopRecord ocop;
  ocop.entry = work.logged().id;
  NGUON_TRY(ocop.products, data.texts("products"));
  NGUON_TRY(ocop.holder, data.text("holder"));
  NGUON_TRY(ocop.stars, data.integer("stars"));
  NGUON_TRY(ocop.number, data.text("number"));
  NGUON_TRY(ocop.council, data.text("council"));
  NGUON_TRY(ocop.issued, data.date("issued"));
  NGUON_TRY(ocop.expires, data.maybe_date("expires"));
  // Decision 148/QĐ-TTg recognises 3 to 5 stars; fewer points earn no star to show.
  if (ocop.stars < 3 || ocop.stars > 5) return invalid("ocop.stars", "/data/stars", "3 to 5");
  if (ocop.expires && *ocop.expires < ocop.issued) {
    return invalid("data.interval", "/data/expires", "ends before it begins");
  }
  NGUON_CHECK(named<OrgRecord>(work, ocop.holder, "/data/holder"));
  for (const auto& product : ocop.products) {
    NGUON_CHECK(named<ProductRecord>(work, product, "/data/products"));
    NGUON_CHECK(append_to_list(work, state_key::ocop_of(product), work.entry().sub));
  }
  put_own(work, ocop);
  return {};
}

Result<void> withdraw_ocop(Work& work) {
  NGUON_TRY(auto ocop, own<OcopRecord>(work));
  NGUON_TRY(ocop.withdrawn, Data(work.entry().data).date("on"));
  put_own(work, ocop);
  return {};
}

}  // namespace nguon::ledger
