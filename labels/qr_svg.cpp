#include "labels/qr.hpp"

#include <cstdint>

namespace nguon::labels {
namespace {

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// Writes path commands into room reserved for the worst case: a page with a symbol should cost
/// hardly more than the symbol, and growing a string number by number costs a tenth of it.
class PathPen {
 public:
  explicit PathPen(std::size_t size) : room_(size * (size / 2 + 1) * longest_run, '\0') {}

  void command(char c) { *at_++ = c; }
  /// 0..999: the largest symbol is 177 modules a side.
  void number(std::size_t value) {
    if (value >= 100) command(static_cast<char>('0' + value / 100));
    if (value >= 10) command(static_cast<char>('0' + value / 10 % 10));
    command(static_cast<char>('0' + value % 10));
  }
  std::string_view text() const {
    return {room_.data(), static_cast<std::size_t>(at_ - room_.data())};
  }

 private:
  static constexpr std::size_t longest_run = 12;  // M181 181h177
  std::string room_;
  char* at_ = room_.data();
};

}  // namespace

std::string qr_svg(const QrModules& modules, std::string_view title) {
  // A line of width 1 through the middle of a row, from module edge to module edge, covers whole
  // modules; the translation by half a unit keeps every coordinate an integer.
  const auto size = static_cast<std::size_t>(modules.size);
  PathPen pen(size);
  const std::uint8_t* row = modules.dark.data();
  for (std::size_t y = 0; y < size; ++y, row += size) {
    std::size_t drawn_to = 0;
    for (std::size_t x = 0; x < size; ++x) {
      if (row[x] == 0) continue;
      const std::size_t from = x;
      while (x < size && row[x] != 0) ++x;
      pen.command(drawn_to == 0 ? 'M' : 'm');
      pen.number(drawn_to == 0 ? from + quiet_zone : from - drawn_to);
      pen.command(' ');
      pen.number(drawn_to == 0 ? y + quiet_zone : 0);
      pen.command('h');
      pen.number(x - from);
      drawn_to = x;
    }
  }
  const std::string side = std::to_string(modules.size + 2 * quiet_zone);
  std::string svg = R"(<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 )";
  svg.reserve(400 + title.size() + pen.text().size());
  svg += side + " " + side + R"(" shape-rendering="crispEdges"><title>)" + escape(title);
  svg += R"(</title><path fill="#fff" d="M0 0h)" + side + "v" + side + "H0z\"/>";
  svg += "<path stroke=\"#000\" transform=\"translate(0 .5)\" d=\"";
  svg += pen.text();
  svg += "\"/></svg>";
  return svg;
}

}  // namespace nguon::labels
