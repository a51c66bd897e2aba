#include "labels/serial.hpp"

#include <cstdlib>

/// Any octets: read or refused; what is read comes back from its place, symbol for symbol.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace nguon::labels;
  static const SerialCodec codec = [] {
    auto made = SerialCodec::make(std::string(43, 'A')).value();
    for (unsigned epoch = 0; epoch < 4; ++epoch) made.add_epoch(epoch, SerialKey{}).value();
    return made;
  }();
  const std::string_view typed(reinterpret_cast<const char*>(data), size);
  const auto serial = read_serial(typed);
  const auto place = codec.decode(typed);
  if (place && !serial) std::abort();
  if (place && codec.encode(*place).value() != *serial) std::abort();
  if (!place && serial && place.error() != Fault::unknown_epoch) std::abort();
  return 0;
}
