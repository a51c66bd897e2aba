#include "server/reminders/sentences.hpp"

#include "server/pages/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace nguon::server {
namespace {

struct Words {
  std::string_view scheme, vi, en;
};

constexpr std::array<Words, 15> schemes{{
    {"planting_area_export", "Mã số vùng trồng xuất khẩu", "Export planting-area code"},
    {"planting_area_domestic", "Mã số vùng trồng nội địa", "Domestic planting-area code"},
    {"packing_house", "Mã số cơ sở đóng gói", "Packing-house code"},
    {"gln", "Mã địa điểm GLN", "GLN"},
    {"vietgap", "VietGAP", "VietGAP"},
    {"globalgap", "GlobalG.A.P.", "GLOBALG.A.P."},
    {"organic", "Chứng nhận hữu cơ", "Organic certificate"},
    {"food_safety", "Giấy chứng nhận an toàn thực phẩm", "Food-safety certificate"},
    {"haccp", "HACCP", "HACCP"},
    {"iso22000", "ISO 22000", "ISO 22000"},
    {"geographical_indication", "Chỉ dẫn địa lý", "Geographical indication"},
    {"collective_mark", "Nhãn hiệu tập thể", "Collective mark"},
    {"3", "OCOP 3 sao", "OCOP 3 stars"},
    {"4", "OCOP 4 sao", "OCOP 4 stars"},
    {"5", "OCOP 5 sao", "OCOP 5 stars"},
}};

std::string scheme_words(const Due& due, bool english) {
  const auto found = std::ranges::find(schemes, due.scheme, &Words::scheme);
  if (found != schemes.end()) return std::string(english ? found->en : found->vi);
  return english ? "Certificate or code" : "Chứng nhận hoặc mã số";
}

/// An organisation, or, where its name may be a person's, the end of its id.
std::string name_or_id(const std::string& org, const OrgNames& names, bool english) {
  const auto known = names.find(org);
  if (known != names.end()) return known->second;
  constexpr std::size_t shown = 6;
  const std::string end = org.size() > shown ? org.substr(org.size() - shown) : org;
  return (english ? "household …" : "hộ …") + end;
}

std::string lines_of(std::span<const Due> due, const OrgNames& names, bool english) {
  std::string text;
  for (const Due& one : due) text += "• " + line_of(one, names, english) + "\n";
  return text;
}

}  // namespace

std::string label_of(const Due& due, const OrgNames& names, bool english) {
  if (due.kind == DueKind::delegation) {
    return (english ? "Delegation to " : "Ủy quyền cho ") + name_or_id(due.sub, names, english);
  }
  return scheme_words(due, english) + (english ? " no. " : " số ") + due.number;
}

std::string line_of(const Due& due, const OrgNames& names, bool english) {
  const std::string whose = due.orgs.empty() ? "" : name_or_id(due.orgs.front(), names, english);
  const std::string day = show_date(due.until, english ? Lang::en : Lang::vi);
  const std::string count = std::to_string(std::abs(due.days));
  const std::string what = label_of(due, names, english) + " — " + whose + ": ";
  if (english) {
    return what + (due.days < 0 ? "ended on " + day + ", " + count + " days ago"
                                : "ends on " + day + ", in " + count + " days");
  }
  return what + (due.days < 0 ? "đã hết hạn ngày " + day + ", cách đây " + count + " ngày"
                              : "hết hạn ngày " + day + ", còn " + count + " ngày");
}

std::string chat_text(std::span<const Due> due, const OrgNames& names) {
  if (due.empty()) return {};
  return "Nhắc hạn (chứng nhận, mã số, OCOP, ủy quyền):\n" + lines_of(due, names, false);
}

std::string digest_text(std::span<const Due> due, const OrgNames& names) {
  return "Những mục sắp hết hạn, cần gia hạn kịp thời:\n\n" + lines_of(due, names, false) +
         "\nWhat is about to end and may need renewing:\n\n" + lines_of(due, names, true);
}

}  // namespace nguon::server
