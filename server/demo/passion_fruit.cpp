#include "server/demo/cast.hpp"
#include "server/demo/dice.hpp"
#include "server/demo/words.hpp"

#include <array>
#include <utility>

// Purple passion fruit of a Mai Sơn co-op: fifteen households pick every third day from mid-May to
// mid-August; every sixth day the packing house fills 2 kg nets with a third of it, the rest goes
// to traders. Some fruit becomes pulp, for which nobody ever gave stars. One lot is recalled.
namespace nguon::server {
namespace {

constexpr int picking_households = 15;
constexpr int pickings = 30;
constexpr int recalled_lot = 7;

struct Plot {
  Hand member;
  std::string site;
  int area_m2 = 0;
};

std::vector<Plot> plant(Story& story, const Coop& coop, Dice& dice, Day when) {
  std::vector<Plot> plots;
  for (int number = 1; number <= picking_households; ++number) {
    Plot plot;
    const std::string tail = (number < 10 ? "0" : "") + std::to_string(number);
    plot.member = story.enrol(coop.clerk, "Hộ chanh leo " + tail + " (mẫu)", coop.org, {"member"},
                              when, "member");
    plot.area_m2 = 100 * dice.between(40, 150);
    plot.site = story.start(coop.clerk, "site.add/1", "site", when,
                            {{"org", coop.org},
                             {"kind", "plot"},
                             {"name", "Vườn chanh leo " + tail + " (mẫu)"},
                             {"commune", commune("04105")},
                             {"area", goods(plot.area_m2, "m2")},
                             {"crop", "passion_fruit"},
                             {"variety", "purple"},
                             {"planted", 2025},
                             {"household", plot.member.person},
                             {"point",
                              {{"lat", 211'900'000 + dice.between(0, 90'000)},
                               {"lon", 1'041'100'000 + dice.between(0, 90'000)}}}});
    plots.push_back(std::move(plot));
  }
  return plots;
}

}  // namespace

std::vector<Sample> tell_passion_fruit(Story& story, const Cast& cast, LabelDesk& desk) {
  Dice dice(story.seed(), "passion fruit");
  const Day founded = day(2025, 9, 8);
  const Coop coop =
      found_coop(story, cast, "chanh leo", "HTX Chanh leo Mai Sơn (dữ liệu mẫu)", "04105", founded);
  const std::string fruit = add_product(story, coop,
                                        {{"name", "Chanh leo tím Mai Sơn (mẫu)"},
                                         {"name_en", "Mai Sơn purple passion fruit (sample)"},
                                         {"crop", "passion_fruit"},
                                         {"stage", "fruit"},
                                         {"variety", "purple"},
                                         {"shelf_days", 14}},
                                        "10101", founded);
  const std::string pulp = add_product(story, coop,
                                       {{"name", "Dịch chanh leo (mẫu)"},
                                        {"name_en", "Passion fruit pulp (sample)"},
                                        {"crop", "passion_fruit"},
                                        {"stage", "pulp"},
                                        {"shelf_days", 180}},
                                       "10102", founded);
  auto plots = plant(story, coop, dice, day(2025, 9, 15));
  give_stars(story, cast, coop, {fruit}, 4, "101/QĐ-MẪU", day(2026, 4, 20));
  const LabelRange nets = desk.grant(coop.packer, 3, 18'000, day(2026, 5, 11));

  std::vector<Sample> samples;
  std::vector<Consumed> fresh;
  std::int64_t fresh_kg = 0;
  std::uint32_t used = 0;
  int lot_number = 0;
  std::string recalled;
  for (int picking = 0; picking < pickings; ++picking) {
    const Day when = day(2026, 5, 18) + days(3 * picking);
    for (const Plot& plot : plots) {
      const int kg = plot.area_m2 * dice.between(170, 260) / 10'000;
      // Weighed when the collector's lorry comes by.
      const std::string harvest =
          story.start(plot.member, "batch.harvest/1", "batch", when,
                      {{"product", fruit},
                       {"site", plot.site},
                       {"on", iso(when)},
                       {"qty", goods(kg, "kg")},
                       {"grade", dice.between(0, 3) > 0 ? "1" : "2"}},
                      {.from = {}, .on_behalf_of = {}, .hour = 6, .minute = dice.between(0, 4)});
      fresh.push_back({harvest, std::to_string(kg / 3), "kg"});
      fresh_kg += kg / 3;
    }
    if (picking % 2 == 0) continue;
    ++lot_number;
    const std::string lot =
        "CL-26" + std::string(lot_number < 10 ? "0" : "") + std::to_string(lot_number);
    const bool pulping = lot_number == 5;
    const auto packs = static_cast<std::uint32_t>(fresh_kg * (pulping ? 33 : 90) / 100 / 2);
    const Day packed = when + days(1);
    if (pulping) {
      const std::string juice =
          story.start(coop.packer, "batch.transform/1", "batch", packed,
                      {{"product", pulp},
                       {"step", "pulp"},
                       {"on", iso(packed)},
                       {"qty", goods(fresh_kg * 35 / 100, "kg")}},
                      {.from = std::exchange(fresh, {}), .on_behalf_of = {}, .hour = 9});
      fresh = {{juice, std::to_string(2 * packs), "kg"}};
    }
    const std::string batch =
        story.start(coop.packer, "batch.pack/1", "batch", packed,
                    {{"product", pulping ? pulp : fruit},
                     {"on", iso(packed)},
                     {"lot", lot},
                     {"expires", iso(packed + days(pulping ? 180 : 14))},
                     {"qty", goods(2 * packs, "kg")},
                     {"pack", goods(2, "kg")},
                     {"count", packs}},
                    {.from = std::exchange(fresh, {}), .on_behalf_of = {}, .hour = 14});
    fresh_kg = 0;
    desk.apply(coop.packer, nets, used, used + packs - 1, batch, goods(2, "kg"), packed);
    const auto sample = [&](const char* what, std::uint32_t offset, const char* ocop) {
      samples.push_back({what,
                         labels::SerialPlace{0, nets.number, used + offset},
                         {},
                         demo_gtin(pulping ? "10102" : "10101"),
                         pulping ? "Dịch chanh leo (mẫu)" : "Chanh leo tím Mai Sơn (mẫu)",
                         coop.name,
                         lot,
                         ocop});
    };
    if (pulping) sample("other_product", 20, "");
    if (lot_number == recalled_lot) {
      sample("recalled", 33, "OCOP 4 sao");
      recalled = batch;
    }
    if (lot_number == pickings / 2) {
      sample("valid", 11, "OCOP 4 sao");
      sample("void", 40, "OCOP 4 sao");
      desk.take_out(coop.packer, nets, used + 40, used + 44, "damaged", packed + days(1));
    }
    used += packs;
  }
  const Day ordered = day(2026, 7, 6);
  story.follow(cast.authority, "batch.recall/1", recalled, ordered,
               {{"on", iso(ordered)},
                {"reason", "residue"},
                {"action", "return"},
                {"order", "12/TB-MẪU"},
                {"notice",
                 {{"vi",
                   "Mẫu kiểm nghiệm của lô này vượt mức dư lượng cho phép. Không sử dụng, hãy "
                   "trả lại nơi mua để được hoàn tiền. (dữ liệu mẫu)"},
                  {"en",
                   "A sample of this lot exceeded the residue limit. Do not use it; return it "
                   "where you bought it for a refund. (sample data)"}}}});
  return samples;
}

}  // namespace nguon::server
