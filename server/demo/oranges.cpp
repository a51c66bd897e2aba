#include "server/demo/cast.hpp"
#include "server/demo/dice.hpp"
#include "server/demo/words.hpp"

#include <utility>

// VietGAP oranges of fifteen growers on 20 ha: Đường Canh from December to Tết, V2 in March and
// April, in 5 kg nets. The stars of Đường Canh were withdrawn in March, those of V2 hold.
namespace nguon::server {
namespace {

constexpr int growers = 15;
// 20 ha in all: seven groves of 1.2 ha with Đường Canh, eight of 1.45 ha with V2.
constexpr int canh_growers = 7;
constexpr int canh_area_m2 = 12'000;
constexpr int v2_area_m2 = 14'500;

struct Grove {
  Hand member;
  std::string site;
  int area_m2 = 0;
  bool canh = false;
};

struct Season {
  bool canh;
  std::uint32_t range;
  Day begins;
  int pickings;
  std::string product, item, name, lot_word;
  const char* what;
  const char* ocop;
};

std::vector<Grove> plant(Story& story, const Coop& coop, Day when) {
  std::vector<Grove> groves;
  for (int number = 1; number <= growers; ++number) {
    Grove grove;
    const std::string tail = (number < 10 ? "0" : "") + std::to_string(number);
    grove.canh = number <= canh_growers;
    grove.area_m2 = grove.canh ? canh_area_m2 : v2_area_m2;
    grove.member =
        story.enrol(coop.clerk, "Hộ cam " + tail + " (mẫu)", coop.org, {"member"}, when, "member");
    grove.site = story.start(coop.clerk, "site.add/1", "site", when,
                             {{"org", coop.org},
                              {"kind", "plot"},
                              {"name", "Vườn cam " + tail + " (mẫu)"},
                              {"commune", commune("04132")},
                              {"area", goods(grove.area_m2, "m2")},
                              {"crop", "orange"},
                              {"variety", grove.canh ? "duong_canh" : "v2"},
                              {"planted", 2018},
                              {"household", grove.member.person},
                              {"point",
                               {{"lat", 211'900'000 + 6'000 * number},
                                {"lon", 1'039'800'000 + 4'000 * number}}}});
    groves.push_back(std::move(grove));
  }
  return groves;
}

// Picks every fifth day and packs each day's fruit into one lot; the last lot is the sample.
Sample tell_season(Story& story, const Coop& coop, LabelDesk& desk, const Season& season,
                   const std::vector<Grove>& groves, Dice& dice) {
  const LabelRange nets = desk.grant(coop.packer, season.range, 4'000, season.begins - days(7));
  Sample sample;
  std::uint32_t used = 0;
  for (int picking = 0; picking < season.pickings; ++picking) {
    const Day when = season.begins + days(5 * picking);
    std::vector<Consumed> picked;
    std::int64_t retail_kg = 0;
    for (const Grove& grove : groves) {
      if (grove.canh != season.canh) continue;
      // 16 to 20 t/ha over the season; a tenth of it is packed in nets, wholesalers take the rest.
      const int kg = grove.area_m2 / 100 * dice.between(160, 200) / season.pickings;
      const std::string harvest =
          story.start(grove.member, "batch.harvest/1", "batch", when,
                      {{"product", season.product},
                       {"site", grove.site},
                       {"on", iso(when)},
                       {"qty", goods(kg, "kg")},
                       {"grade", "1"}},
                      {.from = {}, .on_behalf_of = {}, .hour = 9, .minute = dice.between(0, 4)});
      picked.push_back({harvest, std::to_string(kg / 10), "kg"});
      retail_kg += kg / 10;
    }
    const auto packs = static_cast<std::uint32_t>(retail_kg * 95 / 100 / 5);
    const std::string lot = season.lot_word + std::to_string(picking + 10);
    const std::string batch =
        story.start(coop.packer, "batch.pack/1", "batch", when,
                    {{"product", season.product},
                     {"on", iso(when)},
                     {"lot", lot},
                     {"expires", iso(when + days(21))},
                     {"qty", goods(5 * packs, "kg")},
                     {"pack", goods(5, "kg")},
                     {"count", packs}},
                    {.from = std::move(picked), .on_behalf_of = {}, .hour = 17});
    desk.apply(coop.packer, nets, used, used + packs - 1, batch, goods(5, "kg"), when);
    sample = {season.what, labels::SerialPlace{0, nets.number, used + 9},
              {},          demo_gtin(season.item),
              season.name, coop.name,
              lot,         season.ocop};
    used += packs;
  }
  return sample;
}

}  // namespace

std::vector<Sample> tell_oranges(Story& story, const Cast& cast, LabelDesk& desk) {
  Dice dice(story.seed(), "oranges");
  const Day founded = day(2025, 9, 10);
  const Coop coop =
      found_coop(story, cast, "cam", "HTX Cam Chiềng Mai (dữ liệu mẫu)", "04132", founded);
  const auto orange = [&](const char* name, const char* name_en, const char* variety,
                          const char* item) {
    return add_product(story, coop,
                       {{"name", name},
                        {"name_en", name_en},
                        {"crop", "orange"},
                        {"stage", "fruit"},
                        {"variety", variety},
                        {"shelf_days", 21}},
                       item, founded);
  };
  Season canh{true,        0, day(2025, 12, 8), 9, {}, "30101", "Cam Đường Canh (mẫu)", "DC-26",
              "withdrawn", ""};
  Season v2{false,   2,       day(2026, 3, 9), 10, {}, "30102", "Cam V2 Chiềng Mai (mẫu)",
            "V2-26", "valid", "OCOP 4 sao"};
  canh.product =
      orange("Cam Đường Canh (mẫu)", "Đường Canh orange (sample)", "duong_canh", "30101");
  v2.product = orange("Cam V2 Chiềng Mai (mẫu)", "Chiềng Mai V2 orange (sample)", "v2", "30102");
  const auto groves = plant(story, coop, day(2025, 9, 22));
  story.start(cast.certifier, "certificate.add/1", "certificate", day(2025, 10, 6),
              {{"kind", "vietgap"},
               {"number", "VietGAP-TT-MAU-0001"},
               {"issuer", "Trung tâm Chứng nhận Hoa Ban (dữ liệu mẫu)"},
               {"holder", coop.org},
               {"from", "2025-10-06"},
               {"until", "2028-10-05"}});
  const std::string lost = give_stars(story, cast, coop, {canh.product}, 3, "88/QĐ-MẪU",
                                      day(2024, 11, 18), founded + days(1));
  give_stars(story, cast, coop, {v2.product}, 4, "199/QĐ-MẪU", day(2026, 2, 23));

  std::vector<Sample> samples;
  samples.push_back(tell_season(story, coop, desk, canh, groves, dice));
  const Day withdrawn = day(2026, 3, 2);
  story.follow(cast.chair, "ocop.withdraw/1", lost, withdrawn,
               {{"on", iso(withdrawn)}, {"reason", "minimum_not_met"}, {"number", "9/QĐ-TH-MẪU"}});
  samples.push_back(tell_season(story, coop, desk, v2, groves, dice));
  return samples;
}

}  // namespace nguon::server
