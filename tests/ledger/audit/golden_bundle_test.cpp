#include "ledger/audit/bundle.hpp"
#include "ledger/log/note.hpp"
#include "tests/support/files.hpp"
#include "tests/support/people.hpp"

#include <gtest/gtest.h>

namespace nguon::ledger {
namespace {

const std::string golden = NGUON_LEDGER_GOLDEN "/audit/bundle.json";

std::string vkey() {
  tests::People people;
  return NoteVerifier::make("nguon.example/log/0", people.key("log").public_key())->text();
}

TEST(GoldenBundle, IsReadForEver) {
  const auto report = verify_bundle(tests::read_file(golden), vkey());
  ASSERT_TRUE(report) << report.error().rule << ' ' << report.error().detail;
  EXPECT_EQ(report->head.size, 4U);
  ASSERT_EQ(report->entries.size(), 4U);
  EXPECT_EQ(report->entries[0].type, "genesis/1");
  EXPECT_EQ(report->entries[3].type, "product.update/1");
  EXPECT_EQ(report->entries[3].sub, report->sub);
}

TEST(GoldenBundle, TheKeyBesideItIsTheOneThatChecksIt) {
  EXPECT_EQ(tests::read_file(NGUON_LEDGER_GOLDEN "/audit/log.vkey"), vkey() + '\n');
}

TEST(GoldenBundle, NotOneOfItsOctetsMayDiffer) {
  std::string text = tests::read_file(golden);
  const std::string key = vkey();
  for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
    // Every octet, each time another of its bits.
    if (bit % 8 != (bit / 8) % 8) continue;
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_FALSE(verify_bundle(text, key)) << "bit " << bit;
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
  }
}

}  // namespace
}  // namespace nguon::ledger
