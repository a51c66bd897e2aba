// The witness protocol as the tests of torchwood's litewitness speak it: requests, in order, with
// the status and the words each must be answered with.

#include "ledger/base/base64url.hpp"
#include "ledger/keys/sha256.hpp"
#include "tests/server/support/witness_service.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/vectors/vectors.hpp"

#include <gtest/gtest.h>

#include <iostream>

namespace nguon::server {
namespace {

/// One request of the file with what is asserted of its answer.
struct Case {
  std::string body;
  int status = 0;
  std::string contains;
  std::string equals;
};

std::string between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + before.size();
  return std::string(text.substr(begin, text.find(after, begin) - begin));
}

std::vector<Case> cases_of(const std::string& file) {
  constexpr std::string_view start = "POST http://localhost:7380/add-checkpoint\n";
  std::vector<Case> cases;
  for (std::size_t at = file.find(start); at != std::string::npos;) {
    const std::size_t next = file.find(start, at + 1);
    const std::string_view one = std::string_view(file).substr(at, next - at);
    Case& made = cases.emplace_back();
    made.body = between(one, "```\n", "```\n");
    made.status = std::stoi(between(one, "\nHTTP ", "\n"));
    made.contains = between(one, "body contains \"", "\"");
    made.equals = between(one, "body == \"", "\\n\"");
    at = next;
  }
  return cases;
}

struct StillClock final : ledger::Clock {
  std::int64_t now_ms() const override { return 1'789'000'000'000; }
};

class LiteWitness : public testing::Test {
 protected:
  std::unique_ptr<ledger::Witness> open() {
    const auto key = ledger::PrivateKey::from_seed(ledger::Alg::eddsa, std::string(32, 'w'));
    auto name = ledger::NoteVerifier::make_witness("example.com/witness", key.public_key());
    // As `witnessctl add-sigsum-log` does: the log is named after the hash of its key.
    const auto octets =
        ledger::hex_decode(between(file, "add-sigsum-log -key=", "\n")).value_or("");
    const auto log_key = ledger::PublicKey::from_ed25519(octets);
    EXPECT_TRUE(log_key);
    const std::string origin =
        "sigsum.org/v1/tree/" + ledger::hex_encode(ledger::sha256(octets).view());
    auto log = ledger::NoteVerifier::make(origin, *log_key);
    auto witness = ledger::Witness::open(
        folder.string(), *name, ledger::PrivateKey::from_pem(key.to_pem()).value(), {*log}, clock);
    EXPECT_TRUE(witness);
    return std::move(*witness);
  }

  const std::string file =
      ledger::vectors::read(ledger::vectors::tlog_file("witness_litewitness.txtar"));
  tests::TempDir folder;
  StillClock clock;
};

TEST_F(LiteWitness, EveryRequestGetsItsStatusAndWords) {
  const auto witness = open();
  WitnessService service(*witness, clock);
  std::size_t as_stated = 0;
  std::size_t unknown_logs = 0;
  for (const Case& one : cases_of(file)) {
    SCOPED_TRACE(one.body);
    const RawResponse answer = service.post(one.body);
    if (one.contains == "unknown log") {
      // litewitness says 403; C2SP tlog-witness, which we follow, "MUST respond with a 404".
      EXPECT_EQ(one.status, 403);
      EXPECT_EQ(answer.status, 404);
      ++unknown_logs;
    } else {
      EXPECT_EQ(answer.status, one.status);
      ++as_stated;
    }
    EXPECT_NE(answer.body.find(one.contains), std::string::npos) << answer.body;
    if (!one.equals.empty()) {
      EXPECT_EQ(answer.body, one.equals + "\n");
      EXPECT_EQ(answer.field("Content-Type"), "text/x.tlog.size");
    }
  }
  EXPECT_GT(as_stated, 0U);
  EXPECT_LE(unknown_logs, 1U);
  std::cout << "note: witness_litewitness: " << as_stated << " requests answered as stated, "
            << unknown_logs << " for an unknown log with C2SP's 404 where litewitness says 403\n";
}

TEST_F(LiteWitness, WhatTheLogReachedIsKeptForTheNextProcess) {
  {
    const auto witness = open();
    for (const Case& one : cases_of(file)) witness->add(one.body);
  }
  // The file ends: witnessctl list-logs, stdout "size":5
  EXPECT_EQ(open()->watched().at(0).last->size, std::stoull(between(file, "\"size\":", "\n")));
}

}  // namespace
}  // namespace nguon::server
