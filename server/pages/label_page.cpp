#include "server/pages/label_page.hpp"

#include "server/pages/parts.hpp"
#include "server/signals/note.hpp"

#include <algorithm>

namespace nguon::server {
namespace {

// Inks of the marks (stencil.hpp): controls are on no page, since Html writes them as blanks.
constexpr char serial_ink = '\x01', grouped_ink = '\x02', count_ink = '\x03';

/// As long as `like`, with its hyphens.
std::string mark_like(std::string_view like, char ink) {
  std::string mark(like);
  std::ranges::replace_if(mark, [](char c) { return c != '-'; }, ink);
  return mark;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

/// Holes where the serial stands, and where `count_mark` does.
std::optional<Stencil> cut_out(std::string html, std::string_view serial,
                               std::string_view count_mark) {
  const std::string grouped = serial_in_groups(serial);
  const std::string serial_mark = mark_like(serial, serial_ink);
  const std::string grouped_mark = mark_like(grouped, grouped_ink);
  replace_all(html, grouped, grouped_mark);
  replace_all(html, serial, serial_mark);
  const std::string_view marks[] = {serial_mark, grouped_mark, count_mark};
  return Stencil::cut(html, marks);
}

std::string fill_in(const Stencil& stencil, std::string_view serial, std::string_view count,
                   bool gzip) {
  const std::string grouped = serial_in_groups(serial);
  const std::string_view values[] = {serial, grouped, count};
  return gzip ? stencil.gzip(values) : stencil.plain(values);
}

}  // namespace

std::shared_ptr<const LabelPage> LabelPage::cut(const std::string& html, std::string serial,
                                                Lang lang) {
  auto silent = cut_out(html, serial, std::string_view(&count_ink, 1));
  if (!silent) return nullptr;
  return std::shared_ptr<const LabelPage>(
      new LabelPage(std::move(*silent), std::move(serial), lang));
}

const Stencil* LabelPage::noted(bool amber) const {
  Cut& cut = noted_[amber ? 1 : 0];
  std::call_once(cut.once, [&] {
    const std::string count_mark(count_width(lang_), count_ink);
    const std::string html = fill_in(silent_, serial_, {}, false);
    cut.stencil =
        cut_out(with_signals(html, amber, count_mark, serial_, lang_), serial_, count_mark);
  });
  return cut.stencil ? &*cut.stencil : nullptr;
}

std::string LabelPage::fill(std::string_view serial, const SignalView* seen, bool gzip) const {
  if (seen != nullptr && seen->scans > 0) {
    const Stencil* const stencil = noted(seen->alarm != Alarm::none);
    // Without memory to cut it the page goes without the note.
    if (stencil != nullptr) return fill_in(*stencil, serial, count_text(*seen, lang_), gzip);
  }
  return fill_in(silent_, serial, {}, gzip);
}

}  // namespace nguon::server
