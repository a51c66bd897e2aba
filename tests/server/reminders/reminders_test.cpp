// What runs out, when an office is told, who is told, and that a digest leaves once a day, is tried
// again when it was not taken, and is neither lost nor sent twice over a restart.
#include "ledger/entry/jws.hpp"
#include "ledger/trace/opened.hpp"
#include "server/reminders/reminder_desk.hpp"
#include "tests/server/office/office.hpp"
#include "tests/support/files.hpp"

#include <gtest/gtest.h>

#include <set>

namespace nguon::server {
namespace {

namespace json = boost::json;
using tests::Office;

TEST(ReminderNotices, At180And90And30DaysAndAMonthAfterTheEnd) {
  EXPECT_EQ(notice_at(181), std::nullopt);
  EXPECT_EQ(notice_at(180), 180);
  EXPECT_EQ(notice_at(91), 180);
  EXPECT_EQ(notice_at(90), 90);
  EXPECT_EQ(notice_at(31), 90);
  EXPECT_EQ(notice_at(30), 30);
  EXPECT_EQ(notice_at(0), 30) << "the last day is inside";
  EXPECT_EQ(notice_at(-1), 0);
  EXPECT_EQ(notice_at(-30), 0);
  EXPECT_EQ(notice_at(-31), std::nullopt);
}

TEST(ReminderTargets, AnAddressForAllOrForOneOrganisation) {
  const std::string org = tests::some_subject("org");
  EXPECT_EQ(parse_target(Channel::mail, "vp@htx.example"),
            (Target{Channel::mail, "vp@htx.example", ""}));
  EXPECT_EQ(parse_target(Channel::webhook, org + " https://htx.example/h"),
            (Target{Channel::webhook, "https://htx.example/h", org}));
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a@b\r\nBcc: x@y", "<a@b>", "x a@b"}) {
    EXPECT_EQ(parse_target(Channel::mail, bad), std::nullopt) << bad;
  }
  for (const char* bad : {"ftp://x", "https://u@h", "https://h\n", "htx.example"}) {
    EXPECT_EQ(parse_target(Channel::webhook, bad), std::nullopt) << bad;
  }
}

TEST(ReminderMail, IsPlainAsciiWithItsWordsInBase64) {
  const Letter letter{"ID", "Nhắc hạn", std::string(100, 'x') + "ữ", {}};
  const auto mail = mail_message("so@nguon.example", "vp@htx.example", letter, 1'790'000'000'000);
  EXPECT_NE(mail.find("Subject: =?UTF-8?B?Tmjhuq9jIGjhuqFu?=\r\n"), std::string::npos);
  EXPECT_NE(mail.find("Date: Mon, 21 Sep 2026 21:13:20 +0700\r\n"), std::string::npos);
  EXPECT_NE(mail.find("Message-ID: <ID@nguon.example>\r\n"), std::string::npos);
  std::size_t line = 0;
  for (const char c : mail) {
    ASSERT_TRUE(c == '\r' || c == '\n' || (c >= ' ' && c < 0x7f));
    line = c == '\n' ? 0 : line + 1;
    ASSERT_LE(line, 78U);
  }
}

/// Two offices with something that ends, and a post that keeps what it is given.
class Reminders : public testing::Test, protected Office {
 protected:
  Reminders() {
    said("certificate.add/1", "clerk", "certificate",
         certificate(small.coop, "VG-952-1", "2026-10-20"));
    said("certificate.add/1", "other clerk", "certificate",
         certificate(other, "VG-952-2", "2026-12-01"));
    open();
  }
  static json::object certificate(const std::string& org, std::string_view number,
                                  std::string_view until) {
    return {{"kind", "vietgap"}, {"number", number},     {"issuer", "Tổ chức mẫu"},
            {"holder", org},     {"from", "2025-01-01"}, {"until", until}};
  }
  void open() {
    ReminderWays ways;
    ways.targets = targets;
    ways.carry = [this](const Target& target, const Letter& letter) -> ledger::Result<void> {
      ++tried;
      if (failing) return ledger::Error{ledger::Errc::unavailable, "reminders.mail", {}, {}};
      carried.push_back({target.address, letter});
      return {};
    };
    desk.reset();
    desk = ReminderDesk::open(small.directory / "reminders.notebook", *small.log,
                              ledger::state_scan(*small.store), small.people.bundle(), small.clock,
                              std::move(ways))
               .value();
  }
  json::object inbox(std::string_view who) { return desk->inbox(viewer(who)).value(); }
  std::vector<std::string> numbers(std::string_view who) {
    std::vector<std::string> found;
    const auto told = inbox(who);
    for (const auto& one : told.at("reminders").as_array()) {
      found.emplace_back(one.at("vi").as_string());
    }
    return found;
  }
  std::size_t send() { return desk->send().value(); }
  /// On 2026-09-<day> at that time in Vietnam.
  void at(int day, int hour, int minute = 0) {
    // 2026-09-21 00:00 in Vietnam.
    small.clock.now =
        1'789'923'600'000 + (day - 21) * 86'400'000LL + hour * 3'600'000LL + minute * 60'000LL;
  }

  std::vector<Target> targets{{Channel::mail, "lm@lienminh.example", ""},
                              {Channel::webhook, "https://htx.example/h", small.coop}};
  bool failing = false;
  int tried = 0;
  std::vector<std::pair<std::string, Letter>> carried;
  std::unique_ptr<ReminderDesk> desk;
};

TEST_F(Reminders, AnOfficeIsToldOfItsOwnAndTheRegistrarOfAll) {
  at(21, 8);
  EXPECT_EQ(numbers("clerk"),
            std::vector<std::string>{
                "VietGAP số VG-952-1 — HTX mẫu: hết hạn ngày 20/10/2026, còn 29 ngày"});
  EXPECT_EQ(numbers("registrar").size(), 2U);
  EXPECT_EQ(numbers("group clerk").size(), 0U);
  EXPECT_EQ(numbers("member").size(), 0U);
  EXPECT_EQ(inbox("clerk").at("text").as_string(),
            "Nhắc hạn (chứng nhận, mã số, OCOP, ủy quyền):\n"
            "• VietGAP số VG-952-1 — HTX mẫu: hết hạn ngày 20/10/2026, còn 29 ngày\n");
}

TEST_F(Reminders, CodesDecisionsAndDelegationsEndToo) {
  said("site.add/1", "clerk", "site",
       {{"org", small.coop},
        {"kind", "plot"},
        {"name", "Vườn mẫu"},
        {"commune", {{"code", "04132"}, {"vintage", "2026-09-25"}}},
        {"codes", json::array{json::object{{"scheme", "planting_area_export"},
                                           {"code", "VN-SLOR-0001"},
                                           {"issuer", "Cục mẫu"},
                                           {"status", "active"},
                                           {"until", "2026-11-30"}},
                              json::object{{"scheme", "planting_area_export"},
                                           {"code", "VN-SLOR-0002"},
                                           {"issuer", "Cục mẫu"},
                                           {"status", "revoked"},
                                           {"until", "2026-11-30"}}}}});
  said("ocop.decision/1", "registrar", "ocop",
       {{"products", json::array{small.product}},
        {"holder", small.coop},
        {"stars", 4},
        {"number", "12/QĐ-UBND"},
        {"council", "UBND tỉnh mẫu"},
        {"issued", "2023-10-01"}});
  const auto history = *small.log->history(small.coop, 0, 100);
  const auto head = ledger::trace::open_leaf(*small.log->leaf(history.back()))->logged.id;
  small.add(small.people.make("org.delegate/1")
                .by("director")
                .continues(small.coop, head)
                .data(json::serialize(json::object{
                    {"to", other}, {"roles", json::array{"packer"}}, {"until", "2026-09-30"}}))
                .sign());
  at(21, 8);
  EXPECT_EQ(numbers("clerk"),
            (std::vector<std::string>{
                "Ủy quyền cho HTX bên cạnh — HTX mẫu: hết hạn ngày 30/09/2026, còn 9 ngày",
                "OCOP 4 sao số 12/QĐ-UBND — HTX mẫu: hết hạn ngày 01/10/2026, còn 10 ngày",
                "VietGAP số VG-952-1 — HTX mẫu: hết hạn ngày 20/10/2026, còn 29 ngày",
                "Mã số vùng trồng xuất khẩu số VN-SLOR-0001 — HTX mẫu: hết hạn ngày 30/11/2026, "
                "còn 70 ngày"}));
  EXPECT_EQ(numbers("other clerk").size(), 2U) << "both sides of a delegation are told";
}

TEST_F(Reminders, WhatIsReadIsReadForThatReaderAlsoAfterARestart) {
  at(21, 8);
  const auto id = inbox("clerk").at("reminders").at(0).at("id");
  const auto read = [&](std::string_view by, const json::object& payload) {
    return desk->mark_read(
        ledger::make_jws(small.people.key(by), reminders_read_typ, json::serialize(payload)));
  };
  const json::object one{{"aud", small.log->deployment_id()}, {"read", json::array{id}}};
  EXPECT_EQ(read("clerk", one)->at("unread"), 0U);
  EXPECT_EQ(read("other clerk", one)->at("unread"), 1U) << "not his to see";
  open();
  EXPECT_EQ(inbox("clerk").at("unread"), 0U);
  EXPECT_EQ(inbox("registrar").at("unread"), 2U);
  EXPECT_EQ(read("a stranger", one).error().rule, "reminders.signer");
  EXPECT_EQ(read("clerk", {{"aud", "x"}, {"read", json::array{}}}).error().field, "/aud");
  EXPECT_EQ(read("clerk", {{"aud", small.log->deployment_id()}, {"read", 1}}).error().field,
            "/read");
}

TEST_F(Reminders, ADigestLeavesOnceADayFromItsHourOnWithWhatIsNew) {
  at(21, 6, 59);
  EXPECT_EQ(send(), 0U);
  at(21, 7);
  EXPECT_EQ(send(), 2U);
  EXPECT_EQ(carried.at(0).first, "lm@lienminh.example");
  EXPECT_EQ(carried.at(0).second.subject, "Nhắc hạn: 2 mục sắp hết hạn");
  EXPECT_EQ(carried.at(1).first, "https://htx.example/h");
  const auto hook = json::parse(carried.at(1).second.json).as_object();
  ASSERT_EQ(hook.at("reminders").as_array().size(), 1U);
  EXPECT_EQ(hook.at("reminders").at(0).at("until").as_string(), "2026-10-20");
  said("certificate.add/1", "clerk", "certificate",
       certificate(small.coop, "VG-952-3", "2026-10-01"));
  at(21, 20);
  EXPECT_EQ(send(), 0U) << "not twice a day";
  at(22, 7);
  EXPECT_EQ(send(), 2U);
  EXPECT_NE(carried.back().second.text.find("VG-952-3"), std::string::npos);
  EXPECT_EQ(carried.back().second.text.find("VG-952-1"), std::string::npos) << "had before";
  at(23, 7);
  EXPECT_EQ(send(), 0U) << "nothing is new";
}

TEST_F(Reminders, WhatIsNotTakenIsTriedAgainEverLaterAndThenNotAgain) {
  targets.resize(1);
  open();
  failing = true;
  at(21, 7);
  send();
  EXPECT_EQ(tried, 1);
  at(21, 7, 0);
  small.clock.now += 59'000;
  send();
  EXPECT_EQ(tried, 1);
  at(21, 7, 1);
  send();
  EXPECT_EQ(tried, 2);
  at(21, 7, 2);
  send();
  EXPECT_EQ(tried, 2) << "two minutes the second time";
  at(21, 7, 3);
  failing = false;
  EXPECT_EQ(send(), 1U);
  at(22, 7);
  EXPECT_EQ(send(), 0U);
}

TEST_F(Reminders, ARestartNeitherLosesNorRepeatsWhatWasNoted) {
  targets.resize(1);
  open();
  at(21, 7);
  EXPECT_EQ(send(), 1U);
  const auto first = carried.back().second.id;
  open();
  EXPECT_EQ(send(), 0U);
  at(22, 7);
  EXPECT_EQ(send(), 0U);
  // Killed after it left and before it was noted: once more, and known by its id.
  const std::string file = small.directory / "reminders.notebook";
  desk.reset();
  tests::write_file(file, tests::read_file(file).substr(0, 20));
  open();
  EXPECT_EQ(send(), 1U);
  EXPECT_EQ(carried.back().second.id, first);
  EXPECT_EQ(tests::read_file(file).find("lienminh"), std::string::npos) << "no address on the disk";
}

TEST_F(Reminders, AHouseholdIsNotNamedInWhatLeaves) {
  const auto home = organisation("Hộ bà Lường Thị Mẫu", small.coop);
  said("certificate.add/1", "registrar", "certificate",
       certificate(home, "VG-952-9", "2026-09-30"));
  at(21, 7);
  send();
  for (const auto& [to, letter] : carried) {
    EXPECT_EQ(letter.text.find("Lường"), std::string::npos);
    EXPECT_EQ(letter.json.find("Lường"), std::string::npos);
  }
  EXPECT_NE(carried.at(0).second.text.find("VG-952-9 — hộ …" + home.substr(home.size() - 6)),
            std::string::npos);
}

}  // namespace
}  // namespace nguon::server
