#include "ledger/apply/intervals.hpp"
#include "ledger/apply/pack_size.hpp"
#include "ledger/apply/records_labels.hpp"
#include "tests/ledger/apply/label_world.hpp"

#include <fstream>
#include <sstream>
#include <type_traits>

namespace nguon::ledger {
namespace {

TEST(StateGolden, FirstHarvestWritesExactlyTheseKeysAndBytes) {
  World world;
  const auto before = world.state.values;
  world.harvest("120.5 kg");
  std::ostringstream written;
  for (const auto& [key, value] : world.state.values) {
    const auto old = before.find(key);
    if (old == before.end() || old->second != value) written << key << ' ' << value << '\n';
  }
  std::ifstream file(NGUON_LEDGER_GOLDEN "/apply/state_harvest.txt");
  std::stringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(written.str(), golden.str());
}

TEST(StateGolden, EveryWordAboutLabelsWritesExactlyTheseKeysAndBytes) {
  LabelWorld world;
  world.have_neighbour();
  const auto batch = world.packed("100 kg", 100);
  const auto range = world.range(100);
  ASSERT_THAT(world.print(range, 0, 49, LabelWorld::for_batch(batch)), Accepted());
  ASSERT_THAT(world.print(range, 50, 69), Accepted());
  ASSERT_THAT(world.reprint(range, 0, 4), Accepted());
  ASSERT_THAT(world.put_on(range, 0, 29, batch), Accepted());
  ASSERT_THAT(world.lose(range, 0, 1), Accepted());
  ASSERT_THAT(world.lose(range, 30, 31), Accepted());
  ASSERT_THAT(world.make_void(range, 31, 31), Accepted());
  ASSERT_THAT(world.give_back(range, 40, 44), Accepted());
  ASSERT_THAT(world.give(range, 50, 59, world.neighbour), Accepted());
  ASSERT_THAT(world.take(world.neighbour_boss, world.last_offer), Accepted());
  ASSERT_THAT(world.give(range, 60, 64, world.neighbour), Accepted());
  ASSERT_THAT(world.close(batch, 13), Accepted());
  std::ostringstream written;
  for (const auto& [key, value] : world.state.values) {
    if (key.starts_with("label-") || key.starts_with("runs-")) {
      written << key << ' ' << value << '\n';
    }
  }
  std::ifstream file(NGUON_LEDGER_GOLDEN "/apply/state_labels.txt");
  std::stringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(written.str(), golden.str());
}

template <class T>
class RecordTest : public testing::Test {};

using Records =
    testing::Types<DeploymentRecord, RulesRecord, KeyRecord, HeadRecord, EntryRecord, PersonRecord,
                   ErasedRecord, OrgRecord, DelegationRecord, SiteRecord, ProductRecord,
                   CertificateRecord, OcopRecord, ListRecord, PointerRecord, BatchRecord,
                   AnimalRecord, RangeRecord, EpochRecord, RequestRecord, IntervalPage,
                   IntervalDirectory, InputRecord, WaitRecord, PackSizeRecord, LabelAccount,
                   LabelPart>;
TYPED_TEST_SUITE(RecordTest, Records);

// Fills optionals and lists too, so that every member is written.
template <codec::Record T>
void fill(T& record);
inline void fill(std::string& value) { value = "chữ \"x\""; }
inline void fill(std::int64_t& value) { value = 1'234'567'890'123; }
inline void fill(Interval& value) { value = {3, 17, "batch:X"}; }
inline void fill(bool& value) { value = true; }
inline void fill(Amount& value) { value = Amount(-(Amount::Wide{1} << 120)); }
template <class V>
void fill(std::vector<V>& value);
template <class V>
void fill(std::optional<V>& value) {
  fill(value.emplace());
}
template <class V>
void fill(std::vector<V>& value) {
  fill(value.emplace_back());
}
template <codec::Record T>
void fill(T& record) {
  T::members(record, [](std::string_view, auto& member) { fill(member); });
}

TYPED_TEST(RecordTest, MembersStandInAscendingOrder) {
  TypeParam record;
  std::string last;
  TypeParam::members(record, [&](std::string_view name, auto&) {
    EXPECT_LT(last, name);
    last = name;
  });
}

TYPED_TEST(RecordTest, BytesReadBackAndWriteTheSameBytes) {
  TypeParam record;
  fill(record);
  const auto bytes = encode(record);
  const auto read = decode<TypeParam>(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, record);
  EXPECT_EQ(encode(*read), bytes);
}

TYPED_TEST(RecordTest, DamagedBytesAreCorruptAndNeverAnEmptyRecord) {
  for (const char* bytes : {"", "{", "{}", "[]", "null", "{\"entry\":1}"}) {
    const auto read = decode<TypeParam>(bytes);
    ASSERT_FALSE(read) << bytes;
    EXPECT_EQ(read.error().code, Errc::corrupt);
  }
}

}  // namespace
}  // namespace nguon::ledger
