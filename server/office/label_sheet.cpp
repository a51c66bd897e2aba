#include "server/office/label_lists.hpp"

#include <algorithm>
#include <span>
#include <utility>

// The lists of labels as sheets that people open: Vietnamese, as the other exports.
namespace nguon::server {
namespace {

namespace json = boost::json;

struct LabelColumn {
  std::string_view member;
  std::string_view heading;
};

constexpr std::array range_columns{
    LabelColumn{"range", "Dải tem"},    LabelColumn{"number", "Số dải"},
    LabelColumn{"epoch", "Kỳ khóa"},    LabelColumn{"first", "Từ tem"},
    LabelColumn{"last", "Đến tem"},     LabelColumn{"allocated", "Chưa in"},
    LabelColumn{"printed", "Đã in"},    LabelColumn{"on_goods", "Trên hàng"},
    LabelColumn{"void", "Đã hủy"},      LabelColumn{"lost", "Báo mất"},
    LabelColumn{"returned", "Đã trả"},  LabelColumn{"given", "Đã giao tổ chức khác"},
    LabelColumn{"offered", "Chờ nhận"}, LabelColumn{"reprinted", "Lượt in lại"},
};
constexpr std::array batch_columns{
    LabelColumn{"batch", "Lô"},         LabelColumn{"lot", "Số lô"},
    LabelColumn{"product", "Sản phẩm"}, LabelColumn{"allowed", "Định mức tem"},
    LabelColumn{"printed", "Đã in"},    LabelColumn{"applied", "Đã dán"},
    LabelColumn{"void", "Đã hủy"},      LabelColumn{"lost", "Báo mất"},
    LabelColumn{"returned", "Đã trả"},  LabelColumn{"on_hand", "Trên tay"},
    LabelColumn{"reprinted", "In lại"}, LabelColumn{"closed", "Bản ghi chốt"},
};
constexpr std::array report_columns{
    LabelColumn{"range", "Dải tem"}, LabelColumn{"first", "Từ tem"},
    LabelColumn{"last", "Đến tem"},  LabelColumn{"count", "Số tem"},
    LabelColumn{"what", "Việc"},     LabelColumn{"reason", "Lý do"},
    LabelColumn{"on", "Ngày"},       LabelColumn{"entry", "Bản ghi"},
};

std::span<const LabelColumn> label_columns_of(LabelList which) {
  switch (which) {
    case LabelList::ranges:
      return range_columns;
    case LabelList::batches:
      return batch_columns;
    case LabelList::reports:
      return report_columns;
  }
  return {};
}

}  // namespace

std::string_view label_word(std::string_view id) {
  static constexpr std::pair<std::string_view, std::string_view> words[]{
      {"cut_wrong", "cắt lệch"},
      {"damaged", "hỏng"},
      {"faded", "phai mờ"},
      {"found_again", "tìm lại được"},
      {"goods_lost", "mất cùng hàng"},
      {"in_transit", "mất khi vận chuyển"},
      {"jam", "kẹt máy in"},
      {"lost", "báo mất"},
      {"lot_closed", "lô đã chốt"},
      {"misprinted", "in sai"},
      {"missing", "không thấy"},
      {"organisation_ended", "tổ chức ngừng hoạt động"},
      {"relabelled", "thay tem khác"},
      {"reprinted", "in lại"},
      {"reprinted_new", "đã in tem mới thay"},
      {"returned", "trả lại"},
      {"smudged", "nhòe"},
      {"stolen", "bị lấy cắp"},
      {"torn", "rách"},
      {"unreadable", "không đọc được"},
      {"unused", "không dùng đến"},
      {"void", "hủy"},
      {"wrong_batch", "nhầm lô"},
      {"wrong_layout", "sai mẫu"},
  };
  const auto* found =
      std::ranges::find(words, id, &std::pair<std::string_view, std::string_view>::first);
  return found == std::end(words) ? id : found->second;
}

std::vector<std::string> label_headings(LabelList which) {
  std::vector<std::string> headings;
  for (const auto& column : label_columns_of(which)) headings.emplace_back(column.heading);
  return headings;
}

std::vector<std::string> label_cells(LabelList which, const json::object& row) {
  std::vector<std::string> cells;
  for (const auto& column : label_columns_of(which)) {
    const auto* value = row.if_contains(column.member);
    if (value == nullptr) {
      cells.emplace_back();
    } else if (value->is_int64()) {
      cells.push_back(std::to_string(value->get_int64()));
    } else if (column.member == "what" || column.member == "reason") {
      cells.emplace_back(label_word(std::string_view(value->as_string())));
    } else {
      cells.emplace_back(std::string_view(value->as_string()));
    }
  }
  return cells;
}

}  // namespace nguon::server
