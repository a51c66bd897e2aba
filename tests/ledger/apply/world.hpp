#pragma once

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/records_master.hpp"
#include "ledger/apply/typed.hpp"
#include "ledger/keys/key.hpp"
#include "tests/ledger/apply/memory_state.hpp"

#include <boost/json/object.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nguon::ledger {

/// Somebody with a key in this world.
struct Actor {
  std::shared_ptr<PrivateKey> key;
  std::string person;  ///< Empty for the operator's own keys.
  std::string org;
};

/// A small deployment in memory: entries are made unsigned, applied at once, and what they change
/// is kept. The constructor lays down genesis, a registrar, a co-operative with its people, a plot
/// and a product.
class World {
 public:
  World();

  /// An entry by `who`. `sub` is a subject to go on with (its head becomes `prev`), or a bare kind,
  /// and then a new subject is derived. `data` is JSON text with ' for ".
  Entry entry(const Actor& who, const std::string& type, const std::string& sub,
              const std::string& data);
  /// Applies; keeps the changes when accepted. Storage failures fail the test.
  Verdict submit(const Entry& entry);
  /// Makes and submits; the test fails unless it is accepted. Returns the subject.
  std::string add(const Actor& who, const std::string& type, const std::string& sub,
                  const std::string& data);
  /// Makes and submits; the verdict.
  Verdict try_add(const Actor& who, const std::string& type, const std::string& sub,
                  const std::string& data);

  /// A person of `org` with one key and these roles, enrolled by `by`.
  Actor enrol(const Actor& by, const std::string& org, const std::vector<std::string>& roles);
  Entry enrolment(const Actor& by, const Actor& whom, const std::vector<std::string>& roles,
                  const std::string& person = "person");
  std::string org(const std::string& name, const std::string& kind = "cooperative");
  void revoke(const Actor& whose);

  /// A new batch of `amount` ("120.5 kg") picked by the member on the plot.
  std::string harvest(const std::string& amount);
  /// A ticket on a new lot, or on `lot`.
  std::string receive(const std::string& amount, const std::string& lot = "batch");
  std::string transform(const std::string& from, const std::string& in, const std::string& out);
  std::string pack(const std::string& from, const std::string& in, const std::string& each,
                   int count);
  /// A granted range of `count` labels.
  std::string range(int count);
  Verdict label(const std::string& range, int first, int last, const std::string& batch,
                const std::string& each, const std::string& approval = {});

  Input input(const std::string& sub, const std::string& amount) const;
  std::string head(const std::string& sub) const;
  template <codec::Record T>
  T record(const std::string& key) const {
    const auto found = read_record<T>(state, key);
    EXPECT_TRUE(found && *found) << key;
    return found && *found ? **found : T{};
  }
  template <codec::Record T>
  T of(const std::string& sub) const {
    return record<T>(state_key::subject(sub));
  }
  static std::string qty(const std::string& amount);

  MemoryState state;
  std::uint64_t index = 0;
  std::int64_t recorded = 1'790'000'000'000;
  std::vector<Entry> log;           ///< Every accepted entry,
  std::vector<std::int64_t> times;  ///< and when it was recorded.
  std::vector<std::string> flags;   ///< Of the last accepted entry.
  std::string aud;
  std::string operator_org, coop, site, product;
  Actor root, recovery, log_key, service, registrar, director, clerk, member, packer, herdsman;

 private:
  Actor actor(const std::string& org);
  std::string fresh(char tag);
  int made_ = 0;
};

testing::Matcher<const Verdict&> Accepted();
testing::Matcher<const Verdict&> Refused(const std::string& rule);
testing::Matcher<const Verdict&> NotYet(const std::string& rule);
testing::Matcher<const Verdict&> Stale(const std::string& head);

}  // namespace nguon::ledger
