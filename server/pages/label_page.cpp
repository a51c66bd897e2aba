#include "server/pages/label_page.hpp"

#include "server/pages/parts.hpp"
#include "server/signals/note.hpp"

#include <algorithm>
#include <cstddef>
#include <new>

namespace nguon::server {
namespace {

// Inks of the marks (stencil.hpp): controls are on no page, since Html writes them as blanks.
constexpr char serial_ink = '\x01', grouped_ink = '\x02', count_ink = '\x03';
constexpr std::string_view inks = "\x01\x02\x03";
/// Half of what a stencil takes: what is counted is added to it.
constexpr std::size_t most_octets = std::size_t{1} << 19U;

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

std::shared_ptr<const LabelPage> LabelPage::of(std::string html, std::string serial, Lang lang) {
  if (html.size() > most_octets || html.find_first_of(inks) != html.npos) return nullptr;
  return std::shared_ptr<const LabelPage>(new LabelPage(std::move(html), std::move(serial), lang));
}

const Stencil& LabelPage::stencil(Note note) const {
  Cut& cut = cuts_[note];
  std::call_once(cut.once, [&] {
    if (note == silent) {
      cut.stencil = cut_out(html_, serial_, std::string_view(&count_ink, 1));
    } else {
      const std::string count_mark(count_width(lang_), count_ink);
      cut.stencil = cut_out(with_signals(html_, note == warning, count_mark, serial_, lang_),
                            serial_, count_mark);
    }
    // Nothing else is left that of() has not looked at. Asked again, it is tried again.
    if (!cut.stencil) throw std::bad_alloc();
    cut.done = true;
  });
  return *cut.stencil;
}

void LabelPage::cut_like(const LabelPage& before) const {
  for (const Note note : {silent, counted, warning}) {
    if (before.cuts_[note].done) stencil(note);
  }
}

std::string LabelPage::fill(std::string_view serial, const SignalView* seen, bool gzip) const {
  if (seen == nullptr || seen->scans == 0) return fill_in(stencil(silent), serial, {}, gzip);
  const Note note = seen->alarm == Alarm::none ? counted : warning;
  return fill_in(stencil(note), serial, count_text(*seen, lang_), gzip);
}

}  // namespace nguon::server
