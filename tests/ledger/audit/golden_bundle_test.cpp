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
#ifdef NGUON_INSTRUMENTED
  // Ten times slower: another quarter of the octets by the run's seed.
  constexpr std::size_t step = 4;
  const auto first = static_cast<std::size_t>(testing::UnitTest::GetInstance()->random_seed()) % step;
#else
  constexpr std::size_t step = 1;
  constexpr std::size_t first = 0;
#endif
  for (std::size_t at = first; at < text.size(); at += step) {
    // Each time another of its bits.
    const char original = text[at];
    text[at] = static_cast<char>(original ^ (1 << (at / step % 8)));
    ASSERT_FALSE(verify_bundle(text, key)) << "octet " << at;
    text[at] = original;
  }
}

}  // namespace
}  // namespace nguon::ledger
