// Random entries through maker and admission, and what one flipped octet does to them.
#include "ledger/base/base64url.hpp"
#include "ledger/entry/claims.hpp"
#include "tests/support/people.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <random>

namespace nguon::ledger {
namespace {

namespace json = boost::json;
using tests::People;
using tests::some_subject;

// A harvest or a drying with random amounts, inputs and private values.
class RandomEntries {
 public:
  explicit RandomEntries(People& people, unsigned seed) : people_(people), random_(seed) {}

  MadeEntry next() {
    const std::string signer = below(2) == 0 ? "member" : "service-gate";
    json::object data = {{"product", some_subject("product", std::to_string(below(9)))},
                         {"on", "2026-09-1" + std::to_string(below(10))},
                         {"qty", {{"amount", amount()}, {"unit", "kg"}}}};
    if (below(2) == 0) data["note"] = note();
    if (below(2) == 0) {
      data["site"] = some_subject("site");
      return people_.make("batch.harvest/1")
          .by(signer)
          .starts("batch")
          .data(json::serialize(data))
          .sign();
    }
    data["step"] = "drying";
    auto saying = people_.make("batch.transform/1");
    saying.by(signer).starts("batch").data(json::serialize(data));
    for (int i = below(64); i >= 0; --i) {
      saying.from({{}, {}, entry_id(amount()), some_subject("batch", amount())}, amount());
    }
    if (below(2) == 0) saying.on_behalf_of(some_subject("person"));
    if (below(2) == 0) saying.seen({"nguon.example/log/0", random_() % (1ULL << 53), {}});
    return saying.sign();
  }

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  std::string amount() {
    std::string text = std::to_string(1 + random_() % 999'999'999'999);
    if (below(2) == 0) text += "." + std::to_string(1 + below(999'999));
    return text;
  }
  std::string note() {
    static const std::vector<std::string> words = {"chín", "đỏ", "ruột", "\"", "\\", "🐝", "a\nb"};
    std::string text = "n";
    for (int i = below(20); i > 0; --i) text += words[static_cast<std::size_t>(below(7))];
    return text;
  }

  People& people_;
  std::mt19937_64 random_;
};

TEST(RoundTrip, WhatTheMakerMakesIsAdmittedUnchanged) {
  People people;
  RandomEntries random(people, 1);
  for (int i = 0; i < 200; ++i) {
    const auto made = random.next();
    const auto admission = people.admit(made);
    ASSERT_TRUE(admission) << admission.error().error.rule << ' ' << admission.error().error.field
                           << '\n'
                           << made.sd_jwt;
    const Entry& entry = admission->entry;
    EXPECT_EQ(entry.jws, made.jws);
    EXPECT_EQ(entry.sub, made.sub);
    std::string rebuilt = entry.jws + "~";
    for (const auto& disclosure : admission->disclosures) rebuilt += disclosure.text + "~";
    EXPECT_EQ(rebuilt, made.sd_jwt);
    // An audit that has only the log reads the same claims.
    const auto key = people.resolver()(entry.kid);
    const auto replayed = check_grammar_and_signature(entry.jws, **key);
    ASSERT_TRUE(replayed);
    EXPECT_EQ(replayed->data, entry.data);
  }
}

TEST(RoundTrip, AnyFlippedBitIsRefusedUnlessTheIdStaysTheSame) {
  People people;
  const auto made = people.harvest();
  for (std::size_t i = 0; i < made.sd_jwt.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string body = made.sd_jwt;
      body[i] = static_cast<char>(body[i] ^ (1 << bit));
      const auto admission = people.admit(body);
      if (admission) {
        // Another valid signature of the same words would be the same entry.
        EXPECT_EQ(admission->entry.id, made.id) << "octet " << i << " bit " << bit;
      } else {
        EXPECT_FALSE(admission.error().validly_signed)
            << "a signed refusal of octets that nobody signed: octet " << i << " bit " << bit;
      }
    }
  }
}

TEST(RoundTrip, EveryTruncationIsRefused) {
  People people;
  const auto made = people.harvest();
  for (std::size_t size = 0; size < made.sd_jwt.size(); ++size) {
    const auto admission = people.admit(made.sd_jwt.substr(0, size));
    // Cut right behind the JWS's tilde it is the same entry with its optional note withheld.
    EXPECT_EQ(admission.has_value(), size == made.jws.size() + 1) << size;
  }
}

TEST(Maker, TheSameSeedMakesTheSameEntries) {
  People one("seed");
  People two("seed");
  People other("another seed");
  EXPECT_EQ(one.deployment_id(), two.deployment_id());
  EXPECT_EQ(one.harvest().id, two.harvest().id);
  EXPECT_NE(one.harvest().id, one.harvest().id);
  EXPECT_NE(one.deployment_id(), other.deployment_id());
}

TEST(Maker, AnAbsentOptionalValueCannotBeToldFromAPresentOne) {
  People people;
  const auto with = people.admit(people.harvest());
  ASSERT_TRUE(with);
  for (const auto* field : {"note", "photo", "position"}) {
    const auto& slot = with->entry.data.at(field).as_object();
    EXPECT_TRUE(base64url_hash(slot.at("_sd").as_array().at(0).as_string())) << field;
  }
}

TEST(Maker, TakesOnlyPlainPrivateValues) {
  People people;
  EntryMaker maker(people.deployment_id(), seeded_entropy("x"));
  Draft draft;
  draft.sub = "batch";
  draft.data["note"] = {{"_sd", json::array{"x"}}};
  const auto made =
      maker.make(people.key("member"), *people.bundle().find("batch.harvest/1"), draft);
  EXPECT_EQ(made.error().rule, "draft.private");
}

}  // namespace
}  // namespace nguon::ledger
