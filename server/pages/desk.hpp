#pragma once

#include "labels/link.hpp"
#include "ledger/base/clock.hpp"
#include "ledger/base/result.hpp"
#include "server/http/exchange.hpp"
#include "server/http/problem.hpp"
#include "server/http/router.hpp"
#include "server/pages/kept_page.hpp"
#include "server/pages/label_pages.hpp"
#include "server/pages/picture_cache.hpp"
#include "server/pages/recent.hpp"
#include "server/pages/sources.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace nguon::server {

/// A page as rendered now.
struct Rendered {
  Page page;
  RenderAgain again;
};

/// Answers requests for pages: reads the code, asks the sources, keeps what it rendered. Handlers
/// are inline, thread-safe and live no longer than the desk. The references outlive it.
class PageDesk {
 public:
  PageDesk(Site site, PageSources sources, const ledger::Clock& clock, const Problems& problems,
           std::size_t kept_pages = 1024);

  /// A page that is kept, or one for this answer alone.
  using Kept = std::variant<std::shared_ptr<const KeptPage>, Page>;

  const Site& site() const { return site_; }
  /// For a PageKeeper.
  LabelPages& label_pages() { return labels_; }

  /// Every printed code: /Q/, /01/, /T/, /N/, /E/, /C/ (labels/FORMAT.md §3). Issued: 200; never
  /// issued: 404; mistyped or malformed: 400; store down: the page as last known, 200, marked with
  /// its time, or 503. Who asks for application/ld+json gets that of an issued serial.
  Response code(const Request& request);
  /// A printed code that was read already: that of one serial, with the product its link names.
  Response scan(const Request& request, const std::string& serial,
                const labels::ProductLink* product);
  /// `/`.
  Response home(const Request& request) const;
  /// `/tra?s=<typed>`: 303 to the page of that serial or tag, else 400 with the field to correct.
  Response look_up(const Request& request) const;
  /// `/preview/{product}`: the picture of a link preview, drawn once for the same words.
  Response preview(const Request& request, std::string_view product);
  /// `/problems/{rule}`.
  Response problem(const Request& request, std::string_view rule) const;
  /// For Listener::open: a page for people, problem+json for programs.
  Response refuse(const Request& request, int status, const ledger::Error& error) const;

 private:
  PageContext context(const Request& request, std::string path) const;
  /// The page under `path`, fresh, kept or marked as stale. `render` gives no page when there is
  /// nothing to keep, and then `otherwise` answers.
  Kept kept_or(const PageContext& context,
               const std::function<ledger::Result<std::optional<Rendered>>()>& render,
               const std::function<Page()>& otherwise);
  /// The same for machines, never kept: whoever asks for it shows nobody a stale one.
  Response scan_ld(const PageContext& context, const std::string& serial,
                   const labels::ProductLink* product) const;
  Response animal(const Request& request, const std::string& tag);

  const Site site_;
  const PageSources sources_;
  const ledger::Clock& clock_;
  const Problems& problems_;
  Recent<KeptPage> kept_;  // Of animals.
  LabelPages labels_;
  PictureCache pictures_;
};

}  // namespace nguon::server
