#pragma once

#include "server/pages/catalogue.hpp"
#include "server/pages/stencil.hpp"
#include "server/signals/signal_book.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nguon::server {

/// One page for all labels that stand alike: rendered for one of them, cut into a stencil, and filled
/// in for each with its serial and what was counted of it. A stencil is cut when a label first needs
/// it: most pages are shown with a count and without a warning only. Any thread.
class LabelPage {
 public:
  /// `html`: what scan_page rendered for `serial`, 14 symbols. Null when it cannot be cut: over half
  /// a MiB, or with a control that a stencil marks its holes by.
  static std::shared_ptr<const LabelPage> of(std::string html, std::string serial, Lang lang);

  /// The page of a label; with `seen` its places for signals are filled in. Plain, or as a gzip
  /// file. Equal questions get equal octets. Throws std::bad_alloc.
  std::string fill(std::string_view serial, const SignalView* seen, bool gzip) const;
  /// Cuts now what has been cut of `before`, so that no label has to wait for it. Throws
  /// std::bad_alloc.
  void cut_like(const LabelPage& before) const;

 private:
  enum Note : std::uint8_t { silent, counted, warning };
  struct Cut {
    std::once_flag once;
    std::optional<Stencil> stencil;
    std::atomic<bool> done = false;
  };

  LabelPage(std::string html, std::string serial, Lang lang)
      : html_(std::move(html)), serial_(std::move(serial)), lang_(lang) {}
  const Stencil& stencil(Note note) const;

  const std::string html_;  ///< Its places for signals empty.
  const std::string serial_;
  const Lang lang_;
  mutable std::array<Cut, 3> cuts_;
};

}  // namespace nguon::server
