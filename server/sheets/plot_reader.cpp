#include "schemas/bundle.hpp"
#include "schemas/folding.hpp"
#include "server/sheets/cell_text.hpp"
#include "server/sheets/fields.hpp"
#include "server/sheets/row_reader.hpp"

#include <algorithm>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::size_t max_plot_name = 120;
constexpr std::int64_t micro_square_metre = 1'000'000;
// One household's plot: below and above it, the unit or a separator was probably meant otherwise.
constexpr std::int64_t least_metres = 10;
constexpr std::int64_t most_metres = 500'000;

/// As an entry says it: hectares stay, all other units are square metres there.
std::optional<json::object> area_json(std::int64_t micro, AreaUnit unit) {
  if (micro <= 0) return std::nullopt;
  if (unit == AreaUnit::ha) return json::object{{"amount", print_amount(micro)}, {"unit", "ha"}};
  return json::object{{"amount", print_amount(micro * square_metres(unit))}, {"unit", "m2"}};
}

std::string area_words(const json::object& area) {
  std::string text(area.at("amount").as_string());
  std::ranges::replace(text, '.', ',');
  return text + (area.at("unit").as_string() == "ha" ? " ha" : " m²");
}

void offer_area(Doubt& doubt, std::int64_t micro, AreaUnit unit) {
  const auto area = area_json(micro, unit);
  if (!area) return;
  const std::string words = area_words(*area);
  if (std::ranges::find(doubt.answers, words, &ProposedAnswer::what) != doubt.answers.end()) return;
  doubt.answers.push_back({"value", words, {{"area", *area}}, {}});
}

bool plausible(std::int64_t micro, AreaUnit unit) {
  const std::int64_t metres = micro / (micro_square_metre / 100) * square_metres(unit) / 100;
  return metres >= least_metres && metres <= most_metres;
}

bool says(std::string_view folded, std::string_view label) {
  const std::string wanted = schemas::fold(label);
  return folded == wanted ||
         (" " + std::string(folded) + " ").find(" " + wanted + " ") != std::string::npos;
}

/// The crop that a cell names, by its chain's label in either language.
std::string crop_named(std::string_view folded) {
  if (says(folded, "chanh dây")) return "passion_fruit";
  for (const auto& [crop, chain] : schemas::Bundle::built_in().chains().all()) {
    if (says(folded, chain.label.vi) || says(folded, chain.label.en)) return crop;
  }
  return {};
}

/// The commune that most members live in, or else the organisation's; nameless without either.
ProposedAnswer usual_commune(const Plan& plan, const Known& known) {
  std::map<std::string, std::size_t> counts;
  for (const auto& member : plan.members) {
    const auto* place = member.said.if_contains("place");
    if (place != nullptr) ++counts[std::string(place->at("commune").at("code").as_string())];
  }
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; });
  const std::string code = most == counts.end() ? known.commune : most->first;
  const auto place = schemas::find_commune(code);
  if (!place) return {};
  std::string words(place->name);
  words += ", " + std::string(schemas::find_province(place->province)->name);
  return {"place",
          std::move(words),
          {{"commune", {{"code", code}, {"vintage", schemas::places_vintage}}}},
          {}};
}

}  // namespace

std::string province_of(const Known& known) {
  const auto place = schemas::find_commune(known.commune);
  return place ? std::string(place->province) : "";
}

AreaUnit RowReader::meant(std::optional<AreaUnit> in_cell) const {
  AreaUnit unit = AreaUnit::ha;
  if (in_cell) {
    unit = *in_cell;
  } else if (plan_.table.unit) {
    unit = *plan_.table.unit;
  }
  return unit == AreaUnit::sao ? plan_.table.sao : unit;
}

void RowReader::add_plot(const RowView& view, std::size_t member) {
  const std::size_t plot = plan_.plots.size();
  plan_.plots.push_back({view.row, member, {}});
  const std::string name = clean_cell(view.at(Column::plot).text, max_plot_name);
  if (!name.empty()) plan_.plots[plot].said["name"] = name;
  read_area_of(view, plot);
  read_crop_of(view, plot);
  read_planted_of(view, plot);
  codes_.read(view, plot);
}

bool RowReader::add_codes(const RowView& view, std::size_t member) {
  if (!view.names_only_codes() || plan_.plots.empty() || plan_.plots.back().of != member)
    return false;
  codes_.read_below(view, plan_.plots.size() - 1);
  return true;
}

void RowReader::read_area_of(const RowView& view, std::size_t plot) {
  const Cell& cell = view.at(Column::area);
  if (cell.text.empty()) return;
  const auto read = read_area(cell);
  const ProposedAnswer without{"without", {}, {{"area", nullptr}}, {}};
  if (!read || read->number.micro == 0) {
    Doubt asked = view.doubt("area.unreadable", Column::area);
    asked.plots = {plot};
    asked.answers.push_back(without);
    plan_.ask(std::move(asked));
    return;
  }
  const AreaUnit unit = meant(read->unit);
  const std::int64_t micro = read->number.micro;
  const auto other = read->number.other;
  if (!other && plausible(micro, unit)) {
    plan_.plots[plot].said["area"] = *area_json(micro, unit);
    return;
  }
  Doubt asked = view.doubt(other ? "area.point" : "area.odd", Column::area);
  asked.plots = {plot};
  if (other) {
    // "1.200" m² is a thousand and two hundred, "1.200" ha one and a fifth.
    const bool first = plausible(micro, unit);
    offer_area(asked, first ? micro : *other, unit);
    offer_area(asked, first ? *other : micro, unit);
  } else {
    for (const AreaUnit another : {AreaUnit::m2, AreaUnit::ha}) {
      if (another != unit && plausible(micro, another)) offer_area(asked, micro, another);
    }
    offer_area(asked, micro, unit);
  }
  asked.answers.push_back(without);
  plan_.ask(std::move(asked));
}

void RowReader::read_crop_of(const RowView& view, std::size_t plot) {
  auto& said = plan_.plots[plot].said;
  const auto unknown = [&](Column column) {
    Doubt asked = view.doubt("crop.unknown", column);
    asked.plots = {plot};
    asked.answers.push_back({"without", {}, {}, {}});
    plan_.ask(std::move(asked));
  };
  const std::string folded = schemas::fold(view.at(Column::crop).text);
  const std::string crop = crop_named(folded);
  if (!crop.empty()) said["crop"] = crop;
  if (crop.empty() && !folded.empty()) unknown(Column::crop);
  const std::string variety = schemas::fold(view.at(Column::variety).text);
  if (variety.empty()) return;
  for (const auto& [id, chain] : schemas::Bundle::built_in().chains().all()) {
    if (!crop.empty() && id != crop) continue;
    for (const auto& [code, label] : chain.varieties) {
      if (!says(variety, label.vi) && !says(variety, label.en)) continue;
      said["crop"] = id;
      said["variety"] = code;
      return;
    }
  }
  unknown(Column::variety);
}

void RowReader::read_planted_of(const RowView& view, std::size_t plot) {
  const std::string& text = view.at(Column::planted).text;
  if (text.empty()) return;
  const auto number = read_number(text, true);
  const ReadDay day = read_day(text, known_.today);
  const ReadDay month = read_day("1/" + text, known_.today);
  int year = 0;
  if (number && number->micro % micro_square_metre == 0)
    year = static_cast<int>(number->micro / micro_square_metre);
  if (day.certain) year = day.days[0].year;
  if (month.certain) year = month.days[0].year;
  if (year >= 1900 && year <= known_.today.year) {
    plan_.plots[plot].said["planted"] = year;
    return;
  }
  Doubt asked = view.doubt("planted.unclear", Column::planted);
  asked.plots = {plot};
  asked.answers.push_back({"without", {}, {}, {}});
  plan_.ask(std::move(asked));
}

AreaUnit usual_unit(const Sheet& sheet, const Table& table) {
  std::vector<std::int64_t> seen;
  for (std::size_t at = table.header; at < sheet.rows.size(); ++at) {
    const auto area = read_area(RowView{sheet.rows[at], table, at + 1}.at(Column::area));
    if (area && !area->unit) seen.push_back(area->number.other.value_or(area->number.micro));
  }
  if (seen.empty()) return AreaUnit::ha;
  const auto middle = seen.begin() + static_cast<std::ptrdiff_t>(seen.size() / 2);
  std::ranges::nth_element(seen, middle);
  return *middle >= 20 * micro_square_metre ? AreaUnit::m2 : AreaUnit::ha;
}

void finish_plots(Plan& plan, const Known& known) {
  if (plan.plots.empty()) return;
  // New names go on behind those there are.
  std::size_t last = 0;
  const auto count = [&](std::string_view name) {
    const std::string folded = schemas::fold(name);
    const std::string digits = folded.starts_with("vuon ") ? folded.substr(5) : "";
    if (!digits.empty() && digits.size() < 7 &&
        digits.find_first_not_of("0123456789") == std::string::npos) {
      last = std::max(last, static_cast<std::size_t>(std::stoul(digits)));
    }
  };
  for (const auto& site : known.sites) count(site);
  for (const auto& plot : plan.plots) {
    if (const auto* name = plot.said.if_contains("name")) count(name->as_string());
  }
  const auto next_name = [&] {
    const std::string number = std::to_string(++last);
    return "Vườn " + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
  };
  const ProposedAnswer usual = usual_commune(plan, known);
  Doubt nowhere;
  nowhere.kind = "plot.nowhere";
  if (!usual.name.empty()) nowhere.answers.push_back(usual);
  nowhere.answers.push_back({"leave-plots", {}, {{"take", false}}, {}});
  Doubt commune;
  commune.kind = "plot.commune";
  Doubt unnamed;
  unnamed.kind = "plot.unnamed";
  std::vector<Doubt> others;
  for (std::size_t at = 0; at < plan.plots.size(); ++at) {
    auto& plot = plan.plots[at];
    const auto& member = plan.members[plot.of].said;
    const bool housed = member.contains("place");
    (housed ? commune : nowhere).plots.push_back(at);
    if (!housed) nowhere.rows.push_back(plot.row);
    const std::string person = schemas::fold(member.at("name").as_string());
    if (const auto* name = plot.said.if_contains("name")) {
      const std::string written(name->as_string());
      if (person.empty() || schemas::fold(written).find(person) == std::string::npos) continue;
      Doubt asked{"plot.private", {plot.row}, 0, written, {}, {}, {}, {at}};
      const std::string number = next_name();
      asked.answers = {{"value", number, {{"name", number}}, {}},
                       {"as-written", written, {{"name", written}}, {}}};
      others.push_back(std::move(asked));
    } else {
      unnamed.plots.push_back(at);
      plot.said["name"] = next_name();
      if (unnamed.stood.empty()) unnamed.stood = plot.said.at("name").as_string();
      unnamed.about = plot.said.at("name").as_string();
    }
  }
  commune.answers = {{"yes", {}, {}, {}}, {"leave-plots", {}, {{"take", false}}, {}}};
  if (!commune.plots.empty()) plan.ask(std::move(commune));
  if (!nowhere.plots.empty()) plan.ask(std::move(nowhere));
  unnamed.answers = {{"yes", {}, {}, {}}, {"leave-plots", {}, {{"take", false}}, {}}};
  if (!unnamed.plots.empty()) plan.ask(std::move(unnamed));
  for (auto& one : others) plan.ask(std::move(one));
}

}  // namespace nguon::server
