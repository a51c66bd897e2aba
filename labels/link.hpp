#pragma once

#include "labels/fault.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace nguon::labels {

/// What a printed code points at; the first path segment in brackets.
enum class LinkKind {
  serial,   ///< a label [Q]
  product,  ///< a label under a GTIN [01]
  note,     ///< a delivery note [N]
  enrol,    ///< an enrolment [E]
  tag,      ///< an animal [T]
  carton,   ///< a carton [C]
};

struct SerialLink {
  std::string serial;  ///< canonical, its check symbol holds
  bool operator==(const SerialLink&) const = default;
};
struct ProductLink {
  std::string gtin;                ///< 14 digits, check digit right
  std::optional<std::string> lot;  ///< upper case
  std::string serial;              ///< canonical, its check symbol holds
  bool operator==(const ProductLink&) const = default;
};
struct NoteLink {
  std::string code;  ///< canonical Crockford, 4..32 symbols
  bool operator==(const NoteLink&) const = default;
};
struct EnrolLink {
  std::string code;
  bool operator==(const EnrolLink&) const = default;
};
struct TagLink {
  std::string tag;  ///< 15 digits
  bool operator==(const TagLink&) const = default;
};
struct CartonLink {
  std::string code;
  bool operator==(const CartonLink&) const = default;
};
/// Ours by its first segment, but wrong: answer with a full page that says why.
struct MalformedLink {
  LinkKind kind = LinkKind::serial;
  Fault reason = Fault::bad_symbol;
  bool operator==(const MalformedLink&) const = default;
};
/// Some other page, or nothing.
struct NotOurs {
  bool operator==(const NotOurs&) const = default;
};

using Link = std::variant<SerialLink, ProductLink, NoteLink, EnrolLink, TagLink, CartonLink,
                          MalformedLink, NotOurs>;

/// Longest request target that is looked at; a longer one is not ours.
inline constexpr std::size_t longest_target = 512;

/// Reads a request target in origin form (`/q/…?lang=en`); any octets are safe
/// (labels/FORMAT.md §3). Needs no key and does not touch the ledger.
Link read_target(std::string_view target);

/// Reads a whole URL as a scanner hands it over; NotOurs when it is not http(s)://host/….
Link read_url(std::string_view url);

/// `https://HOST[:PORT]` with the host in upper case, from either case; one trailing slash is
/// dropped. bad_host otherwise. http is for a demo on the maker's own machine.
Result<std::string> read_origin(std::string_view origin);

/// `https://HOST/Q/SERIAL`. Any of the read_origin or read_serial faults.
Result<std::string> serial_link(std::string_view origin, std::string_view serial);

/// `https://HOST/01/GTIN14[/10/LOT]/21/SERIAL` (GS1 Digital Link URI syntax), the GTIN from 8, 12,
/// 13 or 14 digits.
Result<std::string> product_link(std::string_view origin, std::string_view gtin,
                                 const std::optional<std::string>& lot, std::string_view serial);

/// `https://HOST/N|E|C/CODE`; kind: note, enrol or carton (bad_order otherwise).
Result<std::string> code_link(std::string_view origin, LinkKind kind, std::string_view code);

/// `https://HOST/T/TAG`.
Result<std::string> tag_link(std::string_view origin, std::string_view tag);

}  // namespace nguon::labels
