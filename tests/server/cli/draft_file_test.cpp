#include "server/cli/draft_file.hpp"

#include "schemas/bundle.hpp"
#include "server/cli/exit_code.hpp"
#include "server/cli/front.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace nguon::server {
namespace {

TEST(DraftFile, EverySchemaHasASkeletonThatReadsBack) {
  for (const auto& [name, type] : schemas::Bundle::built_in().types()) {
    const auto typed = parse_draft(draft_skeleton(type), 1'789'000'000);
    ASSERT_TRUE(typed) << name << ": " << typed.error().rule << typed.error().field;
    EXPECT_EQ(typed->type, name);
    EXPECT_EQ(typed->draft.iat, 1'789'000'000);
    EXPECT_EQ(typed->draft.prev.has_value(), type.subject().mode == schemas::SubjectMode::continues)
        << name;
    EXPECT_EQ(typed->draft.from.empty(), !type.from()) << name;
  }
}

TEST(DraftFile, ReadsEveryClaimAPersonMayGive) {
  const auto typed = parse_draft(R"({"type":"batch.pack/1","sub":"batch","iat":5,"for":"person:1",
    "from":[{"sub":"batch:1","head":"h","qty":{"amount":"1.5","unit":"kg"}}],"data":{"lot":"A"}})",
                                 9);
  ASSERT_TRUE(typed) << typed.error().field;
  EXPECT_EQ(typed->draft.iat, 5);
  EXPECT_EQ(typed->draft.on_behalf_of, "person:1");
  ASSERT_EQ(typed->draft.from.size(), 1U);
  EXPECT_EQ(typed->draft.from[0].amount, "1.5");
  EXPECT_EQ(typed->draft.data.at("lot").as_string(), "A");
}

TEST(DraftFile, NamesTheMemberThatIsWrong) {
  const auto field_of = [](std::string_view text) {
    const auto typed = parse_draft(text, 0);
    return typed ? std::string("read") : typed.error().field;
  };
  EXPECT_EQ(field_of(R"({"sub":"batch","data":{}})"), "/type");
  EXPECT_EQ(field_of(R"({"type":"a/1","data":{}})"), "/sub");
  EXPECT_EQ(field_of(R"({"type":"a/1","sub":"batch"})"), "/data");
  EXPECT_EQ(field_of(R"({"type":"a/1","sub":"batch","data":{},"date":"x"})"), "/date");
  EXPECT_EQ(field_of(R"({"type":"a/1","sub":"batch","data":{},"iat":-1})"), "/iat");
  EXPECT_EQ(field_of(R"({"type":"a/1","sub":"b","data":{},"from":[{"sub":"x","head":"y"}]})"),
            "/from/0/qty");
  EXPECT_EQ(parse_draft(R"({"type":"a/1","type":"b/1"})", 0).error().rule, "json.duplicate-key");
}

TEST(ExitCode, FollowsTheDocumentedClasses) {
  const auto code = [](const char* rule, ledger::Errc errc = ledger::Errc::unavailable) {
    return exit_code_of({errc, rule, {}, {}});
  };
  EXPECT_EQ(code("start.behind-anchor"), ExitCode::refused_to_start);
  EXPECT_EQ(code("config.unknown-key", ledger::Errc::invalid), ExitCode::refused_to_start);
  EXPECT_EQ(code("file.mode"), ExitCode::refused_to_start);
  EXPECT_EQ(code("store.corrupt", ledger::Errc::corrupt), ExitCode::storage);
  EXPECT_EQ(code("file.write"), ExitCode::storage);
  EXPECT_EQ(code("client.connect"), ExitCode::network);
  EXPECT_EQ(code("http.listen"), ExitCode::network);
  EXPECT_EQ(code("client.refused", ledger::Errc::invalid), ExitCode::check_failed);
  EXPECT_EQ(code("recover.root-differs", ledger::Errc::corrupt), ExitCode::check_failed);
  EXPECT_EQ(code("draft.member", ledger::Errc::invalid), ExitCode::usage);
  EXPECT_EQ(code("role.relation", ledger::Errc::forbidden), ExitCode::check_failed);
}

TEST(ParseListen, TakesAddressAndPort) {
  EXPECT_EQ(parse_listen("127.0.0.1:0")->address, "127.0.0.1");
  EXPECT_EQ(parse_listen("[::1]:8443")->address, "::1");
  EXPECT_EQ(parse_listen("[::1]:8443")->port, 8443);
  for (const char* bad :
       {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:80x"}) {
    EXPECT_FALSE(parse_listen(bad)) << bad;
  }
}

}  // namespace
}  // namespace nguon::server
