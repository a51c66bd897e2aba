#include "server/demo/cast.hpp"
#include "server/demo/dice.hpp"
#include "server/demo/words.hpp"

#include <array>

// Five hundred cattle in five barns. They arrive twenty-five a week and get their 15-digit
// transponder the same day; every animal has a page of its own under /T/.
namespace nguon::server {
namespace {

constexpr int animals = 500;
constexpr int barns = 5;
constexpr int a_week = 25;
constexpr int shown = 137;  ///< The animal whose label the demo prints.

// ISO 11784: country 704, then twelve digits of which the demo takes a block of its own.
std::string tag_of(int animal) {
  const std::string number = std::to_string(animal);
  return "7040952" + std::string(8 - number.size(), '0') + number;
}

}  // namespace

std::vector<Sample> tell_herd(Story& story, const Cast& cast) {
  Dice dice(story.seed(), "herd");
  const Day founded = day(2025, 9, 11);
  const Coop coop = found_coop(story, cast, "chăn nuôi", "HTX Chăn nuôi Chiềng Mung (dữ liệu mẫu)",
                               "04123", founded);
  const Hand herdsman =
      story.enrol(coop.clerk, "Tổ chăn nuôi (mẫu)", coop.org, {"herdsman"}, founded);
  std::array<std::string, barns> barn;
  for (int number = 0; number < barns; ++number) {
    barn[static_cast<std::size_t>(number)] =
        story.start(coop.clerk, "site.add/1", "site", founded,
                    {{"org", coop.org},
                     {"kind", "barn"},
                     {"name", "Chuồng " + std::to_string(number + 1) + " (mẫu)"},
                     {"commune", commune("04123")},
                     {"point", {{"lat", 212'400'000 + 4'000 * number}, {"lon", 1'040'500'000}}}});
  }
  constexpr std::array breeds{"bbb_cross", "bbb_cross", "bbb_cross", "brahman_cross", "sind_cross"};
  constexpr std::array origins{"04123", "04132", "04108", "04075"};
  for (int animal = 1; animal <= animals; ++animal) {
    const Day when = day(2025, 9, 29) + days(7 * ((animal - 1) / a_week));
    const int months = dice.between(7, 14);
    // 7 to 14 months old crosses weigh 180 to 330 kg.
    const int kg = 60 + months * 18 + dice.between(-6, 18);
    const std::string born = iso(when - days(30 * months)).substr(0, 7);
    const auto pick = [&](const auto& list) {
      return list[static_cast<std::size_t>(dice.between(0, static_cast<int>(list.size()) - 1))];
    };
    const std::string sub = story.start(
        herdsman, "animal.arrive/1", "animal", when,
        {{"site", barn[static_cast<std::size_t>((animal - 1) / (animals / barns))]},
         {"species", "cattle"},
         {"breed", pick(breeds)},
         {"sex", dice.between(0, 2) == 0 ? "female" : "castrated"},
         {"born", born},
         {"on", iso(when)},
         {"source", "bought"},
         {"origin", commune(pick(origins))},
         {"weight", goods(kg, "kg")},
         {"price", {{"vnd", std::int64_t{kg} * 1000 * dice.between(78, 92)}, {"per", "total"}}}},
        {.from = {}, .on_behalf_of = {}, .hour = 9, .minute = dice.between(0, 4)});
    story.follow(
        herdsman, "animal.tag/1", sub, when,
        {{"scheme", "rfid"}, {"number", tag_of(animal)}, {"on", iso(when)}, {"reason", "first"}},
        {.from = {}, .on_behalf_of = {}, .hour = 15, .minute = dice.between(0, 4)});
  }
  return std::vector<Sample>{{"valid", {}, tag_of(shown), {}, "Bò lai (mẫu)", coop.name, {}, {}}};
}

}  // namespace nguon::server
