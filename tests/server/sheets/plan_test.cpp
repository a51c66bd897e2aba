#include "server/console/texts.hpp"
#include "tests/server/sheets/table.hpp"

namespace nguon::tests {
namespace {

using server::Column;

TEST(ImportColumns, HeadingsHoweverSpelled) {
  using enum Column;
  for (const auto& [heading, column] : std::vector<std::pair<std::string_view, Column>>{
           {"Họ và tên", name},
           {"HỌ TÊN CHỦ HỘ", name},
           {"ho ten", name},
           {"Tên thành viên HTX", name},
           {"Xã viên", name},
           {"Full name", name},
           {"SĐT", phone},
           {"Số điện thoại", phone},
           {"Di động", phone},
           {"Địa chỉ", address},
           {"Xã/Phường", commune},
           {"Xã", commune},
           {"Thôn, bản", hamlet},
           {"Bản", hamlet},
           {"Huyện (cũ)", district},
           {"Tỉnh", province},
           {"Diện tích (ha)", area},
           {"DT (m²)", area},
           {"Ngày gia nhập", joined},
           {"Ngày vào HTX", joined},
           {"Loại thành viên", kind},
           {"Tên vườn", plot},
           {"Diện tích vườn", area},
           {"Địa chỉ thửa đất", address},
           {"Cây trồng", crop},
           {"Giống cây trồng", variety},
           {"Năm trồng", planted},
           {"Số CCCD", left},
           {"Ngày sinh", left},
           {"Mã số vùng trồng", code},
           {"Mã vùng trồng (PUC)", code},
           {"Nơi cấp mã", issuer},
           {"Vùng trồng", left},
           {"Nơi cấp", left},
           {"Mã số đóng gói", code},
           {"Ghi chú", left},
           {"STT", number},
           {"Thôn/bản, xã", address},
       }) {
    EXPECT_EQ(server::column_headed(heading), column) << heading;
  }
}

TEST(ImportTable, IsFoundBelowTitlesAndUnderTwoRowsOfHeadings) {
  Table table("HTX NÔNG NGHIỆP MẪU");
  table.row("DANH SÁCH THÀNH VIÊN NĂM 2026").row("");
  table.row("STT | Họ và tên | Địa chỉ | < | Diện tích");
  table.row("^ | ^ | Bản | Xã | ^");
  table.row("(1) | (2) | (3) | (4) | (5)");
  table.row("1 | Lò Thị Mẫu | Bản Mòn | Chiềng Mung | 1,5 ha");
  const auto plan = table.plan();
  EXPECT_EQ(plan.table.header, 5U);
  ASSERT_EQ(plan.members.size(), 1U);
  EXPECT_EQ(
      table.member(0),
      R"({"kind":"member","name":"Lò Thị Mẫu","place":{"commune":{"code":"04123","vintage":"2026-09-25"},"hamlet":"Bản Mòn"}})");
  EXPECT_EQ(table.plot(0), R"({"area":{"amount":"1.5","unit":"ha"},"name":"Vườn 001"})");
}

TEST(ImportTable, AnAddressIsNoSecondRowOfHeadings) {
  Table table("Họ tên | Thôn | Xã | Huyện | Tỉnh");
  table.row("Lò Thị Mẫu | Bản Mòn | xã Cò Nòi | huyện Mai Sơn | tỉnh Sơn La");
  EXPECT_EQ(table.plan().table.header, 1U);
  EXPECT_EQ(table.plan().members.size(), 1U);
}

TEST(ImportTable, APersonMaySayWhereItIs) {
  Table table("Người | Số");
  table.row("Lò Thị Mẫu | 0912345678");
  EXPECT_EQ(table.doubts(), "header.none@  -> leave\n");
  EXPECT_TRUE(table.plan().members.empty());
  table.choices.header = 1;
  table.choices.columns = {Column::name, Column::phone};
  EXPECT_EQ(table.member(0), R"({"kind":"member","name":"Lò Thị Mẫu","phone":"0912345678"})");
}

TEST(ImportTable, OfSeveralSheetsTheLongestUntilToldOtherwise) {
  Table table("Họ tên");
  table.row("Lò Thị Một");
  table.book.sheets.push_back({"Hai", table.sheet().rows});
  table.row("Lò Thị Hai");
  EXPECT_EQ(table.plan().sheet, 1U);
  table.choices.sheet = 0;
  EXPECT_EQ(table.plan().members.size(), 1U);
}

TEST(ImportRows, FurtherPlotsStandBelowAMergedOrMissingName) {
  Table table("Họ tên | Diện tích (ha)");
  table.row("Lò Thị Mẫu | 1,5").row("^ | 0,5").row(" | 0,25").row("Vì Văn Mẫu | 2");
  const auto plan = table.plan();
  ASSERT_EQ(plan.members.size(), 2U);
  ASSERT_EQ(plan.plots.size(), 4U);
  EXPECT_EQ(plan.plots[2].of, 0U);
  EXPECT_EQ(plan.plots[3].of, 1U);
  EXPECT_EQ(table.doubts(), "row.continues@4  -> Lò Thị Mẫu/leave\n")
      << "nobody asks about what Excel merged";
}

TEST(ImportRows, TitlesSumsAndSignaturesAreNamedAndLeftOut) {
  Table table("Họ tên | Điện thoại | Diện tích (ha)");
  table.row("Bản Mòn | < | <");
  table.row("Lò Thị Mẫu | 0912345678 | 1");
  table.row(" | 0987654321 | ");
  table.row("Tổng cộng | | 1");
  table.row(" | | Sơn La, ngày 5 tháng 3 năm 2026");
  table.row("Người lập bảng | | Giám đốc");
  table.row("Vì Văn Ký | | ");
  const auto plan = table.plan();
  EXPECT_EQ(std::ranges::count_if(plan.members,
                                  [](const auto& member) { return !member.said.contains("take"); }),
            1);
  EXPECT_EQ(table.doubts(),
            "row.heading@2 Bản Mòn -> leave/Bản Mòn\n"
            "row.nameless@4 0987654321 -> leave\n"
            "row.footer@5 Tổng cộng · 1 -> leave/Tổng cộng\n"
            "row.footer@6 Sơn La, ngày 5 tháng 3 năm 2026 -> leave\n"
            "row.footer@7 Người lập bảng · Giám đốc -> leave/Người lập bảng\n"
            "row.footer@8 Vì Văn Ký -> leave/Vì Văn Ký\n");
}

TEST(ImportNames, WhatIsOddIsAskedWithAProposal) {
  Table table("Họ tên");
  for (const auto* name : {"LÒ THỊ MẪU", "Ông Vì Văn Mẫu", "Hộ bà Lò Thị Ba", "Hồ Thị Bốn",
                           "Lò Văn Một và Vì Thị Hai", "Sùng A Páo2", "Mẫu"}) {
    table.row(name);
  }
  EXPECT_EQ(table.doubts(),
            "name.capitals@2 LÒ THỊ MẪU -> Lò Thị Mẫu/LÒ THỊ MẪU/leave\n"
            "name.title@3 Ông Vì Văn Mẫu -> Vì Văn Mẫu/Ông Vì Văn Mẫu/leave\n"
            "name.title@4 Hộ bà Lò Thị Ba -> Lò Thị Ba/Hộ bà Lò Thị Ba/leave\n"
            "name.two@6 Lò Văn Một và Vì Thị Hai -> Lò Văn Một/Vì Thị Hai/Lò Văn Một và Vì Thị "
            "Hai/leave\n"
            "name.odd@7 Sùng A Páo2 -> Sùng A Páo/Sùng A Páo2/leave\n"
            "name.odd@8 Mẫu -> Mẫu/leave\n");
  EXPECT_EQ(table.member(0), R"({"kind":"member","name":"Lò Thị Mẫu"})") << "the proposal holds";
}

TEST(ImportPhones, EveryFormOfOneNumber) {
  Table table("Họ tên | Điện thoại");
  for (const auto* phone : {"0912 345.678", "+84 912 345 679", "(0212) 3850 123", "#912345670",
                            "01662345678", "0912345671/0987654321", "không có", "0912-345-672"}) {
    table.row(
        "Lò Thị " +
        std::string(1, static_cast<char>('A' + static_cast<char>(table.sheet().rows.size()))) +
        "n | " + phone);
  }
  const auto plan = table.plan();
  EXPECT_EQ(plan.members[0].said.at("phone").as_string(), "0912345678");
  EXPECT_EQ(plan.members[1].said.at("phone").as_string(), "0912345679");
  EXPECT_EQ(plan.members[2].said.at("phone").as_string(), "02123850123");
  EXPECT_EQ(plan.members[7].said.at("phone").as_string(), "0912345672");
  EXPECT_FALSE(plan.members[6].said.contains("phone"));
  EXPECT_EQ(table.doubts(),
            "phone.zero@5 912345670 -> 0912345670/without\n"
            "phone.old@6 01662345678 -> 0362345678/without\n"
            "phone.two@7 0912345671/0987654321 -> 0912345671/0987654321/without\n"
            "phone.bad@8 không có -> without\n");
}

TEST(ImportTwins, OnePersonTwiceTwoOfOneNameAndSharedNumbers) {
  Table table("Họ tên | Điện thoại | Xã | Diện tích (ha)");
  table.row("Lò Thị Hoà | 0912345678 | Chiềng Mung | 1");
  table.row(
      "Lò Thị Hòa | 0912345678 | Chiềng Mung | 2");  // The same but for where the tone stands.
  table.row("Vì Văn Mẫu | 0912345678 | Chiềng Mung | 1");  // Another with her number.
  table.row("Lò Thị Hoà | 0987654321 | Chiềng Sung | 1");  // Another of her name.
  table.row("Lò Thị Hoá | 0977654321 | Chiềng Mung | 1");  // Another name.
  EXPECT_EQ(table.doubts(),
            "person.twin@3 Lò Thị Hòa -> Lò Thị Hoà (2)/other-person\n"
            "phone.shared@4 0912345678 -> keep/without/Lò Thị Hoà (2)\n");
  EXPECT_EQ(table.plan().members[1].said.at("into").to_number<int>(), 0);
}

TEST(ImportTwins, WhoIsInTheDirectoryIsNotAddedAgain) {
  Table table("Họ tên | Điện thoại");
  table.known.members = {{"person:1", "Lò Thị Mẫu", "0912345678"}, {"person:2", "Vì Văn Thủy", ""}};
  table.row("Lò Thị Mâu | 0912345678")
      .row("Vì Văn Thuỷ | 0977777777")
      .row("Cà Văn Mới | 0912345678");
  EXPECT_EQ(table.doubts(),
            "person.known@2 Lò Thị Mâu -> Lò Thị Mẫu/other-person/leave\n"
            "person.known@3 Vì Văn Thuỷ -> Vì Văn Thủy/other-person/leave\n"
            "phone.known@4 0912345678 -> keep/Lò Thị Mẫu/without\n");
  EXPECT_EQ(table.plan().members[0].said.at("known").as_string(), "person:1");
}

TEST(ImportPlaces, OldAddressesAreMappedAndSplitOnesAsk) {
  Table table("Họ tên | Địa chỉ");
  table.row("Lò Văn Một | Bản Mòn, xã Cò Nòi, huyện Mai Sơn, tỉnh Sơn La");
  table.row("Lò Văn Hai | Bản Mòn xã Cò Nòi huyện Mai Sơn");
  table.row("Lò Văn Ba | TT. Hát Lót, H. Mai Sơn, Sơn La");
  table.row("Lò Văn Bốn | Bản Đồi - Chiềng Mung - Mai Sơn - Sơn La");
  table.row("Lò Văn Năm | xã Không Đâu Cả, huyện Mai Sơn");
  const auto plan = table.plan();
  const auto code = [&](std::size_t at) {
    return plan.members[at].said.at("place").at("commune").at("code").as_string();
  };
  EXPECT_EQ(code(0), "04105");
  EXPECT_EQ(code(1), "04105");
  EXPECT_EQ(code(2), "04105");
  EXPECT_EQ(code(3), "04123");
  EXPECT_EQ(plan.members[0].said.at("place").at("hamlet").as_string(), "Bản Mòn");
  EXPECT_EQ(plan.members[3].said.at("place").at("hamlet").as_string(), "Bản Đồi");
  const std::string doubts = table.doubts();
  EXPECT_NE(
      doubts.find(
          "place.old@2 xã Cò Nòi, huyện Mai Sơn, tỉnh Sơn La -> Xã Mai Sơn, Tỉnh Sơn La/without\n"),
      std::string::npos)
      << doubts;
  EXPECT_NE(doubts.find("place.unknown@6"), std::string::npos) << doubts;
}

TEST(ImportPlaces, OneDoubtForAllRowsWithTheSameOldAddress) {
  Table table("Họ tên | Xã | Huyện");
  table.row("Lò Văn Một | Cò Nòi | Mai Sơn")
      .row("Lò Văn Hai | Cò Nòi | Mai Sơn")
      .row("Lò Văn Ba | Cò Nòi | Mai Sơn");
  EXPECT_EQ(table.doubts(), "place.old@2,3,4 Cò Nòi, Mai Sơn -> Xã Mai Sơn, Tỉnh Sơn La/without\n");
  EXPECT_EQ(table.plan().members[2].said.at("place").at("commune").at("code").as_string(), "04105");
}

TEST(ImportAreas, PointsCommasAndUnits) {
  Table table("Họ tên | Diện tích (m2)");
  for (const auto* area : {"1.200", "12,5 ha", "1.200,5", "#1250.5", "3 sào", "2 công", "1,2", "0",
                           "khoảng 500 m2", "500+300"}) {
    table.row(
        "Lò Văn " +
        std::string(1, static_cast<char>('A' + static_cast<char>(table.sheet().rows.size()))) +
        "n | " + area);
  }
  const auto amount = [&](std::size_t at) {
    return boost::json::serialize(table.plan().plots[at].said.at("area"));
  };
  EXPECT_EQ(amount(0), R"({"amount":"1200","unit":"m2"})");
  EXPECT_EQ(amount(1), R"({"amount":"12.5","unit":"ha"})");
  EXPECT_EQ(amount(2), R"({"amount":"1200.5","unit":"m2"})");
  EXPECT_EQ(amount(3), R"({"amount":"1250.5","unit":"m2"})");
  EXPECT_EQ(amount(4), R"({"amount":"1080","unit":"m2"})");
  EXPECT_EQ(amount(5), R"({"amount":"2000","unit":"m2"})");
  EXPECT_EQ(amount(6), R"({"amount":"1.2","unit":"ha"})");
  EXPECT_EQ(table.doubts(),
            "area.unit@ sào -> sao_north/sao_centre\n"
            "area.point@2 1.200 -> 1200 m²/1,2 m²/without\n"
            "area.odd@8 1,2 -> 1,2 ha/1,2 m²/without\n"
            "area.unreadable@9 0 -> without\n"
            "area.unreadable@11 500+300 -> without\n");
  table.choices.sao = server::AreaUnit::sao_centre;
  EXPECT_EQ(amount(4), R"({"amount":"1500","unit":"m2"})");
  table.choices.sao.reset();
  table.known.commune = "19363";
  EXPECT_EQ(amount(4), R"({"amount":"1500","unit":"m2"})") << "the centre's sào is 500 m²";
}

TEST(ImportAreas, AUnitThatNobodySaidIsAsked) {
  Table table("Họ tên | Diện tích");
  table.row("Lò Văn An | 1,5").row("Lò Văn Ba | 0,75").row("Lò Văn Ca | 1.200");
  EXPECT_EQ(table.doubts(),
            "area.unit@ Diện tích -> ha/m2/sao_north/sao_centre/cong\n"
            "area.point@4 1.200 -> 1,2 ha/1200 ha/without\n");
  table.choices.unit = server::AreaUnit::cong;
  EXPECT_EQ(
      table.plot(0),
      R"({"area":{"amount":"1500","unit":"m2"},"name":"Vườn 001","commune":{"code":"04132","vintage":"2026-09-25"}})");
  Table metres("Họ tên | Diện tích");
  metres.row("Lò Văn An | 1500").row("Lò Văn Ba | 750").row("Lò Văn Ca | 1.200");
  EXPECT_EQ(
      metres.plot(2),
      R"({"area":{"amount":"1200","unit":"m2"},"name":"Vườn 003","commune":{"code":"04132","vintage":"2026-09-25"}})");
}

TEST(ImportDates, DayBeforeMonthAndWhatIsNoDay) {
  Table table("Họ tên | Ngày vào");
  for (const auto* day : {"12/3/2019", "2019-03-12", "5.4.2020", "3/25/2019", "12/3/19", "2019",
                          "3/2019", "31/2/2019", "1/1/2031"}) {
    table.row(
        "Lò Văn " +
        std::string(1, static_cast<char>('A' + static_cast<char>(table.sheet().rows.size()))) +
        "n | " + day);
  }
  const auto plan = table.plan();
  EXPECT_EQ(plan.members[0].said.at("joined").as_string(), "2019-03-12");
  EXPECT_EQ(plan.members[1].said.at("joined").as_string(), "2019-03-12");
  EXPECT_EQ(plan.members[2].said.at("joined").as_string(), "2020-04-05");
  EXPECT_EQ(table.doubts(),
            "date.unclear@5 3/25/2019 -> 2019-03-25/without\n"
            "date.unclear@6 12/3/19 -> 2019-03-12/without\n"
            "date.unclear@7 2019 -> without/2019-01-01\n"
            "date.unclear@8 3/2019 -> without/2019-03-01\n"
            "date.unclear@9 31/2/2019 -> without\n"
            "date.unclear@10 1/1/2031 -> without\n");
}

TEST(ImportPlots, CropsYearsKindsAndNamesThatWouldBePublic) {
  Table table("Họ tên | Loại hộ | Tên vườn | Cây trồng | Giống | Năm trồng");
  table.row("Lò Văn An | Hộ liên kết | Đồi Mẫu | Cà phê chè | Catimor | 2018");
  table.row("Lò Văn Ba | khác | Vườn nhà Lò Văn Ba | Thanh long | | hồi xưa");
  const auto plan = table.plan();
  EXPECT_EQ(
      table.plot(0),
      R"({"name":"Đồi Mẫu","crop":"coffee","variety":"catimor","planted":2018,"commune":{"code":"04132","vintage":"2026-09-25"}})");
  EXPECT_EQ(plan.members[0].said.at("kind").as_string(), "linked");
  EXPECT_EQ(table.doubts(),
            "crop.unknown@3 Thanh long -> without\n"
            "kind.unknown@3 khác -> member/linked/worker\n"
            "planted.unclear@3 hồi xưa -> without\n"
            "plot.private@3 Vườn nhà Lò Văn Ba -> Vườn 001/Vườn nhà Lò Văn Ba\n");
}

TEST(ImportColumns, AnIssuerIsOneBesideACodeAndOfNothingElse) {
  using enum Column;
  const auto columns = [](std::string_view headings) {
    return Table(headings).row("Lò Văn An").plan().table.columns;
  };
  EXPECT_EQ(columns("Họ tên | Mã vùng trồng | Nơi cấp"), (std::vector{name, code, issuer}));
  EXPECT_EQ(columns("Họ tên | Số CCCD | Nơi cấp | Mã vùng trồng"),
            (std::vector{name, left, left, code}));
  EXPECT_EQ(columns("Họ tên | Nơi cấp mã"), (std::vector{name, left}));
}

TEST(ImportPlots, NewNamesGoOnBehindThoseThereAre) {
  Table table("Họ tên | Diện tích (ha)");
  table.known.sites = {"Vườn 017", "vườn 3", "Đồi 99"};
  table.row("Lò Văn An | 1");
  EXPECT_EQ(table.plan().plots[0].said.at("name").as_string(), "Vườn 018");
}

TEST(ImportPlan, EveryDoubtAndAnswerHasItsSentences) {
  const auto& sentences = server::console_texts(server::Lang::vi).all();
  for (const auto kind : server::doubt_kinds) {
    for (const std::string_view part : {"import.doubt.", "import.why."})
      EXPECT_TRUE(sentences.contains(std::string(part) + std::string(kind))) << part << kind;
  }
  for (const auto name : server::answer_names)
    EXPECT_TRUE(sentences.contains("import.answer." + std::string(name))) << name;
  for (const auto name : server::column_names)
    EXPECT_TRUE(sentences.contains("import.is." + std::string(name))) << name;
}

TEST(ImportPlan, EveryDoubtAndAnswerIsOneThatHasASentence) {
  Table table("Họ tên | Điện thoại | Diện tích | Ghi chú");
  table.row("LÒ VĂN AN | 912345678 | 3 sào | x").row("Tổng cộng | | 1.200 |");
  for (const auto& doubt : table.plan().doubts) {
    EXPECT_NE(std::ranges::find(server::doubt_kinds, doubt.kind), server::doubt_kinds.end())
        << doubt.kind;
    ASSERT_FALSE(doubt.answers.empty());
    for (const auto& answer : doubt.answers) {
      EXPECT_NE(std::ranges::find(server::answer_names, answer.name), server::answer_names.end())
          << answer.name;
    }
  }
}

}  // namespace
}  // namespace nguon::tests
