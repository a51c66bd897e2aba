#include "labels/epc.hpp"

#include "labels/ascii.hpp"
#include "labels/gtin.hpp"
#include "labels/percent.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace nguon::labels {
namespace {

/// Where what follows the reference goes.
enum class EpcTail { none, qualifier, appended };

/// One EPC scheme (GS1 Tag Data Standard §6): company prefix, reference, and what may follow.
struct EpcScheme {
  std::string_view name;
  std::string_view key;
  std::size_t digits;  ///< Of prefix and reference, before the check digit; 0: free text, no check.
  bool leads;          ///< The reference's first digit goes before the prefix.
  EpcTail tail;
  std::string_view qualifier;
};

constexpr auto epc_schemes = std::to_array<EpcScheme>({
    {"sgtin", "01", 13, true, EpcTail::qualifier, "21"},
    {"lgtin", "01", 13, true, EpcTail::qualifier, "10"},
    {"upui", "01", 13, true, EpcTail::qualifier, "235"},
    {"itip", "8006", 13, true, EpcTail::qualifier, "21"},
    {"sscc", "00", 17, true, EpcTail::none, ""},
    {"sgln", "414", 12, false, EpcTail::qualifier, "254"},
    {"pgln", "417", 12, false, EpcTail::none, ""},
    {"grai", "8003", 12, false, EpcTail::appended, ""},
    {"gdti", "253", 12, false, EpcTail::appended, ""},
    {"sgcn", "255", 12, false, EpcTail::appended, ""},
    {"giai", "8004", 0, false, EpcTail::none, ""},
    {"ginc", "401", 0, false, EpcTail::none, ""},
    {"cpi", "8010", 0, false, EpcTail::qualifier, "8011"},
    {"gsrn", "8018", 17, false, EpcTail::none, ""},
    {"gsrnp", "8017", 17, false, EpcTail::none, ""},
    {"gsin", "402", 16, false, EpcTail::none, ""},
});

const Gs1Fault not_epc{Gs1Rule::epc, {}};
constexpr std::string_view pieces_scheme = "itip";
constexpr std::size_t pieces_length = 4;

bool epc_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// At most `count` parts; the last one may hold dots.
std::vector<std::string_view> dotted(std::string_view text, std::size_t count) {
  std::vector<std::string_view> parts;
  while (parts.size() + 1 < count) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) break;
    parts.push_back(text.substr(0, dot));
    text.remove_prefix(dot + 1);
  }
  parts.push_back(text);
  return parts;
}

/// RFC 8141 with the characters that the Tag Data Standard lets stand in a serial.
std::string urn_encode(std::string_view text) {
  constexpr std::string_view plain = "!'()*+,-.:;=_";
  std::string out;
  for (const char c : text) {
    if (plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += percent_encode({&c, 1});
    }
  }
  return out;
}

/// The key's value of decoded prefix, reference and piece numbers.
Gs1Result<std::string> key_value(const EpcScheme& scheme, std::string_view prefix,
                                 std::string_view reference) {
  if (scheme.digits == 0) return std::string(prefix) + std::string(reference);
  if (prefix.size() + reference.size() != scheme.digits || !epc_digits(reference)) return not_epc;
  std::string digits;
  if (scheme.leads) {
    if (reference.empty()) return not_epc;
    digits = reference.front();
    reference.remove_prefix(1);
  }
  digits.append(prefix).append(reference);
  digits += gs1_check_digit(digits);
  return scheme.key == "8003" ? '0' + digits : digits;
}

struct EpcName {
  const EpcScheme* scheme = nullptr;
  bool pattern = false;
  std::string_view rest;
};

Gs1Result<EpcName> read_name(std::string_view urn) {
  EpcName name;
  std::string_view kind;
  for (const std::string_view known : {"urn:epc:id:", "urn:epc:class:", "urn:epc:idpat:"}) {
    if (urn.starts_with(known)) kind = known;
  }
  if (kind.empty()) return not_epc;
  urn.remove_prefix(kind.size());
  const auto colon = urn.find(':');
  if (colon == std::string_view::npos) return not_epc;
  for (const EpcScheme& scheme : epc_schemes) {
    if (scheme.name == urn.substr(0, colon)) name.scheme = &scheme;
  }
  if (name.scheme == nullptr) return not_epc;
  name.pattern = kind == "urn:epc:idpat:";
  // A lot is a class of things, all else a thing: the standard gives each scheme one kind.
  if ((name.scheme->name == "lgtin") != (kind == "urn:epc:class:")) return not_epc;
  name.rest = urn.substr(colon + 1);
  return name;
}

/// The URN's parts after the scheme: prefix, reference, [piece, of how many,] [what follows].
std::string epc_urn(const EpcScheme& scheme, std::string_view value, std::size_t prefix_length,
                    bool pattern, const std::string& tail) {
  std::string lead;
  if (scheme.key == "8003") value.remove_prefix(1);
  if (scheme.leads) {
    lead = value.front();
    value.remove_prefix(1);
  }
  const std::size_t length =
      scheme.digits == 0 ? value.size() : scheme.digits - (scheme.leads ? 1 : 0);
  std::string text = std::string(value.substr(0, prefix_length)) + '.' + lead +
                     urn_encode(value.substr(prefix_length, length - prefix_length));
  if (scheme.name == pieces_scheme) {
    const auto pieces = value.substr(value.size() - pieces_length);
    text += '.' + std::string(pieces.substr(0, 2)) + '.' + std::string(pieces.substr(2));
  }
  const std::string kind = scheme.name == "lgtin" ? "class" : pattern ? "idpat" : "id";
  return "urn:epc:" + kind + ':' + std::string(scheme.name) + ':' + text + tail;
}

/// The scheme whose key and qualifier are those of the path; a path without the qualifier is the
/// first scheme's of that key.
const EpcScheme* scheme_of(const DigitalLink& link) {
  if (link.path > 2) return nullptr;
  for (const EpcScheme& scheme : epc_schemes) {
    if (scheme.key != link.elements.front().ai) continue;
    if (link.path == 1 || scheme.qualifier == link.elements[1].ai) return &scheme;
  }
  return nullptr;
}

}  // namespace

Gs1Result<DigitalLink> read_epc(std::string_view urn) {
  if (urn.size() > longest_gs1_text) return Gs1Fault{Gs1Rule::length, {}};
  const auto name = read_name(urn);
  if (!name) return name.error();
  const EpcScheme& scheme = *name->scheme;
  const bool pieces = scheme.name == pieces_scheme;
  const bool tail = scheme.tail != EpcTail::none;
  const auto raw = dotted(name->rest, 2U + (pieces ? 2U : 0U) + (tail ? 1U : 0U));
  if (raw.size() != 2U + (pieces ? 2U : 0U) + (tail ? 1U : 0U)) return not_epc;
  const std::string_view last = raw.back();
  if (name->pattern && (!tail || last != "*")) return not_epc;
  std::vector<std::string> parts;
  for (const auto part : raw) {
    auto decoded = percent_decode(part);
    if (!decoded) return Gs1Fault{Gs1Rule::escape, {}};
    parts.push_back(*std::move(decoded));
  }
  if (parts[0].size() < 4 || parts[0].size() > 12 || !epc_digits(parts[0])) return not_epc;
  auto value = key_value(scheme, parts[0], parts[1]);
  if (!value) return value.error();
  if (pieces) *value += parts[2] + parts[3];
  const bool nothing_more =
      !tail || name->pattern || (scheme.name == "sgln" && parts.back() == "0");
  DigitalLink link{{{std::string(scheme.key), *value}}, 1};
  if (!nothing_more && scheme.tail == EpcTail::appended) link.elements[0].value += parts.back();
  if (!nothing_more && scheme.tail == EpcTail::qualifier) {
    link.elements.push_back({std::string(scheme.qualifier), parts.back()});
    link.path = 2;
  }
  const auto good = check_elements(link.elements);
  if (!good) return good.error();
  return link;
}

Gs1Result<std::string> write_epc(const DigitalLink& link, std::size_t prefix_length) {
  if (link.elements.empty() || link.path == 0 || link.path > link.elements.size()) return not_epc;
  const auto good = check_elements(link.elements);
  if (!good) return good.error();
  const EpcScheme* scheme = scheme_of(link);
  if (scheme == nullptr) return not_epc;
  const std::string& value = link.elements.front().value;
  const std::size_t longest =
      scheme->digits == 0 ? value.size() : scheme->digits - (scheme->leads ? 1 : 0);
  if (prefix_length < 4 || prefix_length > 12 || prefix_length > longest ||
      !epc_digits(value.substr(0, prefix_length))) {
    return not_epc;
  }
  bool pattern = false;
  std::string tail;
  if (scheme->tail == EpcTail::appended) {
    const std::size_t digits = scheme->digits + 1 + (scheme->key == "8003" ? 1 : 0);
    pattern = value.size() == digits;
    tail = '.' + (pattern ? "*" : urn_encode(std::string_view(value).substr(digits)));
  } else if (scheme->tail == EpcTail::qualifier && link.path == 2) {
    // In an SGLN, extension 0 says that there is none.
    if (scheme->name == "sgln" && link.elements[1].value == "0") return not_epc;
    tail = '.' + urn_encode(link.elements[1].value);
  } else if (scheme->tail == EpcTail::qualifier) {
    pattern = scheme->name != "sgln";
    tail = pattern ? ".*" : ".0";
  }
  return epc_urn(*scheme, value, prefix_length, pattern, tail);
}

}  // namespace nguon::labels
