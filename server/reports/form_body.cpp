#include "server/reports/form_body.hpp"

#include "server/http/request.hpp"

#include <algorithm>
#include <optional>

namespace nguon::server {
namespace {

constexpr std::size_t longest_boundary = 70;  // RFC 2046 §5.1.1
constexpr std::size_t longest_head = 1024;
constexpr std::size_t longest_field = 32;

bool boundary_symbol(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("'()+_,-./:=?").find(c) != std::string_view::npos;
}

/// Of `multipart/form-data; boundary=…`, quoted or not; nothing else may follow.
std::optional<std::string> boundary_of(std::string_view type) {
  constexpr std::string_view start = "multipart/form-data;";
  if (type.size() < start.size() || !equal_case_blind(type.substr(0, start.size()), start)) {
    return std::nullopt;
  }
  type.remove_prefix(start.size());
  while (type.starts_with(' ')) type.remove_prefix(1);
  constexpr std::string_view word = "boundary=";
  if (type.size() < word.size() || !equal_case_blind(type.substr(0, word.size()), word)) {
    return std::nullopt;
  }
  type.remove_prefix(word.size());
  if (type.size() >= 2 && type.front() == '"' && type.back() == '"') {
    type = type.substr(1, type.size() - 2);
  }
  if (type.empty() || type.size() > longest_boundary ||
      !std::all_of(type.begin(), type.end(), boundary_symbol)) {
    return std::nullopt;
  }
  return std::string(type);
}

/// The value of ` name="…"` in a Content-Disposition; browsers write a quote in it as %22.
std::optional<std::string_view> parameter(std::string_view line, std::string_view name) {
  const std::string wanted = "; " + std::string(name) + "=\"";
  const std::size_t at = line.find(wanted);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t from = at + wanted.size();
  const std::size_t to = line.find('"', from);
  if (to == std::string_view::npos) return std::nullopt;
  return line.substr(from, to - from);
}

/// Absent unless it says `form-data` once, with a name, and no encoding of its own.
std::optional<FormPart> head_of(std::string_view head) {
  FormPart part;
  bool named = false;
  while (!head.empty()) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view field = line.substr(0, colon);
    if (equal_case_blind(field, "Content-Type")) continue;
    if (!equal_case_blind(field, "Content-Disposition") || named) return std::nullopt;
    const std::string_view value = line.substr(colon + 2);
    const auto name = parameter(value, "name");
    if (!value.starts_with("form-data;") || !name || name->empty() ||
        name->size() > longest_field) {
      return std::nullopt;
    }
    part.name = *name;
    part.file = parameter(value, "filename").has_value();
    named = true;
  }
  if (!named) return std::nullopt;
  return part;
}

}  // namespace

ledger::Result<std::vector<FormPart>> read_form(std::string_view content_type,
                                                std::string_view body) {
  const auto wrong = [](const char* why) { return ledger::invalid("report.form", {}, why); };
  const auto boundary = boundary_of(content_type);
  if (!boundary) return wrong("not multipart/form-data");
  const std::string delimiter = "--" + *boundary;
  if (!body.starts_with(delimiter)) return wrong("no first boundary");
  body.remove_prefix(delimiter.size());
  const std::string between = "\r\n" + delimiter;
  std::vector<FormPart> parts;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) return wrong("a boundary that goes on");
    if (parts.size() == max_form_parts) return wrong("too many parts");
    body.remove_prefix(2);
    const std::size_t blank = body.substr(0, longest_head).find("\r\n\r\n");
    if (blank == std::string_view::npos) return wrong("a part without a head");
    auto part = head_of(body.substr(0, blank));
    if (!part) return wrong("a part's head");
    body.remove_prefix(blank + 4);
    const std::size_t end = body.find(between);
    if (end == std::string_view::npos) return wrong("a part without an end");
    part->content = body.substr(0, end);
    body.remove_prefix(end + between.size());
    parts.push_back(std::move(*part));
  }
  body.remove_prefix(2);
  if (!body.empty() && body != "\r\n") return wrong("octets after the last boundary");
  return parts;
}

std::string_view field_of(const std::vector<FormPart>& parts, std::string_view name) {
  const auto found = std::find_if(parts.begin(), parts.end(),
                                  [&](const FormPart& part) { return part.name == name; });
  return found != parts.end() ? found->content : std::string_view();
}

}  // namespace nguon::server
