#include "ledger/log/subject_page.hpp"

#include "ledger/log/merkle.hpp"
#include "ledger/store/keys.hpp"

#include <bit>

namespace nguon::ledger {
namespace {

constexpr std::size_t hash_octets = 32;

std::vector<Hash> read_hashes(std::string_view octets) {
  std::vector<Hash> hashes(octets.size() / hash_octets);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    octets.copy(reinterpret_cast<char*>(hashes[i].bytes.data()), hash_octets, i * hash_octets);
  }
  return hashes;
}

}  // namespace

std::string encode_subject_page(const SubjectPage& page) {
  std::string octets = keys::big_endian(page.last);
  octets.reserve(8 + hash_octets * (page.ids.size() + page.nodes.size()));
  for (const Hash& id : page.ids) octets += id.view();
  for (const Hash& node : page.nodes) octets += node.view();
  return octets;
}

Result<SubjectPage> decode_subject_page(std::uint64_t number, std::string_view octets) {
  constexpr std::size_t ids_end = 8 + hash_octets * subject_page_width;
  const auto nodes = static_cast<std::size_t>(std::countr_one(number)) + 1;
  if (octets.size() != ids_end + hash_octets * nodes) {
    return Error{Errc::corrupt, "store.corrupt", {}, "a page of a subject"};
  }
  SubjectPage page;
  page.last = keys::read_big_endian(octets.substr(0, 8));
  page.ids = read_hashes(octets.substr(8, ids_end - 8));
  page.nodes = read_hashes(octets.substr(ids_end));
  return page;
}

Result<SubjectPage> make_subject_page(std::uint64_t number, std::uint64_t last,
                                      std::vector<Hash> ids, const SubjectPageReader& earlier) {
  SubjectPage page;
  page.last = last;
  page.ids = std::move(ids);
  page.nodes.push_back(subject_root(page.ids));
  // Where the node just completed is a right child, its parent is complete as well.
  unsigned level = subject_page_level;
  for (std::uint64_t node = number; (node & 1) != 0; node >>= 1, ++level) {
    NGUON_TRY(const Hash left, subject_page_node(level, node - 1, earlier));
    page.nodes.push_back(node_hash(left, page.nodes.back()));
  }
  return page;
}

Result<Hash> subject_page_node(unsigned level, std::uint64_t index,
                               const SubjectPageReader& pages) {
  const unsigned above = level - subject_page_level;
  NGUON_TRY(const SubjectPage page, pages(((index + 1) << above) - 1));
  return page.nodes.at(above);
}

Hash subject_root(const std::vector<Hash>& ids) {
  CompactRange range;
  for (const Hash& id : ids) range.append(leaf_hash(id.view()));
  return range.root();
}

}  // namespace nguon::ledger
