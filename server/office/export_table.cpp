#include "server/office/export_table.hpp"

#include "schemas/bundle.hpp"
#include "schemas/places.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using OrgNames = std::map<std::string, std::string, std::less<>>;

/// A heading and where its cell is found: a member, or one inside a member ("/place/hamlet"). Kinds
/// of cells that want more than a copy have a mark in front: `@` a commune's name, `#` an
/// organisation's, `*` a list, `=` a word of a closed list, `%` a number, `&` a list whose items
/// are told with all they hold.
struct Column {
  std::string_view heading;
  std::string_view from;
};

constexpr Column organisation_columns[]{
    {"Tên", "/name"},
    {"Loại hình", "=/kind"},
    {"Xã, phường", "@/commune"},
    {"Số đăng ký", "/registration/code"},
    {"Nơi cấp đăng ký", "/registration/issuer"},
    {"Ngày cấp đăng ký", "/registration/issued"},
    {"Trạng thái", "=/status"},
    {"Trạng thái từ ngày", "/since"},
    {"Tổ chức cấp trên", "#/parent"},
    {"Mã", "/sub"},
};
constexpr Column member_columns[]{
    {"Họ tên", "/name"},
    {"Điện thoại", "/phone"},
    {"Xã, phường", "@/place/commune"},
    {"Thôn, bản", "/place/hamlet"},
    {"Loại", "=/kind"},
    {"Ngày vào", "/joined"},
    {"Ngày ra", "/left"},
    {"Vai trò", "*/roles"},
    {"Tổ chức", "#/org"},
    {"Mã", "/sub"},
};
constexpr Column site_columns[]{
    {"Tên", "/name"},
    {"Loại", "=/kind"},
    {"Xã, phường", "@/commune"},
    {"Diện tích", "%/area/amount"},
    {"Đơn vị", "/area/unit"},
    {"Cây trồng", "/crop"},
    {"Giống", "/variety"},
    {"Năm trồng", "%/planted"},
    {"Mã số", "*/codes"},
    {"Mã số: nơi cấp, tình trạng, thời hạn", "&/codes"},
    {"Mã người chăm sóc", "/household"},
    {"Ngừng dùng từ ngày", "/retired"},
    {"Tổ chức", "#/org"},
    {"Mã", "/sub"},
};
constexpr Column product_columns[]{
    {"Tên", "/name"},
    {"Tên tiếng Anh", "/name_en"},
    {"Cây trồng", "/crop"},
    {"Dạng", "/stage"},
    {"Giống", "/variety"},
    {"Quy cách đóng gói", "&/packs"},
    {"GTIN", "/gtin"},
    {"Nhóm sản phẩm OCOP", "=/ocop/group"},
    {"Bộ sản phẩm OCOP", "/ocop/set"},
    {"Phân loại OCOP theo", "/ocop/decision"},
    {"Hạn dùng (ngày)", "%/shelf_days"},
    {"Ngừng làm từ ngày", "/retired"},
    {"Tổ chức", "#/org"},
    {"Mã", "/sub"},
};
constexpr Column certificate_columns[]{
    {"Loại", "/kind"},          {"Số", "/number"},
    {"Nơi cấp", "/issuer"},     {"Từ ngày", "/from"},
    {"Đến ngày", "/until"},     {"Thu hồi từ ngày", "/withdrawn"},
    {"Sản phẩm", "*/products"}, {"Nơi sản xuất", "*/sites"},
    {"Người giữ", "#/holder"},  {"Mã", "/sub"},
};

std::span<const Column> columns_of(RowKind kind) {
  static constexpr std::array<std::span<const Column>, 5> all{
      organisation_columns, member_columns, site_columns, product_columns, certificate_columns};
  return all[static_cast<std::size_t>(kind)];
}

std::string word(std::string_view id) {
  static constexpr std::pair<std::string_view, std::string_view> words[]{
      {"active", "đang hoạt động"},
      {"alliance", "liên minh"},
      {"authority", "cơ quan"},
      {"barn", "chuồng"},
      {"cooperative", "hợp tác xã"},
      {"council", "hội đồng"},
      {"dissolved", "đã giải thể"},
      {"drinks", "đồ uống"},
      {"enterprise", "doanh nghiệp"},
      {"food", "thực phẩm"},
      {"gln", "GLN"},
      {"group", "tổ hợp tác"},
      {"handicraft", "thủ công mỹ nghệ"},
      {"household", "hộ"},
      {"lab", "phòng thử nghiệm"},
      {"linked", "liên kết"},
      {"medicinal", "dược liệu"},
      {"member", "thành viên"},
      {"ornamental", "sinh vật cảnh"},
      {"other", "khác"},
      {"packing_house", "cơ sở đóng gói"},
      {"planting_area_domestic", "vùng trồng nội địa"},
      {"planting_area_export", "vùng trồng xuất khẩu"},
      {"plot", "thửa"},
      {"processing", "nơi chế biến"},
      {"revoked", "bị thu hồi"},
      {"store", "kho"},
      {"suspended", "tạm ngừng"},
      {"tourism", "du lịch cộng đồng, du lịch sinh thái"},
      {"union", "liên hiệp"},
      {"vietgap", "VietGAP"},
      {"worker", "lao động"},
  };
  const auto* found =
      std::ranges::find(words, id, &std::pair<std::string_view, std::string_view>::first);
  return std::string(found == std::end(words) ? id : found->second);
}

std::string text_of_value(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_int64()) return std::to_string(value.get_int64());
  return {};
}

std::string listed(const json::value& value) {
  std::string text;
  if (!value.is_array()) return text;
  for (const auto& one : value.get_array()) {
    const auto* code = one.is_object() ? one.get_object().if_contains("code") : &one;
    if (code == nullptr) continue;
    if (!text.empty()) text += "; ";
    text += text_of_value(*code);
  }
  return text;
}

/// `500 g (GTIN 09521234567893)`, `VN-1 · vùng trồng xuất khẩu · Cục mẫu · tạm ngừng · 2026-01-01 –
/// 2026-12-31`: what an office copies into the forms of others.
std::string told(const json::object& item) {
  const auto said = [&](std::string_view name) {
    const auto* value = item.if_contains(name);
    return value == nullptr ? std::string() : text_of_value(*value);
  };
  if (const auto* size = item.if_contains("size"); size != nullptr && size->is_object()) {
    const auto part = [&](std::string_view name) {
      const auto* value = size->get_object().if_contains(name);
      return value == nullptr ? std::string() : text_of_value(*value);
    };
    const auto* unit = schemas::Bundle::built_in().units().find(part("unit"));
    const std::string gtin = said("gtin");
    return part("amount") + " " + (unit == nullptr ? part("unit") : unit->label_vi) +
           (gtin.empty() ? "" : " (GTIN " + gtin + ")");
  }
  std::string text = said("code");
  const auto add = [&](const std::string& more) {
    if (!more.empty()) text += " · " + more;
  };
  add(word(said("scheme")));
  add(said("issuer"));
  add(said("status") == "active" ? "đang hiệu lực" : word(said("status")));
  const std::string from = said("from");
  const std::string until = said("until");
  if (!from.empty() || !until.empty()) add(from + " – " + until);
  return text;
}

std::string all_told(const json::value& value) {
  std::string text;
  if (!value.is_array()) return text;
  for (const auto& one : value.get_array()) {
    if (!one.is_object()) continue;
    if (!text.empty()) text += "; ";
    text += told(one.get_object());
  }
  return text;
}

std::string commune_of(const json::value& value) {
  if (!value.is_object()) return {};
  const auto* code = value.get_object().if_contains("code");
  const auto* vintage = value.get_object().if_contains("vintage");
  if (code == nullptr || vintage == nullptr) return {};
  const auto found = schemas::find_commune(text_of_value(*code), text_of_value(*vintage));
  // A code of another list says more than nothing.
  return found ? std::string(found->name) : text_of_value(*code);
}

const json::value* find_value(const json::object& row, std::string_view pointer) {
  const json::object* in = &row;
  for (;;) {
    pointer.remove_prefix(1);
    const auto slash = std::min(pointer.find('/'), pointer.size());
    const auto* value = in->if_contains(pointer.substr(0, slash));
    if (value == nullptr || slash == pointer.size()) return value;
    in = value->if_object();
    if (in == nullptr) return nullptr;
    pointer.remove_prefix(slash);
  }
}

std::string cell(const json::object& row, std::string_view from, const OrgNames& org_names) {
  const char mark = from.front();
  if (mark != '/') from.remove_prefix(1);
  const auto* value = find_value(row, from);
  if (value == nullptr) return {};
  switch (mark) {
    case '@':
      return commune_of(*value);
    case '*':
      return listed(*value);
    case '&':
      return all_told(*value);
    case '=':
      return word(text_of_value(*value));
    case '#': {
      const auto name = org_names.find(text_of_value(*value));
      return name == org_names.end() ? text_of_value(*value) : name->second;
    }
    default:
      return text_of_value(*value);
  }
}

}  // namespace

std::vector<std::string_view> export_headings(RowKind kind) {
  std::vector<std::string_view> headings;
  for (const auto& column : columns_of(kind)) headings.push_back(column.heading);
  return headings;
}

bool is_export_number(RowKind kind, std::size_t column) {
  return columns_of(kind)[column].from.front() == '%';
}

std::vector<std::string> export_cells(RowKind kind, const json::object& row,
                                      const OrgNames& org_names) {
  std::vector<std::string> cells;
  for (const auto& column : columns_of(kind)) {
    cells.push_back(cell(row, column.from, org_names));
  }
  return cells;
}

}  // namespace nguon::server
