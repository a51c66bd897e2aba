#include "server/pages/product_ld.hpp"

#include "server/pages/marks.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

void put(json::object& to, std::string_view key, const std::string& value) {
  if (!value.empty()) to[key] = value;
}

json::object organisation(const std::string& name) {
  return {{"@type", "Organization"}, {"name", name}};
}

json::object property(std::string_view id, json::value value) {
  return {{"@type", "PropertyValue"}, {"propertyID", id}, {"value", std::move(value)}};
}

std::string_view status(bool in_force) {
  return in_force ? "CertificationActive" : "CertificationInactive";
}

json::object ocop_ld(const OcopLine& recorded, const std::string& today) {
  const OcopLine ocop = standing_on(recorded, today);
  const bool in_force = ocop.standing == OcopStanding::valid;
  json::object mark{{"@type", "Certification"}, {"name", "OCOP"}};
  put(mark, "certificationIdentification", ocop.decision);
  mark["issuedBy"] = organisation(ocop.authority);
  mark["certificationStatus"] = status(in_force);
  put(mark, "expires", ocop.last_day);
  if (in_force && ocop.stars >= 3 && ocop.stars <= 5) {
    mark["certificationRating"] = json::object{{"@type", "Rating"}, {"ratingValue", ocop.stars}};
  }
  return mark;
}

json::object certificate_ld(const CertificateLine& line, const std::string& today) {
  json::object mark{{"@type", "Certification"}, {"name", line.scheme}};
  put(mark, "certificationIdentification", line.code);
  mark["issuedBy"] = organisation(line.issuer);
  mark["certificationStatus"] = status(line.ended.empty() || today < line.ended);
  put(mark, "expires", line.last_day);
  return mark;
}

/// Of either view.
json::object maker_ld(const auto& view) {
  json::object maker = organisation(view.org);
  json::object address{{"@type", "PostalAddress"}, {"addressCountry", "VN"}};
  put(address, "addressLocality", view.commune);
  put(address, "addressRegion", view.province);
  maker["address"] = std::move(address);
  return maker;
}

json::array names(const auto& view) {
  json::array names{json::object{{"@value", view.product}, {"@language", "vi"}}};
  if (!view.product_en.empty()) {
    names.push_back(json::object{{"@value", view.product_en}, {"@language", "en"}});
  }
  return names;
}

void add_goods(json::object& ld, const ScanView& view, const std::string& today) {
  ld["name"] = names(view);
  put(ld, "gs1:gtin", view.gtin);
  put(ld, "gs1:hasBatchLotNumber", view.lot);
  put(ld, "gs1:packagingDate", view.packed);
  put(ld, "gs1:bestBeforeDate", view.best_before);
  ld["manufacturer"] = maker_ld(view);
  if (view.verdict != Verdict::valid) return;
  json::array marks;
  if (view.ocop) marks.push_back(ocop_ld(*view.ocop, today));
  for (const CertificateLine& line : view.certificates) {
    marks.push_back(certificate_ld(line, today));
  }
  if (!marks.empty()) ld["hasCertification"] = std::move(marks);
}

json::object product_head(const PageContext& context) {
  return {{"@context", json::object{{"@vocab", "https://schema.org/"},
                                    {"gs1", "https://ref.gs1.org/voc/"}}},
          {"@id", context.address},
          {"@type", json::array{"Product", "gs1:Product"}}};
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid:
      return "valid";
    case Verdict::not_applied:
      return "not-activated";
    case Verdict::voided:
      return "void";
    case Verdict::lost:
      return "lost";
    case Verdict::returned:
      return "returned";
    case Verdict::recalled:
      return "recalled";
    case Verdict::altered:
      break;
  }
  return "altered";
}

std::string product_ld(const ScanView& view, const PageContext& context) {
  json::object ld = product_head(context);
  if (!view.product.empty()) add_goods(ld, view, vietnam_date(context.now_ms));
  json::array told{property("label-verdict", json::string(name_of(view.verdict)))};
  if (!view.pack.empty()) told.push_back(property("pack", json::string(view.pack)));
  if (!view.harvest_from.empty()) {
    told.push_back(property("harvest", json::string(view.harvest_from + "/" + view.harvest_to)));
  }
  if (view.recall) told.push_back(property("recalled-on", json::string(view.recall->date)));
  if (view.proof) {
    told.push_back(property("log-subject", json::string(view.proof->subject)));
    told.push_back(property("log-size", view.proof->log_size));
  }
  if (context.site.demo) told.push_back(property("sample-data", true));
  ld["additionalProperty"] = std::move(told);
  return json::serialize(ld);
}

std::string product_ld(const ProductView& view, const PageContext& context) {
  json::object ld = product_head(context);
  ld["name"] = names(view);
  put(ld, "gs1:gtin", view.gtin);
  ld["manufacturer"] = maker_ld(view);
  if (view.ocop) {
    ld["hasCertification"] = json::array{ocop_ld(*view.ocop, vietnam_date(context.now_ms))};
  }
  json::array told;
  if (!view.pack.empty()) told.push_back(property("pack", json::string(view.pack)));
  if (!view.retired.empty()) told.push_back(property("retired-on", json::string(view.retired)));
  told.push_back(property("log-subject", json::string(view.sub)));
  if (context.site.demo) told.push_back(property("sample-data", true));
  ld["additionalProperty"] = std::move(told);
  return json::serialize(ld);
}

}  // namespace nguon::server
