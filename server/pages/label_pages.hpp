#pragma once

#include "server/pages/label_page.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/recent.hpp"
#include "server/pages/sources.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace nguon::server {

/// A page of labels as it was told, and until when it is known to hold.
struct KeptLabelPage {
  std::shared_ptr<const LabelPage> page;
  std::string name;    ///< Among those kept: the standing, the form of link and the language.
  std::string serial;  ///< Of the label it was told of.
  std::optional<labels::ProductLink> product;
  PageContext context;
  bool personal = false;  ///< It names persons.
  ScanView nameless;      ///< What it tells without what may be taken back, names and the dot on
                          ///< the map: shown while the store is down.
  StillSo still;
  std::string day;  ///< Legal dates move at midnight in Vietnam.
  /// Last PageSources::generation it was seen to hold for.
  mutable std::atomic<std::uint64_t> generation{0};
};

/// The pages of issued labels: told, rendered and compressed once for each standing, form of link
/// and language, not once for each of ten thousand labels. A page that is shown holds for the
/// moment it was asked for, however fast the log grows: when the generation has moved, the label's
/// own standing is read anew, and of the page every fact it was made from. Thread-safe.
class LabelPages {
 public:
  /// At most `pages` are kept, a hundred thousand octets each at worst, and of 64 times as many labels
  /// which one is theirs. `sources` outlives it.
  LabelPages(const PageSources& sources, std::size_t pages);

  /// A page that is kept, or one for this answer alone: never issued, or the last known one marked
  /// as such because the store is down.
  using Found = std::variant<std::shared_ptr<const KeptLabelPage>, Page>;
  Found find(const PageContext& context, const std::string& serial,
             const labels::ProductLink* product);

  /// Makes those of the `most` pages used last that hold no longer anew, newest first, so that
  /// nobody who asks for one has to wait until it is told. Ends early while the store is down.
  void renew(std::int64_t now_ms, std::size_t most);
  /// Called whenever somebody had to wait for a page that was kept and held no longer: others may be
  /// as old. By the thread that served it; set before any page is asked for.
  std::function<void()> on_outdated;

 private:
  /// Which page was a label's, and as of when.
  struct Place {
    std::string page;
    std::string day;
    std::uint64_t generation = 0;
    std::int64_t known_ms = 0;
  };
  using Shared = std::shared_ptr<const KeptLabelPage>;
  struct NeverIssued {};
  /// To be kept; or, of one that cannot be cut, for this answer alone.
  using Made = std::variant<Shared, Page, NeverIssued>;

  /// The same if it holds; null: it is to be told anew.
  ledger::Result<Shared> holding(Shared kept, const std::string& day,
                                 std::uint64_t generation) const;
  /// Tells and renders the page of a label.
  ledger::Result<Made> make(const PageContext& context, const std::string& serial,
                            const labels::ProductLink* product, std::uint64_t generation) const;
  ledger::Result<std::optional<std::string>> standing(const std::string& serial) const;
  ledger::Result<std::optional<ToldScan>> told(const std::string& serial,
                                               const labels::ProductLink* product,
                                               std::int64_t now_ms) const;

  const PageSources& sources_;
  Recent<Place> places_;
  Recent<KeptLabelPage> pages_;
};

}  // namespace nguon::server
