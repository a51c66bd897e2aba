#include "server/pages/catalogue.hpp"
#include "server/pages/markup.hpp"
#include "server/rights/my_data.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::server {
namespace {

namespace json = boost::json;

std::string shown_text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::string day_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? vietnam_date(value->get_int64()) : "";
}

/// What a value reads like: text as it is, anything else as JSON.
std::string plain(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

void write_cell(Html& html, std::string_view text) { html << "<td>" << esc(text) << "</td>"; }

void write_heads(Html& html, std::initializer_list<std::string_view> heads) {
  html << "<table><thead><tr>";
  for (const auto head : heads) html << R"(<th scope="col">)" << esc(head) << "</th>";
  html << "</tr></thead><tbody>";
}

void write_list(Html& html, const json::object& data, std::string_view list,
                std::initializer_list<std::string_view> heads,
                std::initializer_list<std::string_view> members) {
  write_heads(html, heads);
  for (const auto& row : data.at(list).as_array()) {
    html << "<tr>";
    for (const auto member : members) {
      const auto* value = row.as_object().if_contains(member);
      write_cell(html, value == nullptr ? std::string() : plain(*value));
    }
    html << "</tr>";
  }
  html << "</tbody></table>";
}

/// Slots that are signed but not opened say nothing to a reader.
void write_values(Html& html, const json::object& entry) {
  html << "<td><dl>";
  for (const auto& [name, value] : entry.at("data").as_object()) {
    if (value.is_object() && value.get_object().contains("_sd")) continue;
    html << "<dt>" << esc(std::string_view(name)) << "</dt><dd>" << esc(plain(value)) << "</dd>";
  }
  for (const auto& [pointer, value] : entry.at("private").as_object()) {
    html << "<dt>" << esc(std::string_view(pointer).substr(1)) << " · riêng tư / private</dt><dd>"
         << esc(plain(value)) << "</dd>";
  }
  html << "</dl></td>";
}

}  // namespace

std::string my_data_page(const json::object& data, const schemas::Bundle& bundle) {
  Html html;
  html << R"(<!doctype html><html lang="vi"><head><meta charset="utf-8">)"
       << R"(<meta name="viewport" content="width=device-width,initial-scale=1">)"
       << "<title>Dữ liệu của tôi · My data</title></head><body><main>"
       << "<h1>Dữ liệu của tôi · My data</h1><p>"
       << "Tất cả những gì hệ thống này đang giữ về người có mã dưới đây, đến thời điểm lập. "
       << "Everything this service holds on the person with the id below, as of the time it was "
          "made."
       << "</p><dl><dt>Mã người · Person</dt><dd>" << esc(shown_text(data, "person"))
       << "</dd><dt>Lập ngày · Made on</dt><dd>" << esc(day_of(data, "made")) << "</dd></dl>";
  html << "<h2>Thành viên của · Member of</h2>";
  write_list(html, data, "memberships",
             {"Tổ chức · Organisation", "Loại · Kind", "Vào · Joined", "Rời · Left"},
             {"org", "kind", "joined", "left"});
  html << "<h2>Sự đồng ý · Consents</h2>";
  write_list(html, data, "consents",
             {"Tổ chức · Organisation", "Mục đích · Purpose", "Đồng ý · Given", "Đến · Until"},
             {"org", "purpose", "given", "until"});
  html << "<h2>Khóa · Keys</h2>";
  write_list(html, data, "keys",
             {"Khóa · Key", "Tổ chức · Organisation", "Vai trò · Roles", "Đã thu hồi · Revoked"},
             {"kid", "org", "roles", "revoked"});
  if (data.contains("passkeys")) {
    html << "<h2>Khóa truy cập · Passkeys</h2>";
    write_list(html, data, "passkeys",
               {"Tên · Name", "Địa chỉ · Host", "Nghi bị sao chép · Doubted"},
               {"name", "host", "doubted"});
  }
  html << "<h2>Yêu cầu · Requests</h2>";
  write_list(html, data, "requests",
             {"Yêu cầu · Request", "Nội dung · Words", "Trạng thái · State", "Hạn · Due"},
             {"what", "text", "state", "answer_by"});
  html << "<h2>Bản ghi · Entries</h2>";
  write_heads(html, {"Ngày ghi · Recorded", "Loại · Type", "Giá trị · Values"});
  for (const auto& row : data.at("entries").as_array()) {
    const auto& entry = row.as_object();
    const std::string type = shown_text(entry, "type");
    const auto* schema = bundle.find(type);
    html << "<tr>";
    write_cell(html, day_of(entry, "recorded"));
    html << "<td>" << esc(type);
    if (schema != nullptr) html << "<br>" << esc(schema->public_vi());
    html << "</td>";
    write_values(html, entry);
    html << "</tr>";
  }
  html << "</tbody></table></main></body></html>";
  return html.take();
}

}  // namespace nguon::server
