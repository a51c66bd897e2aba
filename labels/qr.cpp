#include "labels/qr.hpp"

#include <qrencode.h>

#include <cerrno>
#include <memory>

namespace nguon::labels {
namespace {

using Symbol = std::unique_ptr<QRcode, decltype([](QRcode* code) { QRcode_free(code); })>;

QRecLevel library_level(QrLevel level) {
  switch (level) {
    case QrLevel::l:
      return QR_ECLEVEL_L;
    case QrLevel::m:
      return QR_ECLEVEL_M;
    case QrLevel::q:
      return QR_ECLEVEL_Q;
    case QrLevel::h:
      return QR_ECLEVEL_H;
  }
  return QR_ECLEVEL_M;
}

}  // namespace

Result<QrModules> encode_qr(std::string_view text, QrLevel level, int version) {
  if (text.empty()) return Fault::bad_length;
  for (const char c : text) {
    if (c < ' ' || c > '~') return Fault::bad_symbol;
  }
  constexpr int case_sensitive = 1;  // hosts of others may be lower case; ours is upper already
  const std::string terminated(text);
  const Symbol symbol(QRcode_encodeString(terminated.c_str(), version,
                                          library_level(level), QR_MODE_8, case_sensitive));
  if (!symbol) return errno == ERANGE ? Fault::does_not_fit : Fault::failed;
  QrModules modules;
  modules.size = symbol->width;
  const auto count =
      static_cast<std::size_t>(symbol->width) * static_cast<std::size_t>(symbol->width);
  modules.dark.resize(count);
  // The library keeps further facts of a module in the upper bits.
  for (std::size_t i = 0; i < count; ++i) modules.dark[i] = symbol->data[i] & 1u;
  return modules;
}

}  // namespace nguon::labels
