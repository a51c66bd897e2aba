#include "server/control/address.hpp"
#include "server/control/desk.hpp"
#include "server/control/hold.hpp"
#include "server/control/protocol.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

namespace nguon::server {
namespace {

using std::chrono::milliseconds;

const std::vector<ledger::FrozenFile> sample_files = {{"000012.sst", 4096, "A-B-C", ""},
                                                      {"CURRENT", 4, "", "abc\n"}};

class SampleFrozen final : public ledger::FrozenFiles {
 public:
  explicit SampleFrozen(std::atomic<int>& alive) : alive_(alive) {
    files_ = sample_files;
    ++alive_;
  }
  ~SampleFrozen() override { --alive_; }

 private:
  std::atomic<int>& alive_;
};

class ControlTest : public testing::Test {
 protected:
  void open(ControlLimits limits = {}) {
    desk_ = *ControlDesk::open(
        data_.string(),
        [this]() -> ledger::Result<std::unique_ptr<ledger::FrozenFiles>> {
          if (busy_-- > 0) return ledger::Error{ledger::Errc::too_busy, "store.frozen", {}, {}};
          return std::unique_ptr<ledger::FrozenFiles>(std::make_unique<SampleFrozen>(alive_));
        },
        limits);
  }
  bool soon_let_go() {
    for (int i = 0; i < 500 && alive_ > 0; ++i) std::this_thread::sleep_for(milliseconds(10));
    return alive_ == 0;
  }
  /// What comes back to these octets before the desk hangs up.
  std::string answer_to(std::string_view octets) {
    const ControlAddress place(data_.string());
    const ledger::Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ(::connect(socket.value(), reinterpret_cast<const sockaddr*>(&place.address()),
                        sizeof place.address()),
              0);
    EXPECT_TRUE(socket.write_all(octets));
    std::string answer;
    char piece[256];
    for (ssize_t count = 1; count > 0;) {
      count = ::recv(socket.value(), piece, sizeof piece, 0);
      if (count > 0) answer.append(piece, static_cast<std::size_t>(count));
    }
    return answer;
  }

  const tests::TempDir data_;
  std::atomic<int> alive_ = 0;
  std::atomic<int> busy_ = 0;
  std::unique_ptr<ControlDesk> desk_;
};

TEST_F(ControlTest, NobodyServesIsNoError) {
  EXPECT_EQ(*hold_served(data_.string()), nullptr);
  open();
  desk_.reset();
  EXPECT_EQ(*hold_served(data_.string()), nullptr);
}

TEST_F(ControlTest, HoldsTheFilesUntilTheyAreReleasedOrTheHolderIsGone) {
  busy_ = 3;  // asked again until it works
  open();
  struct stat status {};
  ASSERT_EQ(::lstat((data_ / "control").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);

  auto held = *hold_served(data_.string());
  EXPECT_EQ(held->files(), sample_files);
  EXPECT_EQ(alive_, 1);
  EXPECT_EQ(hold_served(data_.string()).error().rule, "control.busy");
  EXPECT_TRUE(held->release());
  EXPECT_TRUE(soon_let_go());
  held = *hold_served(data_.string());
  held.reset();
  EXPECT_TRUE(soon_let_go());
}

TEST_F(ControlTest, AHolderWhoseTimeIsOverIsToldThatNothingCounts) {
  ControlLimits limits;
  limits.hold = milliseconds(1);
  open(limits);
  const auto held = *hold_served(data_.string());
  EXPECT_TRUE(soon_let_go());
  EXPECT_FALSE(held->release());
}

TEST_F(ControlTest, EndingLetsGoAtOnce) {
  open();
  const auto held = *hold_served(data_.string());
  desk_.reset();
  EXPECT_EQ(alive_, 0);
  EXPECT_FALSE(std::filesystem::exists(data_ / "control"));
  EXPECT_FALSE(held->release());
}

TEST_F(ControlTest, WhatIsNoRequestIsHungUpOn) {
  ControlLimits limits;
  limits.request = milliseconds(1);
  open(limits);
  EXPECT_EQ(answer_to("thaw\n"), "");
  EXPECT_EQ(answer_to("release\n"), "");
  EXPECT_EQ(answer_to("freeze\nfreeze\n"), "");
  EXPECT_EQ(answer_to(std::string(max_control_line + 1, 'x')), "");
  EXPECT_EQ(answer_to("freeze"), "");  // never finished
  EXPECT_EQ(alive_, 0);
}

TEST_F(ControlTest, AStoreThatCannotIsToldOnce) {
  desk_ = *ControlDesk::open(
      data_.string(),
      []() -> ledger::Result<std::unique_ptr<ledger::FrozenFiles>> {
        return ledger::Error{ledger::Errc::unavailable, "store.io", {}, "a write\nhas failed"};
      },
      {});
  const auto held = hold_served(data_.string());
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().rule, "store.io");
  EXPECT_EQ(held.error().detail, "a write has failed");
}

TEST(ControlProtocol, ReadsWhatItWritesAndNothingElse) {
  const std::string text = format_frozen(sample_files);
  EXPECT_TRUE(is_whole_answer(text));
  EXPECT_FALSE(is_whole_answer(std::string_view(text).substr(0, text.size() - 1)));
  EXPECT_EQ(*parse_frozen(text), sample_files);
  for (const char* bad :
       {"", "frozen", "frozen 1\n", "frozen 1\n1 - - ../x\n", "frozen 1\n1 - - a\nmore\n",
        "frozen 1\n01 - - a\n", "frozen 1\n3 - YWI a\n", "frozen 1\n1 - - \n", "released\n",
        "error \n", "frozen 999999999\n"}) {
    EXPECT_FALSE(parse_frozen(bad)) << bad;
  }
}

}  // namespace
}  // namespace nguon::server
