#include "labels/ff1.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <bit>
#include <optional>
#include <string>

namespace nguon::labels {
namespace {

__extension__ using Wide = unsigned __int128;
using Block = std::array<unsigned char, 16>;
using Cipher = std::unique_ptr<EVP_CIPHER, decltype([](EVP_CIPHER* c) { EVP_CIPHER_free(c); })>;
using Context =
    std::unique_ptr<EVP_CIPHER_CTX, decltype([](EVP_CIPHER_CTX* c) { EVP_CIPHER_CTX_free(c); })>;

constexpr unsigned rounds = 10;
constexpr std::size_t longest_tweak = 4096;

/// AES on single blocks, and CBC-MAC over them: the standard's CIPH and PRF.
class Aes {
 public:
  Aes(const EVP_CIPHER* cipher, std::string_view key) : context_(EVP_CIPHER_CTX_new()) {
    good_ = context_ &&
            EVP_EncryptInit_ex2(context_.get(), cipher,
                                reinterpret_cast<const unsigned char*>(key.data()), nullptr,
                                nullptr) == 1 &&
            EVP_CIPHER_CTX_set_padding(context_.get(), 0) == 1;
  }
  bool good() const { return good_; }

  Block block(const Block& in) {
    Block out{};
    int written = 0;
    good_ = good_ && EVP_EncryptUpdate(context_.get(), out.data(), &written, in.data(), 16) == 1 &&
            written == 16;
    return out;
  }

  /// Goes on from `mac` over `octets`, a whole number of blocks.
  Block absorb(Block mac, std::string_view octets) {
    for (std::size_t at = 0; at < octets.size(); at += 16) {
      for (std::size_t i = 0; i < 16; ++i) mac[i] ^= static_cast<unsigned char>(octets[at + i]);
      mac = block(mac);
    }
    return mac;
  }

 private:
  Context context_;
  bool good_ = false;
};

/// `value` big-endian in `width` octets.
void append_number(std::string& out, std::uint64_t value, std::size_t width) {
  for (std::size_t i = width; i-- > 0;) {
    out += i < 8 ? static_cast<char>(static_cast<unsigned char>(value >> (8 * i))) : '\0';
  }
}

/// radix^length, absent above 63 bits.
std::optional<std::uint64_t> power(unsigned radix, std::size_t length) {
  std::uint64_t value = 1;
  for (std::size_t i = 0; i < length; ++i) {
    if (value > (std::uint64_t{1} << 63) / radix) return std::nullopt;
    value *= radix;
  }
  return value;
}

std::uint64_t to_number(std::span<const std::uint16_t> numerals, unsigned radix) {
  std::uint64_t value = 0;
  for (const auto numeral : numerals) value = value * radix + numeral;
  return value;
}

void to_numerals(std::uint64_t value, unsigned radix, std::span<std::uint16_t> out) {
  for (std::size_t i = out.size(); i-- > 0; value /= radix) {
    out[i] = static_cast<std::uint16_t>(value % radix);
  }
}

/// The standard's round function for one call: y = NUM(S) mod radix^m from the other half.
class Rounds {
 public:
  Rounds(Aes& aes, std::string_view tweak, unsigned radix, std::size_t length,
         std::uint64_t longer_half)
      : aes_(aes), number_octets_((std::bit_width(longer_half - 1) + 7u) / 8u) {
    std::string head = {1, 2, 1};
    append_number(head, radix, 3);
    head += static_cast<char>(rounds);
    append_number(head, (length / 2) % 256, 1);
    append_number(head, length, 4);
    append_number(head, tweak.size(), 4);
    // P and the whole blocks of the tweak are the same in every round: absorb them once.
    const std::size_t whole = tweak.size() / 16 * 16;
    mac_ = aes_.absorb(aes_.absorb(Block{}, head), tweak.substr(0, whole));
    tail_ = tweak.substr(whole);
    while ((tail_.size() + 1 + number_octets_) % 16 != 0) tail_ += '\0';
  }

  std::uint64_t operator()(unsigned round, std::uint64_t half, std::uint64_t modulus) {
    std::string last = tail_;
    last += static_cast<char>(round);
    append_number(last, half, number_octets_);
    const Block mac = aes_.absorb(mac_, last);
    const std::size_t wanted =
        4 * ((number_octets_ + 3) / 4) + 4;  // d: at most 12, within one block
    Wide y = 0;
    for (std::size_t i = 0; i < wanted; ++i) y = ((y << 8) | mac[i]) % modulus;
    return static_cast<std::uint64_t>(y);
  }

 private:
  Aes& aes_;
  std::size_t number_octets_;
  Block mac_{};
  std::string tail_;
};

}  // namespace

struct Ff1::State {
  Cipher cipher;
  std::string key;
  unsigned radix = 0;

  State(Cipher c, std::string_view k, unsigned r) : cipher(std::move(c)), key(k), radix(r) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { OPENSSL_cleanse(key.data(), key.size()); }

  Result<Numerals> run(std::string_view tweak, std::span<const std::uint16_t> in,
                       bool forward) const {
    const std::size_t u = in.size() / 2;
    const std::size_t v = in.size() - u;
    const auto small = power(radix, u);
    const auto big = power(radix, v);
    if (!small || !big || Wide{*small} * *big < 1'000'000 || tweak.size() > longest_tweak) {
      return Fault::bad_length;
    }
    for (const auto numeral : in) {
      if (numeral >= radix) return Fault::bad_symbol;
    }
    Aes aes(cipher.get(), key);
    Rounds round(aes, tweak, radix, in.size(), *big);
    std::uint64_t a = to_number(in.first(u), radix);
    std::uint64_t b = to_number(in.subspan(u), radix);
    for (unsigned step = 0; step < rounds; ++step) {
      const unsigned i = forward ? step : rounds - 1 - step;
      const std::uint64_t modulus = i % 2 == 0 ? *small : *big;
      if (forward) {
        const auto c = static_cast<std::uint64_t>((Wide{a} + round(i, b, modulus)) % modulus);
        a = std::exchange(b, c);
      } else {
        const auto c =
            static_cast<std::uint64_t>((Wide{b} + modulus - round(i, a, modulus)) % modulus);
        b = std::exchange(a, c);
      }
    }
    if (!aes.good()) return Fault::failed;
    Numerals out(in.size());
    to_numerals(a, radix, std::span(out).first(u));
    to_numerals(b, radix, std::span(out).subspan(u));
    return out;
  }
};

Ff1::Ff1(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ff1::Ff1(Ff1&&) noexcept = default;
Ff1& Ff1::operator=(Ff1&&) noexcept = default;
Ff1::~Ff1() = default;

Result<Ff1> Ff1::make(std::string_view key, unsigned radix) {
  const char* const name = key.size() == 16   ? "AES-128-ECB"
                           : key.size() == 24 ? "AES-192-ECB"
                           : key.size() == 32 ? "AES-256-ECB"
                                              : nullptr;
  if (name == nullptr || radix < 2 || radix > 65535) return Fault::out_of_range;
  Cipher cipher(EVP_CIPHER_fetch(nullptr, name, nullptr));
  if (!cipher) return Fault::failed;
  return Ff1(std::make_unique<State>(std::move(cipher), key, radix));
}

Result<Ff1::Numerals> Ff1::encrypt(std::string_view tweak,
                                   std::span<const std::uint16_t> numerals) const {
  return state_->run(tweak, numerals, true);
}

Result<Ff1::Numerals> Ff1::decrypt(std::string_view tweak,
                                   std::span<const std::uint16_t> numerals) const {
  return state_->run(tweak, numerals, false);
}

}  // namespace nguon::labels
