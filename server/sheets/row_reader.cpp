#include "server/sheets/row_reader.hpp"

#include "schemas/folding.hpp"
#include "server/sheets/cell_text.hpp"
#include "server/sheets/fields.hpp"

#include <algorithm>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

constexpr std::size_t max_person_name = 80;  // Letters; schemas/types/member.add.1.json.

/// The likeliest first, each once.
void offer(Doubt& doubt, std::string_view member, const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    doubt.answers.push_back({"value", value, {{member, value}}, {}});
  }
}

void put_place(Doubt& doubt, const std::string& hamlet, const std::vector<schemas::Place>& places) {
  for (const auto& place : places) {
    json::object home{{"commune", {{"code", place.code}, {"vintage", schemas::places_vintage}}}};
    if (!hamlet.empty()) home["hamlet"] = hamlet;
    std::string said(place.name);
    said += ", " + std::string(schemas::find_province(place.province)->name);
    doubt.answers.push_back({"place", std::move(said), {{"place", std::move(home)}}, {}});
  }
}

std::string address_said(const AddressParts& parts) {
  std::string said;
  for (const auto* part : {&parts.commune, &parts.district, &parts.province}) {
    if (!part->empty()) said += (said.empty() ? "" : ", ") + *part;
  }
  return said;
}

}  // namespace

const Cell& RowView::at(Column column) const {
  static const Cell none;
  const std::size_t number = number_of(column);
  return number == 0 || number > cells.size() ? none : cells[number - 1];
}

std::size_t RowView::number_of(Column column) const {
  const auto found = std::ranges::find(table.columns, column);
  return found == table.columns.end() ? 0
                                      : static_cast<std::size_t>(found - table.columns.begin()) + 1;
}

bool RowView::names_plot() const {
  return !at(Column::plot).text.empty() || !at(Column::area).text.empty() ||
         !at(Column::planted).text.empty() || !at(Column::crop).text.empty() ||
         !at(Column::variety).text.empty() || tells_code(at(Column::code).text);
}

bool RowView::names_only_codes() const {
  const auto said = [&](Column column) { return !at(column).text.empty() && !at(column).merged; };
  return said(Column::code) && tells_code(at(Column::code).text) && !said(Column::plot) &&
         !said(Column::area) && !said(Column::planted) && !said(Column::crop) &&
         !said(Column::variety);
}

Doubt RowView::doubt(std::string_view kind, Column column) const {
  Doubt made;
  made.kind = kind;
  made.rows = {row};
  made.column = number_of(column);
  const Cell& cell = at(column);
  made.stood = cell.written.empty() ? cell.text : cell.written;
  return made;
}

std::size_t RowReader::add_member(const RowView& view) {
  const std::size_t member = plan_.members.size();
  plan_.members.push_back({view.row, 0, {{"kind", "member"}}});
  read_name_of(view, member);
  read_phone_of(view, member);
  read_place_of(view, member);
  read_kind_of(view, member);
  read_joined_of(view, member);
  return member;
}

void RowReader::read_name_of(const RowView& view, std::size_t member) {
  using enum ReadName::Kind;
  const Cell& cell = view.at(Column::name);
  const std::string written = clean_cell(cell.text, max_person_name);
  plan_.members[member].said["name"] = written;
  const ReadName read = read_name(cell);
  if (read.kind == good) return;
  const std::string_view kind = read.kind == capitals ? "name.capitals"
                                : read.kind == title  ? "name.title"
                                : read.kind == two    ? "name.two"
                                                      : "name.odd";
  Doubt asked = view.doubt(kind, Column::name);
  asked.members = {member};
  std::vector<std::string> proposals;
  for (const auto& one : read.proposals) proposals.push_back(clean_cell(one, max_person_name));
  offer(asked, "name", proposals);
  asked.answers.push_back({"as-written", written, {{"name", written}}, {}});
  asked.answers.push_back({"leave", {}, {{"take", false}}, {}});
  plan_.ask(std::move(asked));
}

void RowReader::read_phone_of(const RowView& view, std::size_t member) {
  using enum ReadPhone::Kind;
  const auto phones = read_phones(view.at(Column::phone));
  if (phones.empty()) return;
  const ReadPhone& first = phones[0];
  if (first.kind != bad) plan_.members[member].said["phone"] = first.number;
  if (phones.size() == 1 && first.kind == good) return;
  Doubt asked = view.doubt(phones.size() > 1    ? "phone.two"
                           : first.kind == zero ? "phone.zero"
                           : first.kind == bad  ? "phone.bad"
                                                : "phone.old",
                           Column::phone);
  asked.members = {member};
  const ProposedAnswer without{"without", {}, {{"phone", nullptr}}, {}};
  if (first.kind == bad) asked.answers.push_back(without);
  for (const auto& phone : phones) {
    const bool fits = phone.number.size() >= 8 && phone.number.size() <= 15;
    if (fits) asked.answers.push_back({"value", phone.number, {{"phone", phone.number}}, {}});
  }
  if (first.kind != bad) asked.answers.push_back(without);
  plan_.ask(std::move(asked));
}

void RowReader::read_place_of(const RowView& view, std::size_t member) {
  AddressParts parts = split_address(view.at(Column::address).text);
  const auto part = [&](Column column, std::string& into) {
    if (!view.at(column).text.empty()) into = clean_cell(view.at(column).text, max_person_name);
  };
  part(Column::hamlet, parts.hamlet);
  part(Column::commune, parts.commune);
  part(Column::district, parts.district);
  part(Column::province, parts.province);
  parts.hamlet = clean_cell(parts.hamlet, max_person_name);
  const std::string said = address_said(parts);
  if (said.empty() && parts.hamlet.empty()) return;
  const FoundPlace& found = finder_.find(parts);
  using enum FoundPlace::How;
  const std::string key = parts.hamlet + '\n' + said;
  if (const auto at = place_doubts_.find(key); at != place_doubts_.end()) {
    return plan_.ask_again(at->second, view.row, member);
  }
  Doubt asked =
      view.doubt(found.how == old       ? "place.old"
                 : found.how == split   ? "place.split"
                 : found.how == several ? "place.several"
                                        : "place.unknown",
                 view.number_of(Column::commune) != 0 ? Column::commune : Column::address);
  asked.stood = said.empty() ? parts.hamlet : said;
  asked.members = {member};
  put_place(asked, parts.hamlet, found.places);
  if (found.how == now) {
    plan_.members[member].said["place"] = asked.answers[0].set.at("place");
    return;
  }
  asked.answers.push_back({"without", {}, {{"place", nullptr}}, {}});
  place_doubts_.emplace(key, plan_.doubts.size());
  plan_.ask(std::move(asked));
}

void RowReader::read_kind_of(const RowView& view, std::size_t member) {
  const std::string folded = schemas::fold(view.at(Column::kind).text);
  if (folded.empty()) return;
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> words{{
      {"lien ket", "linked"},
      {"linked", "linked"},
      {"lao dong", "worker"},
      {"lam thue", "worker"},
      {"worker", "worker"},
      {"thanh vien", "member"},
      {"xa vien", "member"},
      {"chinh thuc", "member"},
      {"member", "member"},
  }};
  for (const auto& [word, kind] : words) {
    if (folded.find(word) == std::string::npos) continue;
    plan_.members[member].said["kind"] = kind;
    return;
  }
  Doubt asked = view.doubt("kind.unknown", Column::kind);
  asked.members = {member};
  offer(asked, "kind", {"member", "linked", "worker"});
  plan_.ask(std::move(asked));
}

void RowReader::read_joined_of(const RowView& view, std::size_t member) {
  const std::string& text = view.at(Column::joined).text;
  if (text.empty()) return;
  ReadDay read = read_day(text, known_.today);
  if (read.certain) {
    plan_.members[member].said["joined"] = schemas::print_date(read.days[0]);
    return;
  }
  const ProposedAnswer without{"without", {}, {{"joined", nullptr}}, {}};
  Doubt asked = view.doubt("date.unclear", Column::joined);
  asked.members = {member};
  if (read.days.empty()) {
    asked.answers.push_back(without);
    // "3/2019" and "2019" say no day: the first of it is a choice, not a fact.
    const ReadDay month = read_day("1/" + text, known_.today);
    const ReadDay year = read_day("1/1/" + text, known_.today);
    for (const auto* some : {&month, &year}) {
      for (const auto& day : some->days) {
        if (some->certain) read.days.push_back(day);
      }
    }
    for (const auto& day : read.days) offer(asked, "joined", {schemas::print_date(day)});
  } else {
    for (const auto& day : read.days) offer(asked, "joined", {schemas::print_date(day)});
    asked.answers.push_back(without);
  }
  plan_.ask(std::move(asked));
}

}  // namespace nguon::server
