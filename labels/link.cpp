#include "labels/link.hpp"

#include "labels/animal_tag.hpp"
#include "labels/ascii.hpp"
#include "labels/crockford.hpp"
#include "labels/gtin.hpp"
#include "labels/percent.hpp"
#include "labels/serial.hpp"

#include <vector>

namespace nguon::labels {
namespace {

constexpr std::size_t shortest_code = 4;
constexpr std::size_t longest_code = 32;
constexpr std::size_t gtin14_length = 14;

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  for (;;) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

std::optional<LinkKind> kind_of(std::string_view first_segment) {
  const auto name = percent_decode(first_segment);
  if (!name) return std::nullopt;
  if (*name == "01") return LinkKind::product;
  if (name->size() != 1) return std::nullopt;
  switch (to_upper(name->front())) {
    case 'Q':
      return LinkKind::serial;
    case 'N':
      return LinkKind::note;
    case 'E':
      return LinkKind::enrol;
    case 'T':
      return LinkKind::tag;
    case 'C':
      return LinkKind::carton;
    default:
      return std::nullopt;
  }
}

Result<std::string> read_code(std::string_view typed) {
  auto code = crockford_read(typed);
  if (!code) return Fault::bad_symbol;
  if (code->size() < shortest_code || code->size() > longest_code) return Fault::bad_length;
  return *std::move(code);
}

/// `parts`: decoded segments after the `01`: gtin, [10, lot,] 21, serial.
Result<Link> read_product(const std::vector<std::string>& parts) {
  if (parts.empty()) return Fault::bad_length;
  if (parts[0].size() != gtin14_length) return Fault::bad_length;
  const auto gtin = read_gtin(parts[0]);
  if (!gtin) return gtin.error();
  const bool plain = parts.size() == 3 && parts[1] == "21";
  const bool with_lot = parts.size() == 5 && parts[1] == "10" && parts[3] == "21";
  if (!plain && !with_lot) return Fault::bad_order;
  ProductLink link;
  link.gtin = *gtin;
  if (with_lot) {
    const auto lot = read_lot(parts[2]);
    if (!lot) return lot.error();
    link.lot = *lot;
  }
  const auto serial = read_serial(parts.back());
  if (!serial) return serial.error();
  link.serial = *serial;
  return Link(std::move(link));
}

Result<Link> read_single(LinkKind kind, const std::vector<std::string>& parts) {
  if (parts.empty()) return Fault::bad_length;
  if (parts.size() != 1) return Fault::bad_order;
  const auto value = kind == LinkKind::serial ? read_serial(parts[0])
                     : kind == LinkKind::tag  ? read_animal_tag(parts[0])
                                              : read_code(parts[0]);
  if (!value) return value.error();
  switch (kind) {
    case LinkKind::serial:
      return Link(SerialLink{*value});
    case LinkKind::note:
      return Link(NoteLink{*value});
    case LinkKind::enrol:
      return Link(EnrolLink{*value});
    case LinkKind::tag:
      return Link(TagLink{*value});
    case LinkKind::carton:
      return Link(CartonLink{*value});
    case LinkKind::product:
      break;  // read_product's
  }
  return Fault::bad_order;
}

Result<Link> read_parts(LinkKind kind, const std::vector<std::string_view>& segments) {
  std::vector<std::string> parts;
  for (std::size_t i = 1; i < segments.size(); ++i) {
    auto part = percent_decode(segments[i]);
    if (!part) return Fault::bad_escape;
    parts.push_back(*std::move(part));
  }
  return kind == LinkKind::product ? read_product(parts) : read_single(kind, parts);
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  for (std::size_t at = 0; at <= host.size();) {
    const auto end = std::min(host.find('.', at), host.size());
    const auto label = host.substr(at, end - at);
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
      return false;
    }
    for (const char c : label) {
      if (!is_digit(c) && !is_upper(to_upper(c)) && c != '-') return false;
    }
    at = end + 1;
  }
  return true;
}

bool is_port(std::string_view port) {
  if (port.empty() || port.size() > 5 || port.front() == '0') return false;
  unsigned number = 0;
  for (const char c : port) {
    if (!is_digit(c)) return false;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  return number <= 65535;
}

Result<std::string> join(std::string_view origin, std::string_view path,
                         const Result<std::string>& last) {
  auto base = read_origin(origin);
  if (!base) return base.error();
  if (!last) return last.error();
  return *base + std::string(path) + *last;
}

}  // namespace

Link read_target(std::string_view target) {
  if (target.size() > longest_target || !target.starts_with('/')) return NotOurs{};
  const auto segments = split(target.substr(1, target.find('?') - 1));
  const auto kind = kind_of(segments.front());
  if (!kind) return NotOurs{};
  auto link = read_parts(*kind, segments);
  if (!link) return MalformedLink{*kind, link.error()};
  return *std::move(link);
}

Link read_url(std::string_view url) {
  const auto scheme = url.find("://");
  if (url.size() > 2 * longest_target || scheme == std::string_view::npos) return NotOurs{};
  const auto path = std::min(url.find('/', scheme + 3), url.size());
  if (!read_origin(url.substr(0, path))) return NotOurs{};
  return read_target(url.substr(path));
}

Result<std::string> read_origin(std::string_view origin) {
  const std::string all = upper(origin);
  std::string_view rest = all;
  std::string scheme;
  for (const std::string_view known : {"HTTPS://", "HTTP://"}) {
    if (rest.starts_with(known)) scheme = known == "HTTP://" ? "http://" : "https://";
  }
  if (scheme.empty()) return Fault::bad_host;
  rest.remove_prefix(scheme.size());
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const auto colon = std::min(rest.find(':'), rest.size());
  if (!is_host(rest.substr(0, colon))) return Fault::bad_host;
  if (colon != rest.size() && !is_port(rest.substr(colon + 1))) return Fault::bad_host;
  return scheme + std::string(rest);
}

Result<std::string> serial_link(std::string_view origin, std::string_view serial) {
  return join(origin, "/Q/", read_serial(serial));
}

Result<std::string> product_link(std::string_view origin, std::string_view gtin,
                                 const std::optional<std::string>& lot, std::string_view serial) {
  const auto gtin14 = read_gtin(gtin);
  if (!gtin14) return gtin14.error();
  std::string path = "/01/" + *gtin14;
  if (lot) {
    const auto printed = read_lot(*lot);
    if (!printed) return printed.error();
    path += "/10/" + *printed;
  }
  return join(origin, path + "/21/", read_serial(serial));
}

Result<std::string> code_link(std::string_view origin, LinkKind kind, std::string_view code) {
  switch (kind) {
    case LinkKind::note:
      return join(origin, "/N/", read_code(code));
    case LinkKind::enrol:
      return join(origin, "/E/", read_code(code));
    case LinkKind::carton:
      return join(origin, "/C/", read_code(code));
    default:
      return Fault::bad_order;
  }
}

Result<std::string> tag_link(std::string_view origin, std::string_view tag) {
  return join(origin, "/T/", read_animal_tag(tag));
}

}  // namespace nguon::labels
