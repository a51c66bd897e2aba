#include "server/deployment/notebook.hpp"

#include "tests/support/files.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <vector>

namespace nguon::server {
namespace {

namespace json = boost::json;

class NotebookTest : public testing::Test {
 protected:
  /// Opens it, keeping what it held.
  ledger::Result<std::unique_ptr<Notebook>> open() {
    held.clear();
    return Notebook::open(path, [this](const json::object& record) -> ledger::Result<void> {
      held.push_back(record.at("n").as_int64());
      return {};
    });
  }
  static json::object number(int n) { return {{"n", n}, {"text", "dấu tiếng Việt\n"}}; }

  tests::TempDir directory;
  std::string path = directory / "a.notebook";
  std::vector<std::int64_t> held;
};

TEST_F(NotebookTest, HoldsWhatWasAddedInItsOrderForItsOwnerAlone) {
  auto book = open().value();
  for (int n = 0; n < 3; ++n) ASSERT_TRUE(book->append(number(n)));
  open().value();
  EXPECT_EQ(held, (std::vector<std::int64_t>{0, 1, 2}));
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(NotebookTest, ATornEndIsTakenOffWhereverItTore) {
  {
    auto book = open().value();
    for (int n = 0; n < 2; ++n) ASSERT_TRUE(book->append(number(n)));
  }
  const std::string whole = tests::read_file(path);
  const std::size_t first = whole.find('\n') + 1;
  for (std::size_t cut = first; cut < whole.size(); ++cut) {
    tests::write_file(path, whole.substr(0, cut));
    auto book = open();
    ASSERT_TRUE(book) << cut;
    ASSERT_EQ(held, std::vector<std::int64_t>{0}) << cut;
    ASSERT_TRUE((*book)->append(number(7)));
    ASSERT_TRUE(open());
    ASSERT_EQ(held, (std::vector<std::int64_t>{0, 7})) << cut;
  }
}

TEST_F(NotebookTest, ADamagedLineInTheMiddleIsNotPassedOver) {
  {
    auto book = open().value();
    for (int n = 0; n < 3; ++n) ASSERT_TRUE(book->append(number(n)));
  }
  tests::flip_bit(path, tests::read_file(path).find('\n') + 20);
  EXPECT_EQ(open().error().rule, "notebook.damaged");
}

TEST_F(NotebookTest, RewritingLeavesWhatIsGivenAndGoesOn) {
  auto book = open().value();
  for (int n = 0; n < 3; ++n) ASSERT_TRUE(book->append(number(n)));
  ASSERT_TRUE(book->rewrite(std::vector<json::object>{number(2)}));
  ASSERT_TRUE(book->append(number(9)));
  ASSERT_TRUE(open());
  EXPECT_EQ(held, (std::vector<std::int64_t>{2, 9}));
}

}  // namespace
}  // namespace nguon::server
