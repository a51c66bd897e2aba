// First octet: which type of the built-in bundle; the rest: the JSON text of a `data` member.
#include "schemas/bundle.hpp"

#include <boost/json/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  using nguon::schemas::Bundle;
  if (size == 0) return 0;
  const Bundle& bundle = Bundle::built_in();
  const std::string_view text(reinterpret_cast<const char*>(octets + 1), size - 1);
  boost::json::error_code code;
  const boost::json::value data = boost::json::parse(text, code);
  if (code) return 0;
  const auto chosen = static_cast<std::ptrdiff_t>(octets[0] % bundle.types().size());
  const auto& type = std::next(bundle.types().begin(), chosen)->second;
  if (const auto broken = type.validate_public(data)) {
    if (broken->rule.empty()) __builtin_trap();
    // Whatever is said to be wrong is there, or is the missing member of something that is there.
    const auto parent = broken->pointer.substr(0, broken->pointer.rfind('/'));
    if (data.find_pointer(broken->pointer, code) == nullptr &&
        data.find_pointer(parent, code) == nullptr) {
      __builtin_trap();
    }
  }
  for (const auto& slot : type.private_slots()) {
    (void)slot.presence(data);
    (void)type.validate_private(slot.pointer, data);
  }
  if (const auto quantity = bundle.units().convert(data); quantity && quantity->value() < 0) {
    __builtin_trap();
  }
  return 0;
}
