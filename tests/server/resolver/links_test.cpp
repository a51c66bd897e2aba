// The file of links: what is taken, what is refused and where, and how it gets onto the disk.
#include "server/resolver/item_path.hpp"
#include "server/resolver/json_line.hpp"
#include "server/resolver/link_book.hpp"
#include "server/resolver/link_file.hpp"
#include "server/resolver/link_table.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

namespace nguon::server {
namespace {

constexpr const char* whole = R"json({
 "resolverRoot": "https://id.coop-a.example",
 "entries": [
  {"anchor": "/01/09521234001010",
   "itemDescription": "Chanh leo (dữ liệu mẫu)",
   "links": [
    {"linkType": "gs1:defaultLink", "href": "https://web.example/p", "title": "Trang"},
    {"linkType": "https://ref.gs1.org/voc/pip", "href": "https://web.example/p?l=vi", "title": "Trang",
     "type": "text/html", "hreflang": ["vi", "en-GB"], "context": ["vn"], "fwqs": false}
   ]},
  {"anchor": "/coop-a/class/chanh-leo", "itemDescription": "Chanh leo", "sameAs": "/01/09521234001010"}
 ]
})json";

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

TEST(LinkTable, HoldsWhatTheFileSays) {
  const auto table = LinkTable::parse(whole);
  ASSERT_TRUE(table) << table.error().detail;
  EXPECT_EQ(table->root(), "https://id.coop-a.example");
  EXPECT_EQ(table->size(), 2U);
  const LinkItem* item = table->find("/01/09521234001010");
  ASSERT_NE(item, nullptr);
  ASSERT_EQ(item->links.size(), 2U);
  EXPECT_EQ(item->links[0].type, default_link);
  const ItemLink pip{"https://gs1.org/voc/pip", "https://web.example/p?l=vi", "Trang", "text/html",
                     {"vi", "en-GB"}, {"vn"}, false};
  EXPECT_EQ(item->links[1], pip);
  ASSERT_NE(table->find("/coop-a/class/chanh-leo"), nullptr);
  EXPECT_EQ(table->find("/coop-a/class/chanh-leo")->same_as, "/01/09521234001010");
  EXPECT_EQ(table->find("/01/09521234001881"), nullptr);
}

TEST(LinkTable, SaysWhereAFileIsWrong) {
  struct Case {
    const char* what;
    const char* instead;
    const char* field;
    std::size_t line;
  };
  const Case cases[] = {
      {"\"entries\": [", "\"entries\": {", "", 4},
      {"\"title\": \"Trang\"},", "\"title\": \"Trang\",},", "", 7},
      {"https://id.coop-a.example", "https://id.coop-a.example/", "/resolverRoot", 2},
      {"https://id.coop-a.example", "http://id.coop-a.example", "/resolverRoot", 2},
      {"/01/09521234001010\",\n", "/01/09521234001011\",\n", "/entries/0/anchor", 4},
      {"/01/09521234001010\",\n", "/gtin/09521234001010\",\n", "/entries/0/anchor", 4},
      {"/01/09521234001010\",\n", "/01/09521234001010?17=301231\",\n", "/entries/0/anchor", 4},
      {"/01/09521234001010\",\n", "/01/02000000000008\",\n", "/entries/0/anchor", 4},
      {"gs1:defaultLink", "gs1:pip", "/entries/0/links", 6},
      {"https://ref.gs1.org/voc/pip", "gs1:defaultLink", "/entries/0/links/1", 8},
      {"https://ref.gs1.org/voc/pip", "linkset", "/entries/0/links/1/linkType", 8},
      {"https://web.example/p\"", "javascript:alert(1)\"", "/entries/0/links/0/href", 7},
      {"https://web.example/p\"", "https://web.example/p\\nX: 1\"", "/entries/0/links/0/href", 7},
      {"https://web.example/p\"", "https://user@web.example/\"", "/entries/0/links/0/href", 7},
      {"https://web.example/p\"", "https://ID.coop-a.example/01/09521234001010/21/A?x\"",
       "/entries/0/links/0/href", 7},
      {"https://web.example/p\"", "https://id.coop-a.example/coop-b/class/cam\"",
       "/entries/0/links/0/href", 7},
      {"\"title\": \"Trang\"},", "\"title\": \"\"},", "/entries/0/links/0/title", 7},
      {", \"title\": \"Trang\"},", "},", "/entries/0/links/0", 7},
      {"\"title\": \"Trang\"},", "\"title\": \"Trang\", \"colour\": 1},", "/entries/0/links/0/colour",
       7},
      {"text/html", "text html", "/entries/0/links/1/type", 9},
      {"\"en-GB\"", "\"und\"", "/entries/0/links/1/hreflang/1", 9},
      {"[\"vn\"]", "\"vn\"", "/entries/0/links/1/context", 9},
      {"false}", "0}", "/entries/0/links/1/fwqs", 9},
      {"/coop-a/class/chanh-leo", "/01/09521234001010", "/entries/1/sameAs", 11},
      {"/coop-a/class/chanh-leo", "/coop-a/class/lot", "/entries/1/anchor", 11},
      {"\"sameAs\": \"/01/09521234001010\"", "\"sameAs\": \"/coop-a/loc/kho\"", "/entries/1/sameAs", 11},
      {", \"sameAs\": \"/01/09521234001010\"", "", "/entries/1", 11},
  };
  for (const Case& wrong : cases) {
    const auto table = LinkTable::parse(with(whole, wrong.what, wrong.instead));
    ASSERT_FALSE(table) << wrong.what << " -> " << wrong.instead;
    EXPECT_EQ(table.error().rule, "links.file");
    EXPECT_EQ(table.error().field, wrong.field) << wrong.instead << ": " << table.error().detail;
    EXPECT_TRUE(table.error().detail.starts_with("line " + std::to_string(wrong.line) + ":"))
        << wrong.instead << ": " << table.error().detail;
  }
}

TEST(LinkTable, RefusesOneAnchorTwice) {
  const auto table = LinkTable::parse(
      with(whole, "{\"anchor\": \"/coop-a/class/chanh-leo\"",
           R"({"anchor": "/01/09521234001010/", "itemDescription": "x",
           "links": [{"linkType": "gs1:defaultLink", "href": "https://a.example/", "title": "x"}]},
  {"anchor": "/coop-a/class/chanh-leo")"));
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().field, "/entries/1/anchor");
}

TEST(LinkTable, RefusesTooMuch) {
  EXPECT_FALSE(LinkTable::parse(std::string(LinkTable::max_octets + 1, ' ')));
  EXPECT_FALSE(LinkTable::parse(std::string(20, '[') + std::string(20, ']')));
  EXPECT_FALSE(LinkTable::parse(""));
}

TEST(JsonLine, FindsMembersPastWhateverStandsBefore) {
  constexpr const char* text = "{\"a\":\"} ,]\\\"\",\n\"b\":[1,{\"c\":[]},\n{\"c\":{\"d\":\n2}}]}";
  EXPECT_EQ(json_line(text, ""), 1U);
  EXPECT_EQ(json_line(text, "/b"), 2U);
  EXPECT_EQ(json_line(text, "/b/1/c"), 2U);
  EXPECT_EQ(json_line(text, "/b/2"), 3U);
  EXPECT_EQ(json_line(text, "/b/2/c/d"), 4U);
  EXPECT_EQ(json_line(text, "/b/2/none"), 3U) << "what is around it";
  EXPECT_EQ(json_line("", "/a"), 1U);
}

TEST(OwnNames, HaveLevelsInEitherLetterCase) {
  using Levels = std::optional<ItemLevels>;
  EXPECT_EQ(own_levels("/COOP-A/CLASS/CHANH-LEO/BATCH/l26a"),
            Levels({"/coop-a/class/chanh-leo/batch/L26A", "/coop-a/class/chanh-leo"}));
  EXPECT_EQ(own_levels("/coop-a/class/chanh-leo/"), Levels({"/coop-a/class/chanh-leo"}));
  EXPECT_EQ(own_levels("/coop-a/obj/bo/VN26A"), Levels({"/coop-a/obj/bo/VN26A"}));
  EXPECT_EQ(own_levels("/coop-a/loc/kho-mot"), Levels({"/coop-a/loc/kho-mot"}));
}

TEST(OwnNames, AreNeverTakenForGs1Keys) {
  for (const char* path :
       {"/coop-a/class/01", "/coop-a/class/lot", "/GTIN/class/cam", "/coop-a/class/cam/lot/L26A",
        "/coop-a/class/cam/batch/2026", "/coop-a/class/cam/batch/L-2026", "/farm-1/class/cam",
        "/coop-a/obj/bo", "/coop-a/obj/bo/704", "/coop-a/loc/kho/x", "/coop-a/class/c%61m",
        "/coop-a/class/-cam", "/coop-a/thing/cam", "/coop-a/class/", "/", ""}) {
    EXPECT_FALSE(own_levels(path)) << path;
  }
}

TEST(Gs1Names, GoUpToTheirKeyInOneSpelling) {
  EXPECT_EQ(gs1_levels("/01/09521234001010/10/L%2f1/21/a%2D1?17=301231").value(),
            ItemLevels({"/01/09521234001010/10/L%2F1/21/a-1", "/01/09521234001010/10/L%2F1",
                        "/01/09521234001010"}));
  EXPECT_FALSE(gs1_levels("/01/09521234001010/21/9/10/L26A"));
  EXPECT_TRUE(is_restricted("/01/02000000000008"));
  EXPECT_TRUE(is_restricted("/414/2000000000008"));
  EXPECT_FALSE(is_restricted("/01/09521234001010"));
}

class LinkFiles : public testing::Test {
 protected:
  tests::TempDir folder;
  const std::string path = folder / "links.json";
};

TEST_F(LinkFiles, AreReplacedWholeAndLeaveNothingBeside) {
  EXPECT_FALSE(read_links(path).value());
  ASSERT_TRUE(write_links(path, "first"));
  ASSERT_TRUE(write_links(path, "2"));
  EXPECT_EQ(read_links(path).value(), "2");
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST_F(LinkFiles, HalfOfOneIsWrittenOver) {
  ASSERT_TRUE(write_links(path, "first"));
  std::ofstream(path + ".part") << "a longer half of another";
  EXPECT_EQ(read_links(path).value(), "first");
  ASSERT_TRUE(write_links(path, "2"));
  EXPECT_EQ(read_links(path).value(), "2");
}

TEST_F(LinkFiles, ThatCannotBeWrittenLeaveTheOldOne) {
  ASSERT_TRUE(write_links(path, "first"));
  std::filesystem::create_directory(path + ".part");
  const auto written = write_links(path, "2");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().rule, "file.write");
  EXPECT_EQ(read_links(path).value(), "first");
}

TEST_F(LinkFiles, AreFollowedAndADamagedOneChangesNothing) {
  LinkBook book;
  ASSERT_TRUE(write_links(path, whole));
  {
    const LinkKeeper keeper(book, path);
    EXPECT_EQ(book.table()->size(), 2U) << "at once";
    const auto taken = book.table();
    ASSERT_TRUE(write_links(path, R"({"entries":[]})"));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (book.table()->size() != 0 && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_EQ(book.table()->size(), 0U);
    EXPECT_EQ(taken->size(), 2U) << "who has one goes on with it";
  }
  ASSERT_TRUE(write_links(path, whole));
  {
    const LinkKeeper again(book, path);
    EXPECT_EQ(book.table()->size(), 2U);
  }
  std::ofstream(path) << "{";
  const LinkKeeper broken(book, path);
  EXPECT_EQ(book.table()->size(), 2U);
}

}  // namespace
}  // namespace nguon::server
