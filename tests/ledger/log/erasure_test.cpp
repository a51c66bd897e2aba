// Erasure as the law wants it: not hidden but gone from every file, and nothing else with it
// (DESIGN §3, FORMAT.md "Vault").

#include "ledger/apply/keys.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/merkle.hpp"
#include "ledger/store/keys.hpp"
#include "tests/support/files.hpp"
#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace nguon::ledger {
namespace {

using Kind = Outcome::Kind;

/// What of one private value lies in the store: its key, wrapped, and its text, sealed.
struct Sealed {
  std::string wrapped, box;
};

class ErasureTest : public testing::TestWithParam<bool> {
 protected:
  ErasureTest() {
    small_.enrol("clerk", "neighbour", "member", small_.coop);
    own_name_ = admit_member("member", "Lò Văn Mẫu", "0900000001");
    other_name_ = admit_member("neighbour", "Lường Thị Mẫu", "0900000002");
    harvest_ = small_.add(small_.harvest());
    other_harvest_ = small_.add(small_.harvest("7", "neighbour"));
    // As a parameter: the values lie in the write-ahead log only, or in a table as well.
    if (GetParam()) small_.reopen();
  }

  MadeEntry admit_member(std::string_view who, std::string_view name, std::string_view phone) {
    const auto& person = small_.persons.at(std::string(who));
    return small_.add(small_.people.make("member.add/1")
                          .by("clerk")
                          .continues(person, head_of(person))
                          .data(R"({"org":")" + small_.coop + R"(","kind":"member","name":")" +
                                std::string(name) + R"(","phone":")" + std::string(phone) + "\"}")
                          .sign());
  }

  std::string head_of(const std::string& sub) {
    const auto record = parse_json(**small_.log->state(state_key::head(sub)));
    return std::string(record->at("head").as_string());
  }

  Sealed sealed(const MadeEntry& entry, const std::string& pointer) {
    const auto row = *small_.store->get(Family::private_values,
                                        keys::value(0, *base64url_hash(entry.id), pointer));
    EXPECT_TRUE(row) << pointer;
    const auto after_person = 1 + static_cast<std::size_t>(static_cast<unsigned char>(row->at(0)));
    return {row->substr(after_person, 60), row->substr(after_person + 60)};
  }

  std::string person_key(std::string_view who) {
    return **small_.store->get(Family::private_values,
                               keys::person(0, small_.persons.at(std::string(who))));
  }

  bool on_disk(const std::string& octets) {
    return tests::any_file_contains(small_.directory.string(), octets);
  }
  bool on_disk(const Sealed& value) { return on_disk(value.wrapped) || on_disk(value.box); }

  MadeEntry erase_person(std::string_view who) {
    const auto& person = small_.persons.at(std::string(who));
    return small_.people.make("erase/1")
        .by(who)
        .continues(person, head_of(person))
        .data(R"({"scope":"person","reason":"request"})")
        .sign();
  }
  MadeEntry erase_value(const MadeEntry& entry, std::string_view slot, std::string_view by) {
    return small_.people.make("erase/1")
        .by(by)
        .continues(entry.sub, head_of(entry.sub))
        .data(R"({"scope":"value","reason":"request","entry":")" + entry.id + R"(","slot":")" +
              std::string(slot) + "\"}")
        .sign();
  }

  void wait_for_purge() {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (small_.log->purging() && std::chrono::steady_clock::now() < limit) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_FALSE(small_.log->purging());
  }

  std::vector<std::string> pointers(const MadeEntry& entry) {
    std::vector<std::string> found;
    const auto values = small_.log->disclosures(entry.id);
    EXPECT_TRUE(values) << values.error().rule;
    for (const auto& value : *values) found.push_back(value.pointer);
    return found;
  }

  /// Every leaf under the newest checkpoint, and every head ever released under it.
  void check_proofs(const std::vector<TreeHead>& earlier) {
    const auto head = small_.log->head();
    const auto verifier = NoteVerifier::parse(small_.log->log_vkey());
    for (std::uint64_t index = 0; index < head.size; ++index) {
      const auto proof = small_.log->inclusion(index);
      const auto checkpoint = open_checkpoint(proof->checkpoint, *verifier);
      const auto leaf = small_.log->leaf(index);
      EXPECT_TRUE(verify_inclusion(index, checkpoint->size,
                                   leaf_hash(encode_leaf(leaf->recorded, leaf->jws)), proof->path,
                                   checkpoint->root));
    }
    for (const auto& old : earlier) {
      EXPECT_TRUE(verify_consistency(old.size, head.size, old.root, head.root,
                                     *small_.log->consistency(old.size, head.size)));
    }
  }

  tests::SmallLedger small_;
  MadeEntry own_name_, other_name_, harvest_, other_harvest_;
};

TEST_P(ErasureTest, OneValueLeavesEveryFileAndNothingElseDoes) {
  const auto phone = sealed(own_name_, "/phone");
  const auto name = sealed(own_name_, "/name");
  ASSERT_TRUE(on_disk(phone.wrapped) && on_disk(phone.box));
  const auto before = small_.log->head();

  const auto erased = small_.submit(erase_value(own_name_, "/phone", "clerk"));
  ASSERT_EQ(erased.kind, Kind::created) << erased.error.rule << erased.error.detail;
  wait_for_purge();

  EXPECT_FALSE(on_disk(phone.wrapped));
  EXPECT_FALSE(on_disk(phone.box));
  EXPECT_TRUE(on_disk(name.wrapped) && on_disk(name.box));
  EXPECT_EQ(pointers(own_name_), std::vector<std::string>{"/name"});
  EXPECT_EQ(pointers(other_name_).size(), 2U);
  EXPECT_EQ(pointers(harvest_).size(), 1U);
  check_proofs({before});
}

TEST_P(ErasureTest, APersonsValuesAndKeyLeaveEveryFileAndNobodyElsesDo) {
  const std::vector<Sealed> own = {sealed(own_name_, "/phone"), sealed(own_name_, "/name"),
                                   sealed(harvest_, "/note")};
  const auto key = person_key("member");
  const std::vector<Sealed> others = {sealed(other_name_, "/name"),
                                      sealed(other_harvest_, "/note")};
  for (const auto& value : own) ASSERT_TRUE(on_disk(value.wrapped) && on_disk(value.box));
  ASSERT_TRUE(on_disk(key));
  const auto before = small_.log->head();

  const auto erased = small_.submit(erase_person("member"));
  ASSERT_EQ(erased.kind, Kind::created) << erased.error.rule << erased.error.detail;
  wait_for_purge();

  for (const auto& value : own) EXPECT_FALSE(on_disk(value));
  EXPECT_FALSE(on_disk(key));
  EXPECT_TRUE(on_disk(person_key("neighbour")));
  for (const auto& value : others) EXPECT_TRUE(on_disk(value.wrapped) && on_disk(value.box));
  EXPECT_TRUE(pointers(own_name_).empty());
  EXPECT_TRUE(pointers(harvest_).empty());
  EXPECT_EQ(pointers(other_name_).size(), 2U);
  EXPECT_EQ(pointers(other_harvest_).size(), 1U);
  check_proofs({before});

  // The entry itself is as good as ever: the same bytes get the same index, now with no slot held.
  const auto again = small_.log->submit_and_wait(own_name_.sd_jwt, own_name_.id);
  ASSERT_EQ(again.kind, Kind::repeated) << again.error.rule;
  EXPECT_FALSE(on_disk(key));
}

TEST_P(ErasureTest, WhatTheRepeatedSubmissionBringsIsNotKeptAgain) {
  ASSERT_EQ(small_.submit(erase_person("member")).kind, Kind::created);
  ASSERT_EQ(small_.log->submit_and_wait(own_name_.sd_jwt).kind, Kind::repeated);
  wait_for_purge();
  EXPECT_TRUE(pointers(own_name_).empty());
}

TEST_P(ErasureTest, WhatAPersonEntersAfterwardsIsKeptUnderANewKeyAlsoAfterARestart) {
  const auto old_key = person_key("member");
  ASSERT_EQ(small_.submit(erase_person("member")).kind, Kind::created);
  const auto later = small_.add(small_.harvest("3"));
  wait_for_purge();
  EXPECT_NE(person_key("member"), old_key);
  EXPECT_EQ(pointers(later).size(), 1U);
  small_.reopen();
  EXPECT_EQ(pointers(later).size(), 1U);
  EXPECT_FALSE(on_disk(old_key));
}

TEST_P(ErasureTest, ReadersDuringAnErasureDoNotKeepTheDestroyedKeyInUse) {
  for (int round = 0; round < 20; ++round) {
    const auto value = small_.add(small_.harvest("1"));
    std::atomic<bool> stop = false;
    std::thread reader([&] {
      while (!stop) {
        const auto values = small_.log->disclosures(value.id);
        EXPECT_TRUE(values) << values.error().rule;
      }
    });
    EXPECT_EQ(small_.submit(erase_person("member")).kind, Kind::created);
    const auto later = small_.submit(small_.harvest("2"));
    stop = true;
    reader.join();
    EXPECT_EQ(later.kind, Kind::created);
  }
  const auto last = small_.add(small_.harvest("4"));
  wait_for_purge();
  small_.reopen();
  EXPECT_EQ(pointers(last).size(), 1U);
}

TEST_P(ErasureTest, AnErasureCutOffByAStopIsFinishedAtTheNextStart) {
  const auto phone = sealed(own_name_, "/phone");
  ASSERT_EQ(small_.submit(erase_value(own_name_, "/phone", "clerk")).kind, Kind::created);
  small_.reopen();
  wait_for_purge();
  EXPECT_FALSE(on_disk(phone));
  EXPECT_EQ(pointers(own_name_), std::vector<std::string>{"/name"});
}

TEST_P(ErasureTest, ErasuresWhileOthersWriteAllTakeEffect) {
  std::vector<MadeEntry> victims;
  std::vector<Sealed> values;
  for (int i = 0; i < 8; ++i) {
    victims.push_back(small_.add(small_.harvest("1")));
    values.push_back(sealed(victims.back(), "/note"));
  }
  std::vector<MadeEntry> load;
  for (int i = 0; i < 200; ++i) load.push_back(small_.harvest("2", "neighbour"));
  std::thread writer([&] {
    for (const auto& entry : load) {
      EXPECT_EQ(small_.log->submit_and_wait(entry.sd_jwt).kind, Kind::created);
    }
  });
  std::vector<MadeEntry> orders;
  for (const auto& victim : victims) orders.push_back(erase_value(victim, "/note", "clerk"));
  for (const auto& order : orders)
    EXPECT_EQ(small_.log->submit_and_wait(order.sd_jwt).kind, Kind::created);
  writer.join();
  wait_for_purge();
  for (const auto& value : values) EXPECT_FALSE(on_disk(value));
  for (const auto& victim : victims) EXPECT_TRUE(pointers(victim).empty());
  for (const auto& entry : load) EXPECT_EQ(pointers(entry).size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Values, ErasureTest, testing::Bool(), [](const auto& values) {
  return values.param ? "InTables" : "InTheLogFile";
});

}  // namespace
}  // namespace nguon::ledger
