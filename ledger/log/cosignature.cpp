#include "ledger/log/cosignature.hpp"

#include "ledger/store/keys.hpp"

namespace nguon::ledger {
namespace {

constexpr std::size_t cosigned_time_size = 8;
constexpr std::uint64_t last_cosigned_time = (1ULL << 63) - 1;

}  // namespace

std::string cosigned_text(std::uint64_t time, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

std::string cosignature_line(std::string_view text, std::uint64_t time, const NoteVerifier& witness,
                             const PrivateKey& key) {
  return signature_line(
      {witness.name(), witness.id(), keys::big_endian(time) + key.sign(cosigned_text(time, text))});
}

std::optional<std::uint64_t> cosignature_time(std::string_view octets) {
  if (octets.size() != cosignature_size) return std::nullopt;
  const std::uint64_t time = keys::read_big_endian(octets.substr(0, cosigned_time_size));
  if (time > last_cosigned_time) return std::nullopt;
  return time;
}

bool verify_cosignature(std::string_view text, std::string_view octets, const PublicKey& key) {
  const auto time = cosignature_time(octets);
  return time && key.verify(cosigned_text(*time, text), octets.substr(cosigned_time_size));
}

}  // namespace nguon::ledger
