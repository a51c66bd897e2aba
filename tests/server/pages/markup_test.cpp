#include "server/pages/markup.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

std::string shown(std::string_view value) {
  Html html;
  html << esc(value);
  return html.take();
}

TEST(Markup, TextIsEscapedForElementsAndAttributes) {
  EXPECT_EQ(shown(R"(<script>alert("x")</script>)"),
            "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
  EXPECT_EQ(shown("Ea H'Leo & Ea Súp"), "Ea H&#39;Leo &amp; Ea Súp");
}

TEST(Markup, LiteralsAreWrittenAsTheyStand) {
  Html html;
  html << "<b>" << esc("a<b") << "</b>";
  EXPECT_EQ(html.take(), "<b>a&lt;b</b>");
}

TEST(Markup, ControlsBecomeBlanks) {
  EXPECT_EQ(shown(std::string_view("a\0b\nc\x7f", 6)), "a b c ");
}

TEST(Markup, CharactersThatTurnTextAroundAreDropped) {
  EXPECT_EQ(shown("a\u202Eb\u202Ac\u2066d\u2069e"), "abcde");
  // Neighbours of those ranges stay: a dash, a thin space.
  EXPECT_EQ(shown("a\u2013b\u2029c\u202Fd\u2065e"), "a\u2013b\u2029c\u202Fd\u2065e");
}

TEST(Link, SegmentsCannotLeaveTheirPlace) {
  EXPECT_EQ(Link::path({"api", "batches", "../x?y#z\"", "bundle"}).view(),
            "/api/batches/..%2Fx%3Fy%23z%22/bundle");
  EXPECT_EQ(Link::path({}).view(), "/");
}

TEST(Link, SamePageKeepsThePathAndNamesTheLanguage) {
  EXPECT_EQ(Link::same_page("/Q/0PDNST6BT16Y0S", "en").view(), "/Q/0PDNST6BT16Y0S?lang=en");
  EXPECT_EQ(Link::same_page("/", "vi").view(), "/?lang=vi");
  EXPECT_EQ(Link::same_page("/Q/javascript:alert(1)", "en").view(),
            "/Q/javascript%3Aalert%281%29?lang=en");
}

TEST(Link, TheCheckIsToldItsBatchBehindTheHash) {
  EXPECT_EQ(Link::check("batch:7Q\"<x", "en").view(), "/app/kiem-tra?lang=en#batch%3A7Q%22%3Cx");
}

TEST(Link, MailAndMessageEncodeEverything) {
  EXPECT_EQ(Link::mail("so@nguon.example", "Báo & hỏi").view(),
            "mailto:so@nguon.example?subject=B%C3%A1o%20%26%20h%E1%BB%8Fi");
  EXPECT_EQ(Link::sms("https://X/Q/1").view(), "sms:?body=https%3A%2F%2FX%2FQ%2F1");
}

}  // namespace
}  // namespace nguon::server
