// Writes every kind of page to files, so that the browser suite can look at verdicts no demo has.
// Usage: render_pages DIR
#include "server/pages/answer_page.hpp"
#include "server/pages/product_page.hpp"
#include "server/pages/scan_page.hpp"
#include "server/resolver/choices_page.hpp"
#include "tests/server/pages/sample_view.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace nguon::server {
namespace {

void save(const std::filesystem::path& directory, const std::string& name, const Page& page) {
  std::ofstream(directory / (name + ".html"), std::ios::binary) << page.html;
}

ScanView with_verdict(Verdict verdict) {
  ScanView view = sample_scan();
  view.verdict = verdict;
  return view;
}

AnimalView sample_animal() {
  AnimalView view;
  view.tag = "704000012345678";
  view.species = "cattle";
  view.breed = "lai 3B";
  view.breed_en = "3B cross";
  view.org = "Hợp tác xã Chăn nuôi Đồi Xanh";
  view.commune = "xã Chiềng Mai";
  view.province = "tỉnh Sơn La";
  view.map = {"14", "barn", {{425, 2079}}};
  view.born = "2025-08-02";
  view.arrived = "2026-02-03";
  view.steps = {
      sample_step("2026-02-03", "animal.arrive", Vouch::declared, view.org),
      sample_step("2026-02-04", "animal.tag", Vouch::evidenced, view.org),
      sample_step("2026-03-10", "animal.vaccinate", Vouch::confirmed, "Trạm Thú y Mai Sơn")};
  view.proof = sample_scan().proof;
  return view;
}

/// Links that nothing tells apart: names from a file, of any length, in any language.
LinkItem sample_choices() {
  LinkItem item{"/01/09521234001010", "Chanh leo tím Mai Sơn (dữ liệu mẫu)", {}, {}};
  item.links = {
      {link_type("gs1:recipeInfo"), "https://mon-an.example/chanh-leo", "Món ăn với chanh leo tím", "text/html",
       {"vi"}, {}, true},
      {link_type("gs1:recipeInfo"), "https://recipes.example/passion-fruit?from=label&pack=1",
       "Recipes with purple passion fruit, from the cookbook of a school in the district", "text/html", {"en"},
       {}, true},
      {link_type("gs1:recipeInfo"), "https://web.example/", "Congthucnauanratdaikhongcokhoangtrangnaocahet", {}, {},
       {}, true}};
  return item;
}

void save_all(const std::filesystem::path& directory, Lang lang, const std::string& suffix) {
  const PageContext context = sample_context(lang);
  const auto scan = [&](const std::string& name, const ScanView& view) {
    save(directory, name + suffix, scan_page(view, context));
  };
  scan("valid", sample_scan());
  ScanView recalled = with_verdict(Verdict::recalled);
  recalled.recall = RecallNotice{
      "2026-11-20", recalled.org,
      "Thu hồi lô CL-2611: dư lượng thuốc bảo vệ thực vật vượt mức cho phép.", "", "return"};
  scan("recalled", recalled);
  scan("void", with_verdict(Verdict::voided));
  scan("altered", with_verdict(Verdict::altered));
  ScanView bare;
  bare.serial = sample_scan().serial;
  bare.org = sample_scan().org;
  bare.verdict = Verdict::not_applied;
  scan("not_applied", bare);
  bare.verdict = Verdict::lost;
  scan("lost", bare);
  bare.verdict = Verdict::returned;
  scan("returned", bare);
  ScanView ended = sample_scan();
  ended.ocop->standing = OcopStanding::lapsed;
  ended.ocop->ended = "2026-03-15";
  scan("lapsed", ended);
  ended.ocop->standing = OcopStanding::withdrawn;
  scan("withdrawn", ended);
  ScanView other = sample_scan();
  other.ocop.reset();
  other.crop = "coffee";
  other.product = "Trà vỏ cà phê Sương Mai";
  scan("other_product", other);
  ProductView product = sample_product();
  save(directory, "product" + suffix, product_page(product, context));
  product.ocop->standing = OcopStanding::lapsed;
  product.ocop->ended = "2026-03-15";
  product.retired = "2026-06-30";
  product.lot = "CL-2611";
  save(directory, "product_of_lot" + suffix, product_page(product, context));
  save(directory, "unknown_product" + suffix, unknown_product_page(context, product.gtin));
  save(directory, "choices" + suffix, choices_page(context, sample_choices()));
  ScanView framed = sample_scan();
  framed.commune = "Xã Hòa Vang";
  framed.province = "Thành phố Đà Nẵng";
  framed.map = {"48", "plot", {cell_of({159'900'000, 1'080'900'000})}};
  scan("framed_zone", framed);
  ScanView islands = sample_scan();
  islands.commune = "Đặc khu Cô Tô";
  islands.province = "Thành phố Quảng Ninh";
  islands.map = {"22", "", {cell_of({209'800'000, 1'077'600'000})}};
  scan("islands", islands);
  save(directory, "stale" + suffix,
       with_stale_notice(scan_page(sample_scan(), context), lang, sample_now_ms));
  save(directory, "animal" + suffix, animal_page(sample_animal(), context));
  save(directory, "home" + suffix, home_page(context));
  save(directory, "never_issued" + suffix,
       never_issued_page(context, "0PDNST6BT16Y0S", "eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl"));
  save(directory, "mistyped" + suffix, mistyped_page(context, "0PDNST6BT16Y0X"));
  save(directory, "broken_link" + suffix, broken_link_page(context));
  save(directory, "not_in_use" + suffix, not_in_use_page(context, 'N'));
  save(directory, "unknown_animal" + suffix, unknown_animal_page(context, "704000012345678"));
  save(directory, "unavailable" + suffix, unavailable_page(context));
}

}  // namespace
}  // namespace nguon::server

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: render_pages DIR\n";
    return 2;
  }
  const std::filesystem::path directory = arguments[1];
  std::filesystem::create_directories(directory);
  nguon::server::save_all(directory, nguon::server::Lang::vi, "");
  nguon::server::save_all(directory, nguon::server::Lang::en, ".en");
}
