#include "labels/digital_link.hpp"
#include "labels/element_string.hpp"
#include "labels/epc.hpp"

#include <cstdlib>

namespace {

using namespace nguon::labels;

void must(bool holds) {
  if (!holds) std::abort();
}

/// Escapes make a text up to three times as long, so what was just short enough may not be again.
template <class T>
bool outgrown(const Gs1Result<T>& result) {
  return !result && result.error().rule == Gs1Rule::length;
}

void check_gs1_link(const DigitalLink& link) {
  must(link.path > 0 && link.path <= link.elements.size());
  const auto again = read_digital_link(canonical(link));
  must(outgrown(again) || (again.has_value() && *again == link));
  const auto path = read_digital_target(key_path(link.elements, link.path));
  for (std::size_t length = 4; length <= 12; ++length) {
    const auto urn = write_epc(link, length);
    if (!urn) continue;
    // A URN holds the key and its qualifiers, not what the query said.
    const auto named = read_epc(*urn);
    if (path && named) must(named->elements == path->elements);
  }
}

}  // namespace

/// Any octets: whatever is read can be written, and reads the same again.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto elements = read_element_string(text)) {
    const auto brackets = read_element_string(bracketed(*elements));
    must(outgrown(brackets) || (brackets.has_value() && *brackets == *elements));
    const auto scanned = read_element_string(with_fnc1(*elements));
    must(outgrown(scanned) || (scanned.has_value() && *scanned == *elements));
    if (const auto uri = write_digital_link("https://h.example", *elements)) {
      const auto link = read_digital_link(*uri);
      must(outgrown(link) || link.has_value());
      if (link) check_gs1_link(*link);
    }
  }
  if (const auto link = read_digital_link(text)) check_gs1_link(*link);
  if (const auto link = read_digital_link(text, ShortGtin::pad)) check_gs1_link(*link);
  if (const auto link = read_digital_target(text)) check_gs1_link(*link);
  if (const auto link = read_epc(text)) check_gs1_link(*link);
  return 0;
}
