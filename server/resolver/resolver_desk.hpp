#pragma once

#include "ledger/base/clock.hpp"
#include "labels/link.hpp"
#include "server/http/problem.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/pages/desk.hpp"
#include "server/pages/product_view.hpp"
#include "server/resolver/choice.hpp"
#include "server/resolver/item_path.hpp"
#include "server/resolver/link_book.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nguon::server {

/// Answers for whatever a GS1 Digital Link or a path of our own scheme names (README "The life of a
/// resolution"). Handlers are inline, thread-safe and live no longer than the desk; the references
/// outlive it.
class ResolverDesk {
 public:
  /// `scan`: as the pages' own.
  ResolverDesk(PageDesk& pages, decltype(PageSources::scan) scan, ProductSource product,
               const LinkBook& links, const Problems& problems, const ledger::Clock& clock)
      : pages_(pages),
        scan_(std::move(scan)),
        product_(std::move(product)),
        links_(links),
        problems_(problems),
        clock_(clock) {}

  /// Every primary key of GS1's. 200 our own page or a linkset, 307, 300, 400, 404.
  Response gs1(const Request& request);
  /// `/{holder}/class|obj|loc/…`.
  Response own(const Request& request);
  /// `/Q/`: the page of a label, or its links.
  Response label(const Request& request);
  /// `/.well-known/gs1resolver`.
  Response description() const;

 private:
  using Items = std::vector<const LinkItem*>;

  /// What is known at these levels, finest first.
  static Items known(const LinkTable& table, const ItemLevels& levels);
  /// One of our labels at `path`: the page in place, or what `linkType` asks for.
  Response our_label(const Request& request, const std::string& serial,
                     const labels::ProductLink* product, const std::string& path);
  /// A name that is no label's: what the file says of it, else our own page of the product.
  Response name(const Request& request, const ItemLevels& levels);
  /// What the log itself knows of these levels, where the file says nothing of the GTIN; absent too for
  /// a serial, which only the file can know, for ours has answered already.
  ledger::Result<std::optional<ProductView>> product_named(const LinkTable& table,
                                                           const ItemLevels& levels) const;
  Response product(const Request& request, const ProductView& view, const std::string& path) const;
  /// `address`: whole, of what was asked for.
  Response resolve(const Request& request, const Items& items, const std::string& address,
                   const std::string& type, const LinkWishes& wishes) const;
  Response linkset(const Items& items) const;
  /// A page for people, a linkset of these alone for programs.
  Response choices(const Request& request, const LinkItem& item,
                   const std::vector<const ItemLink*>& links) const;
  static Response redirect(const Request& request, const ItemLink& link,
                           const std::string& address);
  Response bad_link(const Request& request, const labels::Gs1Fault& fault, bool has_page);
  Response nothing(const Request& request) const;
  /// The same of a GTIN, and of a store that is down.
  Response unknown(const Request& request, const std::string& gtin) const;
  Response unavailable(const Request& request, const ledger::Error& error) const;
  PageContext context(const Request& request, std::string path) const;
  std::string root() const;

  PageDesk& pages_;
  const decltype(PageSources::scan) scan_;
  const ProductSource product_;
  const LinkBook& links_;
  const Problems& problems_;
  const ledger::Clock& clock_;
};

}  // namespace nguon::server
