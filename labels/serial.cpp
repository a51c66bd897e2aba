#include "labels/serial.hpp"

#include "labels/crockford.hpp"
#include "labels/ff1.hpp"

#include <optional>

namespace nguon::labels {
namespace {

constexpr std::size_t body_length = 12;
constexpr std::size_t deployment_id_length = 43;  // 256 bits in base64url
constexpr unsigned index_bits = 36;

bool is_base64url(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

}  // namespace

struct SerialCodec::State {
  std::string deployment_id;
  std::array<std::optional<Ff1>, serial_epochs> epochs;

  std::string tweak(unsigned epoch) const { return deployment_id + static_cast<char>(epoch); }
};

Result<std::string> read_serial(std::string_view typed) {
  auto text = crockford_read(typed);
  if (!text) return Fault::bad_symbol;
  if (text->size() != serial_length) return Fault::bad_length;
  if (!check_holds(*text)) return Fault::mistyped;
  return *std::move(text);
}

std::string serial_groups(std::string_view serial) {
  std::string shown;
  for (std::size_t i = 0; i < serial.size(); ++i) {
    if (i == 4 || i == 7 || i == 11) shown += '-';
    shown += serial[i];
  }
  return shown;
}

SerialCodec::SerialCodec(std::unique_ptr<State> state) : state_(std::move(state)) {}
SerialCodec::SerialCodec(SerialCodec&&) noexcept = default;
SerialCodec& SerialCodec::operator=(SerialCodec&&) noexcept = default;
SerialCodec::~SerialCodec() = default;

Result<SerialCodec> SerialCodec::make(std::string_view deployment_id) {
  if (deployment_id.size() != deployment_id_length) return Fault::bad_length;
  for (const char c : deployment_id) {
    if (!is_base64url(c)) return Fault::bad_symbol;
  }
  auto state = std::make_unique<State>();
  state->deployment_id = deployment_id;
  return SerialCodec(std::move(state));
}

Result<void> SerialCodec::add_epoch(unsigned epoch, const SerialKey& key) {
  if (epoch >= serial_epochs) return Fault::out_of_range;
  auto ff1 = Ff1::make({reinterpret_cast<const char*>(key.octets.data()), key.octets.size()}, 32);
  if (!ff1) return ff1.error();
  state_->epochs[epoch] = std::move(*ff1);
  return {};
}

Result<std::string> SerialCodec::encode(const SerialPlace& place) const {
  if (place.epoch >= serial_epochs) return Fault::unknown_epoch;
  const auto& ff1 = state_->epochs[place.epoch];
  if (!ff1) return Fault::unknown_epoch;
  if (place.range >= serial_range_limit || place.index >= serial_index_limit) {
    return Fault::out_of_range;
  }
  std::array<std::uint16_t, body_length> plain{};
  std::uint64_t number = (std::uint64_t{place.range} << index_bits) | place.index;
  for (std::size_t i = body_length; i-- > 0; number >>= 5) plain[i] = number & 31u;
  const auto secret = ff1->encrypt(state_->tweak(place.epoch), plain);
  if (!secret) return secret.error();
  std::string serial(1, crockford_symbols[place.epoch]);
  for (const auto numeral : *secret) serial += crockford_symbols[numeral];
  serial += check_symbol(serial);
  return serial;
}

Result<SerialPlace> SerialCodec::decode(std::string_view typed) const {
  const auto serial = read_serial(typed);
  if (!serial) return serial.error();
  // Canonical text has a value everywhere.
  const auto value = [&](std::size_t at) { return crockford_value((*serial)[at]).value_or(0); };
  const unsigned epoch = value(0);
  const auto& ff1 = state_->epochs[epoch];
  if (!ff1) return Fault::unknown_epoch;
  std::array<std::uint16_t, body_length> secret{};
  for (std::size_t i = 0; i < body_length; ++i) {
    secret[i] = static_cast<std::uint16_t>(value(i + 1));
  }
  const auto plain = ff1->decrypt(state_->tweak(epoch), secret);
  if (!plain) return plain.error();
  std::uint64_t number = 0;
  for (const auto numeral : *plain) number = (number << 5) | numeral;
  return SerialPlace{epoch, static_cast<std::uint32_t>(number >> index_bits),
                     number & (serial_index_limit - 1)};
}

}  // namespace nguon::labels
