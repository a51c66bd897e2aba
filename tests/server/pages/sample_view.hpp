#pragma once

#include "server/pages/product_view.hpp"
#include "server/pages/scan_page.hpp"

namespace nguon::server {

/// 2026-11-21 22:00 in Vietnam.
inline constexpr std::int64_t sample_now_ms = 1'795'273'200'000;

inline Step sample_step(const char* date, const char* type, Vouch vouch, const std::string& who,
                        const char* place = "", const char* quantity = "") {
  Step step;
  step.date = date;
  step.type = type;
  step.vouch = vouch;
  step.who = who;
  step.place = place;
  step.quantity = quantity;
  return step;
}

/// An invented pack of passion fruit with everything a page can show.
inline ScanView sample_scan() {
  ScanView view;
  view.serial = "0PDNST6BT16Y0S";
  view.crop = "passion_fruit";
  view.product = "Chanh leo tím Mai Sơn";
  view.product_sub = "product:7Q2M9X4000K7Q2M9X4000K7Q2M";
  view.pack = "1 kg";
  view.lot = "CL-2611";
  view.org = "Hợp tác xã Nông nghiệp Sương Mai";
  view.commune = "xã Mai Sơn";
  view.province = "tỉnh Sơn La";
  view.map = {"14", "plot", {{424, 2082}}};  // 21.20–21.25° north, 104.10–104.15° east
  view.harvest_from = "2026-11-17";
  view.harvest_to = "2026-11-18";
  view.packed = "2026-11-19";
  view.best_before = "2026-12-03";
  view.ocop =
      OcopLine{OcopStanding::valid, 4, "214/QĐ-UBND", "UBND tỉnh Mẫu", "2028-03-14", "", true,
               Vouch::confirmed, "UBND tỉnh Mẫu"};
  view.certificates = {{"VietGAP", "VG-952-0071", "Trung tâm Giám định Mẫu", "2027-06-30", "2027-07-01",
                        Vouch::confirmed, "Trung tâm Giám định Mẫu"}};
  const char* const coop = "Hợp tác xã Nông nghiệp Sương Mai";
  const char* const place = "xã Mai Sơn, tỉnh Sơn La";
  view.steps = {
      sample_step("2026-11-17", "batch.harvest", Vouch::declared, coop, place, "420 kg"),
      sample_step("2026-11-18", "batch.harvest", Vouch::declared, coop, place, "388 kg"),
      sample_step("2026-11-18", "batch.receive", Vouch::evidenced, coop, place, "808 kg"),
      sample_step("2026-11-19", "batch.pack", Vouch::declared, coop, place, "780 kg"),
      sample_step("2026-11-19", "label.apply", Vouch::declared, coop, "", ""),
      sample_step("2025-03-15", "ocop.decision", Vouch::confirmed, "UBND tỉnh Mẫu", "", ""),
  };
  view.steps[1].late = true;
  view.changes = {{"2026-11-18", "batch.harvest", "qty", "388 kg", "338 kg", "typing", coop}};
  view.proof =
      ProofRef{"batch:7Q2M9X4000K7Q2M9X4000K7Q2M", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
               4711, sample_now_ms - 86'400'000, 5023};
  return view;
}

/// The same product, by itself.
inline ProductView sample_product() {
  const ScanView goods = sample_scan();
  ProductView view;
  view.gtin = "09521234001010";
  view.sub = goods.product_sub;
  view.crop = goods.crop;
  view.product = goods.product;
  view.product_en = "Mai Sơn purple passion fruit";
  view.pack = goods.pack;
  view.sizes = {"500 g", goods.pack, "5 kg"};
  view.org = goods.org;
  view.commune = goods.commune;
  view.province = goods.province;
  view.ocop = goods.ocop;
  view.ocop->valid_when_packed = false;  // No pack is spoken of.
  return view;
}

inline const Site& demo_site() {
  static const Site site{true, "https://TXNG.EXAMPLE", "so@nguon.example"};
  return site;
}

inline PageContext sample_context(Lang lang = Lang::vi) {
  return {demo_site(), lang, "/Q/0PDNST6BT16Y0S", "https://TXNG.EXAMPLE/Q/0PDNST6BT16Y0S",
          sample_now_ms};
}

}  // namespace nguon::server
