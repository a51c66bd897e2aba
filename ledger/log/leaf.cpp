#include "ledger/log/leaf.hpp"

#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"

#include <charconv>

namespace nguon::ledger {
namespace {

constexpr std::string_view leaf_open = R"({"recorded":)";
constexpr std::string_view leaf_middle = R"(,"entry":")";
constexpr std::string_view leaf_close = R"("})";

}  // namespace

std::string encode_head(const TreeHead& head) {
  return keys::big_endian(head.size) + std::string(head.root.view());
}

Result<TreeHead> decode_head(std::string_view octets) {
  if (octets.size() != 40) return Error{Errc::corrupt, "store.corrupt", {}, "the stored head"};
  TreeHead head;
  head.size = keys::read_big_endian(octets.substr(0, 8));
  octets.copy(reinterpret_cast<char*>(head.root.bytes.data()), 32, 8);
  return head;
}

std::string encode_leaf(std::int64_t recorded, std::string_view jws) {
  std::string leaf(leaf_open);
  leaf.reserve(jws.size() + 48);
  leaf.append(std::to_string(recorded)).append(leaf_middle).append(jws).append(leaf_close);
  return leaf;
}

Result<Leaf> decode_leaf(std::uint64_t index, std::string_view text) {
  Leaf leaf;
  leaf.index = index;
  const auto middle = text.find(leaf_middle);
  if (text.starts_with(leaf_open) && middle != std::string_view::npos &&
      text.ends_with(leaf_close)) {
    const auto digits = text.substr(leaf_open.size(), middle - leaf_open.size());
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), leaf.recorded);
    const std::size_t begin = middle + leaf_middle.size();
    if (read.ec == std::errc() && begin + leaf_close.size() <= text.size()) {
      leaf.jws = text.substr(begin, text.size() - begin - leaf_close.size());
      if (leaf.recorded >= 0 && encode_leaf(leaf.recorded, leaf.jws) == text) return leaf;
    }
  }
  return Error{Errc::corrupt, "log.leaf", {}, "leaf " + std::to_string(index) + " is malformed"};
}

Hash id_of(const Leaf& leaf) {
  return sha256(std::string_view(leaf.jws).substr(0, leaf.jws.rfind('.')));
}

}  // namespace nguon::ledger
