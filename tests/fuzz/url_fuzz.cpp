#include "labels/link.hpp"

#include <cstdlib>

namespace {

using namespace nguon::labels;
constexpr auto origin = "https://HOST.EXAMPLE";

/// The link a builder makes of what was read; empty where there is nothing to print.
struct Rebuild {
  std::string operator()(const SerialLink& link) const {
    return serial_link(origin, link.serial).value();
  }
  std::string operator()(const ProductLink& link) const {
    return product_link(origin, link.gtin, link.lot, link.serial).value();
  }
  std::string operator()(const NoteLink& link) const {
    return code_link(origin, LinkKind::note, link.code).value();
  }
  std::string operator()(const EnrolLink& link) const {
    return code_link(origin, LinkKind::enrol, link.code).value();
  }
  std::string operator()(const CartonLink& link) const {
    return code_link(origin, LinkKind::carton, link.code).value();
  }
  std::string operator()(const TagLink& link) const { return tag_link(origin, link.tag).value(); }
  std::string operator()(const MalformedLink&) const { return {}; }
  std::string operator()(const NotOurs&) const { return {}; }
};

void check(const Link& link) {
  const auto url = std::visit(Rebuild{}, link);
  if (!url.empty() && read_url(url) != link) std::abort();
}

}  // namespace

/// Any octets: whatever is read can be printed, and reads the same again.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(read_target(text));
  check(read_url(text));
  return 0;
}
