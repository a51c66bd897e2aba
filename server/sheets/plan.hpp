#pragma once

#include "schemas/calendar.hpp"
#include "server/sheets/columns.hpp"
#include "server/sheets/workbook.hpp"

#include <boost/json/object.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What a person says of a table as a whole. Closed words and numbers alone, nothing personal: it
/// may stand in an address.
struct TableChoices {
  std::optional<std::size_t> sheet;   ///< From 0; else the one with the most rows below a heading.
  std::optional<std::size_t> header;  ///< Row of the headings, from 1.
  std::vector<Column> columns;        ///< In order; empty: as recognised.
  std::optional<AreaUnit> unit;       ///< Of areas where neither cell nor heading says one.
  std::optional<AreaUnit> sao;        ///< What "sào" means here: sao_north or sao_centre.
};

struct KnownMember {
  std::string sub, name, phone;
};

/// What the directory knows already of the organisation that imports.
struct Known {
  std::vector<KnownMember> members;
  std::vector<std::string> sites;  ///< Names.
  std::string commune;             ///< Code of its own, as of today; empty: unknown.
  schemas::Date today;
};

/// One way out of a doubt. What holds after it: `set` merged into every target (null takes a member
/// away); or, where `ask` is not empty, the table is read again with those choices.
struct ProposedAnswer {
  std::string name;         ///< Of the sentence that says it: `import.answer.<name>`.
  std::string what;         ///< Said in it.
  boost::json::object set;  ///< Into the targets' `said`.
  boost::json::object ask;  ///< Members of TableChoices.
};

/// Something that nobody but a person can know. The first answer is the proposed one: it holds in
/// the drafts already.
struct Doubt {
  std::string kind;                         ///< One of doubt_kinds: `import.doubt.<kind>`.
  std::vector<std::size_t> rows;            ///< As in the file, from 1; empty: of the whole table.
  std::size_t column = 0;                   ///< From 1; 0: of no one column.
  std::string stood;                        ///< What stands in the file.
  std::string about;                        ///< What else the sentence names.
  std::vector<ProposedAnswer> answers;      ///< At least one.
  std::vector<std::size_t> members, plots;  ///< Targets: indices.
};

/// A member or plot to be: what its entry says, as far as it is known. `said` of a member: name,
/// phone, place, kind, joined (schemas/types/member.add.1.json), and `known` (a person's subject
/// id: nobody is added), `into` (index of the member whose this one's plots are); of a plot: name,
/// commune, area, crop, variety, planted, codes (site.add.1.json), for codes that lack them
/// `scheme` and `issuer`, and `codeless` (no code is taken). `take`: false leaves it out.
struct Draft {
  std::size_t row = 0;
  std::size_t of = 0;  ///< Of a plot: index of its member.
  boost::json::object said;
};

/// Null takes a member away.
void merge_said(boost::json::object& said, const boost::json::object& set);

struct Plan {
  std::vector<std::string> sheets;  ///< Names.
  std::size_t sheet = 0;
  Table table;
  std::vector<Draft> members, plots;
  std::vector<Doubt> doubts;  ///< Of the table first, then in the order of the rows.
  std::size_t empty_rows = 0;

  /// Keeps the doubt, its first answer merged into its targets.
  void ask(Doubt doubt);
  /// One more row with the same doubt: a member of its own.
  void ask_again(std::size_t doubt, std::size_t row, std::size_t member);
};

/// Every kind of doubt there is: each has a sentence in both languages.
inline constexpr std::array<std::string_view, 42> doubt_kinds{
    "header.none",  "column.left",   "text.encoding", "row.footer",      "row.heading",
    "row.nameless", "row.continues", "name.capitals", "name.title",      "name.two",
    "name.odd",     "phone.zero",    "phone.old",     "phone.two",       "phone.bad",
    "phone.shared", "phone.known",   "person.twin",   "person.known",    "kind.unknown",
    "place.old",    "place.split",   "place.several", "place.unknown",   "date.unclear",
    "area.point",   "area.unit",     "area.odd",      "area.unreadable", "crop.unknown",
    "plot.commune", "plot.unnamed",  "plot.private",  "plot.nowhere",    "planted.unclear",
    "code.active",  "code.below",    "code.issuer",   "code.none",       "code.odd",
    "code.pairs",   "code.scheme"};
/// Every way out of one. Of "write" a person writes the member that its `set` names.
inline constexpr std::array<std::string_view, 17> answer_names{
    "yes",          "leave",   "leave-plots", "value",  "as-written", "same-person",
    "other-person", "known",   "above",       "unit",   "keep",       "take",
    "place",        "without", "write",       "scheme", "codes-above"};

/// Reads a table of members and their plots: a row a member with one plot or none, rows below
/// without a name (or with a merged one) further plots of the same. Nothing is left out silently
/// but empty rows. The same workbook, choices and knowledge give the same plan. Pure.
Plan make_plan(const Workbook& book, const TableChoices& choices, const Known& known);

/// As the office page takes it (schemas/openapi.json, `ImportPlan`).
boost::json::object plan_json(const Plan& plan);

}  // namespace nguon::server
