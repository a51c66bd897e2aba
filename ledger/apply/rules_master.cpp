#include "labels/gtin.hpp"
#include "ledger/apply/pack_size.hpp"
#include "ledger/apply/rules.hpp"

#include <string>
#include <vector>

namespace nguon::ledger {
namespace {

// What one holder or product may gather; keeps each list within the store's value size.
constexpr std::size_t max_list = 1024;

// Whose a thing is decides who may write to it, so an edit cannot give it away.
template <codec::Record T>
Result<void> put_under_org(Work& work, const T& record) {
  NGUON_CHECK(named<OrgRecord>(work, record.org, "/data/org"));
  NGUON_TRY(const auto old, work.find<T>(state_key::subject(work.entry().sub)));
  if (old && old->org != record.org) {
    return invalid("subject.org", "/data/org", "its organisation stays");
  }
  work.set_owner(record.org);
  put_own(work, record);
  return {};
}

/// Notes in the subject's record the day on which, as `data` says, it ends.
template <codec::Record T>
Result<void> end_own(Work& work, std::optional<std::string> T::*end) {
  NGUON_TRY(auto record, own<T>(work));
  NGUON_TRY(record.*end, Data(work.entry().data).date("on"));
  put_own(work, record);
  return {};
}

Result<void> check_interval(const std::string& from, const std::optional<std::string>& until,
                            const std::string& field) {
  if (!until || *until >= from) return {};
  return invalid("data.interval", field, "ends before it begins");
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
Result<void> claim_gtin(Work& work, const std::string& gtin, const std::string& field) {
  const std::string_view digits = gtin;
  if (digits.size() != 14 || digits.find_first_not_of("0123456789") != std::string_view::npos ||
      labels::gs1_check_digit(digits.substr(0, 13)) != digits.back()) {
    return invalid("product.gtin", field, "14 digits with the GS1 check digit");
  }
  const auto key = state_key::gtin(gtin);
  NGUON_TRY(const auto taken, work.find<PointerRecord>(key));
  if (taken && taken->sub != work.entry().sub) {
    return invalid("product.gtin-taken", field, "another product bears this GTIN");
  }
  work.put(key, PointerRecord{work.entry().sub});
  return {};
}

struct StatedPack {
  PackSizeRecord size;
  std::optional<std::string> gtin;
};

Result<StatedPack> read_pack(const Work& work, const Data& said) {
  StatedPack pack;
  NGUON_TRY(auto quantity, said.quantity("size", work.bundle().units()));
  if (quantity.dimension == "area") {
    return invalid("quantity.dimension", said.pointer("size"), "goods, not land");
  }
  pack.size = {std::move(quantity.dimension), quantity.amount};
  NGUON_TRY(pack.gtin, said.maybe_text("gtin"));
  return pack;
}

/// A size is stated once and a GTIN stands for one size, else neither would say which pack it is.
Result<void> take_packs(Work& work, const ProductRecord& product) {
  const auto* said = work.entry().data.if_contains("packs");
  if (said == nullptr) return {};
  if (!said->is_array()) return invalid("data.member", "/data/packs", "expected an array");
  std::vector<StatedPack> packs;
  for (const auto& one : said->get_array()) {
    const std::string pointer = "/data/packs/" + std::to_string(packs.size());
    if (!one.is_object()) return invalid("data.member", pointer, "expected an object");
    NGUON_TRY(auto pack, read_pack(work, Data(one.get_object(), pointer)));
    for (const auto& other : packs) {
      if (other.size == pack.size) {
        return invalid("product.pack-repeated", pointer + "/size", "that size is stated above");
      }
      if (pack.gtin && other.gtin == pack.gtin) {
        return invalid("product.gtin-repeated", pointer + "/gtin", "it stands for another size");
      }
    }
    if (pack.gtin) {
      if (product.gtin == pack.gtin) {
        return invalid("product.gtin-repeated", pointer + "/gtin", "it stands for every size");
      }
      NGUON_CHECK(claim_gtin(work, *pack.gtin, pointer + "/gtin"));
      work.put(state_key::gtin_size(*pack.gtin), pack.size);
    }
    packs.push_back(std::move(pack));
  }
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
  return put_under_org(work, site);
}

Result<void> retire_site(Work& work) { return end_own(work, &SiteRecord::retired); }

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
  NGUON_CHECK(take_packs(work, product));
  NGUON_CHECK(put_under_org(work, product));
  return product.gtin ? claim_gtin(work, *product.gtin, "/data/gtin") : Result<void>();
}

Result<void> retire_product(Work& work) { return end_own(work, &ProductRecord::retired); }

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
  NGUON_CHECK(check_interval(certificate.from, certificate.until, "/data/until"));
  NGUON_CHECK(standing_org(work, certificate.holder, "/data/holder"));
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
  return end_own(work, &CertificateRecord::withdrawn);
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
  NGUON_CHECK(check_interval(ocop.issued, ocop.expires, "/data/expires"));
  NGUON_CHECK(standing_org(work, ocop.holder, "/data/holder"));
  for (const auto& product : ocop.products) {
    NGUON_CHECK(named<ProductRecord>(work, product, "/data/products"));
    NGUON_CHECK(append_to_list(work, state_key::ocop_of(product), work.entry().sub));
  }
  put_own(work, ocop);
  return {};
}

Result<void> withdraw_ocop(Work& work) { return end_own(work, &OcopRecord::withdrawn); }

}  // namespace nguon::ledger
