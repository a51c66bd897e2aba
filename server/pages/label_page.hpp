#pragma once

#include "server/pages/catalogue.hpp"
#include "server/pages/stencil.hpp"
#include "server/signals/signal_book.hpp"

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nguon::server {

/// One page for all labels that stand alike: rendered for one of them, cut into stencils, and filled
/// in for each with its serial and what was counted of it. Any thread.
class LabelPage {
 public:
  /// `html`: what scan_page rendered for `serial`, 14 symbols. Null when it cannot be cut.
  static std::shared_ptr<const LabelPage> cut(const std::string& html, std::string serial,
                                              Lang lang);

  /// The page of a label; with `seen` its places for signals are filled in. Plain, or as a gzip
  /// file. Equal questions get equal octets.
  std::string fill(std::string_view serial, const SignalView* seen, bool gzip) const;

 private:
  struct Cut {
    std::once_flag once;
    std::optional<Stencil> stencil;
  };

  LabelPage(Stencil silent, std::string serial, Lang lang)
      : silent_(std::move(silent)), serial_(std::move(serial)), lang_(lang) {}
  /// With the count, and the warning or not: cut when first asked for. Null without memory.
  const Stencil* noted(bool amber) const;

  const Stencil silent_;  ///< Its places for signals empty.
  const std::string serial_;
  const Lang lang_;
  mutable std::array<Cut, 2> noted_;
};

}  // namespace nguon::server
