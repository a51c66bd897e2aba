#include "server/sheets/plan.hpp"

#include "schemas/folding.hpp"
#include "server/sheets/cell_text.hpp"
#include "server/sheets/row_reader.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace nguon::server {
namespace {

std::size_t filled_cells(const std::vector<Cell>& row) {
  return static_cast<std::size_t>(
      std::ranges::count_if(row, [](const Cell& cell) { return !cell.text.empty(); }));
}

/// One text over the whole width, or alone in its row where no member's or plot's words could be.
bool is_title(const RowView& view) {
  static constexpr std::array<Column, 9> own{Column::name,   Column::phone,   Column::plot,
                                             Column::area,   Column::crop,    Column::variety,
                                             Column::joined, Column::planted, Column::code};
  std::string_view text;
  std::size_t filled = 0;
  bool telling = false;
  for (std::size_t at = 0; at < view.cells.size(); ++at) {
    const Cell& cell = view.cells[at];
    if (cell.text.empty()) continue;
    if (filled > 0 && cell.text != text) return false;
    text = cell.text;
    ++filled;
    telling = at < view.table.columns.size() &&
              std::ranges::find(own, view.table.columns[at]) != own.end();
  }
  return filled > 1 || !telling;
}

/// What a section of a table begins with, where a name could stand: a hamlet, a roman number.
bool begins_section(const std::string& text) {
  const std::string folded = schemas::fold(text);
  static constexpr std::array<std::string_view, 8> words{"ban ", "thon ", "xa ",  "xom ",
                                                         "i ",   "ii ",   "iii ", "iv "};
  const bool digit = text.find_first_of("0123456789") != std::string::npos;
  return std::ranges::any_of(words, [&](auto word) { return folded.starts_with(word); }) &&
         (digit || text.find('.') != std::string::npos || folded.starts_with("ban ") ||
          folded.starts_with("thon ") || folded.starts_with("xom "));
}

/// Sums and signatures below a table.
bool is_footer(const RowView& view) {
  if (!view.at(Column::phone).text.empty()) return false;
  static constexpr std::array<std::string_view, 15> beginnings{
      "tong cong", "tong so",  "tong",       "cong",     "total",
      "sum",       "bang chu", "nguoi lap",  "lap bang", "lap bieu",
      "ke toan",   "giam doc", "thu truong", "xac nhan", "tm "};
  for (const Cell& cell : view.cells) {
    const std::string folded = schemas::fold(cell.text);
    if (folded.empty()) continue;
    for (const auto beginning : beginnings) {
      const bool whole = beginning == "tong" || beginning == "cong" || beginning == "sum";
      if (whole ? folded == beginning : folded.starts_with(beginning)) return true;
    }
    if (folded.starts_with("ngay") && folded.find(" thang") != std::string::npos) return true;
    if (folded.find(" ngay ") != std::string::npos && folded.find(" thang ") != std::string::npos)
      return true;
  }
  return false;
}

/// "(1) (2) (3)" or "1 2 3" or "A B 1" below the headings.
bool counts_columns(const std::vector<Cell>& row) {
  std::size_t seen = 0;
  for (const Cell& cell : row) {
    const std::string folded = schemas::fold(cell.text);
    if (folded.empty()) continue;
    if (folded.size() > 2) return false;
    ++seen;
  }
  return seen >= 3;
}

class PlanMaker {
 public:
  PlanMaker(const Workbook& book, const TableChoices& choices, const Known& known, Plan& plan)
      : book_(book), choices_(choices), plan_(plan), reader_(plan, known), known_(known) {}

  void make() {
    choose_table();
    if (!plan_.table.found) return ask_for_headings();
    ask_about_columns();
    ask_about_units();
    for (std::size_t at = plan_.table.header; at < sheet().rows.size(); ++at) {
      read_row({sheet().rows[at], plan_.table, at + 1});
    }
    ask_about_encodings();
    find_twins(plan_, known_);
    finish_plots(plan_, known_);
    reader_.finish();
    std::ranges::sort(plan_.doubts, {}, [](const Doubt& doubt) {
      return std::tuple(doubt.rows.empty() ? 0 : doubt.rows[0], doubt.kind, doubt.column,
                        doubt.stood);
    });
  }

 private:
  const Sheet& sheet() const { return book_.sheets[plan_.sheet]; }

  Table table_of(const Sheet& sheet) const {
    Table table = choices_.header ? table_at(sheet, *choices_.header) : find_table(sheet);
    if (choices_.columns.empty()) return table;
    std::size_t width = 0;
    for (const auto& row : sheet.rows) width = std::max(width, row.size());
    table.columns = choices_.columns;
    table.columns.resize(width, Column::left);
    table.headings.resize(width);
    table.found = std::ranges::find(table.columns, Column::name) != table.columns.end();
    return table;
  }

  void choose_table() {
    for (const Sheet& one : book_.sheets) plan_.sheets.push_back(one.name);
    if (choices_.sheet && *choices_.sheet < book_.sheets.size()) {
      plan_.sheet = *choices_.sheet;
    } else {
      std::size_t most = 0;
      for (std::size_t at = 0; at < book_.sheets.size(); ++at) {
        const Table table = table_of(book_.sheets[at]);
        const std::size_t rows = table.found
                                     ? book_.sheets[at].rows.size() -
                                           std::min(table.header, book_.sheets[at].rows.size())
                                     : 0;
        if (rows > most) {
          most = rows;
          plan_.sheet = at;
        }
      }
    }
    plan_.table = table_of(sheet());
  }

  void ask_for_headings() {
    Doubt asked;
    asked.kind = "header.none";
    asked.answers.push_back({"leave", {}, {}, {}});
    plan_.ask(std::move(asked));
  }

  void ask_about_columns() {
    for (std::size_t at = 0; at < plan_.table.columns.size(); ++at) {
      if (plan_.table.columns[at] != Column::left || plan_.table.headings[at].empty()) continue;
      Doubt asked;
      asked.kind = "column.left";
      asked.column = at + 1;
      asked.stood = plan_.table.headings[at];
      asked.answers.push_back({"leave", {}, {}, {}});
      plan_.ask(std::move(asked));
    }
  }

  void ask_about_units() {
    Table& table = plan_.table;
    const RowView head{{}, table, 0};
    const std::size_t column = head.number_of(Column::area);
    if (column == 0) return;
    const std::string folded = schemas::fold(table.headings[column - 1]);
    auto unit = choices_.unit ? choices_.unit : unit_named(folded);
    bool sao = unit == AreaUnit::sao;
    bool bare = false;
    for (std::size_t at = table.header; at < sheet().rows.size(); ++at) {
      const Cell& cell = RowView{sheet().rows[at], table, at + 1}.at(Column::area);
      const auto in_cell = unit_named(schemas::fold(cell.text));
      sao = sao || in_cell == AreaUnit::sao ||
            (cell.text.size() < 40 && schemas::fold(cell.text).ends_with("sao"));
      bare = bare || (!cell.text.empty() && !in_cell);
    }
    if (!unit && bare) {
      Doubt asked = unit_doubt(column, table.headings[column - 1]);
      unit = usual_unit(sheet(), table);
      add_unit(asked, *unit, "unit", true);
      for (const AreaUnit other : {AreaUnit::ha, AreaUnit::m2, AreaUnit::sao_north,
                                   AreaUnit::sao_centre, AreaUnit::cong}) {
        if (other != *unit) add_unit(asked, other, "unit", false);
      }
      plan_.ask(std::move(asked));
    }
    // A province's number tells north from centre: 37 is Ninh Bình, 38 Thanh Hóa.
    const std::string province = province_of(known_);
    const bool north = province.empty() || province < "38";
    table.sao = choices_.sao.value_or(north ? AreaUnit::sao_north : AreaUnit::sao_centre);
    if (sao && !choices_.sao) {
      Doubt asked = unit_doubt(column, "sào");
      add_unit(asked, table.sao, "sao", true);
      add_unit(asked, north ? AreaUnit::sao_centre : AreaUnit::sao_north, "sao", false);
      plan_.ask(std::move(asked));
    }
    table.unit = unit == AreaUnit::sao ? table.sao : unit;
  }

  static Doubt unit_doubt(std::size_t column, std::string stood) {
    Doubt asked;
    asked.kind = "area.unit";
    asked.column = column;
    asked.stood = std::move(stood);
    return asked;
  }

  static void add_unit(Doubt& asked, AreaUnit unit, std::string_view choice, bool holds) {
    const std::string name(area_unit_names[static_cast<std::size_t>(unit)]);
    ProposedAnswer answer{"unit", name, {}, {}};
    if (!holds) answer.ask[choice] = name;
    asked.answers.push_back(std::move(answer));
  }

  void read_row(const RowView& view) {
    if (filled_cells(view.cells) == 0) {
      ++plan_.empty_rows;
      return;
    }
    if (view.row == plan_.table.header + 1 && counts_columns(view.cells)) return;
    for (const Cell& cell : view.cells) {
      if (cell.encoding == Encoding::unicode || cell.merged) continue;
      if (decoded_rows_.empty() || decoded_rows_.back() != view.row)
        decoded_rows_.push_back(view.row);
      if (decoded_.written.empty()) decoded_ = cell;
    }
    const Cell& name = view.at(Column::name);
    footer_ = footer_ ? filled_cells(view.cells) <= 2 || is_footer(view) : is_footer(view);
    if (footer_) return ask_about_row("row.footer", view);
    if (is_title(view) || (begins_section(name.text) && filled_cells(view.cells) <= 2))
      return ask_about_row("row.heading", view);
    if (!name.text.empty() && !name.merged) {
      last_ = reader_.add_member(view);
      if (view.names_plot()) reader_.add_plot(view, *last_);
      return;
    }
    if (!last_ || !view.names_plot()) return ask_about_row("row.nameless", view);
    if (reader_.add_codes(view, *last_)) return;
    reader_.add_plot(view, *last_);
    if (name.merged) return;
    Doubt asked;
    asked.kind = "row.continues";
    asked.rows = {view.row};
    asked.column = view.number_of(Column::name);
    asked.about = plan_.members[*last_].said.at("name").as_string();
    asked.plots = {plan_.plots.size() - 1};
    asked.answers = {{"above", asked.about, {}, {}}, {"leave", {}, {{"take", false}}, {}}};
    plan_.ask(std::move(asked));
  }

  /// Left out, unless a person says otherwise.
  void ask_about_row(std::string_view kind, const RowView& view) {
    if (kind == "row.heading") last_.reset();
    Doubt asked;
    asked.kind = kind;
    asked.rows = {view.row};
    for (const Cell& cell : view.cells) {
      if (cell.text.empty() || (cell.merged && !asked.stood.empty())) continue;
      asked.stood += (asked.stood.empty() ? "" : " · ") + cell.text;
    }
    asked.answers.push_back({"leave", {}, {{"take", false}}, {}});
    const Cell& name = view.at(Column::name);
    if (!name.text.empty() && !name.merged) {
      asked.members = {plan_.members.size()};
      plan_.members.push_back(
          {view.row, 0, {{"kind", "member"}, {"name", clean_cell(name.text, 80)}}});
      asked.answers.push_back({"take", name.text, {{"take", nullptr}}, {}});
    }
    plan_.ask(std::move(asked));
  }

  void ask_about_encodings() {
    if (decoded_rows_.empty()) return;
    Doubt asked;
    asked.kind = "text.encoding";
    asked.stood = decoded_.written;
    asked.about = decoded_.text;
    asked.rows = decoded_rows_;
    asked.answers.push_back({"yes", {}, {}, {}});
    plan_.ask(std::move(asked));
  }

  const Workbook& book_;
  const TableChoices& choices_;
  Plan& plan_;
  RowReader reader_;
  const Known& known_;
  std::optional<std::size_t> last_;  // The member that rows without a name belong to.
  bool footer_ = false;
  Cell decoded_;                           // The first of another encoding,
  std::vector<std::size_t> decoded_rows_;  // and where they are.
};

}  // namespace

void merge_said(boost::json::object& said, const boost::json::object& set) {
  for (const auto& one : set) {
    if (one.value().is_null()) {
      said.erase(one.key());
    } else {
      said.insert_or_assign(one.key(), one.value());
    }
  }
}

void Plan::ask(Doubt doubt) {
  const auto& proposed = doubt.answers[0].set;
  for (const std::size_t at : doubt.members) merge_said(members[at].said, proposed);
  for (const std::size_t at : doubt.plots) merge_said(plots[at].said, proposed);
  doubts.push_back(std::move(doubt));
}

void Plan::ask_again(std::size_t doubt, std::size_t row, std::size_t member) {
  doubts[doubt].rows.push_back(row);
  doubts[doubt].members.push_back(member);
  merge_said(members[member].said, doubts[doubt].answers[0].set);
}

Plan make_plan(const Workbook& book, const TableChoices& choices, const Known& known) {
  Plan plan;
  PlanMaker(book, choices, known, plan).make();
  return plan;
}

}  // namespace nguon::server
