// Writes a folder log by our own code, for judges that have never seen it:
//   make_log DIR SIZE
// DIR/log/0/ holds checkpoint and tiles; beside it lie vkey, es256.jwk, eddsa.jwk (signers of even
// and odd entries), witnesses (the vkeys of two who cosigned the checkpoint), stranger (of one who
// did not), one entry with its disclosures (entry.sdjwt) and the data it opens to (opened.json).

#include "ledger/base/base64url.hpp"
#include "ledger/keys/key.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/cosignature.hpp"
#include "ledger/log/tile.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

namespace {

using namespace nguon::ledger;
namespace fs = std::filesystem;

constexpr std::string_view origin = "so.example/log/0";
constexpr std::string_view disclosure_json = R"(["c2FtcGxlIHNhbHQgZm9yIGp1ZGdlcw","v",12500])";

std::string compact_jws(const PrivateKey& key, const std::string& claims) {
  const std::string header = R"({"alg":")" + std::string(alg_name(key.public_key().alg())) +
                             R"(","typ":"nguon-entry+jwt","kid":")" + key.kid() + "\"}";
  const std::string input = base64url_encode(header) + "." + base64url_encode(claims);
  return input + "." + base64url_encode(key.sign(input));
}

/// A harvest whose price is one slot with one digest.
std::string claims_of(std::uint64_t index) {
  const std::string digest = base64url_encode(sha256(base64url_encode(disclosure_json)));
  return R"({"aud":")" + std::string(43, 'A') + R"(","jti":"01935a00-0000-7000-8000-)" +
         std::to_string(100'000'000'000 + index) +
         R"(","type":"batch.harvest/1","sub":"batch:00000000000000000000000000","iat":1763700000,)" +
         R"("data":{"note":"dữ liệu mẫu","price":{"_sd":[")" + digest + "\"]}}}";
}

void write(const fs::path& path, std::string_view octets) {
  fs::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << octets;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

/// The checkpoint's lines of two witnesses, and the vkeys for those who judge them.
std::string cosign(const std::string& text, const fs::path& folder) {
  std::string lines, vkeys;
  for (const char seed : {'1', '2', '3'}) {
    const PrivateKey key = PrivateKey::from_seed(Alg::eddsa, std::string(32, seed));
    const auto name =
        *NoteVerifier::make_witness(std::string("w") + seed + ".example", key.public_key());
    if (seed == '3') {
      write(folder / "stranger", name.text());
    } else {
      lines += cosignature_line(text, 1'763'700'000, name, key);
      vkeys += name.text() + "\n";
    }
  }
  write(folder / "witnesses", vkeys);
  return lines;
}

int make_log(const fs::path& folder, std::uint64_t size) {
  const PrivateKey log_key = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'l'));
  const PrivateKey signers[] = {PrivateKey::from_seed(Alg::es256, std::string(32, 's')),
                                PrivateKey::from_seed(Alg::eddsa, std::string(32, 's'))};
  const NoteVerifier log = *NoteVerifier::make(std::string(origin), log_key.public_key());
  CompactRange tree;
  std::map<std::pair<unsigned, std::uint64_t>, std::string> tiles;
  std::map<std::uint64_t, std::string> bundles;
  for (std::uint64_t index = 0; index < size; ++index) {
    const std::string leaf = R"({"recorded":)" + std::to_string(1'763'700'000'000 + index) +
                             R"(,"entry":")" + compact_jws(signers[index % 2], claims_of(index)) +
                             "\"}";
    append_to_bundle(bundles[index / tile_width], leaf);
    tree.append(leaf_hash(leaf), [&](unsigned level, std::uint64_t node, const Hash& hash) {
      if (level % tile_height == 0) tiles[{level / tile_height, node / tile_width}] += hash.view();
    });
  }
  const fs::path base = folder / "log" / "0";
  for (const auto& [place, octets] : tiles) {
    const unsigned width = width_of_tile(place.first, place.second, size);
    write(base / format_tile_path({false, place.first, place.second, width}), octets);
  }
  for (const auto& [number, octets] : bundles) {
    write(base / format_tile_path({true, 0, number, width_of_tile(0, number, size)}), octets);
  }
  const Checkpoint checkpoint{std::string(origin), size, tree.root()};
  write(base / "checkpoint",
        sign_checkpoint(checkpoint, log, log_key) + cosign(checkpoint_text(checkpoint), folder));
  write(folder / "vkey", log.text());
  write(folder / "es256.jwk", signers[0].public_key().jwk());
  write(folder / "eddsa.jwk", signers[1].public_key().jwk());
  write(folder / "entry.sdjwt",
        compact_jws(signers[0], claims_of(0)) + "~" + base64url_encode(disclosure_json) + "~");
  write(folder / "opened.json", R"({"note":"dữ liệu mẫu","price":{"v":12500}})");
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t size = 0;
  const std::string_view text = count == 3 ? arguments[2] : "";
  if (std::from_chars(text.data(), text.data() + text.size(), size).ec != std::errc() ||
      size == 0) {
    std::cerr << "usage: make_log DIR SIZE\n";
    return 2;
  }
  return make_log(arguments[1], size);
}
