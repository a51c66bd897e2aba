#include "server/http/respond.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace nguon::server {
namespace {

TEST(Respond, DeliversOnlyTheFirstAnswer) {
  std::vector<int> seen;
  {
    const Respond respond([&](Response response) { seen.push_back(response.status); });
    const Respond copy = respond;
    respond(reply(201, "text/plain", "a"));
    copy(reply(409, "text/plain", "b"));
  }
  EXPECT_EQ(seen, std::vector<int>{201});
}

TEST(Respond, AnswersWith500OnceTheLastCopyIsGoneUnused) {
  std::vector<int> seen;
  std::optional<Respond> first(
      Respond([&](Response response) { seen.push_back(response.status); }));
  std::optional<Respond> second = first;
  first.reset();
  EXPECT_TRUE(seen.empty());
  second.reset();
  EXPECT_EQ(seen, std::vector<int>{500});
}

}  // namespace
}  // namespace nguon::server
