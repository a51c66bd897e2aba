#include "server/demo/cast.hpp"

#include "server/demo/words.hpp"

#include <boost/json/value_from.hpp>

namespace nguon::server {
namespace {

std::string found(Story& story, const Hand& registrar, const std::string& name,
                  std::string_view kind, std::string_view commune_code, Day when) {
  return story.start(registrar, "org.create/1", "org", when,
                     {{"name", name}, {"kind", kind}, {"commune", commune(commune_code)}});
}

}  // namespace

Cast assemble_cast(Story& story, const Hand& registrar, const Hand& service) {
  Cast cast;
  cast.registrar = registrar;
  cast.service = service;
  const auto council = found(story, registrar, "Hội đồng OCOP Bản Mẫu (dữ liệu mẫu)", "council",
                             "03646", opening_day());
  const auto body = found(story, registrar, "Trung tâm Chứng nhận Hoa Ban (dữ liệu mẫu)",
                          "enterprise", "03646", opening_day());
  const auto authority = found(story, registrar, "Chi cục Nông sản Bản Mẫu (dữ liệu mẫu)",
                               "authority", "03646", opening_day());
  cast.chair =
      story.enrol(registrar, "Chủ tịch hội đồng (mẫu)", council, {"council_chair"}, opening_day());
  cast.certifier =
      story.enrol(registrar, "Cán bộ chứng nhận (mẫu)", body, {"inspector"}, opening_day());
  cast.authority =
      story.enrol(registrar, "Cán bộ chi cục (mẫu)", authority, {"authority"}, opening_day());
  return cast;
}

Coop found_coop(Story& story, const Cast& cast, const std::string& key_name,
                const std::string& name, std::string_view commune_code, Day when) {
  Coop coop;
  coop.name = name;
  coop.org = found(story, cast.registrar, name, "cooperative", commune_code, when);
  const auto person = [&](const std::string& post, const std::vector<std::string>& roles) {
    return story.enrol(cast.registrar, post + ' ' + key_name + " (mẫu)", coop.org, roles, when);
  };
  coop.director = person("Giám đốc", {"director"});
  coop.clerk = person("Văn thư", {"clerk"});
  coop.packer = person("Tổ đóng gói", {"packer"});
  return coop;
}

std::string add_product(Story& story, const Coop& coop, const boost::json::object& words,
                        std::string_view item, Day when) {
  boost::json::object data = words;
  data["org"] = coop.org;
  if (!item.empty()) data["gtin"] = demo_gtin(item);
  return story.start(coop.clerk, "product.add/1", "product", when, data);
}

std::string give_stars(Story& story, const Cast& cast, const Coop& coop,
                       const std::vector<std::string>& products, int stars,
                       const std::string& number, Day issued, std::optional<Day> entered) {
  return story.start(cast.chair, "ocop.decision/1", "ocop", entered.value_or(issued),
                     {{"products", boost::json::value_from(products)},
                      {"holder", coop.org},
                      {"stars", stars},
                      {"number", number},
                      {"council", "Hội đồng OCOP Bản Mẫu (dữ liệu mẫu)"},
                      {"issued", iso(issued)}});
}

}  // namespace nguon::server
