#include "server/session/private_view.hpp"

#include "tests/support/small_ledger.hpp"

#include <gtest/gtest.h>

#include <set>

namespace nguon::server {
namespace {

const ValueOwner owner{"person:owner", "org:home", "org:maker"};

Viewer reader(const std::string& role, const std::string& org,
              const std::string& person = "person:another") {
  return {"kid", person, org, {role}};
}

/// Every slot of every type, every role, at home, at the maker's and elsewhere.
TEST(PrivateReads, EachRoleSeesExactlyItsSlots) {
  static const std::set<std::string> local{"clerk", "director", "herdsman", "member", "packer"};
  const auto& bundle = schemas::Bundle::built_in();
  std::size_t asked = 0;
  for (const auto& [name, type] : bundle.types()) {
    for (const auto& slot : type.private_slots()) {
      const std::set<std::string> readers(slot.readers.begin(), slot.readers.end());
      for (const auto& role : bundle.roles().roles()) {
        const bool listed = readers.contains(role);
        const auto told = [&](const Viewer& who) { return may_read(slot, owner, who); };
        EXPECT_EQ(told(reader(role, "org:home")), listed) << name << slot.pointer << role;
        EXPECT_EQ(told(reader(role, "org:maker")), listed) << name << slot.pointer << role;
        EXPECT_EQ(told(reader(role, "org:elsewhere")), listed && !local.contains(role))
            << name << slot.pointer << role;
        EXPECT_EQ(told(reader(role, "org:elsewhere", "person:owner")),
                  readers.contains("self") || (listed && !local.contains(role)))
            << name << slot.pointer << role;
        asked += 4;
      }
    }
  }
  EXPECT_GT(asked, 2000U);
}

TEST(PrivateReads, AValueOfNobodyIsNotEverybodys) {
  const schemas::PrivateSlot slot{"/note", {"self"}, false, {}};
  EXPECT_FALSE(may_read(slot, {"", "org:home", "org:home"}, reader("member", "org:home", "")));
}

class PrivateView : public testing::Test {
 protected:
  boost::json::object seen(std::string_view by, const std::string& id) {
    Viewer who{
        small.people.key(by).kid(), small.persons.find(by)->second, small.coop, {std::string(by)}};
    return *private_values(*small.log, small.people.bundle(), who, id);
  }

  tests::SmallLedger small;
};

TEST_F(PrivateView, OpensWhatIsThisReadersToSee) {
  const auto made = small.add(small.harvest());
  EXPECT_EQ(seen("member", made.id).at("/note").as_string(), "hái buổi sáng");
  EXPECT_EQ(seen("clerk", made.id).at("/note").as_string(), "hái buổi sáng");
  EXPECT_EQ(seen("member", made.id).size(), 1U) << "empty slots are no values";
  small.enrol("clerk", "packer", "packer", small.coop);
  EXPECT_TRUE(seen("packer", made.id).empty());
  small.enrol("clerk", "second member", "member", small.coop);
  Viewer neighbour{"kid", small.persons.find("second member")->second, small.coop, {"member"}};
  EXPECT_TRUE(private_values(*small.log, small.people.bundle(), neighbour, made.id)->empty());
}

TEST_F(PrivateView, WhatWasErasedIsMissingAndWhatNeverWasIsNotFound) {
  const auto made = small.add(small.harvest());
  small.add(small.people.make("erase/1")
                .by("clerk")
                .continues(made.sub, made.id)
                .data(R"({"scope":"value","entry":")" + made.id +
                      R"(","slot":"/note","reason":"request"})")
                .sign());
  EXPECT_TRUE(seen("member", made.id).empty());
  const auto none = private_values(*small.log, small.people.bundle(),
                                   {"kid", "person", "org", {"clerk"}}, std::string(43, 'A'));
  EXPECT_EQ(none.error().rule, "entry.not-found");
}

}  // namespace
}  // namespace nguon::server
