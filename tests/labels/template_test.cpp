#include "labels/template.hpp"

#include <gtest/gtest.h>

namespace nguon::labels {
namespace {

constexpr std::string_view small_layout = R"(name = "mini"
vi = "Tem nhỏ"
en = "Small label"
[medium]
kind = "roll"
width = 30000
height = 20000
safe = 1000
[code]
links = ["serial"]
levels = ["M"]
x = 1000
y = 1000
size = 17000
[[number]]
part = "all"
x = 18500
y = 1000
width = 10000
height = 3000
size = 60
[[block]]
x = 18500
y = 5000
width = 10000
height = 10000
[[block.line]]
field = "host"
size = 60
)";

std::string with(std::string_view from, std::string_view to) {
  std::string out(small_layout);
  const auto at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

TEST(Template, AllBuiltInAreReadAndHaveTheirNames) {
  std::vector<std::string> names;
  for (const auto& layout : templates()) names.push_back(layout.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"roll-50x30", "roll-30x20", "roll-70x50", "roll-100x150",
                                      "a4-65", "a4-24", "ear-tag", "carton"}));
  EXPECT_EQ(find_template("carton")->name, "carton");
  EXPECT_EQ(find_template("none"), nullptr);
}

TEST(Template, SheetsHaveTheirRowsAndColumns) {
  const auto& many = *find_template("a4-65");
  EXPECT_EQ(many.sheet->rows * many.sheet->columns, 65);
  EXPECT_EQ(many.width, 38'100);
  EXPECT_EQ(many.height, 21'200);
  const auto& few = *find_template("a4-24");
  EXPECT_EQ(few.sheet->rows * few.sheet->columns, 24);
  EXPECT_EQ(few.width, 70'000);
  EXPECT_EQ(few.height, 37'000);
}

TEST(Template, ReadsWhatIsWritten) {
  const auto layout = read_template(small_layout).value();
  EXPECT_EQ(layout.name, "mini");
  EXPECT_EQ(layout.vi, "Tem nhỏ");
  EXPECT_EQ(layout.code.room, (Room{1000, 1000, 17000, 17000}));
  EXPECT_EQ(layout.numbers.at(0).room, (Room{18500, 1000, 10000, 3000}));
  EXPECT_EQ(layout.blocks.at(0).lines.at(0).field, TextField::host);
  EXPECT_EQ(layout.blocks.at(0).lines.at(0).lines, 1);
  EXPECT_FALSE(layout.sheet);
  EXPECT_FALSE(layout.linear);
}

struct Wrong {
  const char* from;
  const char* to;
  int line;
};

TEST(Template, RefusesWithTheLineItStandsOn) {
  for (const auto& [from, to, line] : {
           Wrong{"en = \"Small label\"", "en = \"Small label\"\ncolour = \"red\"", 4},  // unknown
           Wrong{"safe = 1000", "safe = 1000\nrows = 3", 9},  // a roll has no rows
           Wrong{"levels = [\"M\"]", "levels = [\"X\"]", 11},
           Wrong{"levels = [\"M\"]", "levels = [\"M\", \"M\"]", 11},
           Wrong{"levels = [\"M\"]", "levels = []", 11},
           Wrong{"links = [\"serial\"]", "links = [\"note\"]", 10},
           Wrong{"width = 30000", "width = 30000.0", 6},
           Wrong{"width = 30000", "width = \"30 mm\"", 6},
           Wrong{"width = 30000", "width = 9999", 6},
           Wrong{"width = 30000", "width = 300001", 6},
           Wrong{"name = \"mini\"", "name = \"Mini\"", 1},
           Wrong{"name = \"mini\"", "name = \"mini\"\nname = \"mini\"", 2},  // doubled
           Wrong{"part = \"all\"", "part = \"last\"", 15},           // a serial has no last digits
           Wrong{"x = 18500\ny = 1000", "x = 17500\ny = 1000", 15},  // overlaps the code
           Wrong{"width = 10000\nheight = 10000", "width = 10600\nheight = 10000", 22},  // not safe
           Wrong{"field = \"host\"\nsize = 60", "field = \"host\"\nsize = 59", 29},  // under 6 pt
           Wrong{"field = \"host\"", "field = \"price\"", 28},
           Wrong{"[code]", "[linear]\nx = 0\ny = 0\nwidth = 1\nheight = 1\n[code]", 9},
           Wrong{"kind = \"roll\"", "kind = \"sheet\"", 4},  // its page is missing
           Wrong{"vi = \"Tem nhỏ\"", "vi = \"Tem\\u0000nhỏ\"", 2},
           Wrong{"vi = \"Tem nhỏ\"", "vi = \"\xff\"", 2},
       }) {
    const auto layout = read_template(with(from, to));
    ASSERT_FALSE(layout) << to;
    EXPECT_EQ(layout.error().line, line) << to << ": " << layout.error().reason;
    EXPECT_FALSE(layout.error().reason.empty());
  }
}

TEST(Template, RefusesWhatIsMissing) {
  for (const auto* line :
       {"name = \"mini\"\n", "vi = \"Tem nhỏ\"\n", "safe = 1000\n", "levels = [\"M\"]\n",
        "size = 17000\n", "part = \"all\"\n", "field = \"host\"\n"}) {
    EXPECT_FALSE(read_template(with(line, ""))) << line;
  }
  EXPECT_FALSE(read_template(""));
  EXPECT_FALSE(read_template("\xff\xfe"));
}

TEST(Template, RefusesAPageItsLabelsRunOver) {
  const std::string sheet =
      "kind = \"sheet\"\npage_width = 210000\npage_height = 297000\nrows = 14\ncolumns = 7\n"
      "left = 0\ntop = 0\npitch_x = 30000\npitch_y = 20000";
  EXPECT_TRUE(read_template(with("kind = \"roll\"", sheet)));
  auto wide = sheet;
  wide.replace(wide.find("left = 0"), 8, "left = 1");
  const auto refused = read_template(with("kind = \"roll\"", wide));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "the labels run over the page");
}

TEST(Template, HasALimitOfSixteenKilobytes) {
  const std::string room(16 * 1024 - small_layout.size() - 2, 'x');
  EXPECT_TRUE(read_template(std::string(small_layout) + "#" + room + "\n"));
  EXPECT_FALSE(read_template(std::string(small_layout) + "#x" + room + "\n"));
}

}  // namespace
}  // namespace nguon::labels
