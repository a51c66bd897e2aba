// A page cut for one label is, for every other one, what would have been rendered for that one.
#include "server/pages/label_page.hpp"

#include "labels/serial.hpp"
#include "server/signals/note.hpp"
#include "tests/server/pages/sample_view.hpp"
#include "tests/server/support/unpacked.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace nguon::server {
namespace {

const std::string first_serial = "0PDNST6BT16Y0S";
constexpr Verdict verdicts[] = {Verdict::valid,  Verdict::not_applied, Verdict::voided,
                                Verdict::lost,   Verdict::returned,    Verdict::recalled,
                                Verdict::altered};

/// With the check symbol that fits.
std::string checked(std::string serial) {
  for (const char symbol : std::string("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
    serial.back() = symbol;
    if (labels::read_serial(serial)) return serial;
  }
  return {};
}
const std::string other_serial = checked("1ZZZZZZZZZZZZ?");

std::string page_for(Verdict verdict, const std::string& serial, Lang lang,
                     const std::string& before = "/Q/") {
  ScanView view = sample_scan();
  view.serial = serial;
  view.verdict = verdict;
  if (verdict == Verdict::recalled) {
    view.recall = RecallNotice{"2026-11-20", "HTX mẫu", "Đừng ăn.", "", "return"};
  }
  const std::string path = before + serial;
  return scan_page(view, {demo_site(), lang, path, "https://TXNG.EXAMPLE" + path, sample_now_ms})
      .html;
}

SignalView scanned(std::uint32_t scans, Alarm alarm = Alarm::none, bool placed = false) {
  SignalView view;
  view.scans = scans;
  view.sessions = scans / 2 + 1;
  view.first_day = 20'700;
  view.alarm = alarm;
  view.placed = placed;
  return view;
}

TEST(LabelPage, IsForEachLabelWhatWouldHaveBeenRenderedForIt) {
  for (const Lang lang : {Lang::vi, Lang::en}) {
    for (const Verdict verdict : verdicts) {
      for (const char* before : {"/Q/", "/01/09521234543213/10/L-2026A/21/"}) {
        const auto page =
            LabelPage::of(page_for(verdict, first_serial, lang, before), first_serial, lang);
        ASSERT_TRUE(page);
        for (const std::string& serial : {first_serial, other_serial}) {
          const std::string own = page_for(verdict, serial, lang, before);
          EXPECT_EQ(page->fill(serial, nullptr, false), own);
          EXPECT_EQ(unpacked(page->fill(serial, nullptr, true)), own);
          const SignalView never = scanned(0);
          EXPECT_EQ(page->fill(serial, &never, false), own) << "nothing counted, nothing said";
        }
      }
    }
  }
}

TEST(LabelPage, SaysWhatWasCountedOfThisLabel) {
  for (const Lang lang : {Lang::vi, Lang::en}) {
    const auto page =
        LabelPage::of(page_for(Verdict::valid, first_serial, lang), first_serial, lang);
    ASSERT_TRUE(page);
    for (const SignalView& view :
         {scanned(1), scanned(4711, Alarm::none, true), scanned(12, Alarm::apart),
          scanned(std::numeric_limits<std::uint32_t>::max(), Alarm::sold, true)}) {
      const std::string own =
          with_signals(page_for(Verdict::valid, other_serial, lang), view.alarm != Alarm::none,
                       count_text(view, lang), other_serial, lang);
      EXPECT_EQ(page->fill(other_serial, &view, false), own);
      EXPECT_EQ(unpacked(page->fill(other_serial, &view, true)), own);
      EXPECT_NE(own.find("href=\"/R/" + other_serial + "/place\""), own.npos);
      EXPECT_EQ(own.find("!--n--"), own.npos);
      EXPECT_EQ(own.find("\x03"), own.npos);
    }
  }
}

TEST(LabelPage, IsNotMadeOfWhatCannotBeCut) {
  const std::string fits = "<p>" + first_serial + "</p>";
  ASSERT_TRUE(LabelPage::of(fits, first_serial, Lang::vi));
  for (const char ink : {'\x01', '\x02', '\x03'}) {
    EXPECT_FALSE(LabelPage::of(fits + ink, first_serial, Lang::vi));
  }
  EXPECT_FALSE(LabelPage::of(fits + std::string(1U << 19U, ' '), first_serial, Lang::vi));
}

TEST(LabelPage, BlanksThatFillTheWidthAreInsideATag) {
  for (const Lang lang : {Lang::vi, Lang::en}) {
    for (const bool placed : {false, true}) {
      const std::string words = count_text(scanned(3, Alarm::none, placed), lang);
      EXPECT_EQ(words.size(), count_width(lang));
      const auto end = words.find('>');
      ASSERT_NE(end, words.npos);
      EXPECT_EQ(words.find_first_not_of(' '), end);
      EXPECT_EQ(words.find("  ", end), words.npos);
    }
  }
}

}  // namespace
}  // namespace nguon::server
