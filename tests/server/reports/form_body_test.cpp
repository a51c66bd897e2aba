#include "server/reports/form_body.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nguon::server {
namespace {

const std::string type = "multipart/form-data; boundary=----Bien7";

std::string part(const std::string& name, const std::string& content,
                 const std::string& more = {}) {
  return "------Bien7\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" +
         content + "\r\n";
}
const std::string end = "------Bien7--\r\n";

TEST(FormBody, ReadsWhatBrowsersSend) {
  const std::string body =
      part("kind", "label") + part("text", "dòng 1\r\n------Bien\r\ndòng 2") +
      part("photo", std::string("\xff\xd8\0\r\n\xff\xd9", 7),
           "; filename=\"ten rieng.jpg\"\r\nContent-Type: image/jpeg") +
      part("empty", "") + end;
  const auto form = read_form(type, body);
  ASSERT_TRUE(form) << form.error().detail;
  ASSERT_EQ(form->size(), 4U);
  EXPECT_EQ(field_of(*form, "kind"), "label");
  EXPECT_EQ(field_of(*form, "text"), "dòng 1\r\n------Bien\r\ndòng 2");
  EXPECT_EQ(field_of(*form, "photo"), std::string_view("\xff\xd8\0\r\n\xff\xd9", 7));
  EXPECT_TRUE((*form)[2].file);
  EXPECT_FALSE((*form)[0].file);
  EXPECT_EQ(field_of(*form, "none"), "");
  EXPECT_TRUE(read_form("multipart/form-data; boundary=\"----Bien7\"", part("a", "b") + end));
  EXPECT_TRUE(read_form("Multipart/Form-Data;boundary=----Bien7", end.substr(0, end.size() - 2)));
}

TEST(FormBody, RefusesEverythingElse) {
  const std::string good = part("kind", "label");
  for (const char* other :
       {"", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=a b", "multipart/form-data; boundary=x; charset=utf-8",
        "multipart/mixed; boundary=----Bien7"}) {
    EXPECT_FALSE(read_form(other, good + end)) << other;
  }
  const std::string wrong[] = {
      "",
      good,
      "preamble\r\n" + good + end,
      good + end + "more",
      good + "------Bien7-",
      "------Bien7\r\n\r\nno head\r\n" + end,
      "------Bien7\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n" + end,
      "------Bien7\r\nContent-Disposition: form-data\r\n\r\nb\r\n" + end,
      "------Bien7\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nb\r\n" + end,
      "------Bien7\r\nContent-Disposition: form-data; name=\"a\"\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\nYg==\r\n" + end,
      part(std::string(33, 'n'), "b") + end,
      "------Bien7\r\n" + std::string(2000, 'x') + "\r\n\r\nb\r\n" + end,
  };
  for (const std::string& body : wrong) {
    const auto form = read_form(type, body);
    ASSERT_FALSE(form) << body;
    EXPECT_EQ(form.error().rule, "report.form");
  }
  std::string many;
  for (std::size_t i = 0; i < max_form_parts; ++i) many += part("a", "b");
  EXPECT_TRUE(read_form(type, many + end));
  EXPECT_FALSE(read_form(type, many + part("a", "b") + end));
}

}  // namespace
}  // namespace nguon::server
