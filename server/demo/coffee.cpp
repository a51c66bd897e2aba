#include "server/demo/cast.hpp"
#include "server/demo/dice.hpp"
#include "server/demo/words.hpp"

#include <utility>

// Arabica of six hundred linked households: from October to January they bring cherry to the gate,
// each load a weighing ticket; a week's tickets are one intake lot. Lots are washed to parchment,
// hulled to green beans, roasted and packed; part of the husk becomes cascara tea, whose stars ran
// out.
namespace nguon::server {
namespace {

constexpr int households = 600;
constexpr int intake_lots = 12;
constexpr int tickets_per_lot = 60;
constexpr int loads_a_day = 12;

struct Products {
  std::string cherry, parchment, green, roasted, husk, cascara;
};

struct Lot {
  std::string sub;
  std::int64_t kg = 0;
};

Products register_products(Story& story, const Coop& coop, Day when) {
  const auto add = [&](const char* name, const char* name_en, const char* stage, const char* item,
                       int shelf_days) {
    return add_product(story, coop,
                       {{"name", name},
                        {"name_en", name_en},
                        {"crop", "coffee"},
                        {"stage", stage},
                        {"variety", "arabica"},
                        {"shelf_days", shelf_days}},
                       item, when);
  };
  Products products;
  products.cherry = add("Cà phê quả tươi (mẫu)", "Coffee cherry (sample)", "cherry", "", 2);
  products.parchment = add("Cà phê thóc (mẫu)", "Parchment coffee (sample)", "parchment", "", 365);
  products.green = add("Cà phê nhân (mẫu)", "Green coffee (sample)", "green", "20103", 730);
  products.roasted =
      add("Cà phê rang Bản Mẫu (mẫu)", "Bản Mẫu roasted coffee (sample)", "roasted", "20101", 365);
  products.husk = add("Vỏ cà phê (mẫu)", "Coffee husk (sample)", "husk", "", 3);
  products.cascara = add("Trà vỏ cà phê (mẫu)", "Cascara tea (sample)", "cascara", "20102", 540);
  return products;
}

// One day's loads at the gate; the first ticket starts the lot.
Lot take_in(Story& story, const Coop& coop, const Products& products,
            const std::vector<std::string>& suppliers, Dice& dice, int lot_number) {
  Lot lot;
  for (int ticket = 0; ticket < tickets_per_lot; ++ticket) {
    const int number = lot_number * tickets_per_lot + ticket;
    const Day when = day(2025, 10, 13) + days(7 * lot_number + ticket / loads_a_day);
    const int kg = dice.between(120, 480);
    lot.kg += kg;
    const boost::json::object data{
        {"product", products.cherry},
        {"on", iso(when)},
        {"qty", goods(kg, "kg")},
        {"grade", dice.between(0, 4) > 0 ? "1" : "2"},
        {"ticket", "PC-" + std::to_string(10'001 + number)},
        {"supplier", suppliers[static_cast<std::size_t>(number) % suppliers.size()]},
        {"price", {{"vnd", 100 * dice.between(190, 260)}, {"per", "kg"}}}};
    // The office enters the day's paper tickets in the evening, in their order.
    const Circumstances around{
        .from = {}, .on_behalf_of = {}, .hour = 18, .minute = ticket % loads_a_day / 3};
    if (ticket == 0) {
      lot.sub = story.start(coop.clerk, "batch.receive/1", "batch", when, data, around);
    } else {
      story.follow(coop.clerk, "batch.receive/1", lot.sub, when, data, around);
    }
  }
  return lot;
}

Lot make(Story& story, const Coop& coop, const std::string& product, const char* step, Day when,
         std::vector<Consumed> from, std::int64_t kg) {
  return {story.start(
              coop.packer, "batch.transform/1", "batch", when,
              {{"product", product}, {"step", step}, {"on", iso(when)}, {"qty", goods(kg, "kg")}},
              {.from = std::move(from), .on_behalf_of = {}, .hour = 16}),
          kg};
}

Consumed all_of(const Lot& lot) { return {lot.sub, std::to_string(lot.kg), "kg"}; }

}  // namespace

std::vector<Sample> tell_coffee(Story& story, const Cast& cast, LabelDesk& desk) {
  Dice dice(story.seed(), "coffee");
  const Day founded = day(2025, 9, 9);
  const Coop coop =
      found_coop(story, cast, "cà phê", "HTX Cà phê Chiềng Sinh (dữ liệu mẫu)", "03679", founded);
  const Products products = register_products(story, coop, founded);
  story.start(cast.certifier, "certificate.add/1", "certificate", day(2026, 1, 15),
              {{"kind", "food_safety"},
               {"number", "MAU-ATTP-0002"},
               {"issuer", "Trung tâm Chứng nhận Hoa Ban (dữ liệu mẫu)"},
               {"holder", coop.org},
               {"from", "2026-01-15"},
               {"until", "2029-01-14"}});
  give_stars(story, cast, coop, {products.roasted}, 5, "205/QĐ-MẪU", day(2026, 3, 2));
  give_stars(story, cast, coop, {products.cascara}, 4, "77/QĐ-MẪU", day(2022, 12, 12),
             founded + days(1));
  std::vector<std::string> suppliers;
  for (int number = 1; number <= households; ++number) {
    suppliers.push_back(story.start(coop.clerk, "member.add/1", "person", day(2025, 9, 20),
                                    {{"org", coop.org},
                                     {"kind", "linked"},
                                     {"name", "Hộ cà phê " + std::to_string(number) + " (mẫu)"}}));
  }

  Lot green, husk;
  std::vector<Consumed> parchment, husks;
  std::int64_t parchment_kg = 0;
  for (int number = 0; number < intake_lots; ++number) {
    const Lot lot = take_in(story, coop, products, suppliers, dice, number);
    const Day washed = day(2025, 10, 13) + days(7 * number + 5);
    // A twelfth of the cherry gives its husk for tea; its beans are counted with the rest.
    const std::int64_t for_tea = lot.kg / 12;
    husks.push_back(all_of(make(story, coop, products.husk, "pulp_husk", washed,
                                {{lot.sub, std::to_string(for_tea), "kg"}}, for_tea * 40 / 100)));
    const Lot washed_lot = make(story, coop, products.parchment, "wet_process", washed + days(12),
                                {{lot.sub, std::to_string(lot.kg - for_tea), "kg"}},
                                (lot.kg - for_tea) * dice.between(190, 205) / 1000);
    parchment.push_back(all_of(washed_lot));
    parchment_kg += washed_lot.kg;
    husk.kg += for_tea * 40 / 100;
  }
  const Day hulled = day(2026, 2, 9);
  green = make(story, coop, products.green, "hull", hulled, parchment, parchment_kg * 80 / 100);
  const Day roasted_on = day(2026, 9, 14);
  const Lot roasted = make(story, coop, products.roasted, "roast", roasted_on,
                           {{green.sub, "1200", "kg"}}, 1200 * 84 / 100);
  const Day dried = day(2026, 1, 26);
  const Lot tea = make(story, coop, products.cascara, "dry_husk", dried, husks, husk.kg * 20 / 100);

  const LabelRange range = desk.grant(coop.packer, 1, 8'000, day(2026, 1, 20));
  std::vector<Sample> samples;
  std::uint32_t used = 0;
  const auto pack = [&](const Lot& from, const std::string& product, const char* item,
                        const char* name, int grams, Day when, const char* lot, int shelf_days,
                        const char* what, const char* ocop) {
    const auto packs = static_cast<std::uint32_t>(from.kg * 1000 / grams * 98 / 100);
    const std::string batch = story.start(coop.packer, "batch.pack/1", "batch", when,
                                          {{"product", product},
                                           {"on", iso(when)},
                                           {"lot", lot},
                                           {"expires", iso(when + days(shelf_days))},
                                           {"qty", goods(std::int64_t{packs} * grams, "g")},
                                           {"pack", goods(grams, "g")},
                                           {"count", packs}},
                                          {.from = {all_of(from)}, .on_behalf_of = {}, .hour = 10});
    desk.apply(coop.packer, range, used, used + packs - 1, batch, goods(grams, "g"), when);
    samples.push_back({what,
                       labels::SerialPlace{0, range.number, used + 17},
                       {},
                       demo_gtin(item),
                       name,
                       coop.name,
                       lot,
                       ocop});
    used += packs;
  };
  pack(tea, products.cascara, "20102", "Trà vỏ cà phê (mẫu)", 500, dried + days(3), "TV-2601", 540,
       "lapsed", "");
  pack(roasted, products.roasted, "20101", "Cà phê rang Bản Mẫu (mẫu)", 250, roasted_on + days(2),
       "CF-2609", 365, "valid", "OCOP 5 sao");
  return samples;
}

}  // namespace nguon::server
