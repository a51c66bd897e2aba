#pragma once

#include "server/sheets/address.hpp"
#include "server/sheets/code_reader.hpp"
#include "server/sheets/plan.hpp"
#include "server/sheets/row_view.hpp"

#include <map>
#include <string>
#include <vector>

namespace nguon::server {

/// Two digits of the province that the organisation lies in; empty: unknown.
std::string province_of(const Known& known);

/// Reads rows into drafts, and asks what cannot be known. Writes to one plan, which outlives it.
class RowReader {
 public:
  RowReader(Plan& plan, const Known& known)
      : plan_(plan), known_(known), finder_(province_of(known)), codes_(plan) {}

  /// The index of the new member.
  std::size_t add_member(const RowView& view);
  void add_plot(const RowView& view, std::size_t member);
  /// Takes a row that says nothing but a code for one of the plot above; false where there is no
  /// such plot of `member`.
  bool add_codes(const RowView& view, std::size_t member);
  /// Asks what no row could be asked alone.
  void finish() { codes_.finish(); }

 private:
  void read_name_of(const RowView& view, std::size_t member);
  void read_phone_of(const RowView& view, std::size_t member);
  void read_place_of(const RowView& view, std::size_t member);
  void read_kind_of(const RowView& view, std::size_t member);
  void read_joined_of(const RowView& view, std::size_t member);
  void read_area_of(const RowView& view, std::size_t plot);
  void read_crop_of(const RowView& view, std::size_t plot);
  void read_planted_of(const RowView& view, std::size_t plot);
  AreaUnit meant(std::optional<AreaUnit> in_cell) const;

  Plan& plan_;
  const Known& known_;
  PlaceFinder finder_;
  CodeReader codes_;
  std::map<std::string, std::size_t> place_doubts_;  // By address: index of its doubt.
};

/// Where there is no unit, by how large the numbers are.
AreaUnit usual_unit(const Sheet& sheet, const Table& table);

/// Persons that are in the table twice or in the directory already, numbers that two have.
void find_twins(Plan& plan, const Known& known);

/// Names and communes for plots that have none.
void finish_plots(Plan& plan, const Known& known);

}  // namespace nguon::server
