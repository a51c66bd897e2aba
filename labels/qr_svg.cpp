#include "labels/qr.hpp"

#include <charconv>

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

/// Writes path commands into room that was reserved for the worst case: appending to a string
/// number by number costs more than encoding a symbol leaves.
class PathPen {
 public:
  explicit PathPen(int size)
      : room_(
            static_cast<std::size_t>(size) * (static_cast<std::size_t>(size) / 2 + 1) * longest_run,
            '\0'),
        at_(room_.data()) {}

  void number(char command, int value) {
    *at_++ = command;
    at_ = std::to_chars(at_, at_ + 3, value).ptr;
  }
  std::string_view text() const {
    return {room_.data(), static_cast<std::size_t>(at_ - room_.data())};
  }

 private:
  static constexpr std::size_t longest_run = 12;  // M181 181h177 or m177 0h177
  std::string room_;
  char* at_;
};

}  // namespace

std::string qr_svg(const QrModules& modules, std::string_view title) {
  // A line of width 1 through the middle of a row, from module edge to module edge, covers whole
  // modules; the translation by half a unit keeps every coordinate an integer.
  PathPen pen(modules.size);
  for (int y = 0; y < modules.size; ++y) {
    int drawn_to = -1;
    for (int x = 0; x < modules.size;) {
      if (!modules.at(x, y)) {
        ++x;
        continue;
      }
      const int from = x;
      while (x < modules.size && modules.at(x, y)) ++x;
      if (drawn_to < 0) {
        pen.number('M', from + quiet_zone);
        pen.number(' ', y + quiet_zone);
      } else {
        pen.number('m', from - drawn_to);
        pen.number(' ', 0);
      }
      pen.number('h', x - from);
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
